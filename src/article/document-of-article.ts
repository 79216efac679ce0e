import type { Article } from './article.ts'

/**
 * An article as other programs read documents: what it was made of, as it came, or its fields as one JSON object, with those of `meta`
 * beside its own.
 * @param document what it was made of; null where it came from a file
 */
export function documentOfArticle(article: Article, document: string | null): string {
  if (document !== null) return document
  const { id, title, text, url, date, author, tags, language, meta } = article
  return JSON.stringify({ ...meta, id, title, text, url, date, author, tags, language })
}
