import { orderKey } from '../analysis/german/order-key.ts'
import { keyOfForm } from '../analysis/word/word.ts'
import { FORM_MASK } from '../search/engine/token-stream.ts'
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
  const all = [...new Set(having.flat())]
  await Promise.all([documents.read(all), documents.readArticles(all)])
  return new Map(keys.map((key, at) => [key, surfaceIn(key, having[at] as number[], documents)]))
}

function surfaceIn(key: string, docIds: readonly number[], documents: FoundDocuments): string {
  let firstFound: string | undefined
  const { forms } = documents.table
  for (const docId of docIds) {
    const stream = documents.get(docId)?.stream
    const article = documents.article(docId)
    if (stream === undefined || article === undefined) continue
    const fields = stream.fields()
    for (const [value, field, first] of [
      [article.text, fields.text, stream.title],
      [article.title, fields.title, 0],
    ] as const) {
      for (let at = 0; at < field.count; at++) {
        const form = forms.forms[(stream.tokens[first + at] as number) & FORM_MASK] as string
        if (keyOfForm(form) !== key) continue
        const surface = value.slice(field.startOf(at), field.endOf(at))
        if (!field.beginsSentence(at)) return surface
        firstFound ??= surface
      }
    }
  }
  return firstFound ?? key
}
