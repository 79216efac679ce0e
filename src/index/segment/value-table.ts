import type { FieldValue } from '../../article/article-fields.ts'
import { type PackedStringTable, StringTable } from '../arrays/string-table.ts'

/** What a number's name begins with, and a text's: the text 7 is not the number 7. */
const NUMBER = '#'
const TEXT = '='

const nameOf = (value: FieldValue): string => (typeof value === 'number' ? NUMBER + value : TEXT + value)

/** The different values of a field by their codes: 0, 1, 2 … in the order they came. */
export class ValueTable implements Iterable<FieldValue> {
  readonly #names: StringTable

  constructor(packed?: PackedStringTable) {
    this.#names = new StringTable(packed)
  }

  get length(): number {
    return this.#names.length
  }

  /** How many of them lie in a file. */
  get packedLength(): number {
    return this.#names.packedLength
  }

  at(code: number): FieldValue | undefined {
    const name = this.#names.at(code)
    if (name === undefined) return undefined
    return name.startsWith(NUMBER) ? Number(name.slice(1)) : name.slice(1)
  }

  *[Symbol.iterator](): Iterator<FieldValue> {
    for (let code = 0; code < this.length; code++) yield this.at(code) as FieldValue
  }

  codeOf(value: FieldValue): number | undefined {
    return this.#names.numberOf(nameOf(value))
  }

  /** @returns the code of a value; one never seen before gets the next */
  add(value: FieldValue): number {
    const name = nameOf(value)
    return this.#names.numberOf(name) ?? this.#names.add(name)
  }

  packRows(): PackedStringTable {
    return this.#names.packRows()
  }

  pack(): PackedStringTable {
    return this.#names.pack()
  }
}
