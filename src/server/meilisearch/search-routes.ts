import type { Context, Hono } from 'hono'
import { isMeant } from '../../documents/attributes.ts'
import { type NamedIndex, settingsOf } from '../../registry/index-table.ts'
import type { DocumentSearchRequest } from '../../search/document-search.ts'
import { fold } from '../../analysis/german/fold.ts'
import { WorkBudget } from '../../work-budget.ts'
import { apiApp } from './api-app.ts'
import { ApiError } from './api-error.ts'
import { checked, type CodeOf } from './checked.ts'
import { type ApiContext, indexNamed } from './context.ts'
import { availableWords, bothFilters, type ConditionCodes, documentFilter, filterableOf, patternsOf } from './document-filter.ts'
import { jsonBody } from './json-body.ts'
import { parametersOf } from './query-parameters.ts'
import { type ApiEnv, accessOf, requireAction } from './require-action.ts'
import { searchAnswer, wholeMs } from './search-answer.ts'
import { facetSearchCodes, searchCodes, similarCodes } from './search-codes.ts'
import { LIMIT_DEFAULT, readSearch, refuseUnsupported, shownOf, stretchOf } from './search-request.ts'
import type { SearchRules } from './search-rules.ts'
import {
  FACET_SEARCH_SCHEMA,
  type FacetSearchParameters,
  SEARCH_SCHEMA,
  type SearchParameters,
  SIMILAR_SCHEMA,
  type SimilarParameters,
} from './search-schema.ts'

const SEARCH_NAMES = Object.keys(SEARCH_SCHEMA.shape)
const SIMILAR_NAMES = Object.keys(SIMILAR_SCHEMA.shape)
const FACET_NAMES = Object.keys(FACET_SEARCH_SCHEMA.shape)

const ofSearch = searchCodes(SEARCH_NAMES)
const ofSimilar = similarCodes(SIMILAR_NAMES)
const ofFacets = facetSearchCodes(FACET_NAMES)

/** Searching one index: hits, values of attributes, what is like a document. */
export function searchRoutes(context: ApiContext): Hono<ApiEnv> {
  const app = apiApp()
  const maySearch = requireAction(context, 'search')

  const search = async (c: Context, given: SearchParameters): Promise<Response> => {
    const { index, rules } = askedIndex(context, c)
    const read = readSearch(given, index, rules)
    const answer = await context.searchIn(index).searchDocuments(read.request, budgetOf(c))
    return json(c, searchAnswer(answer, read, given.showPerformanceDetails === true))
  }
  app.get('/indexes/:indexUid/search', maySearch, (c) =>
    search(c, checked(SEARCH_SCHEMA, forcedInto(fromAddress(c, SEARCH_NAMES, ofSearch), c), ofSearch)),
  )
  app.post('/indexes/:indexUid/search', maySearch, async (c) =>
    search(c, checked(SEARCH_SCHEMA, forcedInto(await jsonBody(c, BODY_BYTES_MAX), c), ofSearch)),
  )

  const similar = async (c: Context, given: SimilarParameters): Promise<Response> => {
    const { index, rules } = askedIndex(context, c)
    return json(c, await similarAnswer(context, index, rules, given, budgetOf(c)))
  }
  const missingOfSimilar: CodeOf = ([name]) => `missing_similar_${String(name)}`
  app.get('/indexes/:indexUid/similar', maySearch, (c) =>
    similar(
      c,
      checked(SIMILAR_SCHEMA, forcedInto(fromAddress(c, SIMILAR_NAMES, ofSimilar), c), ofSimilar, missingOfSimilar),
    ),
  )
  app.post('/indexes/:indexUid/similar', maySearch, async (c) =>
    similar(
      c,
      checked(SIMILAR_SCHEMA, forcedInto(await jsonBody(c, BODY_BYTES_MAX), c), ofSimilar, missingOfSimilar),
    ),
  )

  app.post('/indexes/:indexUid/facet-search', maySearch, async (c) => {
    const given = checked(
      FACET_SEARCH_SCHEMA,
      forcedInto(await jsonBody(c, BODY_BYTES_MAX), c),
      ofFacets,
      () => 'missing_facet_search_facet_name',
    )
    const { index, rules } = askedIndex(context, c)
    return json(c, await facetSearchAnswer(context, index, rules, given, budgetOf(c)))
  })
  return app
}

/** Of bodies of searches: long filters name many ids. */
export const BODY_BYTES_MAX = 4 * 1024 * 1024

/** What a request may cost; who has gone away needs no answer. */
export const budgetOf = (c: Context): WorkBudget => new WorkBudget(undefined, undefined, c.req.raw.signal)

export const json = (c: Context, body: string): Response =>
  c.body(body, 200, { 'content-type': 'application/json; charset=utf-8' })

function askedIndex(context: ApiContext, c: Context): { readonly index: NamedIndex; readonly rules: SearchRules } {
  const uid = c.req.param('indexUid') as string
  return { rules: accessOf(c).searchRulesFor(uid), index: indexNamed(context, uid) }
}

const fromAddress = (c: Context, known: readonly string[], codeOf: CodeOf): Record<string, unknown> =>
  parametersOf(c.req.queries(), known, codeOf)

/** Parameters that the bearer's key says take the place of those of the request. */
function forcedInto(given: unknown, c: Context): unknown {
  return withForced(given, accessOf(c).searchRulesFor(c.req.param('indexUid') as string))
}

export const withForced = (given: unknown, { forced }: SearchRules): unknown =>
  typeof given === 'object' && given !== null && !Array.isArray(given) ? { ...given, ...forced } : given

const OF_SIMILAR: ConditionCodes = { filter: 'invalid_similar_filter', sort: '' }

async function similarAnswer(
  context: ApiContext,
  index: NamedIndex,
  rules: SearchRules,
  given: SimilarParameters,
  budget: WorkBudget,
): Promise<string> {
  const id = String(given.id)
  if (id === '' || id.length > ID_LENGTH_MAX)
    throw new ApiError('invalid_similar_id', `Invalid value at \`.id\`: the value of \`id\` is invalid, got \`${id.slice(0, 100)}\`.`)
  const { maxTotalHits } = settingsOf(index).pagination
  const paging = { kind: 'offset', limit: given.limit ?? LIMIT_DEFAULT, offset: given.offset ?? 0 } as const
  const request: DocumentSearchRequest = {
    ...PLAIN,
    ...stretchOf(paging, maxTotalHits),
    filter: bothFilters(
      documentFilter(rules.filter, index, OF_SIMILAR),
      documentFilter(given.filter, index, OF_SIMILAR),
    ),
    shown: shownOf(index, given.attributesToRetrieve),
    showRankingScore: given.showRankingScore ?? false,
    showRankingScoreDetails: given.showRankingScoreDetails ?? false,
    showVectors: given.retrieveVectors ?? false,
    rankingScoreThreshold: (given.rankingScoreThreshold as number | null | undefined) ?? null,
  }
  const answer = await context.searchIn(index).similarDocuments(id, request, budget)
  if (answer === undefined) throw new ApiError('not_found_similar_id', `Document \`${id}\` not found.`)
  const read = { request, paging, maxTotalHits }
  const body = searchAnswer(answer, read, given.showPerformanceDetails === true, [])
  // named by the document that was asked for, not by words
  return body.replace('"query":""', () => `"id":${JSON.stringify(id)}`)
}

const ID_LENGTH_MAX = 511

/** A search that asks for nothing beyond its hits. */
const PLAIN: DocumentSearchRequest = {
  q: '',
  limit: LIMIT_DEFAULT,
  offset: 0,
  filter: null,
  ids: null,
  sort: [],
  facets: [],
  maxValuesPerFacet: 0,
  facetOrder: {},
  distinct: null,
  matchingStrategy: 'last',
  searchOn: null,
  shown: { displayed: null, retrieved: null },
  highlighted: [],
  highlight: { pre: '', post: '' },
  cropped: [],
  cropMarker: '',
  showMatchesPosition: false,
  showRankingScore: false,
  showRankingScoreDetails: false,
  showVectors: false,
  rankingScoreThreshold: null,
}

/** Values are looked for among so many: those of most hits. */
const VALUES_SEARCHED_MAX = 10_000

async function facetSearchAnswer(
  context: ApiContext,
  index: NamedIndex,
  rules: SearchRules,
  given: FacetSearchParameters,
  budget: WorkBudget,
): Promise<string> {
  refuseUnsupported(given)
  const settings = settingsOf(index)
  if (!settings.facetSearch)
    throw new ApiError('facet_search_disabled', 'The facet search is disabled for this index')
  const { facetName } = given
  checkFacetSearchable(index, facetName)
  const { facetName: _name, facetQuery: _query, exhaustiveFacetCount: _count, ...parameters } = given
  const { request } = readSearch({ ...parameters, limit: 0 }, index, rules)
  const facetOrder = settings.faceting.sortFacetValuesBy
  const asked = { ...request, limit: 0, facets: [facetName], maxValuesPerFacet: VALUES_SEARCHED_MAX, facetOrder, distinct: null }
  const { facetDistribution, processingTimeMs } = await context.searchIn(index).searchDocuments(asked, budget)
  const wanted = comparable(given.facetQuery ?? '')
  const facetHits = Object.entries(facetDistribution[facetName] ?? {})
    .filter(([value]) => comparable(value).startsWith(wanted))
    .slice(0, settings.faceting.maxValuesPerFacet)
    .map(([value, count]) => ({ value, count }))
  if ((facetOrder[facetName] ?? facetOrder['*']) === 'count') facetHits.sort((one, other) => other.count - one.count)
  const members = { facetHits, facetQuery: given.facetQuery ?? null, processingTimeMs: Number(wholeMs(processingTimeMs)) }
  return JSON.stringify(members)
}

/** Without regard to case and accents, umlauts written either way. */
const comparable = (value: string): string => fold(value.normalize('NFC').toLowerCase())

function checkFacetSearchable(index: NamedIndex, facetName: string): void {
  const filterable = filterableOf(index)
  if (filterable === null) return
  const searchable = filterable.filter((one) => typeof one === 'string' || one.features?.facetSearch !== false)
  if (searchable.some((one) => patternsOf(one).some((name) => isMeant(facetName, name)))) return
  throw new ApiError(
    'invalid_facet_search_facet_name',
    `Attribute \`${facetName}\` is not facet-searchable. ${availableWords(searchable, 'facet-searchable')} ` +
      'To make it facet-searchable add it to the `filterableAttributes` index settings.',
  )
}
