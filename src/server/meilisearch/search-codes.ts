import type { CodeOf } from './checked.ts'

/** A code of Meilisearch's for a parameter: `invalid_search_hits_per_page` for `hitsPerPage` of a search. */
export const codeFor = (subject: string, parameter: string): string =>
  `invalid_${subject}_${parameter.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`

const SEARCH_ONLY: ReadonlySet<string> = new Set(['hybrid'])

/** @param known the parameters there are: others are nobody's */
const codesOf =
  (subject: string, known: ReadonlySet<string>): CodeOf =>
  ([name]) => {
    if (typeof name !== 'string' || !known.has(name)) return 'bad_request'
    return SEARCH_ONLY.has(name) ? 'invalid_search_hybrid_query' : codeFor(subject, name)
  }

export const searchCodes = (known: readonly string[]): CodeOf => codesOf('search', new Set(known))
export const similarCodes = (known: readonly string[]): CodeOf => codesOf('similar', new Set(known))

const OF_FACETS: ReadonlySet<string> = new Set(['facetName', 'facetQuery', 'exhaustiveFacetCount'])

export const facetSearchCodes =
  (known: readonly string[]): CodeOf =>
  (path) => {
    const [name] = path
    if (typeof name !== 'string' || !OF_FACETS.has(name)) return searchCodes(known)(path)
    return name === 'exhaustiveFacetCount'
      ? 'invalid_facet_search_exhaustive_facet_count'
      : codeFor('facet_search', name)
  }

const FEDERATION: Readonly<Record<string, string>> = {
  limit: 'invalid_search_limit',
  offset: 'invalid_search_offset',
  page: 'invalid_search_page',
  hitsPerPage: 'invalid_search_hits_per_page',
  facetsByIndex: 'invalid_multi_search_facets_by_index',
  mergeFacets: 'invalid_multi_search_merge_facets',
  distinct: 'invalid_search_distinct',
  showPerformanceDetails: 'invalid_search_show_performance_details',
}

const FEDERATION_OPTIONS: Readonly<Record<string, string>> = {
  weight: 'invalid_multi_search_weight',
  remote: 'invalid_multi_search_remote',
  queryPosition: 'invalid_multi_search_query_position',
}

export const multiSearchCodes =
  (known: readonly string[]): CodeOf =>
  ([part, ...rest]) => {
    if (part === 'federation') {
      const [name, inner] = rest
      if (name === 'mergeFacets' && inner === 'maxValuesPerFacet') return 'invalid_multi_search_max_values_per_facet'
      return FEDERATION[String(name)] ?? 'bad_request'
    }
    if (part !== 'queries') return 'bad_request'
    const [, name, option] = rest
    // of a query that has something nobody knows
    if (name === undefined) return rest.length === 0 ? 'invalid_multi_search_queries' : 'bad_request'
    if (name === 'indexUid') return 'invalid_index_uid'
    if (name === 'federationOptions') return FEDERATION_OPTIONS[String(option)] ?? 'bad_request'
    return searchCodes(known)([name])
  }
