/** Numbers of each kind that are kept from one use to the next: 24 MB at most. A larger need gets arrays of its own. */
const KEPT_MAX = 2 ** 21
const KEPT_MIN = 2 ** 12

/**
 * Allocates arrays from two long ones, so that a search leaves no garbage in proportion to what it reads. Arrays are uninitialised and
 * valid until the next reset().
 */
export class Arena {
  #integers = new Uint32Array(KEPT_MIN)
  #integersUsed = 0
  #numbers = new Float64Array(KEPT_MIN)
  #numbersUsed = 0

  reset(): void {
    this.#integersUsed = this.#numbersUsed = 0
  }

  integers(count: number): Uint32Array {
    const end = this.#integersUsed + count
    if (end > this.#integers.length) {
      if (end > KEPT_MAX) return new Uint32Array(count)
      // arrays given before keep the old one
      this.#integers = new Uint32Array(Math.min(KEPT_MAX, end * 2))
    }
    this.#integersUsed = end
    return this.#integers.subarray(end - count, end)
  }

  numbers(count: number): Float64Array {
    const end = this.#numbersUsed + count
    if (end > this.#numbers.length) {
      if (end > KEPT_MAX) return new Float64Array(count)
      this.#numbers = new Float64Array(Math.min(KEPT_MAX, end * 2))
    }
    this.#numbersUsed = end
    return this.#numbers.subarray(end - count, end)
  }
}
