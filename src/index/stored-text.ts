import type { Article } from '../article/article.ts'
import type { ArticleText } from '../article/article-text.ts'
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
    return article && { article, text: article.text }
  }
  const head = parts.headBySeqNo(seqNo)
  return (
    head && {
      article: withText(head, () => parts.textPart(seqNo, 0, undefined)),
      text: new StoredText(parts, seqNo, stretches),
    }
  )
}

/** @param read gives the text; it is asked once */
function withText(
  { id, title, url, date, author, tags, language, meta }: Omit<Article, 'text'>,
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
  readonly #parts: ArticleParts
  readonly #seqNo: number
  readonly #stretches: TextStretches
  /** What was read last, and where it begins. */
  #part = ''
  #start = 0

  constructor(parts: ArticleParts, seqNo: number, stretches: TextStretches) {
    this.length = stretches.length
    this.#parts = parts
    this.#seqNo = seqNo
    this.#stretches = stretches
  }

  slice(start: number, end: number): string {
    if (end <= start) return ''
    if (start < this.#start || end > this.#start + this.#part.length) this.#read(start, end)
    return this.#part.slice(start - this.#start, end - this.#start)
  }

  /** Reads the blocks of a stretch and one on either side: what is looked at next is near. */
  #read(start: number, end: number): void {
    const { units, bytes } = this.#stretches
    const first = Math.max(0, blockOf(units, start) - 1)
    const after = blockOf(units, end) + 2
    this.#start = units[first] as number
    this.#part = this.#parts.textPart(this.#seqNo, bytes[first] as number, bytes[after])
  }
}

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
