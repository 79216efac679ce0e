import type { TokenStream } from '../../search/engine/token-stream.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/** The tokens of an article, as views of the forward index: valid until the next article is added. */
export function tokenStreamOf(index: ArticleIndex, docId: number): TokenStream {
  return new ForwardTokenStream(index, docId)
}

class ForwardTokenStream implements TokenStream {
  readonly tokens: Uint32Array
  readonly title: number
  readonly text: number
  readonly #index: ArticleIndex
  readonly #docId: number

  constructor(index: ArticleIndex, docId: number) {
    const { title, text } = index.forward.counts(docId)
    this.tokens = index.forward.tokensOf(docId)
    this.title = title
    this.text = text
    this.#index = index
    this.#docId = docId
  }

  get norm(): number {
    return this.#index.documents.norms()[this.#docId] as number
  }

  extraStarts(): readonly number[] {
    return this.#index.forward.extraStarts(this.#docId)
  }

  fields(): ReturnType<TokenStream['fields']> {
    return this.#index.forward.fields(this.#docId)
  }
}
