import type { FormTable, GramTable } from './forms.ts'

/** Set in a token where it begins a sentence, or one of the extras. */
export const SENTENCE_BIT = 0x8000_0000
/** Set where it begins with a capital letter. */
export const CAPITAL_BIT = 0x4000_0000
export const FORM_MASK = 0x3fff_ffff

/** The tokens of one field with their places. */
export interface FieldTokens {
  readonly count: number
  /** Where a token begins, in UTF-16 units. */
  startOf(token: number): number
  endOf(token: number): number
  /** Whether a token is the first of its sentence. */
  beginsSentence(token: number): boolean
}

/** The same of arrays; `sentences` has 1 for a token that begins one. */
export const fieldTokensOf = (
  count: number,
  { starts, ends, sentences }: Record<'starts' | 'ends' | 'sentences', ArrayLike<number>>,
): FieldTokens => ({
  count,
  startOf: (token) => starts[token] as number,
  endOf: (token) => ends[token] as number,
  beginsSentence: (token) => sentences[token] === 1,
})

/** The tokens of one article in order: title, text and extras (tags, author, strings of `meta`) in a row. */
export interface TokenStream {
  /** The number of each token's form, with the bits above. Never change it. */
  readonly tokens: Uint32Array
  /** How many of them are the title's, and how many the text's. */
  readonly title: number
  readonly text: number
  /** The length norm of BM25. */
  readonly norm: number
  /** Where each of the extras begins, ascending. Takes a look at each of their tokens. */
  extraStarts(): readonly number[]
  /** Title and text; offsets are decoded where they are asked for. */
  fields(): { readonly title: FieldTokens; readonly text: FieldTokens }
}

/** The token streams of some articles, and what their numbers mean. */
export interface TokenStreams {
  readonly forms: FormTable
  readonly grams: GramTable
  of(docId: number): TokenStream
}
