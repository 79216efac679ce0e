import { codesOf, phoneticCode } from '../../analysis/spelling/edit-distance.ts'
import { ByteColumn, Uint8Column, Uint32Column } from '../arrays/growable.ts'
import type { PackedKeyedLists } from '../arrays/keyed-lists.ts'
import type { PackedSounds } from '../segment/prepared.ts'
import { FREE, GRAMS, gramsOfSound, hashOf, lettersOf, nameOf, TABLE_MIN } from './sound-grams.ts'

/**
 * Many words by what they sound like, entered all at once: what `PhoneticIndex` packs after as many calls of `add`. The lists of its grams are made for the sounds of one
 * length after the other, so they take a fifth of the memory.
 */
export class SoundsWriter {
  readonly #codes = new Uint8Column()
  readonly #ends: Uint32Array
  readonly #letters: Uint32Array
  readonly #lastEntries: Uint32Array
  readonly #items: Uint32Array
  readonly #entriesBefore: Uint32Array
  #table = new Uint32Array(TABLE_MIN)
  #sounds = 0
  #entries = 0

  /** @param most so many words may come; what stays empty takes no memory */
  constructor(most: number) {
    this.#ends = new Uint32Array(most)
    this.#letters = new Uint32Array(most)
    this.#lastEntries = new Uint32Array(most)
    this.#items = new Uint32Array(most)
    this.#entriesBefore = new Uint32Array(most)
  }

  add(word: string, item: number): void {
    const number = this.#numberOf(codesOf(phoneticCode(word)))
    this.#items[this.#entries] = item
    this.#entriesBefore[this.#entries] = this.#lastEntries[number] as number
    this.#entries += 1
    this.#lastEntries[number] = this.#entries
  }

  pack(): PackedSounds {
    return {
      codes: this.#codes.view(),
      ends: this.#ends.subarray(0, this.#sounds),
      letters: this.#letters.subarray(0, this.#sounds),
      lastEntries: this.#lastEntries.subarray(0, this.#sounds),
      items: this.#items.subarray(0, this.#entries),
      entriesBefore: this.#entriesBefore.subarray(0, this.#entries),
      table: this.#table,
      postings: this.#postings(),
    }
  }

  #numberOf(sound: Uint8Array): number {
    const table = this.#table
    let place = hashOf(sound, 0, sound.length) % table.length
    for (; table[place] !== FREE; place = (place + 1) % table.length) {
      const number = (table[place] as number) - 1
      if (this.#isSound(number, sound)) return number
    }
    const number = this.#sounds++
    table[place] = number + 1
    for (const code of sound) this.#codes.push(code)
    this.#ends[number] = this.#codes.length
    this.#letters[number] = lettersOf(sound)
    if (this.#sounds * 2 > table.length) this.#growTable()
    return number
  }

  #isSound(number: number, sound: Uint8Array): boolean {
    const codes = this.#codes.data
    const start = this.#start(number)
    if ((this.#ends[number] as number) - start !== sound.length) return false
    for (let at = 0; at < sound.length; at++) if (codes[start + at] !== sound[at]) return false
    return true
  }

  #growTable(): void {
    const table = new Uint32Array(this.#table.length * 2)
    for (let number = 0; number < this.#sounds; number++) {
      let place = hashOf(this.#codes.data, this.#start(number), this.#ends[number] as number) % table.length
      while (table[place] !== FREE) place = (place + 1) % table.length
      table[place] = number + 1
    }
    this.#table = table
  }

  #start(number: number): number {
    return number === 0 ? 0 : (this.#ends[number - 1] as number)
  }

  #postings(): PackedKeyedLists {
    const keys = new Uint32Column()
    const ends = new Uint32Column()
    const bytes = new ByteColumn()
    for (const [length, sounds] of this.#byLength().entries()) {
      if (sounds.length === 0) continue
      const lists = this.#listsOf(sounds)
      for (let gram = 0, start = 0; gram < GRAMS; gram++) {
        const end = lists.ends[gram] as number
        if (end === start) continue
        keys.push(nameOf(gram, length))
        bytes.pushVarint(end - start)
        let before = 0
        for (; start < end; start++) {
          const number = lists.sounds[start] as number
          bytes.pushVarint((number - before) >>> 0)
          before = number
        }
        ends.push(bytes.length)
      }
    }
    return { keys: keys.view(), ends: ends.view(), bytes: bytes.view() }
  }

  /** Sounds by their length, ascending. */
  #byLength(): Uint32Array[] {
    const lengthOf = (number: number): number => (this.#ends[number] as number) - this.#start(number)
    const counts: number[] = []
    for (let number = 0; number < this.#sounds; number++) {
      const length = lengthOf(number)
      while (counts.length <= length) counts.push(0)
      counts[length] = (counts[length] as number) + 1
    }
    const sounds = counts.map((count) => new Uint32Array(count))
    const nexts = counts.map(() => 0)
    for (let number = 0; number < this.#sounds; number++) {
      const length = lengthOf(number)
      const next = nexts[length] as number
      ;(sounds[length] as Uint32Array)[next] = number
      nexts[length] = next + 1
    }
    return sounds
  }

  /** The sounds of each gram one after the other, in the order of the grams, and where those of each end. */
  #listsOf(numbers: Uint32Array): { readonly sounds: Uint32Array; readonly ends: Uint32Array } {
    const ends = new Uint32Array(GRAMS)
    for (const number of numbers)
      for (const gram of gramsOfSound(this.#sound(number))) ends[gram] = (ends[gram] as number) + 1
    let end = 0
    // for now where those of each begin
    for (let gram = 0; gram < GRAMS; gram++) {
      const count = ends[gram] as number
      ends[gram] = end
      end += count
    }
    const sounds = new Uint32Array(end)
    for (const number of numbers) {
      for (const gram of gramsOfSound(this.#sound(number))) {
        const place = ends[gram] as number
        sounds[place] = number
        ends[gram] = place + 1
      }
    }
    return { sounds, ends }
  }

  #sound(number: number): Uint8Array {
    return this.#codes.data.subarray(this.#start(number), this.#ends[number])
  }
}
