import { Uint32Column } from './growable.ts'

/**
 * A column of numbers that are never changed, only followed by others. Those of a file are read where they lie and what came later stands beside
 * them: one number more copies nothing. `at` gives 0 beyond the end.
 */
export class AppendedColumn {
  readonly #packed: Uint32Array
  readonly #later = new Uint32Column()

  constructor(packed: Uint32Array = new Uint32Array(0)) {
    this.#packed = packed
  }

  get length(): number {
    return this.#packed.length + this.#later.length
  }

  at(index: number): number {
    const { length } = this.#packed
    return index < length ? (this.#packed[index] as number) : this.#later.at(index - length)
  }

  push(value: number): void {
    this.#later.push(value)
  }

  /** All of them in one piece, valid until the next push. */
  pack(): Uint32Array {
    if (this.#later.length === 0) return this.#packed
    if (this.#packed.length === 0) return this.#later.view()
    const all = new Uint32Array(this.length)
    all.set(this.#packed)
    all.set(this.#later.view(), this.#packed.length)
    return all
  }
}
