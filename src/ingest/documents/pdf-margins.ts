import type { Line } from './pdf-lines.ts'

/** So many lines at the top and at the bottom of a page may be its margin. */
const MARGIN_LINES = 2
/** What stands there on so many of the pages, whatever its numbers, is no text. */
const SHARE_MIN = 0.4
const PAGES_MIN = 3
/** Numbers of pages as they are written there, without blanks and marks. */
const PAGE_NUMBERS = new Set(['#', '##', 'seite#', 's#', 'page#', 'p#', '#von#', 'seite#von#', '#of#', 'page#of#'])

const isPageNumber = (key: string): boolean => PAGE_NUMBERS.has(key.replace(/[^\p{L}#]/gu, '').toLowerCase())

/** Pages without running heads and feet: numbers go, what is said there stays on the page where it is said first. */
export function withoutMargins(pages: readonly (readonly Line[])[]): (readonly Line[])[] {
  const filled = pages.filter((lines) => lines.length > 0)
  if (filled.length < PAGES_MIN) return [...pages]
  const counts = new Map<string, number>()
  for (const lines of filled)
    for (const key of new Set([...marginsOf(lines)].map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1)
  const said = new Set<string>()
  return pages.map((lines) => {
    const margins = marginsOf(lines)
    return lines.filter((line) => {
      if (!margins.has(line)) return true
      const key = keyOf(line)
      if ((counts.get(key) ?? 0) < SHARE_MIN * filled.length) return true
      if (said.has(key) || isPageNumber(key)) return false
      said.add(key)
      return true
    })
  })
}

/** The outermost lines of a page by their places: they may be drawn first or last. */
function marginsOf(lines: readonly Line[]): Set<Line> {
  const byPlace = [...lines].sort((a, b) => a.top - b.top)
  return new Set([...byPlace.slice(0, MARGIN_LINES), ...byPlace.slice(-MARGIN_LINES)])
}

const keyOf = ({ text }: Line): string => text.replace(/\d+/g, '#').replace(/\s+/g, ' ').trim()
