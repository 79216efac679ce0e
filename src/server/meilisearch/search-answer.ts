import type { DocumentAnswer } from '../../search/document-search.ts'
import { withMembers, writtenObject } from '../../search/documents/raw-json.ts'
import type { Paging, ReadSearch } from './search-request.ts'

type Members = (readonly [name: string, json: string])[]

/**
 * The answer to a search of one index, as JSON: hits are JSON already.
 * @param further members that stand before all others, and behind them
 */
export function searchAnswer(
  answer: DocumentAnswer,
  { request, paging, maxTotalHits }: ReadSearch,
  hasPerformance: boolean,
  further: { readonly first?: Members; readonly last?: Members } = {},
): string {
  const { first = [], last = [] } = further
  const members: Members = [
    ...first,
    ['hits', `[${answer.hits.map(({ json }) => json).join(',')}]`],
    ['query', JSON.stringify(request.q)],
    ['processingTimeMs', wholeMs(answer.processingTimeMs)],
    ...countMembers(paging, Math.min(answer.totalHits, maxTotalHits)),
  ]
  if (request.facets.length > 0) {
    members.push(['facetDistribution', JSON.stringify(answer.facetDistribution)])
    members.push(['facetStats', JSON.stringify(answer.facetStats)])
  }
  if (hasPerformance) members.push(performanceMember(answer.processingTimeMs))
  if (answer.isDegraded) members.push(['degraded', 'true'])
  members.push(...last)
  return writtenObject(members)
}

export function countMembers(paging: Paging, total: number): Members {
  if (paging.kind === 'offset')
    return [
      ['limit', String(paging.limit)],
      ['offset', String(paging.offset)],
      ['estimatedTotalHits', String(total)],
    ]
  const { page, hitsPerPage } = paging
  return [
    ['hitsPerPage', String(hitsPerPage)],
    ['page', String(page)],
    ['totalPages', String(hitsPerPage === 0 ? 0 : Math.ceil(total / hitsPerPage))],
    ['totalHits', String(total)],
  ]
}

export const performanceMember = (ms: number): readonly [string, string] => [
  'performanceDetails',
  JSON.stringify({ search: `${ms.toFixed(2)}ms` }),
]

/** Milliseconds, as Meilisearch counts them. */
export const wholeMs = (ms: number): string => String(Math.floor(ms))

/** A hit of several indexes: where it comes from stands last in it. */
export const federatedHit = (json: string, federation: object): string =>
  withMembers(json, [['_federation', JSON.stringify(federation)]])
