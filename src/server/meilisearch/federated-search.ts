import type { DocumentAnswer, DocumentHit } from '../../search/document-search.ts'
import { writtenObject } from '../../search/documents/raw-json.ts'
import { compareValues } from '../../search/documents/sort-values.ts'
import type { SortKey } from '../../search/query/sorting.ts'
import type { WorkBudget } from '../../work-budget.ts'
import { ApiError } from './api-error.ts'
import { type ApiContext, indexNamed } from './context.ts'
import { isFilterable } from './document-filter.ts'
import { type FederatedQuery, facetsByIndex, type IndexFacets, mergedFacets } from './federated-facets.ts'
import { inside, noRemote } from './multi-search-errors.ts'
import { countMembers, federatedHit, performanceMember, wholeMs } from './search-answer.ts'
import { facetsOf, LIMIT_DEFAULT, type Paging, readSearch, stretchOf } from './search-request.ts'
import type { SearchRules } from './search-rules.ts'
import type { FederationParameters, QueryParameters } from './search-schema.ts'

/** A hit of one of them. */
interface FoundHit {
  readonly hit: DocumentHit
  readonly query: FederatedQuery
  readonly weighted: number
}

/** So many hits can be paged through. */
const TOTAL_MAX = 1000

/**
 * Hits of several searches in one list: the better by their ranking score times the weight of their query first, or by what all queries are
 * sorted by. A document that several queries find is there once, where it stands best.
 * @throws ApiError
 */
export async function federatedAnswer(
  context: ApiContext,
  given: readonly QueryParameters[],
  federation: FederationParameters,
  rulesFor: (indexUid: string) => SearchRules,
  budget: WorkBudget,
): Promise<string> {
  const started = performance.now()
  const paging = pagingOf(federation)
  const { offset, limit } = stretchOf(paging, TOTAL_MAX)
  const queries = given.map((query, at) => inside(at, () => readQuery(context, query, at, federation, rulesFor)))
  const facets = facetsAsked(context, federation, rulesFor)
  const found: { readonly query: FederatedQuery; readonly answer: DocumentAnswer }[] = []
  for (const [at, query] of queries.entries()) {
    const part = budget.part(queries.length - at - 1)
    const request = {
      ...query.search.request,
      offset: 0,
      limit: offset + limit,
      facets: facets.get(query.index.uid) ?? [],
    }
    found.push({ query, answer: await context.searchIn(query.index).searchDocuments(request, part) })
    budget.settle(part)
  }
  const hits = merged(found)
  const repeated = found.reduce((sum, { answer }) => sum + answer.hits.length, 0) - hits.length
  const total = Math.min(TOTAL_MAX, found.reduce((sum, { answer }) => sum + answer.totalHits, 0) - repeated)
  const byIndex = facets.size === 0 ? null : await facetsByIndex(context, found, facets, budget)
  const ms = performance.now() - started
  const shown = hits.slice(offset, offset + limit).map(({ hit, query, weighted }) =>
    federatedHit(hit.json, {
      indexUid: query.index.uid,
      queriesPosition: query.position,
      weightedRankingScore: weighted,
    }),
  )
  return writtenObject([
    ['hits', `[${shown.join(',')}]`],
    ['processingTimeMs', wholeMs(ms)],
    ...countMembers(paging, total),
    ...facetMembers(byIndex, federation),
    ...(federation.showPerformanceDetails === true ? [performanceMember(ms)] : []),
    ...(budget.isDegraded ? [['degraded', 'true'] as const] : []),
  ])
}

function pagingOf({ page, hitsPerPage, limit, offset }: FederationParameters): Paging {
  if ((page ?? null) !== null || (hitsPerPage ?? null) !== null)
    return { kind: 'pages', page: page ?? 1, hitsPerPage: hitsPerPage ?? LIMIT_DEFAULT }
  return { kind: 'offset', limit: limit ?? LIMIT_DEFAULT, offset: offset ?? 0 }
}

function readQuery(
  context: ApiContext,
  { indexUid, federationOptions, ...parameters }: QueryParameters,
  at: number,
  federation: FederationParameters,
  rulesFor: (indexUid: string) => SearchRules,
): FederatedQuery {
  const pagination = (['limit', 'offset', 'page', 'hitsPerPage'] as const).filter(
    (name) => (parameters[name] ?? null) !== null,
  )
  if (pagination.length > 0)
    throw new ApiError(
      'invalid_multi_search_query_pagination',
      `Using pagination options is not allowed in federated queries.\n - Hint: remove ${pagination.map((name) => `\`${name}\``).join(' and ')} from query #${at} or remove \`federation\` from the request\n - Hint: pass \`federation.limit\` and \`federation.offset\` for pagination in federated search`,
    )
  if ((parameters.facets ?? null) !== null)
    throw new ApiError(
      'invalid_multi_search_query_facets',
      `Using facet options is not allowed in federated queries.\n - Hint: remove \`facets\` from query #${at} or remove \`federation\` from the request\n - Hint: pass \`federation.facetsByIndex.${indexUid}: ${JSON.stringify(parameters.facets)}\` for facets in federated search`,
    )
  if ((federationOptions?.remote ?? null) !== null) throw noRemote()
  const index = indexNamed(context, indexUid)
  const distinct = parameters.distinct ?? federation.distinct
  if (federation.distinct && !isFilterable(index, federation.distinct))
    throw new ApiError(
      'invalid_search_distinct',
      `Index \`${indexUid}\`: Attribute \`${federation.distinct}\` is not filterable and thus, cannot be used as distinct attribute.`,
    )
  const search = readSearch({ ...parameters, ...(distinct && { distinct }) }, index, rulesFor(indexUid))
  return { index, search, weight: federationOptions?.weight ?? 1, position: federationOptions?.queryPosition ?? at }
}

/** By index which attributes are counted; only of those that are searched. */
function facetsAsked(
  context: ApiContext,
  { facetsByIndex: asked }: FederationParameters,
  rulesFor: (indexUid: string) => SearchRules,
): Map<string, readonly string[]> {
  const facets = new Map<string, readonly string[]>()
  for (const [uid, names] of Object.entries(asked ?? {})) {
    if (names === null || names === undefined) continue
    // an index that the bearer does not reach is not told apart from one that is not there
    const rules = rulesFor(uid)
    facets.set(uid, facetsOf(names, indexNamed(context, uid), rules, 'invalid_multi_search_facets'))
  }
  return facets
}

function merged(found: readonly { readonly query: FederatedQuery; readonly answer: DocumentAnswer }[]): FoundHit[] {
  const hits = found.flatMap(({ query, answer }) =>
    answer.hits.map((hit) => ({ hit, query, weighted: hit.rankingScore * query.weight })),
  )
  const [first] = found
  const sort = first?.query.search.request.sort ?? []
  // where queries are sorted in different ways only their scores can be compared
  const isSortedAlike = found.every(({ query }) => isSameOrder(query.search.request.sort, sort))
  const order = (one: FoundHit, other: FoundHit): number =>
    (isSortedAlike ? bySortValues(one.hit, other.hit, sort) : 0) || other.weighted - one.weighted
  const seen = new Set<string>()
  return hits.sort(order).filter(({ hit, query }) => {
    const name = `${query.index.uid} ${hit.id}`
    const isNew = !seen.has(name)
    seen.add(name)
    return isNew
  })
}

const isSameOrder = (one: readonly SortKey[], other: readonly SortKey[]): boolean =>
  one.length === other.length && one.every(({ descending }, at) => descending === other[at]?.descending)

function bySortValues(one: DocumentHit, other: DocumentHit, sort: readonly SortKey[]): number {
  for (const [at, { descending }] of sort.entries()) {
    const [a, b] = [one.sortValues[at] ?? null, other.sortValues[at] ?? null]
    if (a === b) continue
    // what has no value comes last either way
    if (a === null) return 1
    if (b === null) return -1
    const result = compareValues(a, b)
    if (result !== 0) return descending ? -result : result
  }
  return 0
}

function facetMembers(
  byIndex: ReadonlyMap<string, IndexFacets> | null,
  { mergeFacets }: FederationParameters,
): (readonly [string, string])[] {
  if (byIndex === null) return []
  if (mergeFacets === null || mergeFacets === undefined)
    return [['facetsByIndex', JSON.stringify(Object.fromEntries(byIndex))]]
  const { distribution, stats } = mergedFacets([...byIndex.values()], mergeFacets.maxValuesPerFacet ?? 100)
  return [
    ['facetDistribution', JSON.stringify(distribution)],
    ['facetStats', JSON.stringify(stats)],
  ]
}
