import { isIsoDate } from '../article/article.ts'
import { timeOf } from '../time.ts'
import { isoDate } from './dates.ts'
import { plainKey } from './plain-key.ts'
import { FALSE_WORDS, TRUE_WORDS } from './publication-words.ts'

/** Longer values are texts, not words that say yes or no, or name a state. */
export const WORD_LENGTH_MAX = 100
/** Numbers from here on are moments in seconds since 1970, and from there on in milliseconds. */
const SECONDS_MIN = 1e9
const MILLISECONDS_MIN = 1e12
/** The same as they stand in cells: seconds of ten figures, eleven of what is to come after 2286, or milliseconds. Twelve are a day and a time. */
const NUMBER = /^(?:\d{10,11}|\d{13})$/
const SHORT_YEAR = /^\D{0,20}\d{1,2}\.\s{0,3}\d{1,2}\.\s{0,3}\d{2}(?!\d)/
/** Moments that dates can have. */
const MOMENT_MAX = 8.64e15

/** The moment a value names, in milliseconds since 1970; null where it names none. */
export function momentOf(value: unknown): number | null {
  if (typeof value === 'number' || (typeof value === 'string' && NUMBER.test(value))) {
    const number = Number(value)
    // parts of milliseconds: it should not appear before its moment
    if (number >= MILLISECONDS_MIN) return number <= MOMENT_MAX ? Math.ceil(number) : null
    if (number >= SECONDS_MIN) return Math.ceil(number * 1000)
  }
  // the century of years of two figures is told by what the moment is of: 31.12.99 is an end that never comes
  if (typeof value === 'string' && SHORT_YEAR.test(value)) return null
  // a number is a day without signs between its parts: 20991231
  const written = typeof value === 'number' ? String(value) : value
  const date = typeof written === 'string' && isIsoDate(written) ? written : isoDate(written)
  const moment = date === null ? Number.NaN : timeOf(date)
  return Number.isFinite(moment) ? Math.ceil(moment) : null
}

/** Whether a value is a day without a time. */
export function isDay(value: unknown): boolean {
  return isoDate(value)?.length === 'yyyy-mm-dd'.length
}

/** Whether a value says yes (true) or no (false); null where it says neither. */
export function truthOf(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string' && typeof value !== 'number') return null
  if (String(value).length > WORD_LENGTH_MAX) return null
  const word = String(value).trim().toLowerCase()
  return TRUE_WORDS.has(word) ? true : FALSE_WORDS.has(word) ? false : null
}

/** The word that a value is, under its plain name; empty where it is none. */
export function wordOf(value: unknown): string {
  // schema.org's words are addresses as well
  return typeof value === 'string' && value.length <= WORD_LENGTH_MAX
    ? plainKey(value.replace(/^https?:\/\/schema\.org\//i, '').trim())
    : ''
}

/** Whether what stands in a meta element or field named `robots` keeps an article out of indexes. */
export function isNoindex(robots: string): boolean {
  return robots
    .toLowerCase()
    .replace(/(?<![\w-])max-[\w-]+\s*:\s*[\w-]*/g, '')
    .split(/[\s,;|:]+/)
    .some((word) => word === 'noindex' || word === 'none')
}
