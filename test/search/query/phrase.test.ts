import { expect, it } from 'vitest'
import { type PhraseWord, phraseEnd, phraseOf } from '../../../src/search/query/phrase.ts'
import { WorkBudget } from '../../../src/work-budget.ts'
import { analyzer } from '../../support/memory-index.ts'

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

it('as long as phrases and words with hyphens may be, they are gone through without recursion', () => {
  const word = Array.from({ length: 80 }, () => 'ab').join('-')
  const text = phraseOf(`${word} `.repeat(100), analyzer)
  const long = [...text, ...text]
  const phrase = phraseOf(`${word.slice(0, -3)} `.repeat(40), analyzer)
  expect(() => phraseEnd(phrase, (place) => long[place], 0, false, new WorkBudget())).not.toThrow()
})

it('where the budget is used up, it ends and says so', () => {
  const word = Array.from({ length: 80 }, () => 'ab').join('-')
  const text = phraseOf(`${word} `.repeat(100), analyzer)
  const budget = new WorkBudget(10_000)
  expect(
    phraseEnd(phraseOf(`${word.slice(0, -3)} `.repeat(40), analyzer), (place) => text[place], 0, false, budget),
  ).toBe(-1)
  expect(budget.cuts).toEqual(['phrases'])
  expect(budget.spent).toBeLessThan(11_000)
})
