import type { Article } from '../article/article.ts'
import type { ArticleText } from '../article/article-text.ts'
import { NO_STRUCTURE } from '../article/structure.ts'
import type { FoundArticle } from '../search/engine/engine.ts'
import type { ArticleParts, ArticleSource } from './article-source.ts'
import type { TextStretches } from './segment/forward-index.ts'
import type { ArticleIndex } from './segment/segment.ts'

/** An article of a hit: of a long one the text is read where, and as far as, it is looked at. */
export function foundArticle(
  index: ArticleIndex,
  docId: number,
  source: Pick<ArticleSource, 'bySeqNo' | 'parts'>,
): FoundArticle | undefined {
  const seqNo = index.documents.seqNos[docId] as number
  const { parts } = source
  const stretches = parts === undefined ? null : index.forward.textStretches(docId)
  if (parts === undefined || stretches === null) {
    const article = source.bySeqNo(seqNo)
    if (article === undefined) return undefined
    // field by field: what is left of an article by a rest pattern has a hidden class of its own
    const { id, title, text, url, date, author, tags, language, meta } = article
    const { structure = NO_STRUCTURE, document = null } = article
    const fields = { id, title, text, url, date, author, tags, language, meta }
    return { article: fields, text, structure: () => structure, document }
  }
  const head = parts.headBySeqNo(seqNo)
  return (
    head && {
      article: withText(head.fields, () => parts.textPart(seqNo, 0, undefined)),
      text: new StoredText(parts, seqNo, stretches),
      structure: head.structure,
      document: head.document,
    }
  )
}

/** @param read gives the text; it is asked once */
function withText(
  { id, title, url, date, author, tags, language, meta }: Omit<Article, 'text' | 'structure' | 'values' | 'document'>,
  read: () => string,
): Article {
  let text: string | undefined
  return {
    id,
    title,
    get text() {
      text ??= read()
      return text
    },
    url,
    date,
    author,
    tags,
    language,
    meta,
  }
}

/** A text in the store, of which a few blocks of tokens are in memory. */
class StoredText implements ArticleText {
  readonly length: number
  readonly #source: ArticleParts
  readonly #seqNo: number
  readonly #stretches: TextStretches
  /** What was read last, the latest first. */
  #parts: readonly Part[] = []

  constructor(parts: ArticleParts, seqNo: number, stretches: TextStretches) {
    this.length = stretches.length
    this.#source = parts
    this.#seqNo = seqNo
    this.#stretches = stretches
  }

  slice(start: number, end: number): string {
    if (end <= start) return ''
    const holds = (part: Part): boolean => start >= part.start && end <= part.start + part.text.length
    const part = this.#parts.find(holds) ?? this.#read(start, end)
    return part.text.slice(start - part.start, end - part.start)
  }

  /** Reads the blocks of a stretch and one on either side: what is looked at next is near. */
  #read(start: number, end: number): Part {
    const { units, bytes } = this.#stretches
    const first = Math.max(0, blockOf(units, start) - 1)
    const after = blockOf(units, end) + 2
    const text = this.#source.textPart(this.#seqNo, bytes[first] as number, bytes[after])
    const part = { start: units[first] as number, text }
    this.#parts = [part, ...this.#parts.slice(0, PARTS_MAX - 1)]
    return part
  }
}

/** A stretch that was read. */
interface Part {
  readonly start: number
  readonly text: string
}

/** Of one text so many stretches are kept: a snippet looks at a few places in turns. */
const PARTS_MAX = 4

/** The last block that begins at a place or before it. */
function blockOf(starts: Uint32Array, place: number): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] as number) <= place) low = middle
    else high = middle - 1
  }
  return low
}
