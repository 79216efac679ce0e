import type { FieldValue } from '../../article/article-fields.ts'

/** Texts by number, those that lie in a file first. */
interface TextList {
  readonly length: number
  readonly packedLength: number
  at(number: number): FieldValue | undefined
}

const FREE = 0
/** Slots a text: with open addressing more of them make runs short, fewer save memory. */
const SLOTS_EACH = 1.5
const NONE: readonly number[] = []

/** As texts are compared in filters. */
export const lowered = (value: FieldValue): string => String(value).normalize('NFC').toLowerCase()

/** Numbers of texts without regard to case. Those of a file are looked up where they lie, by a hash table with open addressing. */
export class CaseFoldedTable {
  readonly #texts: TextList
  /** A number plus 1, at the first free slot from the hash of its text on. */
  readonly #slots: Uint32Array
  /** The numbers of texts that came later; entered when asked for. */
  readonly #later = new Map<string, number[]>()
  #entered: number

  /** @param slots what `pack` gave for the texts that lie in a file */
  constructor(texts: TextList, slots: Uint32Array = new Uint32Array(0)) {
    this.#texts = texts
    this.#slots = slots
    this.#entered = texts.packedLength
  }

  /**
   * Ascending.
   * @param text as `lowered` makes it
   */
  numbersOf(text: string): readonly number[] {
    for (; this.#entered < this.#texts.length; this.#entered++) {
      const name = this.#loweredAt(this.#entered)
      const numbers = this.#later.get(name)
      if (numbers === undefined) this.#later.set(name, [this.#entered])
      else numbers.push(this.#entered)
    }
    const later = this.#later.get(text) ?? NONE
    const packed = this.#packedNumbersOf(text)
    return packed.length === 0 ? later : [...packed, ...later]
  }

  #loweredAt(number: number): string {
    return lowered(this.#texts.at(number) as FieldValue)
  }

  #packedNumbersOf(text: string): number[] {
    const slots = this.#slots
    const numbers: number[] = []
    if (slots.length === 0) return numbers
    for (let slot = hashOf(text) % slots.length; slots[slot] !== FREE; slot = (slot + 1) % slots.length) {
      const number = (slots[slot] as number) - 1
      if (this.#loweredAt(number) === text) numbers.push(number)
    }
    return numbers.sort((a, b) => a - b)
  }

  pack(): Uint32Array {
    const { length, packedLength } = this.#texts
    if (length === packedLength) return this.#slots
    return foldedSlotsOf(this.#texts)
  }
}

/** The hash table of a list of texts, as `CaseFoldedTable` packs it. */
export function foldedSlotsOf(texts: Pick<TextList, 'length' | 'at'>): Uint32Array {
  const { length } = texts
  if (length === 0) return new Uint32Array(0)
  const slots = new Uint32Array(Math.ceil(length * SLOTS_EACH) + 1)
  for (let number = 0; number < length; number++) {
    let slot = hashOf(lowered(texts.at(number) as FieldValue)) % slots.length
    while (slots[slot] !== FREE) slot = (slot + 1) % slots.length
    slots[slot] = number + 1
  }
  return slots
}

/** FNV-1a over UTF-16 units, its bits mixed once more. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}
