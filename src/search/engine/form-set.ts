/** Rooms of sets that are not used any more, all zero: a query needs two sets, of a hundred kilobytes each where there are a million forms. */
const spare: Uint32Array[] = []
const SPARE_MAX = 2
const NO_BITS = new Uint32Array(0)

/** A set of forms, a bit each: small enough for a processor's nearest cache, which every token of every candidate is looked up in. */
export class FormSet {
  #bits: Uint32Array

  /** @param forms all forms are below */
  constructor(forms: number) {
    const words = (forms >>> 5) + 1
    const room = spare.pop()
    this.#bits = room !== undefined && room.length >= words ? room : new Uint32Array(words)
  }

  /** Gives its room to the next one; it is empty then, and is not to be used any more. */
  release(): void {
    if (spare.length < SPARE_MAX && this.#bits.length > 0) spare.push(this.#bits.fill(0))
    this.#bits = NO_BITS
  }

  add(form: number): void {
    const at = form >>> 5
    this.#bits[at] = (this.#bits[at] as number) | (1 << (form & 31))
  }

  has(form: number): boolean {
    return (((this.#bits[form >>> 5] as number) >>> (form & 31)) & 1) === 1
  }

  /** By form, from the low bit of the first number on; for hot loops. */
  get bits(): Uint32Array {
    return this.#bits
  }

  addAll(other: FormSet): void {
    const { bits } = other
    const own = this.#bits
    const length = Math.min(own.length, bits.length)
    for (let at = 0; at < length; at++) own[at] = (own[at] as number) | (bits[at] as number)
  }
}
