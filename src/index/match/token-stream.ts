import type { FormSet } from '../../search/engine/form-set.ts'
import type { MatchingTokens, TokenStream } from '../../search/engine/token-stream.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/** The tokens of an article in the forward index: valid until the next article is added. */
export function tokenStreamOf(index: ArticleIndex, docId: number): TokenStream {
  return new ForwardTokenStream(index, docId)
}

class ForwardTokenStream implements TokenStream {
  readonly title: number
  readonly text: number
  readonly count: number
  readonly #index: ArticleIndex
  readonly #docId: number
  #tokens: Uint32Array | undefined

  constructor(index: ArticleIndex, docId: number) {
    const { title, text, extras } = index.forward.counts(docId)
    this.title = title
    this.text = text
    this.count = title + text + extras
    this.#index = index
    this.#docId = docId
  }

  get tokens(): Uint32Array {
    this.#tokens ??= this.#index.forward.tokensOf(this.#docId)
    return this.#tokens
  }

  matching(forms: FormSet): MatchingTokens {
    return this.#index.forward.matching(this.#docId, forms)
  }

  get titleLength(): number {
    return this.#index.documents.titleLengths[this.#docId] as number
  }

  get norm(): number {
    return this.#index.documents.norms()[this.#docId] as number
  }

  get headings(): Uint32Array {
    return this.#index.forward.headings(this.#docId)
  }

  extraStarts(): readonly number[] {
    return this.#index.forward.extraStarts(this.#docId)
  }

  fields(): ReturnType<TokenStream['fields']> {
    return this.#index.forward.fields(this.#docId)
  }
}
