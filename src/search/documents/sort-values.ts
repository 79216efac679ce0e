import type { SortKey } from '../query/sorting.ts'
import { elementsOf, kindOf, membersOf, type RawJson, rawJson, textOf, written } from './raw-json.ts'

type Value = string | number

/** Values of the attributes that hits are sorted by: of several the least, or the greatest where the order is descending; null for none. */
export function sortValuesOf(document: string, keys: readonly SortKey[]): (Value | null)[] {
  if (keys.length === 0) return []
  const object = rawJson(document)
  return keys.map(({ field, descending }) => {
    const values = [...valuesAt(object, field)].sort(compareValues)
    return (descending ? values.at(-1) : values[0]) ?? null
  })
}

/** Numbers before texts, texts as German dictionaries order them. */
export function compareValues(one: Value, other: Value): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  if (typeof one === 'number') return -1
  if (typeof other === 'number') return 1
  return collator.compare(one, other)
}

const collator = new Intl.Collator('de')

/** All strings, numbers and truth values of an attribute, and of what lies in it. */
export function* valuesAt(value: RawJson, path: string): Generator<Value> {
  const kind = kindOf(value)
  if (kind === 'array') for (const element of elementsOf(value)) yield* valuesAt(element, path)
  else if (kind === 'object') {
    for (const [name, member] of membersOf(value)) {
      if (path === '' || name === path) yield* valuesAt(member, '')
      else if (path.startsWith(`${name}.`)) yield* valuesAt(member, path.slice(name.length + 1))
    }
  } else if (path === '') {
    const text = written(value)
    if (kind === 'string') yield textOf(value)
    else if (kind === 'number') yield Number(text)
    else if (text !== 'null') yield text
  }
}
