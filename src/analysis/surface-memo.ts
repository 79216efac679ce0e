import type { Word } from './word/word.ts'

/** A form longer than this is not remembered: few come twice, and each would cost its length. */
const FORM_LENGTH_MAX = 64
const SLOTS_MIN = 1024

/**
 * Remembers the words of surface forms and finds them by a stretch of a text, without making a string of it: a Map takes twice as
 * long (docs/DESIGN.md, "What does a new form cost?"). Two generations: what is found in the old one moves into the young one, which
 * becomes the old one when it is full. So forms that come again and again stay.
 */
export class SurfaceMemo {
  readonly #youngMax: number
  #young = new Generation()
  #old = new Generation()

  /** @param max so many forms are held at most */
  constructor(max: number) {
    this.#youngMax = max / 2
  }

  /** The word of the form from `start` to `end`; undefined where it is not remembered. */
  get(text: string, start: number, end: number): Word | undefined {
    if (end - start > FORM_LENGTH_MAX) return undefined
    const hash = hashOf(text, start, end)
    const known = this.#young.find(hash, text, start, end)
    if (known >= 0) return this.#young.words[known]
    const old = this.#old.find(hash, text, start, end)
    if (old < 0) return undefined
    const word = this.#old.words[old] as Word
    this.#add(hash, this.#old.forms[old] as string, word)
    return word
  }

  /** @param form that is not remembered yet, and no slice of a text: that would be kept with it */
  put(form: string, word: Word): void {
    if (form.length <= FORM_LENGTH_MAX) this.#add(hashOf(form, 0, form.length), form, word)
  }

  #add(hash: number, form: string, word: Word): void {
    if (this.#young.words.length >= this.#youngMax) {
      this.#old = this.#young
      this.#young = new Generation()
    }
    this.#young.add(hash, form, word)
  }
}

/** A hash table with open addressing that grows with what is put in. */
class Generation {
  readonly forms: string[] = []
  readonly words: Word[] = []
  /** Pairs: the hash of a form, and one more than its number; 0 where nothing stands. */
  #slots = new Int32Array(2 * SLOTS_MIN)

  /** The number of a form; -1 where it is not there. */
  find(hash: number, text: string, start: number, end: number): number {
    const last = this.#slots.length - 1
    for (let slot = (hash << 1) & last; ; slot = (slot + 2) & last) {
      const number = (this.#slots[slot + 1] as number) - 1
      if (number < 0) return -1
      if (this.#slots[slot] === hash && isAt(this.forms[number] as string, text, start, end)) return number
    }
  }

  /** Adds a form that is not there yet. */
  add(hash: number, form: string, word: Word): void {
    this.forms.push(form)
    this.words.push(word)
    // half of the slots stay empty
    if (4 * this.forms.length > this.#slots.length) this.#grow()
    place(this.#slots, hash, this.forms.length)
  }

  #grow(): void {
    const slots = new Int32Array(2 * this.#slots.length)
    for (let slot = 0; slot < this.#slots.length; slot += 2) {
      const number = this.#slots[slot + 1] as number
      if (number > 0) place(slots, this.#slots[slot] as number, number)
    }
    this.#slots = slots
  }
}

function place(slots: Int32Array, hash: number, number: number): void {
  const last = slots.length - 1
  let slot = (hash << 1) & last
  while (slots[slot + 1] !== 0) slot = (slot + 2) & last
  slots[slot] = hash
  slots[slot + 1] = number
}

function isAt(form: string, text: string, start: number, end: number): boolean {
  if (form.length !== end - start) return false
  for (let i = 0; i < form.length; i++) if (form.charCodeAt(i) !== text.charCodeAt(start + i)) return false
  return true
}

/** FNV-1a over UTF-16 units, with its high bits brought down. */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash ^ (hash >>> 15)
}
