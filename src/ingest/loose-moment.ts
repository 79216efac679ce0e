import { isMonth, isoDate } from './dates.ts'

/** The moments between which one lies that is not told exactly, in milliseconds since 1970. */
export interface Span {
  readonly first: number
  /** The moment after the last. */
  readonly end: number
}

const LENGTH_MAX = 64
/** What stands beside figures and the names of months. */
const WORDS = new Set(
  (
    'uhr um ab am bis den dem vom zum seit ca etwa anfang mitte ende im t z fruehling frühling fruehjahr frühjahr sommer herbst ' +
    'winter quartal q kw voraussichtlich fruehestens frühestens mez mesz cet cest utc gmt pm st nd rd th of at on the early late mid ' +
    'spring summer autumn montag dienstag mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so monday tuesday wednesday ' +
    'thursday friday saturday sunday mon tue wed thu fri sat sun'
  ).split(' '),
)
const YEAR = /(?<!\d)(?:19|20|21)\d{2}(?!\d)/
/** Years of two figures are of this century. */
const SHORT_YEAR = /^\D*\d{1,2}\.\s?\d{1,2}\.\s?(\d{2})(?!\d)/

/**
 * A date that only people read: `24.12.2031 10 Uhr`, `24/12/2031`, `Dezember 2031`, `24.12.31`, or one that the calendar does not
 * have, as `31.11.2031`. Where the day cannot be told, the span is its year.
 * @returns null for what names no year
 */
export function looseMoment(value: unknown): Span | null {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || text.length > LENGTH_MAX || !isDateLike(text)) return null
  const year = Number(YEAR.exec(text)?.[0] ?? `20${SHORT_YEAR.exec(text)?.[1] ?? '??'}`)
  if (Number.isNaN(year)) return null
  const exact = isoDate(spelledOut(text, year))
  if (exact !== null) {
    const moment = Date.parse(exact.length > 10 && !/(?:Z|[+-]\d{2}:\d{2})$/.test(exact) ? `${exact}Z` : exact)
    if (!Number.isNaN(moment)) return { first: moment, end: moment }
  }
  return { first: Date.UTC(year, 0), end: Date.UTC(year + 1, 0) }
}

function isDateLike(text: string): boolean {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  return words.every((word) => WORDS.has(word) || isMonth(word))
}

/** The same date with hours as clocks have them and a whole year; slashes only where it is clear which is the day. */
function spelledOut(text: string, year: number): string {
  return text
    .trim()
    .replace(/^(?:(?:bis|ab|am|vom|zum|den)\s+){1,3}/i, '')
    .replace(/(?<![:.\d])(\d{1,2})\s*uhr(\s+[a-z]{2,4})?$/i, '$1:00 Uhr$2')
    .replace(/T(\d{2})(?=Z?$)/, 'T$1:00')
    .replace(/^(1[3-9]|2\d|3[01])\/(\d{1,2})\/(?=\d{4})/, '$1.$2.')
    .replace(/^(\d{1,2}\.\s?\d{1,2}\.\s?)\d{2}(?!\d)/, `$1${year}`)
}
