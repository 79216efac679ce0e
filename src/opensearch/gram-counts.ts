import type { BulkOperation } from './bulk-writer.ts'
import type { Cluster } from './cluster.ts'
import { hashOf } from './field-values.ts'

/** In one search. */
const COUNTED_MAX = 5_000

interface GramBuckets {
  readonly aggregations: {
    readonly counts: {
      readonly buckets: readonly {
        readonly key: string
        readonly doc_count: number
        readonly documents: { readonly value: number }
      }[]
    }
  }
}

/** Writes how many terms have an n-gram, and the sum of their document frequencies. */
export const gramOperation = (
  index: string,
  gram: string,
  { terms, documents }: { readonly terms: number; readonly documents: number },
): BulkOperation => ({
  action: { index: { _index: index, _id: hashOf(`gram ${gram}`) } },
  document: { gram, gramTerms: terms, gramDocuments: documents },
})

/** Counts n-grams anew, by what searches of the vocabulary see. */
export async function* gramOperations(
  cluster: Pick<Cluster, 'body'>,
  index: string,
  grams: readonly string[],
): AsyncGenerator<BulkOperation[]> {
  for (let at = 0; at < grams.length; at += COUNTED_MAX) {
    const some = grams.slice(at, at + COUNTED_MAX)
    const { aggregations } = await cluster.body<GramBuckets>({
      method: 'POST',
      path: `/${index}/_search`,
      query: { allow_partial_search_results: false },
      body: {
        size: 0,
        track_total_hits: false,
        query: { bool: { filter: [{ terms: { grams: some } }, { range: { documents: { gt: 0 } } }] } },
        aggs: {
          counts: {
            // all of them from every shard: what is left out there would be missing in the sum
            terms: { field: 'grams', include: some, size: some.length, shard_size: some.length },
            aggs: { documents: { sum: { field: 'documents' } } },
          },
        },
      },
    })
    const counts = new Map(
      aggregations.counts.buckets.map(({ key, doc_count, documents }) => [
        key,
        { terms: doc_count, documents: documents.value },
      ]),
    )
    yield some.map((gram) => gramOperation(index, gram, counts.get(gram) ?? { terms: 0, documents: 0 }))
  }
}
