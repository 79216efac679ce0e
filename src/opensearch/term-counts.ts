import type { BulkOperation } from './bulk-writer.ts'
import { type Cluster, refusalOf } from './cluster.ts'
import type { ClusterIndex } from './cluster-index.ts'
import { POSTINGS } from './index-mappings.ts'
import { patiently } from './patience.ts'
import { storedTerm } from './stored-terms.ts'
import { termId } from './vocabulary-document.ts'

/** In one request. */
const COUNTED_MAX = 500

interface CountAnswer {
  readonly status: number
  readonly error?: unknown
  readonly hits?: { readonly total: { readonly value: number } }
}

/** Counts the living articles that have these terms, by what searches see. */
export async function* countOperations(
  { cluster, articles, vocabulary }: ClusterIndex,
  terms: readonly string[],
): AsyncGenerator<BulkOperation[]> {
  for (let at = 0; at < terms.length; at += COUNTED_MAX) {
    const some = terms.slice(at, at + COUNTED_MAX)
    // each by itself: a count of all at once looks at every article for each of them
    const lines = some.flatMap((term) => [
      { index: articles, allow_partial_search_results: false },
      { size: 0, track_total_hits: true, query: { term: { [POSTINGS.weighted]: storedTerm(term) } } },
    ])
    const counts = await patiently(() => countsOf(cluster, lines))
    yield some.map(
      (term, i): BulkOperation => ({
        action: { update: { _index: vocabulary, _id: termId(term) } },
        document: { doc: { documents: counts[i] as number } },
      }),
    )
  }
}

async function countsOf(cluster: Cluster, lines: readonly object[]): Promise<number[]> {
  const { responses } = await cluster.body<{ responses: CountAnswer[] }>({ method: 'POST', path: '/_msearch', lines })
  return responses.map(({ status, error, hits }) => {
    if (hits === undefined) throw refusalOf(status, error)
    return hits.total.value
  })
}
