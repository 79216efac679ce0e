import type { Article } from './article.ts'

/** One string of an article that is neither its title nor its text. */
export interface Extra {
  /** `tags`, `author` or `meta.<key>`. */
  readonly field: string
  /** Which element, where the field is a list. */
  readonly index: number | null
  readonly value: string
}

/** The strings beside title and text that plain words find: tags, author, and the string values of `meta`. */
export function extrasOf(article: Pick<Article, 'tags' | 'author' | 'meta'>): Extra[] {
  const extras: Extra[] = article.tags.map((value, index) => ({ field: 'tags', index, value }))
  if (article.author !== null) extras.push({ field: 'author', index: null, value: article.author })
  for (const [key, value] of Object.entries(article.meta)) {
    if (typeof value === 'string') extras.push({ field: `meta.${key}`, index: null, value })
    else if (Array.isArray(value)) {
      for (const [index, element] of value.entries()) extras.push({ field: `meta.${key}`, index, value: element })
    }
  }
  return extras
}
