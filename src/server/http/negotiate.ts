import { parseAccept } from 'hono/utils/accept'
import type { Language } from '../../errors.ts'

/** Accepted values in lower case with their q, from 0 (refused) to 1 (RFC 9110, 12.4.2); highest first. */
const acceptedBy = (header: string | undefined): Map<string, number> =>
  new Map(parseAccept(header ?? '').map(({ type, q }) => [type.toLowerCase(), q]))

export type Encoding = 'br' | 'gzip'

/** The encoding to compress with; null for none. Of two with the same q the one that makes less. */
export function encodingFor(header: string | undefined): Encoding | null {
  const accepted = acceptedBy(header)
  const weightOf = (name: string): number => accepted.get(name) ?? accepted.get('*') ?? 0
  const [br, gzip] = [weightOf('br'), accepted.get('x-gzip') ?? weightOf('gzip')]
  const most = Math.max(br, gzip)
  // untouched is always fine, but preferred only where that is said
  if (most === 0 || most < (accepted.get('identity') ?? 0)) return null
  return br === most ? 'br' : 'gzip'
}

const HTML = ['text/html', 'application/xhtml+xml']
const JSON_TYPES = ['application/json', 'application/*']

/** Whether a client asks for a page rather than for data: programs that take anything get data. */
export function wantsHtml(header: string | undefined): boolean {
  const accepted = acceptedBy(header)
  const weightOf = (...names: readonly string[]): number => Math.max(0, ...names.map((name) => accepted.get(name) ?? 0))
  const html = weightOf(...HTML)
  const json = weightOf(...JSON_TYPES)
  if (html === 0 || html < json || html < weightOf('*/*')) return false
  if (html > json) return true
  const first = [...accepted.keys()].find((name) => HTML.includes(name) || JSON_TYPES.includes(name))
  return first !== undefined && HTML.includes(first)
}

/** The language of messages: `lang` beats Accept-Language, which beats German. Never fails. */
export function languageOf(lang: string | null, acceptLanguage: string | undefined): Language {
  if (lang === 'de' || lang === 'en') return lang
  for (const [tag, weight] of acceptedBy(acceptLanguage)) {
    const [language] = tag.split('-')
    if (weight > 0 && (language === 'de' || language === 'en')) return language
  }
  return 'de'
}

/** Which of some validators a client names (`If-None-Match`); null for none. `*` names none: whether there is anything is not known yet. */
export const namedTag = (header: string | undefined, tags: readonly string[]): string | null =>
  (header ?? '')
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''))
    .find((name) => tags.includes(name)) ?? null
