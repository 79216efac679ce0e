import {
  codesOf,
  EDIT_LENGTH_MAX,
  EditDistanceFilter,
  editDistance,
  phoneticCode,
} from '../../analysis/spelling/edit-distance.ts'
import type { WorkBudget } from '../../work-budget.ts'
import { COST } from '../../work-costs.ts'
import { Uint8Column, Uint32Column } from '../arrays/growable.ts'
import { KeyedLists } from '../arrays/keyed-lists.ts'
import type { PackedSounds } from '../segment/prepared.ts'
import { FREE, gramsIn, gramsOfSound, hashOf, lettersOf, nameOf, PAIRED_MAX, TABLE_MIN } from './sound-grams.ts'

/** One slip is looked for from so many letters on, two from so many. */
const ONE_SLIP_LENGTH = 3
const TWO_SLIPS_LENGTH = 7
/** Distance allowed for one slip. */
const DISTANCE_MAX = 1.55
/** Distance allowed for two slips, for each letter of what was typed: farther away is another word. */
const DISTANCE_PER_LETTER = 0.35

/** Words shorter or longer are neither found nor mistyped. */
export const SOUND_WORD_MIN = ONE_SLIP_LENGTH - 1
export const SOUND_WORD_MAX = EDIT_LENGTH_MAX

/** Whether words near one are looked for. */
export const mayBeMistyped = ({ length }: string): boolean => length >= ONE_SLIP_LENGTH && length <= EDIT_LENGTH_MAX

/** A word that is about as far from what was typed as slips go. */
export interface NearWord {
  /** What it was entered as. */
  readonly item: number
  /** See `editDistance`. */
  readonly distance: number
}

/** Grams that one slip can spoil, two letters changed round most of all; of two slips that seldom meet. */
const SPOILT = [0, 4, 6] as const
const SPOILT_PAIRS = 3

/**
 * Words by what they sound like, found by the letters in a row that their sounds share. Takes time in proportion to the posting
 * lists of what was typed; about 100 bytes a sound, none of which the garbage collector looks at.
 */
export class PhoneticIndex {
  readonly #wordOf: (item: number) => string
  /** The letters of all sounds, see `codesOf`, and where those of each end. */
  readonly #codes: Uint8Column
  readonly #ends: Uint32Column
  /** Which letters a sound has: what is compared before the sounds themselves. */
  readonly #letters: Uint32Column
  /** Of each sound's words the one entered last, and of each entry the one before it, both plus 1. */
  readonly #lastEntries: Uint32Column
  readonly #items: Uint32Column
  readonly #entriesBefore: Uint32Column
  /** A sound's number plus 1, at the first free place from its hash on. */
  #table: Uint32Array
  #isTableOwn: boolean
  /** The sounds of one length that have a gram. */
  readonly #postings: KeyedLists
  // one number a sound, all zero between uses
  #met = new Uint8Array(0)
  #budget: WorkBudget | undefined

  /** @param wordOf the folded word that was entered as an item */
  constructor(wordOf: (item: number) => string, packed?: PackedSounds) {
    this.#wordOf = wordOf
    this.#codes = new Uint8Column(packed?.codes)
    this.#ends = new Uint32Column(packed?.ends)
    this.#letters = new Uint32Column(packed?.letters)
    this.#lastEntries = new Uint32Column(packed?.lastEntries)
    this.#items = new Uint32Column(packed?.items)
    this.#entriesBefore = new Uint32Column(packed?.entriesBefore)
    this.#table = packed?.table ?? new Uint32Array(TABLE_MIN)
    this.#isTableOwn = packed === undefined
    this.#postings = new KeyedLists(packed?.postings)
  }

  /** Words entered so far. */
  get size(): number {
    return this.#items.length
  }

  reset(budget: WorkBudget): void {
    this.#budget = budget
  }

  /** Makes the table what it is between uses, after an exception somewhere among these. */
  restore(): void {
    this.#met.fill(0)
  }

  add(word: string, item: number): void {
    const sound = codesOf(phoneticCode(word))
    const number = this.#numberOf(sound)
    this.#items.push(item)
    this.#entriesBefore.push(this.#lastEntries.at(number))
    this.#lastEntries.set(number, this.#items.length)
  }

  /** The number of a sound; a sound never seen before gets the next one. */
  #numberOf(sound: Uint8Array): number {
    if (!this.#isTableOwn) {
      this.#table = this.#table.slice()
      this.#isTableOwn = true
    }
    const table = this.#table
    let place = hashOf(sound, 0, sound.length) % table.length
    for (; table[place] !== FREE; place = (place + 1) % table.length) {
      const number = (table[place] as number) - 1
      if (this.#isSound(number, sound)) return number
    }
    const number = this.#ends.length
    table[place] = number + 1
    for (const code of sound) this.#codes.push(code)
    this.#ends.push(this.#codes.length)
    this.#letters.push(lettersOf(sound))
    this.#lastEntries.push(0)
    for (const gram of gramsOfSound(sound)) this.#postings.push(nameOf(gram, sound.length), number)
    if (this.#ends.length * 2 > table.length) this.#growTable()
    return number
  }

  #isSound(number: number, sound: Uint8Array): boolean {
    const codes = this.#codes.data
    const start = this.#start(number)
    if (this.#ends.at(number) - start !== sound.length) return false
    for (let at = 0; at < sound.length; at++) if (codes[start + at] !== sound[at]) return false
    return true
  }

  #growTable(): void {
    const table = new Uint32Array(this.#table.length * 2)
    for (let number = 0; number < this.#ends.length; number++) {
      let place = hashOf(this.#codes.data, this.#start(number), this.#ends.at(number)) % table.length
      while (table[place] !== FREE) place = (place + 1) % table.length
      table[place] = number + 1
    }
    this.#table = table
  }

  #start(number: number): number {
    return number === 0 ? 0 : this.#ends.at(number - 1)
  }

  /** The words near a folded one, at most so far away. */
  near(typed: string, max: number): NearWord[] {
    if (!mayBeMistyped(typed)) return []
    const slips = typed.length < TWO_SLIPS_LENGTH || max <= 1 ? 1 : 2
    const farthest = Math.min(max, slips === 1 ? DISTANCE_MAX : typed.length * DISTANCE_PER_LETTER)
    const sound = codesOf(phoneticCode(typed))
    const filter = new EditDistanceFilter(sound, slips)
    const codes = this.#codes.data
    const found: NearWord[] = []
    for (const number of this.#sharing(sound, slips)) {
      if (!filter.passes(codes, this.#start(number), this.#ends.at(number))) continue
      for (let entry = this.#lastEntries.at(number); entry > 0; entry = this.#entriesBefore.at(entry - 1)) {
        const item = this.#items.at(entry - 1)
        this.#budget?.spend(COST.editDistance)
        const distance = editDistance(typed, this.#wordOf(item), farthest)
        if (distance < Number.POSITIVE_INFINITY) found.push({ item, distance })
      }
    }
    return found
  }

  /**
   * The sounds about as long, of about the same letters, that may have all grams of this one but those the slips can spoil.
   * A sound with so many of the grams has one of the rarest of them: the longest posting lists are never read.
   */
  #sharing(sound: Uint8Array, slips: 1 | 2): number[] {
    if (this.#met.length < this.#ends.length) this.#met = new Uint8Array(Math.ceil(this.#ends.length * 1.25))
    const met = this.#met
    const letters = this.#letters.data
    const own = lettersOf(sound)
    const isPaired = sound.length <= PAIRED_MAX
    const spoilt = isPaired ? SPOILT_PAIRS * slips : SPOILT[slips]
    const grams = gramsIn(sound, isPaired ? 2 : 3)
    const wanted = Math.max(1, grams.length - spoilt)
    const found: number[] = []
    for (let length = sound.length - slips; length <= sound.length + slips; length++) {
      const lists = grams
        .map((gram) => ({ name: nameOf(gram, length), count: this.#postings.lengthOf(nameOf(gram, length)) }))
        .filter(({ count }) => count > 0)
        .sort((a, b) => a.count - b.count)
      for (const { name, count } of lists.slice(0, Math.max(0, lists.length - wanted + 1))) {
        const posting = this.#postings.read(name)
        this.#budget?.spend(COST.likeness * count)
        for (let i = 0; i < count; i++) {
          const number = posting[i] as number
          if (met[number] === 1) continue
          if (!isAlike(own, letters[number] as number, slips)) continue
          met[number] = 1
          found.push(number)
        }
      }
    }
    for (const number of found) met[number] = 0
    return found
  }

  pack(): PackedSounds {
    return {
      codes: this.#codes.view(),
      ends: this.#ends.view(),
      letters: this.#letters.view(),
      lastEntries: this.#lastEntries.view(),
      items: this.#items.view(),
      entriesBefore: this.#entriesBefore.view(),
      table: this.#table,
      postings: this.#postings.pack(),
    }
  }
}

/** Whether sounds of these letters may be so many slips apart: each changes two letters at most. */
function isAlike(one: number, other: number, slips: number): boolean {
  let differing = one ^ other
  let left = 2 * slips
  for (; differing !== 0; differing &= differing - 1) if (--left < 0) return false
  return true
}
