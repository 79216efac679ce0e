import { plainKey } from './plain-key.ts'
import { TRANSPARENT } from './publication-words.ts'

/** Nesting deeper than this says nothing about an article. */
const NESTING_MAX = 4

/** What each field says, under its plain name; fields of nested objects under both their full and, where it means the same, their own. */
export function* sayings(entries: Iterable<readonly [string, unknown]>, depth = 0): Generator<[string, unknown]> {
  for (const [name, value] of entries) {
    if (value === null || value === undefined || value === '') continue
    const key = plainKey(name)
    yield [key, value]
    if (typeof value !== 'object' || Array.isArray(value) || value instanceof Date || depth >= NESTING_MAX) continue
    const isTransparent = name.startsWith('_') || TRANSPARENT.has(key)
    for (const [inner, innerValue] of sayings(Object.entries(value), depth + 1)) {
      yield [key + inner, innerValue]
      if (isTransparent) yield [inner, innerValue]
    }
  }
}

/** What stands alone in a list, or in an object as its `value`. */
export function unwrapped(value: unknown): unknown {
  let inner = value
  for (let depth = 0; depth < NESTING_MAX && typeof inner === 'object' && inner !== null; depth++) {
    if (Array.isArray(inner) && inner.length === 1) inner = inner[0]
    else if (Object.hasOwn(inner, 'value')) inner = (inner as { value: unknown }).value
    else break
  }
  return inner
}
