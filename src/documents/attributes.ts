import type { FieldValue } from '../article/article.ts'

/** Objects within objects beyond this depth are kept, and nothing in them is searched or filtered by. */
const NESTING_MAX = 8
/** Further values of one document are kept, too, and not searched or filtered by. */
const VALUES_MAX = 10_000

/** A JSON object as another program gave it. */
export type JsonDocument = Readonly<Record<string, unknown>>

/**
 * The values of a document by the paths of their attributes (`info.comment`), in its order. Lists give all their values, objects within
 * lists those of all of them; null and what is empty give an attribute without values.
 */
export function attributesOf(document: JsonDocument): Map<string, (string | number | boolean)[]> {
  const attributes = new Map<string, (string | number | boolean)[]>()
  let count = 0
  const add = (path: string, value: unknown, depth: number): void => {
    if (count >= VALUES_MAX || depth > NESTING_MAX) return
    if (Array.isArray(value)) {
      if (!attributes.has(path) && !value.some(isObject)) attributes.set(path, [])
      for (const element of value) add(path, element, depth + 1)
    } else if (isObject(value)) {
      for (const [name, inner] of Object.entries(value)) add(`${path}.${name}`, inner, depth + 1)
    } else {
      const values = attributes.get(path) ?? []
      attributes.set(path, values)
      if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return
      values.push(value)
      count += 1
    }
  }
  for (const [name, value] of Object.entries(document)) add(name, value, 1)
  return attributes
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** A boolean counts as the text `true` or `false`. */
export const fieldValueOf = (value: string | number | boolean): FieldValue =>
  typeof value === 'boolean' ? String(value) : value

/**
 * Whether a path is meant by the name of an attribute: the attribute itself, whatever lies within it (`info` stands for `info.comment`),
 * and what a pattern with one `*` at its beginning or end covers.
 */
export function isMeant(path: string, name: string): boolean {
  if (name === '*' || path === name || path.startsWith(`${name}.`)) return true
  if (name.endsWith('*')) return path.startsWith(name.slice(0, -1))
  return name.startsWith('*') && path.endsWith(name.slice(1))
}
