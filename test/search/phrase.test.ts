import { expect, it } from 'vitest'
import { type PhraseWord, phraseEnd, phraseOf } from '../../src/search/phrase.ts'
import { WorkBudget } from '../../src/search/work-budget.ts'
import { analyzer } from '../support/memory-index.ts'

const found = (phrase: string, text: string, isExact = false): boolean => {
  const words = phraseOf(text, analyzer)
  return words.some(
    (_, at) => phraseEnd(phraseOf(phrase, analyzer), (place) => words[place], at, isExact, new WorkBudget()) >= 0,
  )
}

it.each<[string, string, boolean]>([
  ['runder Tisch', 'Am Runden Tisch saß', true],
  ['runder Tisch', 'ein Rundes-Tisch-Gespräch', true],
  ['Boden-Luft-Rakete', 'eine Boden Luft Rakete', true],
  ['Boden Luft', 'Boden-Luft-Raketen', true],
  ['Boden Rakete', 'Boden-Luft-Raketen', false],
  ['runder Tisch', 'Tisch runder', false],
])('„%s“ in „%s“: %s', (phrase, text, is) => expect(found(phrase, text)).toBe(is))

it('words with hyphens on both sides are gone through once, not in every way there is', () => {
  const pieces = Array.from({ length: 30 }, (_, i) => `Nord${String.fromCharCode(97 + i)}o-Süd${i}o steht`).join(' ')
  const words = phraseOf(`${pieces} Häuser`, analyzer)
  let asked = 0
  const wordAt = (place: number): PhraseWord | undefined => {
    asked += 1
    return words[place]
  }
  expect(phraseEnd(phraseOf(`${pieces} Haus`, analyzer), wordAt, 0, true, new WorkBudget())).toBe(-1)
  expect(phraseEnd(phraseOf(`${pieces} Haus`, analyzer), wordAt, 0, false, new WorkBudget())).toBe(words.length)
  expect(asked).toBeLessThan(1000)
})
