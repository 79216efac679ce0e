import type { FormSet } from '../../search/engine/form-set.ts'
import { CAPITAL_BIT, FORM_MASK, type MatchingTokensBuffer, SENTENCE_BIT } from '../../search/engine/token-stream.ts'
import { PackedInts, type PackedNumbers } from '../arrays/packed-ints.ts'
import {
  LONG_ARTICLE,
  LONG_ARTICLE_MAX,
  LongArticles,
  type PackedLongArticles,
  packLongArticles,
} from './long-articles.ts'

/** A short article's token is its form times four, plus 2 for a capital letter, plus 1 where a sentence begins. */
const FLAG_BITS = 2
const CAPITAL = 2
const SENTENCE = 1

/** Tokens of articles in columns. */
export interface PackedTokenColumns {
  /** Of the short articles, one after the other. */
  readonly tokens: PackedNumbers
  readonly long: PackedLongArticles
}

/** The tokens of articles as they lie in a file: short ones in a row, of long ones the places of each form. */
export class PackedTokens {
  readonly #tokens: PackedInts
  readonly #long: LongArticles
  /** Of one short article, kept from one to the next. */
  #row = new Uint32Array(0)

  constructor({ tokens, long }: PackedTokenColumns) {
    this.#tokens = new PackedInts(tokens)
    this.#long = new LongArticles(long)
  }

  /** How many there are. */
  get length(): number {
    return this.#tokens.length + this.#long.tokens
  }

  /**
   * The tokens of a row, decoded.
   * @param start where they begin among the tokens of all rows
   * @param end where they end there, or before that
   */
  tokens(row: number, start: number, end: number): Uint32Array {
    const tokens = new Uint32Array(end - start)
    const long = this.#long.find(row)
    if (this.#long.isAt(long, row)) {
      this.#long.read(long, tokens)
      return tokens
    }
    const from = start - this.#long.tokensBefore(long)
    this.#tokens.read(from, from + tokens.length, tokens)
    for (let at = 0; at < tokens.length; at++) tokens[at] = unpacked(tokens[at] as number)
    return tokens
  }

  /** Tells of the tokens of a row whether each begins a sentence. */
  sentencesOf(row: number, start: number): (token: number) => boolean {
    const long = this.#long.find(row)
    if (this.#long.isAt(long, row)) return (token) => this.#long.beginsSentence(long, token)
    const from = start - this.#long.tokensBefore(long)
    return (token) => (this.#tokens.at(from + token) & SENTENCE) !== 0
  }

  /** See `TokenStream.matching`. */
  matching(row: number, start: number, end: number, wanted: FormSet, into: MatchingTokensBuffer): void {
    const long = this.#long.find(row)
    if (this.#long.isAt(long, row)) this.#long.matching(long, wanted, into)
    else this.#matchingOfShort(start - this.#long.tokensBefore(long), end - start, wanted, into)
  }

  #matchingOfShort(from: number, length: number, { bits }: FormSet, into: MatchingTokensBuffer): void {
    if (this.#row.length < length) this.#row = new Uint32Array(length * 2)
    const row = this.#row
    this.#tokens.read(from, from + length, row)
    into.begin(length)
    const { places, tokens } = into
    let count = 0
    let borders = 0
    for (let at = 0; at < length; at++) {
      const token = row[at] as number
      borders |= token
      const form = token >>> FLAG_BITS
      if ((((bits[form >>> 5] as number) >>> (form & 31)) & 1) === 0) continue
      places[count] = at
      tokens[count] = unpacked(token | (borders & SENTENCE))
      count += 1
      borders = 0
    }
    into.count = count
  }
}

const unpacked = (token: number): number =>
  (token >>> FLAG_BITS) | ((token & CAPITAL) === 0 ? 0 : CAPITAL_BIT) | ((token & SENTENCE) === 0 ? 0 : SENTENCE_BIT)

/**
 * Packs the tokens of articles, each as an array of forms with their bits.
 * @param rows in order; each is read before the next is taken
 * @param forms all forms are below
 */
export function packTokens(rows: Iterable<Uint32Array>, count: number, forms: number): PackedTokenColumns {
  const tokens = new Uint32Array(count)
  let end = 0
  function* longRows(): Iterable<readonly [row: number, tokens: Uint32Array]> {
    let row = 0
    for (const article of rows) {
      if (article.length >= LONG_ARTICLE && article.length <= LONG_ARTICLE_MAX) yield [row, article]
      else for (const token of article) tokens[end++] = packedToken(token)
      row += 1
    }
  }
  const long = packLongArticles(longRows(), count, forms)
  return { tokens: PackedInts.from(tokens.subarray(0, end)).packed, long }
}

/** A token of a short article as it is packed. */
export const packedToken = (token: number): number =>
  (((token & FORM_MASK) << FLAG_BITS) |
    ((token & CAPITAL_BIT) === 0 ? 0 : CAPITAL) |
    (token >= SENTENCE_BIT ? SENTENCE : 0)) >>>
  0
