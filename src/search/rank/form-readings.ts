import type { FormTable } from '../engine/forms.ts'

/** A number for every form of a table, all 0 at first. */
export interface FormReadings {
  readonly numbers: Uint16Array
  /** Notes that a form's number is not 0 any more. */
  mark(form: number): void
}

/**
 * Tables of all forms for one query after another: making one takes time in proportion to the vocabulary, clearing it in proportion to
 * the forms that were noted.
 */
export class FormReadingsPool {
  #free: Uint16Array | null = null

  /** Gives `use` an empty table. One that `use` fails with is not used again. */
  async lend<T>(forms: FormTable, use: (readings: FormReadings) => Promise<T>): Promise<T> {
    const size = forms.forms.length
    const free = this.#free
    this.#free = null
    const numbers = free !== null && free.length >= size ? free : new Uint16Array(Math.ceil(size * 1.25))
    const noted: number[] = []
    const result = await use({ numbers, mark: (form) => noted.push(form) })
    for (const form of noted) numbers[form] = 0
    this.#free = numbers
    return result
  }
}
