import type { JsonDocument } from './attributes.ts'

/** Bytes of an id. */
const ID_LENGTH_MAX = 511

/** Which attribute is the primary key where nobody has said: the only one of the first document whose name ends in `id`. */
export function primaryKeyCandidates(document: JsonDocument): string[] {
  return Object.keys(document).filter((name) => name.toLowerCase().endsWith('id'))
}

/** What is wrong with a document's id; see `idOf`. */
export type IdFault =
  | { readonly kind: 'missing' }
  /** As JSON. */
  | { readonly kind: 'wrong'; readonly got: string }

/**
 * The id of a document: a whole number that JavaScript can hold, or letters, digits, hyphens and underscores.
 * @param primaryKey may lead into nested objects: `meta.id`
 * @param isFree whether any text will do, as in the index of articles from files
 */
export function idOf(document: JsonDocument, primaryKey: string, isFree: boolean): string | IdFault {
  const value = valueAt(document, primaryKey)
  if (value === undefined) return { kind: 'missing' }
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
  if (typeof value === 'string') {
    const isPlain = /^[\w-]+$/.test(value) && value.length <= ID_LENGTH_MAX
    // as it came: who asks for it again asks for these very letters
    if (isPlain || (isFree && !['', '.', '..'].includes(value))) return value.toWellFormed()
  }
  return { kind: 'wrong', got: JSON.stringify(value) }
}

/** @param path may lead into nested objects */
export function valueAt(document: JsonDocument, path: string): unknown {
  if (Object.hasOwn(document, path)) return document[path]
  let value: unknown = document
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as JsonDocument)[name]
  }
  return value
}
