const GROUPED = /^(\d{1,3}(?:([.'’\u00a0\u202f])\d{3})(?:\2\d{3})*)(?:[,.](\d+))?$/
const DECIMAL_COMMA = /^(\d+),(\d+)$/
const NUMBER = /^\d[\d.,'’\u00a0\u202f]*$/

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
  return decimal === null ? surface : `${decimal[1]}.${decimal[2]}`
}

/** Start and end of each group of digits of a date or version with at least two full stops; empty for other numbers. */
export function digitGroups(surface: string): readonly (readonly [start: number, end: number])[] {
  if (surface.split('.').length < 3 || GROUPED.test(surface)) return []
  return Array.from(surface.matchAll(/\d+/g), (match) => [match.index, match.index + match[0].length] as const)
}
