import type { FormSet } from './form-set.ts'
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

/** Some tokens of an article; valid until others are asked for. */
export interface MatchingTokens {
  readonly count: number
  /** Where they stand among all tokens, ascending. */
  readonly places: Uint32Array
  /** As in `TokenStream.tokens`, but for `SENTENCE_BIT`: a sentence, or one of the extras, begins here or after the one before. */
  readonly tokens: Uint32Array
}

/** So many numbers a heading has in `TokenStream.headings`. */
export const HEADING = 2

/** The tokens of one article in order: title, text and extras (tags, author, strings of `meta`) in a row. */
export interface TokenStream {
  /** The number of each token's form, with the bits above. Never change it. May be decoded when it is first asked for. */
  readonly tokens: Uint32Array
  /** How many tokens there are. */
  readonly count: number
  /** How many of them are the title's, and how many the text's. */
  readonly title: number
  readonly text: number
  /** Words of the title that are no stop words, or all of them where it has no others; 255 for more. */
  readonly titleLength: number
  /**
   * The headings of the text, ascending, each of HEADING numbers: which token of the text it begins with, and which token follows it. Empty where
   * nothing is known of headings. Never change it.
   */
  readonly headings: Uint32Array
  /** The length norm of BM25. */
  readonly norm: number
  /** The tokens whose forms are in a set: what of a long article means something to a query is read much faster so than all of it. */
  matching(forms: FormSet): MatchingTokens
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

/** Matching tokens as they are found; kept from one article to the next. */
export class MatchingTokensBuffer implements MatchingTokens {
  count = 0
  places = new Uint32Array(0)
  tokens = new Uint32Array(0)

  /** Begins anew, with room for so many. */
  begin(most: number): void {
    this.count = 0
    if (this.places.length >= most) return
    this.places = new Uint32Array(most * 2)
    this.tokens = new Uint32Array(most * 2)
  }

  /** Finds those of tokens that lie in an array. */
  find(tokens: Uint32Array, { bits }: FormSet): this {
    this.begin(tokens.length)
    const { places, tokens: found } = this
    let count = 0
    let borders = 0
    for (let at = 0; at < tokens.length; at++) {
      const token = tokens[at] as number
      borders |= token
      const form = token & FORM_MASK
      if ((((bits[form >>> 5] as number) >>> (form & 31)) & 1) === 0) continue
      places[count] = at
      found[count] = token | (borders & SENTENCE_BIT)
      count += 1
      borders = 0
    }
    this.count = count
    return this
  }
}
