import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeEnd } from '../../../src/search/present/text-edges.ts'

const graphemes = new Intl.Segmenter('de', { granularity: 'grapheme' })

/** The last border between graphemes up to a place, by the standard alone. */
function borderUpTo(text: string, end: number): number {
  let border = 0
  for (const { index } of graphemes.segment(text)) if (index <= end) border = index
  return end >= text.length ? text.length : border
}

/** Letters and signs of all kinds that stand near one another in texts, what joins them among them. */
const characters = fc.constantFrom(
  ...['a', 'Z', '7', ' ', '\r', '\n', 'ä', 'ß', '\u00ad', '\u00a9', 'ǆ', 'ʰ', '\u0300', '\u0308', '\u200d', '\ufe0f'],
  ...['–', '—', '…', '„', '“', '”', '’', '•', '\u2028', '각', '가', 'ำ', '👩', '🏽', '🇩', '🇪', '\ud800', '\udc00'],
)

describe('ends that cut no grapheme', () => {
  it('are the last border up to a place', () => {
    const texts = fc.array(characters, { maxLength: 12 }).map((list) => list.join(''))
    fc.assert(
      fc.property(texts, fc.nat(14), (text, end) => {
        expect(safeEnd(text, 0, end)).toBe(borderUpTo(text, end))
      }),
      { numRuns: 3000 },
    )
  })
})
