import type { ResolvedWord } from '../query/resolved-query.ts'
import type { ApartMember } from './form-readings.ts'

/** No place. */
const NONE = -2

/** Follows, token by token, the words of a query that were typed apart: Rad fahren, which some article has as one word. */
export class ApartWords {
  /** Words that stand in this article just as they were typed. */
  readonly asTyped = new Set<number>()
  /** Whether any word was typed so. */
  readonly #isNeeded: boolean
  readonly #lengths: readonly number[]
  // by word: how many of its members the tokens up to a place were, and whether all were spelt as typed
  readonly #counts: Uint8Array
  readonly #places: Int32Array
  readonly #same: Uint8Array

  constructor(words: readonly Pick<ResolvedWord, 'apart'>[]) {
    this.#lengths = words.map(({ apart }) => apart?.length ?? 0)
    this.#isNeeded = this.#lengths.some((length) => length > 0)
    this.#counts = new Uint8Array(words.length)
    this.#places = new Int32Array(words.length)
    this.#same = new Uint8Array(words.length)
  }

  /** Before each article. */
  reset(): void {
    if (!this.#isNeeded) return
    this.asTyped.clear()
    this.endSentence()
  }

  endSentence(): void {
    if (!this.#isNeeded) return
    this.#places.fill(NONE)
  }

  /** Takes up a token; whether it is the last of its words, all of which stand before it. */
  follows({ word, member, isSame }: ApartMember, place: number): boolean {
    const goesOn = this.#places[word] === place - 1 && this.#counts[word] === member
    if (member > 0 && !goesOn) return false
    this.#same[word] = isSame && (member === 0 || this.#same[word] === 1) ? 1 : 0
    this.#counts[word] = member + 1
    this.#places[word] = place
    if (member + 1 < (this.#lengths[word] as number)) return false
    if (this.#same[word] === 1) this.asTyped.add(word)
    return true
  }
}
