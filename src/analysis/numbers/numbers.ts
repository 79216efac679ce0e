// The room `analysis/numbers`: numbers, dates and units as people write them, each led to one spelling. It imports nothing.

const GROUPED = /^(\d{1,3}(?:([.'’\u00a0\u202f])\d{3})(?:\2\d{3})*)(?:[,.](\d+))?$/
const DECIMAL_COMMA = /^(\d+),(\d+)$/
const NUMBER = /^(?:\d[\d.,'’\u00a0\u202f]*|\d{4}-\d{2}-\d{2})$/
const GERMAN_DATE = /^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})$/
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/
/** Years of two digits below this are of the 2000s. */
const CENTURY_BORDER = 70

/** Whether a token's surface is a number with or without separators. */
export function isNumber(surface: string): boolean {
  return NUMBER.test(surface)
}

/**
 * One way to write a number: thousands separators gone, the decimal comma a full stop ("4.700" and "4700" → "4700",
 * "1,7" → "1.7"). Dates and versions ("03.03.2024") stay as they are. A single group of three after a full stop is read as
 * thousands, as German texts mean it.
 */
export function canonicalNumber(surface: string): string {
  const grouped = GROUPED.exec(surface)
  if (grouped !== null) {
    const whole = (grouped[1] as string).replace(/\D/g, '')
    return grouped[3] === undefined ? whole : `${whole}.${grouped[3]}`
  }
  const decimal = DECIMAL_COMMA.exec(surface)
  if (decimal !== null) return `${decimal[1]}.${decimal[2]}`
  return isoDate(surface) ?? surface
}

/**
 * One way to write a day: 3.3.2024, 03.03.2024, 3.3.24 and 2024-03-03 → 2024-03-03. The month is the second group of digits. (So a
 * version 1.2.10 is a day too; whoever looks for either finds it by the same letters.) null where the calendar has no such day.
 */
export function isoDate(surface: string): string | null {
  const german = GERMAN_DATE.exec(surface)
  const [, year, month, day] = ISO_DATE.exec(surface) ?? (german && ['', german[3], german[2], german[1]]) ?? []
  if (year === undefined || month === undefined || day === undefined) return null
  const fullYear = year.length === 4 ? Number(year) : Number(year) + (Number(year) < CENTURY_BORDER ? 2000 : 1900)
  return isoOf(fullYear, Number(month), Number(day))
}

/** A day in ISO 8601; null where the calendar has no such day. */
export function isoOf(year: number, month: number, day: number): string | null {
  const lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  if (year < 1 || year > 9999 || day < 1 || day > (lengths[month - 1] ?? 0)) return null
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-')
}

/** Start and end of each group of digits of a date or version with at least two full stops; empty for other numbers. */
export function digitGroups(surface: string): readonly (readonly [start: number, end: number])[] {
  if (surface.split(/[.-]/).length < 3 || GROUPED.test(surface)) return []
  return Array.from(surface.matchAll(/\d+/g), (match) => [match.index, match.index + match[0].length] as const)
}
