import type { FormSet } from '../../search/engine/form-set.ts'
import { CAPITAL_BIT, FORM_MASK, type MatchingTokensBuffer, SENTENCE_BIT } from '../../search/engine/token-stream.ts'
import { Uint32Column } from '../arrays/growable.ts'

/** Articles of so many tokens are kept by form. */
export const LONG_ARTICLE = 512
/** A place has 16 bits: what is longer is kept as a short article is, and read from its beginning. */
export const LONG_ARTICLE_MAX = 2 ** 16
/** A form's low bits, which are kept; the others are those of its group. */
const LOW_BITS = 16
const LOW_MASK = 2 ** LOW_BITS - 1
/** A form that stands more often has several entries. */
const PLACES_MAX = 255

/**
 * Long articles in columns, by form: what a query looks for is found without reading the rest. An article has an entry for each of its forms, in the order of their
 * numbers; those with the same upper bits are a group.
 */
export interface PackedLongArticles {
  /**
   * By article, in order: its row, where its places end, where its words of bits end, and for each group of forms there is, from 0 on, where its entries end. How many
   * groups there are stands first.
   */
  readonly articles: Uint32Array
  /** By entry the low 16 bits of its form. */
  readonly forms: Uint16Array
  /** By entry how many places it has. */
  readonly counts: Uint8Array
  /** The places of each entry among the article's tokens, ascending. */
  readonly places: Uint16Array
  /** A bit a token, the low one first: by article as many words as its tokens need where sentences begin, then as many for capital letters. */
  readonly bits: Uint32Array
}

/** Numbers of an article before those of its groups: its row, where its places end, where its bits end. */
export const FIXED = 3
const PLACES_END = 1
const BITS_END = 2

export class LongArticles {
  readonly #packed: PackedLongArticles
  readonly #groups: number
  /** Numbers of an article. */
  readonly #size: number
  readonly #count: number
  // of one article, all zero between uses
  readonly #isFound = new Uint32Array(LONG_ARTICLE_MAX / 32)
  /** Two numbers each: an entry that was found, and its form. There are no more entries than tokens. */
  #found = new Uint32Array(0)
  /** By place its form, where it was found. */
  #formAt = new Uint32Array(0)

  constructor(packed: PackedLongArticles) {
    this.#packed = packed
    this.#groups = packed.articles[0] as number
    this.#size = FIXED + this.#groups
    this.#count = (packed.articles.length - 1) / this.#size
  }

  /** Tokens of all of them. */
  get tokens(): number {
    return this.#packed.places.length
  }

  /** How many have rows below; of one that is long its number. */
  find(row: number): number {
    let [low, high] = [0, this.#count]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#number(middle, 0) < row) low = middle + 1
      else high = middle
    }
    return low
  }

  isAt(article: number, row: number): boolean {
    return article < this.#count && this.#number(article, 0) === row
  }

  /** Tokens of those with lower numbers. */
  tokensBefore(article: number): number {
    return article === 0 ? 0 : this.#number(article - 1, PLACES_END)
  }

  beginsSentence(article: number, token: number): boolean {
    const { bits } = this.#packed
    return (((bits[this.#bitsStart(article) + (token >>> 5)] as number) >>> (token & 31)) & 1) === 1
  }

  /** The tokens of an article, as many as there is room for. */
  read(article: number, into: Uint32Array): void {
    const { forms, counts, places, bits } = this.#packed
    let place = this.tokensBefore(article)
    let entry = this.#entriesStart(article)
    for (let group = 0; group < this.#groups; group++) {
      const end = this.#number(article, FIXED + group)
      for (; entry < end; entry++) {
        const form = (group << LOW_BITS) | (forms[entry] as number)
        // places beyond the end of an array are not written
        for (let left = counts[entry] as number; left > 0; left--) into[places[place++] as number] = form
      }
    }
    const sentences = this.#bitsStart(article)
    const capitals = sentences + wordsOf(this.#number(article, PLACES_END) - this.tokensBefore(article))
    for (let token = 0; token < into.length; token++) {
      const sentence = ((bits[sentences + (token >>> 5)] as number) >>> (token & 31)) & 1
      const capital = ((bits[capitals + (token >>> 5)] as number) >>> (token & 31)) & 1
      into[token] = (into[token] as number) | (sentence * SENTENCE_BIT) | (capital * CAPITAL_BIT)
    }
  }

  /** See `TokenStream.matching`. Takes time in proportion to the article's different forms and to what is found. */
  matching(article: number, { bits }: FormSet, into: MatchingTokensBuffer): void {
    const { forms, counts, places } = this.#packed
    const start = this.tokensBefore(article)
    const length = this.#number(article, PLACES_END) - start
    if (this.#formAt.length < length) {
      this.#formAt = new Uint32Array(length * 2)
      this.#found = new Uint32Array(length * 4)
    }
    const [formAt, isFound] = [this.#formAt, this.#isFound]
    const found = this.#found
    let count = 0
    let entry = this.#entriesStart(article)
    /** The entry whose places begin at `place`. */
    let passed = entry
    for (let group = 0; group < this.#groups; group++) {
      const end = this.#number(article, FIXED + group)
      const firstWord = group << (LOW_BITS - 5)
      // few entries in a hundred are found: the others cost a look at four of them together
      while (entry < end) {
        for (; entry + 4 <= end; entry += 4) {
          const a = forms[entry] as number
          const b = forms[entry + 1] as number
          const c = forms[entry + 2] as number
          const d = forms[entry + 3] as number
          const any =
            ((bits[firstWord + (a >>> 5)] as number) >>> (a & 31)) |
            ((bits[firstWord + (b >>> 5)] as number) >>> (b & 31)) |
            ((bits[firstWord + (c >>> 5)] as number) >>> (c & 31)) |
            ((bits[firstWord + (d >>> 5)] as number) >>> (d & 31))
          if ((any & 1) !== 0) break
        }
        const last = Math.min(end, entry + 4)
        for (; entry < last; entry++) {
          const low = forms[entry] as number
          if ((((bits[firstWord + (low >>> 5)] as number) >>> (low & 31)) & 1) === 0) continue
          found[count++] = entry
          found[count++] = (group << LOW_BITS) | low
        }
      }
    }
    let place = start
    for (let at = 0; at < count; at += 2) {
      const wanted = found[at] as number
      const form = found[at + 1] as number
      for (; passed < wanted; passed++) place += counts[passed] as number
      const end = place + (counts[wanted] as number)
      for (let next = place; next < end; next++) {
        const token = places[next] as number
        formAt[token] = form
        isFound[token >>> 5] = (isFound[token >>> 5] as number) | (1 << (token & 31))
      }
    }
    this.#collect(article, length, into)
  }

  /** Gives what was found in the order of its places, and forgets it. */
  #collect(article: number, length: number, into: MatchingTokensBuffer): void {
    const { bits } = this.#packed
    const [formAt, isFound] = [this.#formAt, this.#isFound]
    into.begin(length)
    const { places, tokens } = into
    const sentences = this.#bitsStart(article)
    const capitals = sentences + wordsOf(length)
    let count = 0
    let hasBorder = false
    for (let word = 0; word < wordsOf(length); word++) {
      let found = isFound[word] as number
      /** Borders that no token found belongs to yet. */
      let borders = bits[sentences + word] as number
      if (found !== 0) {
        isFound[word] = 0
        const capital = bits[capitals + word] as number
        do {
          const lowest = found & -found
          found ^= lowest
          const bit = 31 - Math.clz32(lowest)
          const place = word * 32 + bit
          /** Bits up to this one, with it. */
          const upTo = (lowest << 1) - 1
          if ((borders & upTo) !== 0) hasBorder = true
          borders &= ~upTo
          places[count] = place
          tokens[count] =
            (formAt[place] as number) |
            (hasBorder ? SENTENCE_BIT : 0) |
            (((capital >>> bit) & 1) === 1 ? CAPITAL_BIT : 0)
          count += 1
          hasBorder = false
        } while (found !== 0)
      }
      if (borders !== 0) hasBorder = true
    }
    into.count = count
  }

  #number(article: number, at: number): number {
    return this.#packed.articles[1 + article * this.#size + at] as number
  }

  #bitsStart(article: number): number {
    return article === 0 ? 0 : this.#number(article - 1, BITS_END)
  }

  #entriesStart(article: number): number {
    return article === 0 || this.#groups === 0 ? 0 : this.#number(article - 1, this.#size - 1)
  }
}

const wordsOf = (bits: number): number => (bits + 31) >>> 5

/**
 * Packs long articles, each as an array of forms with their bits.
 * @param rows in order; each is read before the next is taken
 * @param most their tokens at most
 * @param forms all forms are below
 */
export function packLongArticles(
  rows: Iterable<readonly [row: number, tokens: Uint32Array]>,
  most: number,
  forms: number,
): PackedLongArticles {
  const groups = Math.ceil(forms / 2 ** LOW_BITS)
  const articles: number[] = [groups]
  // no more entries than tokens
  const lows = new Uint16Array(most)
  const counts = new Uint8Array(most)
  let entries = 0
  const bits = new Uint32Column()
  const places = new Uint16Array(most)
  const formOrder = new FormOrder(forms)
  let end = 0
  for (const [row, tokens] of rows) {
    const order = formOrder.placesOf(tokens)
    articles.push(row, end + tokens.length, bits.length + 2 * wordsOf(tokens.length))
    let group = 0
    for (let at = 0; at < order.length; ) {
      const form = (tokens[order[at] as number] as number) & FORM_MASK
      for (; group < form >>> LOW_BITS; group++) articles.push(entries)
      let count = 0
      for (; count < PLACES_MAX && at < order.length; count++, at++) {
        const place = order[at] as number
        if (((tokens[place] as number) & FORM_MASK) !== form) break
        places[end++] = place
      }
      lows[entries] = form & LOW_MASK
      counts[entries] = count
      entries += 1
    }
    for (; group < groups; group++) articles.push(entries)
    for (const bit of [SENTENCE_BIT, CAPITAL_BIT]) {
      for (let from = 0; from < tokens.length; from += 32) {
        let word = 0
        for (let at = from; at < Math.min(from + 32, tokens.length); at++)
          if (((tokens[at] as number) & bit) !== 0) word |= 1 << (at & 31)
        bits.push(word >>> 0)
      }
    }
  }
  return {
    articles: Uint32Array.from(articles),
    forms: lows.slice(0, entries),
    counts: counts.slice(0, entries),
    places: places.slice(0, end),
    bits: bits.view().slice(),
  }
}

/** Puts the places of an article's tokens into the order of their forms, those of one form ascending. */
class FormOrder {
  /** By form where its next place goes. Only those of the article at hand mean anything. */
  readonly #nexts: Uint32Array

  /** @param forms all forms are below */
  constructor(forms: number) {
    this.#nexts = new Uint32Array(forms)
  }

  placesOf(tokens: Uint32Array): Uint32Array {
    const nexts = this.#nexts
    for (const token of tokens) nexts[token & FORM_MASK] = 0
    const different: number[] = []
    for (const token of tokens) {
      const form = token & FORM_MASK
      if (nexts[form] === 0) different.push(form)
      nexts[form] = (nexts[form] as number) + 1
    }
    let start = 0
    for (const form of Uint32Array.from(different).sort()) {
      const count = nexts[form] as number
      nexts[form] = start
      start += count
    }
    const places = new Uint32Array(tokens.length)
    for (let place = 0; place < tokens.length; place++) {
      const form = (tokens[place] as number) & FORM_MASK
      places[nexts[form] as number] = place
      nexts[form] = (nexts[form] as number) + 1
    }
    return places
  }
}
