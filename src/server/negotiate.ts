import { parseAccept } from 'hono/utils/accept'
import type { Language } from '../errors.ts'

/** What a client takes, by name in small letters how gladly: from 0, not at all, to 1 (RFC 9110, 12.4.2); the gladliest first. */
export const acceptedBy = (header: string | undefined): Map<string, number> =>
  new Map(parseAccept(header ?? '').map(({ type, q }) => [type.toLowerCase(), q]))

export type Encoding = 'br' | 'gzip'

/** How to compress for a client; null for not at all. Of two it takes equally gladly the one that makes less. */
export function encodingFor(header: string | undefined): Encoding | null {
  const accepted = acceptedBy(header)
  const weightOf = (name: string): number => accepted.get(name) ?? accepted.get('*') ?? 0
  const [br, gzip] = [weightOf('br'), accepted.get('x-gzip') ?? weightOf('gzip')]
  const most = Math.max(br, gzip)
  // untouched is always fine, but preferred only where that is said
  if (most === 0 || most < (accepted.get('identity') ?? 0)) return null
  return br === most ? 'br' : 'gzip'
}

/** Whether a client asks for a page rather than for data: programs that take anything get data. */
export function wantsHtml(header: string | undefined): boolean {
  const accepted = acceptedBy(header)
  const weightOf = (...names: readonly string[]): number => Math.max(0, ...names.map((name) => accepted.get(name) ?? 0))
  const html = weightOf('text/html', 'application/xhtml+xml')
  const json = weightOf('application/json', 'application/*')
  if (html === 0 || html < json || html < weightOf('*/*')) return false
  const names = [...accepted.keys()]
  return html > json || names.indexOf('text/html') < names.findIndex((name) => name.startsWith('application/'))
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

/** Whether a client that names validators (`If-None-Match`) has one of these, or whatever there is. */
export function namedTag(header: string | undefined, tags: readonly string[]): string | null {
  for (const one of (header ?? '').split(',')) {
    const name = one.trim().replace(/^W\//, '')
    if (name === '*') return tags[0] ?? null
    if (tags.includes(name)) return name
  }
  return null
}
