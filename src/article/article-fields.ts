import type { Article, FieldValue } from './article.ts'

export type { FieldValue } from './article.ts'

// What an index is built with. What queries call fields stands in searched-fields.ts: a change there leaves every index as it is.

/** What canonical names of further fields begin with. */
export const META = 'meta.'

/** The fields of an article by their canonical names; a list may be empty. What is null or absent is not among them. A boolean counts as the text `true` or `false`. */
export function fieldsOf(article: Article): [field: string, values: readonly FieldValue[]][] {
  const fields: [string, readonly FieldValue[]][] = [
    ['title', [article.title]],
    ['tags', article.tags],
  ]
  for (const name of ['url', 'date', 'author', 'language'] as const) {
    const value = article[name]
    if (value !== null) fields.push([name, [value]])
  }
  if (article.values !== undefined) {
    for (const [path, values] of Object.entries(article.values)) fields.push([META + path, values])
    return fields
  }
  for (const [key, value] of Object.entries(article.meta)) {
    if (Array.isArray(value)) fields.push([META + key, value])
    else fields.push([META + key, [typeof value === 'boolean' ? String(value) : (value as FieldValue)]])
  }
  return fields
}
