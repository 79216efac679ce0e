import { orderKey } from '../analysis/german/order-key.ts'
import { keyOfForm } from '../analysis/word/word.ts'
import type { FoundDocuments } from './found-documents.ts'
import { BEGINS } from './index-mappings.ts'
import { NOTHING_STORED } from './search-batch.ts'
import type { Snapshot } from './snapshot.ts'
import { storedTerm } from './stored-terms.ts'

/** Articles with a word that are looked through for its spelling. */
const ARTICLES_READ = 3

interface FoundHits {
  readonly hits: { readonly hits: readonly { readonly fields: { readonly seqNo: [number] } }[] }
}

/** How articles spell words that an index knows in lower case: away from the beginning of a sentence where one of the first articles has it there. */
export async function surfacesOf(
  snapshot: Snapshot,
  documents: FoundDocuments,
  keys: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    keys.map((key) =>
      snapshot.searchArticles<FoundHits>(
        {
          size: ARTICLES_READ,
          query: { term: { [BEGINS.any]: storedTerm(orderKey(key)) } },
          sort: ['_doc'],
          ...NOTHING_STORED,
          docvalue_fields: ['seqNo'],
          track_total_hits: false,
        },
        signal,
      ),
    ),
  )
  const having = found.map(({ hits }) => hits.hits.map(({ fields }) => fields.seqNo[0]))
  await documents.read([...new Set(having.flat())])
  return new Map(keys.map((key, at) => [key, surfaceIn(key, having[at] as number[], documents)]))
}

function surfaceIn(key: string, docIds: readonly number[], documents: FoundDocuments): string {
  let first: string | undefined
  for (const docId of docIds) {
    const analysed = documents.get(docId)?.analysed
    if (analysed === undefined) continue
    const { article, title, text } = analysed
    for (const [value, { words, starts, ends, sentences }] of [
      [article.text, text],
      [article.title, title],
    ] as const) {
      for (const [at, { form }] of words.entries()) {
        if (keyOfForm(form) !== key) continue
        const surface = value.slice(starts[at], ends[at])
        if (sentences[at] === 0) return surface
        first ??= surface
      }
    }
  }
  return first ?? key
}
