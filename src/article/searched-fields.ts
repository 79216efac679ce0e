import { META } from './article-fields.ts'

/** Fields of every article that can be filtered, sorted and counted by. The text itself is searched, not filtered. */
const OWN = ['id', 'title', 'url', 'date', 'author', 'tags', 'language'] as const
/** Of them those that hold null where an article has nothing there. */
const NULLABLE: ReadonlySet<string> = new Set(['url', 'date', 'author', 'language'])

/** The one name of a field: `ort` and `meta.ort` are both `meta.ort`, and what every article has keeps its name. */
export function canonicalField(name: string): string {
  return name.startsWith(META) || name === 'text' || (OWN as readonly string[]).includes(name) ? name : META + name
}

/** Whether a field without a value holds null, rather than being absent. */
export const isNullable = (field: string): boolean => NULLABLE.has(field)

/** What people call fields in a query. */
const CALLED: ReadonlyMap<string, string> = new Map([
  ['title', 'title'],
  ['titel', 'title'],
  ['text', 'text'],
  ['tag', 'tags'],
  ['tags', 'tags'],
  ['schlagwort', 'tags'],
  ['schlagworte', 'tags'],
  ['schlagwörter', 'tags'],
  ['author', 'author'],
  ['autor', 'author'],
  ['autorin', 'author'],
])

/**
 * The field that is meant by a name in a query, or null where none is: a key of `meta`, whatever its capitals, then what every article
 * has, in German or English.
 * @param fieldNamed the canonical name of a field that some article has, whatever its capitals
 */
export function searchedField(name: string, fieldNamed: (field: string) => string | undefined): string | null {
  const lower = name.toLowerCase()
  const called = CALLED.get(lower)
  if (name === lower && called === name) return called
  return fieldNamed(name.startsWith(META) ? name : META + name) ?? called ?? null
}
