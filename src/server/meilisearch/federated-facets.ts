import type { NamedIndex } from '../../registry/index-table.ts'
import type { DocumentAnswer } from '../../search/document-search.ts'
import type { FacetDistribution, FacetStats } from '../../search/engine/facets.ts'
import type { WorkBudget } from '../../work-budget.ts'
import type { ApiContext } from './context.ts'
import type { ReadSearch } from './search-request.ts'

/** One of the searches that are answered as one. */
export interface FederatedQuery {
  readonly index: NamedIndex
  readonly search: ReadSearch
  readonly weight: number
  /** Its place among all. */
  readonly position: number
}

/** What was counted in one index. */
export interface IndexFacets {
  readonly distribution: FacetDistribution
  readonly stats: FacetStats
}

/** Where several queries search one index, the hits of each are known by their ids; so many of each count. */
const HITS_COUNTED_MAX = 1000

/** By index the values of what its queries found: what several of them found counts once. */
export async function facetsByIndex(
  context: ApiContext,
  found: readonly { readonly query: FederatedQuery; readonly answer: DocumentAnswer }[],
  facets: ReadonlyMap<string, readonly string[]>,
  budget: WorkBudget,
): Promise<Map<string, IndexFacets>> {
  const byIndex = new Map<string, IndexFacets>()
  for (const [uid, attributes] of facets) {
    const ofIndex = found.filter(({ query }) => query.index.uid === uid)
    const [first] = ofIndex
    if (first === undefined) continue
    const { facetDistribution, facetStats } =
      ofIndex.length === 1
        ? first.answer
        : await countedTogether(
            context,
            ofIndex.map(({ query }) => query),
            attributes,
            budget,
          )
    byIndex.set(uid, { distribution: facetDistribution, stats: facetStats })
  }
  return byIndex
}

async function countedTogether(
  context: ApiContext,
  queries: readonly FederatedQuery[],
  facets: readonly string[],
  budget: WorkBudget,
): Promise<DocumentAnswer> {
  const [{ index, search }] = queries as [FederatedQuery]
  const documents = context.searchIn(index)
  const bare = { highlighted: [], cropped: [], shown: { displayed: null, retrieved: [] }, showMatchesPosition: false }
  const ids = new Set<string>()
  for (const {
    search: { request },
  } of queries) {
    const { hits } = await documents.searchDocuments(
      { ...request, ...bare, facets: [], offset: 0, limit: HITS_COUNTED_MAX },
      budget,
    )
    for (const { id } of hits) ids.add(id)
  }
  const counted = {
    ...search.request,
    ...bare,
    q: '',
    facets,
    sort: [],
    distinct: null,
    searchOn: null,
    filter: null,
    ids: [...ids],
  }
  return documents.searchDocuments({ ...counted, offset: 0, limit: 0, rankingScoreThreshold: null }, budget)
}

/** The same attributes of several indexes as one. */
export function mergedFacets(all: readonly IndexFacets[], most: number): IndexFacets {
  const counts = new Map<string, Map<string, number>>()
  const stats = new Map<string, { min: number; max: number }>()
  for (const { distribution, stats: ofIndex } of all) {
    for (const [attribute, values] of Object.entries(distribution)) {
      const sums = counts.get(attribute) ?? new Map<string, number>()
      counts.set(attribute, sums)
      for (const [value, count] of Object.entries(values)) sums.set(value, (sums.get(value) ?? 0) + count)
    }
    for (const [attribute, { min, max }] of Object.entries(ofIndex)) {
      const known = stats.get(attribute)
      stats.set(attribute, { min: Math.min(min, known?.min ?? min), max: Math.max(max, known?.max ?? max) })
    }
  }
  const distribution = Object.fromEntries(
    [...counts].map(([attribute, sums]) => {
      const values = [...sums].sort(([one], [other]) => (one < other ? -1 : 1))
      return [attribute, Object.fromEntries(values.slice(0, most))]
    }),
  )
  return { distribution, stats: Object.fromEntries(stats) }
}
