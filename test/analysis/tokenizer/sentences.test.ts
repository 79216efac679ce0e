import { describe, expect, it, test } from 'vitest'
import { tokenize } from '../../../src/analysis/tokenizer/tokenize.ts'
import { SENTENCE_CASES } from './sentences.cases.ts'

/** The same text with a bar at each place of `places` behind which a token begins a sentence, or at that token where there is none. */
function withBorders(text: string, places: readonly number[]): string {
  const borders = new Set<number>()
  let last = 0
  tokenize(text, (start, end, begins) => {
    if (begins && last > 0) borders.add(places.find((place) => place >= last && place <= start) ?? start)
    last = end
  })
  return Array.from(text, (character, at) => (borders.has(at) ? `|${character}` : character)).join('')
}

describe('sentence borders', () => {
  for (const { why, texts } of SENTENCE_CASES) {
    describe(why, () => {
      it.each(texts)('%j', (text) => {
        const parts = text.split('|')
        const places = parts.map((_, at) => parts.slice(0, at).join('').length)
        expect(withBorders(parts.join(''), places)).toBe(text)
      })
    })
  }

  test('there are a hundred and fifty of them at least', () => {
    const borders = SENTENCE_CASES.flatMap(({ texts }) => texts.map((text) => text.split('|').length - 1))
    expect(borders.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(150)
  })
})
