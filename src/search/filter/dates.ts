import { isIsoDate } from '../../article/article.ts'
import { timeOf } from '../../time.ts'

/** A stretch of time in milliseconds since 1970; the end does not belong to it. */
export interface Period {
  readonly start: number
  readonly end: number
}

/** What a date in a filter stands for. */
export interface DateValue extends Period {
  /** Whether it was given to the day, month or year: then days count as they are written, whatever their time zone. */
  readonly isCalendar: boolean
}

const DAY_MS = 86_400_000
const GERMAN = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/
const MONTH = /^(\d{4})(?:-(\d{2}))?$/

/** Reads 2024, 2024-03, 2024-03-31, 31.3.2024 or a time in ISO 8601; null for anything else. */
export function dateValue(text: string): DateValue | null {
  const month = MONTH.exec(text)
  if (month !== null) {
    const [year, number] = [Number(month[1]), month[2] === undefined ? null : Number(month[2])]
    if (number !== null && (number < 1 || number > 12)) return null
    const end = number === null ? utc(year + 1, 0) : utc(year, number)
    return { start: utc(year, (number ?? 1) - 1), end, isCalendar: true }
  }
  const [, day = '', monthOfDay = '', year = ''] = GERMAN.exec(text) ?? []
  const iso = year === '' ? text : `${year}-${monthOfDay.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (!isIsoDate(iso)) return null
  const start = timeOf(iso)
  return iso.length === 10
    ? { start, end: start + DAY_MS, isCalendar: true }
    : { start, end: start + 1, isCalendar: false }
}

function utc(year: number, month: number): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month, 1)
  return date.getTime()
}

/**
 * The stretch an article's date stands for.
 * @param isCalendar whether by the day as it is written, or by the moment
 */
export function periodOf(date: string, isCalendar: boolean): Period {
  const remembered = isCalendar ? REMEMBERED.calendar : REMEMBERED.moment
  const known = remembered.get(date)
  if (known !== undefined) return known
  const period = readPeriod(date, isCalendar)
  if (remembered.size >= REMEMBERED_MAX) remembered.clear()
  remembered.set(date, period)
  return period
}

/** The same dates are compared with every filter; about a hundred bytes each. */
const REMEMBERED = { calendar: new Map<string, Period>(), moment: new Map<string, Period>() }
const REMEMBERED_MAX = 50_000

function readPeriod(date: string, isCalendar: boolean): Period {
  const isDay = date.length === 10
  const start = timeOf(isCalendar ? date.slice(0, 10) : date)
  return { start, end: isDay || isCalendar ? start + DAY_MS : start + 1 }
}
