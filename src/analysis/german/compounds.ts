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
import { LINKS, LONG_PREFIXES, NEVER_FIRST, NEVER_LAST } from './compound-rules.ts'

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

/**
 * Splits compounds into their smallest parts by the lexicon (after Koehn and Knight 2003: the split with the highest geometric
 * mean of the parts' frequencies, here of their productivity). The parts cover the whole word; each is a word or a known first
 * part. Cost grows with the square of the word's length, which is bounded.
 */
export class CompoundSplitter {
  readonly #lexicon: Lexicon
  // the best sum of logarithms for each number of parts and each end, and where the last part began
  readonly #sums = new Float64Array((PARTS_MAX + 1) * (WORD_LENGTH_MAX + 1))
  readonly #origins = new Uint8Array((PARTS_MAX + 1) * (WORD_LENGTH_MAX + 1))

  constructor(lexicon: Lexicon) {
    this.#lexicon = lexicon
  }

  /** @param key lower case, NFC, ss for ß; an empty list where the word stays whole */
  split(key: string): readonly CompoundPart[] {
    const length = key.length
    if (length < 2 * PART_MIN || length > WORD_LENGTH_MAX) return []
    this.#lexicon.read(key)
    const width = length + 1
    const sums = this.#sums.fill(Number.NEGATIVE_INFINITY, 0, (PARTS_MAX + 1) * width)
    sums[0] = 0
    const firstMin = LONG_PREFIXES.find((prefix) => key.startsWith(prefix))?.length ?? 0
    for (let start = 0; start <= length - PART_MIN; start++) {
      if (!reached(sums, width, start)) continue
      for (let end = start + PART_MIN; end <= length; end++) {
        if (start === 0 && (end === length || end < firstMin)) continue
        if (end < length && end > length - PART_MIN) continue
        const count = end === length ? this.#tailCount(key, start, end) : this.#headCount(key, start, end)
        if (count === 0 || (end - start === PART_MIN && count < SHORT_COUNT_MIN)) continue
        const score = Math.log(count) - (SHORT_COST[end - start] ?? 0)
        for (let parts = 0; parts < PARTS_MAX; parts++) {
          const sum = (sums[parts * width + start] as number) + score
          const slot = (parts + 1) * width + end
          if (sum <= (sums[slot] as number)) continue
          sums[slot] = sum
          this.#origins[slot] = start
        }
      }
    }
    let best = 0
    let bestScore = THRESHOLD
    for (let parts = 2; parts <= PARTS_MAX; parts++) {
      const score = (sums[parts * width + length] as number) / parts - PART_COST * (parts - 2)
      if (score >= bestScore) {
        best = parts
        bestScore = score
      }
    }
    const borders: number[] = []
    for (let parts = best, end = length; parts > 0; parts--) {
      borders.unshift(end)
      end = this.#origins[parts * width + end] as number
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

  #endsInN(part: string, withoutLink: string): boolean {
    if (this.#lexicon.isInfinitive(`${part}n`)) return true
    return this.#lexicon.isNoun(`${part}n`) && !this.#lexicon.isNoun(`${withoutLink}e`)
  }

  #headCount(key: string, start: number, end: number): number {
    const value = this.#lexicon.valueOf(start, end)
    const known = CLASS_COUNTS[value & HEAD_BITS] as number
    let count = known
    if (end - start >= WORD_MIN) {
      if ((value & WORD) !== 0) count += WORD_COUNT
      else if (known === 0 && this.#linkLength(key, start, end, WORD_MIN) > 0) count = LINKED_COUNT
    }
    return count > 0 && NEVER_FIRST.has(key.slice(start, end)) ? 0 : count
  }

  /** How long the link is with which the stretch ends behind a known word of at least so many letters; 0 where it has none. */
  #linkLength(key: string, start: number, end: number, wordMin: number): number {
    for (const link of LINKS) {
      const base = end - link.length
      if (base - start < wordMin || !key.startsWith(link, base)) continue
      if ((this.#lexicon.valueOf(start, base) & WORD) !== 0) return link.length
    }
    return 0
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
    const link = this.#linkLength(key, start, end, PART_MIN)
    // the er of a Wandergruppe is of wandern, that of an Osterfeuer of Ostern
    const isStem = link > 0 && part.endsWith('er') && this.#endsInN(part, key.slice(start, end - link))
    this.#lexicon.read(key)
    return isStem ? `${part}n` : key.slice(start, end - link)
  }
}

function reached(sums: Float64Array, width: number, at: number): boolean {
  for (let parts = 0; parts <= PARTS_MAX; parts++)
    if (sums[parts * width + at] !== Number.NEGATIVE_INFINITY) return true
  return false
}
