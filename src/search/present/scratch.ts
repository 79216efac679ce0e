/** Numbers of one kind for one piece of work, kept for the next one: making a typed array takes longer than what is done with a short one. */
export class Scratch {
  #numbers = new Float64Array(256)

  /** An array that begins with so many zeros; valid until it is asked for others. */
  zeros(count: number): Float64Array {
    if (this.#numbers.length < count) this.#numbers = new Float64Array(count * 2)
    return this.#numbers.fill(0, 0, count)
  }
}
