import { type NamedIndex, settingsOf } from '../../registry/index-table.ts'
import type { DocumentSearchRequest } from '../../search/document-search.ts'
import type { WorkBudget } from '../../work-budget.ts'
import { ApiError } from './api-error.ts'
import type { ApiContext } from './context.ts'
import { bothFilters, type ConditionCodes, documentFilter } from './document-filter.ts'
import { searchAnswer } from './search-answer.ts'
import { LIMIT_DEFAULT, shownOf, stretchOf } from './search-request.ts'
import type { SearchRules } from './search-rules.ts'
import type { SimilarParameters } from './search-schema.ts'

const OF_SIMILAR: ConditionCodes = { filter: 'invalid_similar_filter', sort: '', namesIndex: true }

/**
 * What is most like a document. By their words: an `embedder` is taken and means nothing here (docs/MEILISEARCH.md).
 * @throws ApiError `invalid_similar_id`, `not_found_similar_id`
 */
export async function similarAnswer(
  context: ApiContext,
  index: NamedIndex,
  rules: SearchRules,
  given: SimilarParameters,
  budget: WorkBudget,
): Promise<string> {
  const { id } = given
  if (id === '' || id.length > ID_LENGTH_MAX)
    throw new ApiError(
      'invalid_similar_id',
      `Invalid value at \`.id\`: the value of \`id\` is invalid, got \`${id.slice(0, 100)}\`.`,
    )
  const { maxTotalHits } = settingsOf(index).pagination
  const paging = { kind: 'offset', limit: given.limit ?? LIMIT_DEFAULT, offset: given.offset ?? 0 } as const
  const allowed = documentFilter(rules.filter, index, OF_SIMILAR)
  const request: DocumentSearchRequest = {
    ...PLAIN,
    ...stretchOf(paging, maxTotalHits),
    filter: bothFilters(allowed, documentFilter(given.filter, index, OF_SIMILAR)),
    shown: shownOf(index, rules, given.attributesToRetrieve),
    showRankingScore: given.showRankingScore ?? false,
    showRankingScoreDetails: given.showRankingScoreDetails ?? false,
    showVectors: given.retrieveVectors ?? false,
    rankingScoreThreshold: (given.rankingScoreThreshold as number | null | undefined) ?? null,
  }
  const search = context.searchIn(index)
  // what is like a document tells what its words are: of one that may not be found nobody is told
  const isAllowed =
    allowed === null || (await search.documents({ ...JUST_ONE, ids: [id], filter: allowed }, budget)).total > 0
  const answer = isAllowed ? await search.similarDocuments(id, request, budget) : undefined
  if (answer === undefined) throw new ApiError('not_found_similar_id', `Document \`${id}\` not found.`)
  const read = { request, paging, maxTotalHits }
  const body = searchAnswer(answer, read, given.showPerformanceDetails === true)
  // named by the document that was asked for, not by words
  return body.replace('"query":""', () => `"id":${JSON.stringify(id)}`)
}

const ID_LENGTH_MAX = 511

/** Whether a document is there. */
const JUST_ONE = { offset: 0, limit: 0, sort: [], fields: [] }

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
  completesPrefix: true,
  forgivesTypos: true,
}
