import { type Article, type MetaValue, parseArticle } from '../article/article.ts'
import { NO_STRUCTURE, noSnippetsOf, type Structure } from '../article/structure.ts'
import { FundstelleError } from '../errors.ts'
import { articleLanguage } from './article-language.ts'
import type { StructuredText } from './blocks.ts'
import { cleanLine, cleanText } from './clean.ts'
import { addMeta, sitesUrl } from './fields.ts'
import { both, PUBLIC, type Publication } from './publication.ts'
import type { State } from './publication-words.ts'
import { NO_ARTICLES } from './publication-words.ts'
import type { ArticleReading, ReadResult, RefusalReading } from './reader.ts'

/**
 * What every reader ends with: checks a value against the article schema, cleans its strings, and tells its language where it does not.
 * @param value what `fieldsFrom` gave, or a JSON value
 * @param body its text with what stands where in it; null where nobody knows that
 * @returns the article, or the refusal with `line`; either inside of another reading where it is not public
 */
export function readingOf(
  value: unknown,
  fallbackId: string,
  line: number,
  { state, from, until }: Publication = PUBLIC,
  body: StructuredText | null = null,
): ReadResult {
  if (state !== null)
    return { ...unpublished(state, () => articleOf(value, fallbackId, line, body)), ...nameIn(value), line }
  const reading = articleOf(value, fallbackId, line, body)
  if (reading.kind === 'refusal') return reading
  return { ...reading, ...(from !== null && { from }), ...(until !== null && { until }) }
}

function nameIn(value: unknown): { readonly title?: string } {
  const title = typeof value === 'object' && value !== null ? (value as { title?: unknown }).title : undefined
  return typeof title === 'string' ? { title } : {}
}

/** What is left out in this state, and what it is otherwise: nothing at all where it never is an article. */
export function unpublished(
  state: State,
  otherwise: () => ArticleReading | RefusalReading,
): Extract<ReadResult, { kind: 'unpublished' }> {
  const isArticle = !NO_ARTICLES.some((one) => one === state) && !state.startsWith('type:')
  return { kind: 'unpublished', state, otherwise: isArticle ? otherwise() : null }
}

/** A reading with what else is said of its publication; what is refused may be left out, too. */
export function withPublication(reading: ReadResult, { state, from, until }: Publication): ReadResult {
  if (reading.kind !== 'article' && reading.kind !== 'refusal') return reading
  if (state !== null) return unpublished(state, () => reading)
  if (reading.kind === 'refusal' || (from === null && until === null)) return reading
  const window = both(
    { state: null, from: reading.from ?? null, until: reading.until ?? null },
    { state: null, from, until },
  )
  return {
    ...reading,
    ...(window.from !== null && { from: window.from }),
    ...(window.until !== null && { until: window.until }),
  }
}

function articleOf(
  value: unknown,
  fallbackId: string,
  line: number,
  body: StructuredText | null,
): ArticleReading | RefusalReading {
  try {
    return { kind: 'article', article: soundArticle(value, fallbackId, body), line }
  } catch (error) {
    if (!(error instanceof FundstelleError)) throw error
    return { kind: 'refusal', error, line }
  }
}

/** @throws FundstelleError as `parseArticle` does */
function soundArticle(value: unknown, fallbackId: string, body: StructuredText | null): Article {
  const article = parseArticle(value, fallbackId)
  const [title, text] = [cleanLine(article.title), cleanText(article.text)]
  const structure = body === null ? NO_STRUCTURE : structureOf(text, body)
  const clean: Article & { url: string | null; meta: Record<string, MetaValue> } = {
    id: article.id,
    title,
    text,
    url: null,
    date: article.date,
    author: lineOrNull(article.author),
    tags: article.tags.map(cleanLine).filter((tag) => tag !== ''),
    language: articleLanguage(lineOrNull(article.language), title, withoutCode(text, structure)),
    // fromEntries defines its keys, so that a field called __proto__ is a field like any other
    meta: Object.fromEntries(Object.entries(article.meta).map(([key, entry]) => [cleanLine(key), cleanMeta(entry)])),
  }
  const url = lineOrNull(article.url)
  if (url !== null && sitesUrl(url) !== null) clean.url = url
  else if (url !== null) addMeta(clean.meta, 'url', url)
  // Control characters alone are no text: only now is that seen
  if (clean.title === '' && clean.text.trim() === '') throw new FundstelleError('article_empty')
  return structure.length === 0 ? clean : { ...clean, structure }
}

/** What stands where in a text that was cleaned. */
function structureOf(text: string, body: StructuredText): Structure {
  if (body.text === text) return body.structure
  // where the stretches are is not known any more
  return noSnippetsOf(body.structure).length === 0 ? NO_STRUCTURE : [{ kind: 'nosnippet', start: 0, end: text.length }]
}

/** A text without its lines of programs, whose words are English in every language; all of it where it has no others. */
function withoutCode(text: string, structure: Structure): string {
  let rest = ''
  let end = 0
  for (const range of structure) {
    if (range.kind !== 'code') continue
    rest += text.slice(end, range.start)
    end = range.end
  }
  rest += text.slice(end)
  return rest.trim() === '' ? text : rest
}

function lineOrNull(text: string | null): string | null {
  const line = text === null ? '' : cleanLine(text)
  return line === '' ? null : line
}

function cleanMeta(value: MetaValue): MetaValue {
  if (typeof value === 'string') return cleanText(value)
  return typeof value === 'object' ? value.map(cleanText) : value
}
