import { isMeant } from '../../documents/attributes.ts'
import { patternsOf } from '../../registry/index-settings.ts'
import { type NamedIndex, settingsOf } from '../../registry/index-table.ts'
import type { WorkBudget } from '../../work-budget.ts'
import { ApiError } from './api-error.ts'
import type { ApiContext } from './context.ts'
import { availableWords, filterableOf } from './document-filter.ts'
import { wholeMs } from './search-answer.ts'
import { readSearch, refuseUnsupported } from './search-request.ts'
import { isShown, type SearchRules } from './search-rules.ts'
import type { FacetSearchParameters } from './search-schema.ts'

/** Values are looked for among so many: those of most hits. */
const VALUES_SEARCHED_MAX = 10_000

/**
 * The values of an attribute that begin with a text, among the hits of a search.
 * @throws ApiError
 */
export async function facetSearchAnswer(
  context: ApiContext,
  index: NamedIndex,
  rules: SearchRules,
  given: FacetSearchParameters,
  budget: WorkBudget,
): Promise<string> {
  refuseUnsupported(given)
  const settings = settingsOf(index)
  if (!settings.facetSearch) throw new ApiError('facet_search_disabled', 'The facet search is disabled for this index')
  const { facetName } = given
  checkFacetSearchable(index, rules, facetName)
  const { facetName: _name, facetQuery: _query, exhaustiveFacetCount: _count, ...parameters } = given
  const { request } = readSearch({ ...parameters, limit: 0 }, index, rules)
  const facetOrder = settings.faceting.sortFacetValuesBy
  const asked = {
    ...request,
    limit: 0,
    facets: [facetName],
    maxValuesPerFacet: VALUES_SEARCHED_MAX,
    facetOrder,
    distinct: null,
  }
  const { facetDistribution, processingTimeMs } = await context.searchIn(index).searchDocuments(asked, budget)
  const wanted = comparable(given.facetQuery ?? '')
  const found = Object.entries(facetDistribution[facetName] ?? {}).filter(([value]) =>
    comparable(value).startsWith(wanted),
  )
  // in an object whole numbers stand first, whatever their order was
  if ((facetOrder[facetName] ?? facetOrder['*']) === 'count') found.sort(([, one], [, other]) => other - one)
  const facetHits = found.slice(0, settings.faceting.maxValuesPerFacet).map(([value, count]) => ({ value, count }))
  const members = {
    facetHits,
    facetQuery: given.facetQuery ?? null,
    processingTimeMs: Number(wholeMs(processingTimeMs)),
  }
  return JSON.stringify(members)
}

/** Without regard to case and accents. */
const comparable = (value: string): string => value.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

function checkFacetSearchable(index: NamedIndex, rules: SearchRules, facetName: string): void {
  const filterable = filterableOf(index)
  if (filterable === null && isShown(facetName, rules)) return
  const known = filterable ?? []
  const searchable = known.filter((one) => typeof one === 'string' || one.features?.facetSearch !== false)
  const isSearchable = searchable.some((one) => patternsOf(one).some((name) => isMeant(facetName, name)))
  if (isSearchable && isShown(facetName, rules)) return
  throw new ApiError(
    'invalid_facet_search_facet_name',
    `Attribute \`${facetName}\` is not facet-searchable. ${availableWords(searchable, 'facet-searchable')} ` +
      'To make it facet-searchable add it to the `filterableAttributes` index settings.',
  )
}
