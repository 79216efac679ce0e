/** A set of forms, a bit each: small enough for a processor's nearest cache, which every token of every candidate is looked up in. */
export class FormSet {
  readonly #bits: Uint32Array

  /** @param forms all forms are below */
  constructor(forms: number) {
    this.#bits = new Uint32Array((forms >>> 5) + 1)
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
    for (let at = 0; at < bits.length; at++) this.#bits[at] = (this.#bits[at] as number) | (bits[at] as number)
  }
}
