import {
  CLASS_COUNTS,
  HEAD_BITS,
  INFINITIVE,
  type Lexicon,
  TAIL_BITS,
  TAIL_SHIFT,
  WORD,
  WORD_LENGTH_MAX,
} from '../lexicon/lexicon.ts'
import { linksEndingWith, longPrefixLength, NEVER_FIRST, NEVER_LAST } from './compound-rules.ts'

/** A part of a compound: where it stands in the key, its link included, and what word it is: without the link, a verb's stem as its infinitive. */
export interface CompoundPart {
  readonly start: number
  readonly end: number
  readonly key: string
}

const PART_MIN = 3
/** Parts of which nothing is known but that they are words have at least so many letters. */
const WORD_MIN = 4
/** Parts of three letters must be as productive as this. */
const SHORT_COUNT_MIN = 10
/** What a known noun counts that is no part elsewhere in the lexicon; with a link, half of it. */
const WORD_COUNT = 1
const LINKED_COUNT = 0.5
/** The geometric mean of the parts' counts must reach this (logarithm). */
const THRESHOLD = 1
/** Each part beyond two costs this much, short parts cost more. */
const PART_COST = 0.6
const SHORT_COST = [0, 0, 0, 1.5, 0.5] as const
const PARTS_MAX = 8

/** The logarithm of each count that there is, by twice the count. */
const LOGARITHMS = new Float64Array(2 * (Math.max(...CLASS_COUNTS) + WORD_COUNT) + 1)
for (const count of [LINKED_COUNT, WORD_COUNT, ...CLASS_COUNTS, ...CLASS_COUNTS.map((known) => known + WORD_COUNT)])
  LOGARITHMS[2 * count] = Math.log(count)

const WHOLE: readonly CompoundPart[] = []

/**
 * Splits compounds into their smallest parts by the lexicon (after Koehn and Knight 2003: the split with the highest geometric
 * mean of the parts' frequencies, here of their productivity). The parts cover the whole word; each is a word or a known first
 * part. Cost grows with the square of the word's length, which is bounded.
 */
export class CompoundSplitter {
  readonly #lexicon: Lexicon
  // the best sum of logarithms for each end and each number of parts, and where the last part began
  readonly #sums = new Float64Array((WORD_LENGTH_MAX + 1) * (PARTS_MAX + 1))
  readonly #origins = new Uint8Array((WORD_LENGTH_MAX + 1) * (PARTS_MAX + 1))
  /** By end: one bit for each number of parts that reaches it. What is not reached has no sum yet. */
  readonly #reached = new Uint16Array(WORD_LENGTH_MAX + 1)
  /** By end: what is known of the stretch from the start at hand. */
  readonly #values = new Uint8Array(WORD_LENGTH_MAX + 1)
  /** By start: how productive the rest of the word is as a last part. */
  readonly #tails = new Uint16Array(WORD_LENGTH_MAX + 1)
  /** The word split last: the rules for nouns, for verbs and for parts ask for the same one after another. */
  #last = ''
  #lastParts = WHOLE

  constructor(lexicon: Lexicon) {
    this.#lexicon = lexicon
  }

  /** @param key lower case, NFC, ss for ß; an empty list where the word stays whole */
  split(key: string): readonly CompoundPart[] {
    const { length } = key
    if (length < 2 * PART_MIN || length > WORD_LENGTH_MAX) return WHOLE
    if (key === this.#last) return this.#lastParts
    this.#lexicon.read(key)
    const lastBorder = this.#countTails(key)
    const count = lastBorder === 0 ? 0 : this.#countParts(key, lastBorder)
    this.#lastParts = count === 0 ? WHOLE : this.#parts(key, count)
    this.#last = key
    return this.#lastParts
  }

  /** How productive what is left behind each border is as a last part; the last border behind which it is, 0 where there is none. */
  #countTails(key: string): number {
    const { length } = key
    let lastBorder = 0
    for (let start = PART_MIN; start <= length - PART_MIN; start++) {
      const count = this.#tailCount(key, start, length)
      this.#tails[start] = count
      if (count > 0) lastBorder = start
    }
    return lastBorder
  }

  /** Into how many parts the word is split best; 0 where into none. Heads that go on behind the last border lead nowhere. */
  #countParts(key: string, lastBorder: number): number {
    this.#reached.fill(0, 0, lastBorder + 1)
    this.#reached[0] = 1
    this.#reached[key.length] = 0
    for (let start = 0; start <= lastBorder; start++) {
      if (this.#reached[start] === 0) continue
      const endMin = start === 0 ? longPrefixLength(key) : 0
      for (let end = start + PART_MIN; end <= lastBorder; end++) {
        this.#values[end] = this.#lexicon.valueOf(start, end)
        if (end >= endMin) this.#reach(start, end, this.#headCount(key, start, end))
      }
      if (start > 0) this.#reach(start, key.length, this.#tails[start] as number)
    }
    return this.#bestCount(key.length)
  }

  #reach(start: number, end: number, count: number): void {
    const letters = end - start
    if (count === 0 || (letters === PART_MIN && count < SHORT_COUNT_MIN)) return
    const score = (LOGARITHMS[2 * count] as number) - (SHORT_COST[letters] ?? 0)
    const from = start * (PARTS_MAX + 1)
    const to = end * (PARTS_MAX + 1) + 1
    const before = this.#reached[start] as number
    for (let parts = 0; parts < PARTS_MAX; parts++) {
      if (((before >> parts) & 1) === 0) continue
      const sum = (this.#sums[from + parts] as number) + score
      const bit = 2 << parts
      if (((this.#reached[end] as number) & bit) !== 0 && sum <= (this.#sums[to + parts] as number)) continue
      this.#reached[end] = (this.#reached[end] as number) | bit
      this.#sums[to + parts] = sum
      this.#origins[to + parts] = start
    }
  }

  #bestCount(length: number): number {
    const reached = this.#reached[length] as number
    if (reached >> 2 === 0) return 0
    let best = 0
    let bestScore = THRESHOLD
    for (let parts = 2; parts <= PARTS_MAX; parts++) {
      if (((reached >> parts) & 1) === 0) continue
      const score = (this.#sums[length * (PARTS_MAX + 1) + parts] as number) / parts - PART_COST * (parts - 2)
      if (score >= bestScore) {
        best = parts
        bestScore = score
      }
    }
    return best
  }

  #parts(key: string, count: number): readonly CompoundPart[] {
    const { length } = key
    const borders: number[] = []
    for (let parts = count, end = length; parts > 0; parts--) {
      borders.unshift(end)
      end = this.#origins[end * (PARTS_MAX + 1) + parts] as number
    }
    this.#giveBackS(key, borders)
    return borders.map((end, i) => {
      const start = borders[i - 1] ?? 0
      return { start, end, key: end === length ? key.slice(start, end) : this.#withoutLink(key, start, end) }
    })
  }

  /** Schifffahrt|straße, not Schifffahrts|traße: the s is of the last part where compounds end with that more often. */
  #giveBackS(key: string, borders: number[]): void {
    const border = borders.at(-2)
    if (border === undefined || key[border - 1] !== 's') return
    const before = this.#lexicon.valueOf(borders.at(-3) ?? 0, border - 1)
    if ((before & (WORD | TAIL_BITS)) === 0) return
    const tails = (start: number): number => this.#lexicon.valueOf(start, key.length) & TAIL_BITS
    if (tails(border - 1) > tails(border)) borders[borders.length - 2] = border - 1
  }

  /** What is known of the stretch is in #values, as is what is known of those that begin with it. */
  #headCount(key: string, start: number, end: number): number {
    const value = this.#values[end] as number
    const known = CLASS_COUNTS[value & HEAD_BITS] as number
    let count = known
    if (end - start >= WORD_MIN) {
      if ((value & WORD) !== 0) count += WORD_COUNT
      else if (known === 0 && this.#hasLink(key, start, end)) count = LINKED_COUNT
    }
    return count > 0 && NEVER_FIRST.has(key.slice(start, end)) ? 0 : count
  }

  /** Whether the stretch ends with a link behind a known word. */
  #hasLink(key: string, start: number, end: number): boolean {
    for (const link of linksEndingWith(key.charCodeAt(end - 1))) {
      const base = end - link.length
      if (base - start < WORD_MIN || ((this.#values[base] as number) & WORD) === 0) continue
      if (hasAt(key, link, base)) return true
    }
    return false
  }

  #tailCount(key: string, start: number, end: number): number {
    const value = this.#lexicon.valueOf(start, end)
    const known = CLASS_COUNTS[(value & TAIL_BITS) >> TAIL_SHIFT] as number
    const count = known + ((value & WORD) !== 0 && end - start >= WORD_MIN ? WORD_COUNT : 0)
    if (count === 0) return 0
    const part = key.slice(start, end)
    // Lehrerinnen have nothing to do with Rinnen
    return NEVER_LAST.has(part) || (part === 'rinnen' && key[start - 1] === 'e') ? 0 : count
  }

  /** A first part as a word of its own: Arbeits- is Arbeit. */
  #withoutLink(key: string, start: number, end: number): string {
    const part = key.slice(start, end)
    if ((this.#lexicon.valueOf(start, end) & (WORD | INFINITIVE)) !== 0) return part
    const link = this.#linkLength(key, start, end)
    // the er of a Wandergruppe is of wandern, that of an Osterfeuer of Ostern
    const isStem = link > 0 && part.endsWith('er') && this.#endsInN(part, part.length - link)
    return isStem ? `${part}n` : key.slice(start, end - link)
  }

  /** How long the link is with which the stretch ends behind a known word; 0 where it has none. */
  #linkLength(key: string, start: number, end: number): number {
    for (const link of linksEndingWith(key.charCodeAt(end - 1))) {
      const base = end - link.length
      if (base - start < PART_MIN || !hasAt(key, link, base)) continue
      if ((this.#lexicon.valueOf(start, base) & WORD) !== 0) return link.length
    }
    return 0
  }

  /** @param withoutLink how many letters stand before the link */
  #endsInN(part: string, withoutLink: number): boolean {
    if (this.#lexicon.isInfinitive(part, part.length, 'n')) return true
    return this.#lexicon.isNoun(part, part.length, 'n') && !this.#lexicon.isNoun(part, withoutLink, 'e')
  }
}

function hasAt(key: string, link: string, at: number): boolean {
  for (let i = 0; i < link.length; i++) if (key.charCodeAt(at + i) !== link.charCodeAt(i)) return false
  return true
}
