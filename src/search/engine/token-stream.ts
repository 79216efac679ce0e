import type { FormTable, GramTable } from './forms.ts'

/** Set in a token where it begins a sentence, or one of the extras. */
export const SENTENCE_BIT = 0x8000_0000
/** Set where it begins with a capital letter. */
export const CAPITAL_BIT = 0x4000_0000
export const FORM_MASK = 0x3fff_ffff

/** The tokens of one field with their places. */
export interface FieldTokens {
  readonly count: number
  /** UTF-16 offsets. */
  readonly starts: Uint32Array
  readonly ends: Uint32Array
  /** 1 where a token is the first of its sentence, else 0. */
  readonly sentences: Uint8Array
}

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
  /** Decodes the offsets of title and text. */
  fields(): { readonly title: FieldTokens; readonly text: FieldTokens }
}

/** The token streams of some articles, and what their numbers mean. */
export interface TokenStreams {
  readonly forms: FormTable
  readonly grams: GramTable
  of(docId: number): TokenStream
}
