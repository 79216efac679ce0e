import { describe, expect, it, test } from 'vitest'
import type { ArticleText } from '../../../src/article/article-text.ts'
import { snippetOf } from '../../../src/search/present/snippet.ts'
import { WorkBudget } from '../../../src/work-budget.ts'
import { located } from '../../support/located.ts'

/** A text that counts what is read of it. */
class CountedText implements ArticleText {
  readonly length: number
  reads = 0
  units = 0
  readonly #text: string

  constructor(text: string) {
    this.length = text.length
    this.#text = text
  }

  slice(start: number, end: number): string {
    this.reads += 1
    this.units += Math.max(0, end - start)
    return this.#text.slice(start, end)
  }
}

const FILLER = 'Am Morgen zog Nebel über den Fluss. '
const QUERY = { weights: [1, 1], question: 'date' } as const

/** What a snippet reads and spends. */
function workOf(text: string, budget = new WorkBudget(Number.POSITIVE_INFINITY)) {
  const counted = new CountedText(text)
  const { fragments } = snippetOf(counted, located(text, ['Haus', 'Hund']), QUERY, 30, budget)
  const shown = fragments.map(({ start, stop }) => text.slice(start, stop)).join('|')
  return { shown, reads: counted.reads, units: counted.units, spent: budget.spent, cuts: budget.cuts }
}

const HARM: readonly { readonly why: string; readonly text: string }[] = [
  { why: 'one sentence of 100,000 words', text: `Ein Haus ${'und Hund '.repeat(50_000)}` },
  { why: 'a hundred thousand sentences of one word', text: 'Haus. '.repeat(100_000) },
  { why: 'no blanks', text: `Haus,${'Hund,'.repeat(50_000)}` },
  { why: 'no blanks and one word', text: `Haus ${'x'.repeat(500_000)} Hund` },
  { why: 'a few matches in a long text', text: `${FILLER.repeat(5_000)}Das Haus. ${FILLER.repeat(5_000)}Der Hund.` },
  { why: 'a sentence without an end', text: `${'wort '.repeat(50_000)}Haus ${'wort '.repeat(50_000)}Hund` },
]

describe('what a snippet costs', () => {
  it.each(HARM)('few units of the text are read: $why', ({ text }) => {
    const { reads, units } = workOf(text)
    expect(reads).toBeLessThan(2_000)
    // no more than a megabyte, even where a single word is one half of it
    expect(units).toBeLessThan(text.includes('xxx') ? 4_000_000 : 120_000)
  })

  test('grows with the matches', () => {
    const [once, twice] = [workOf('Ein Haus. '.repeat(10_000)), workOf('Ein Haus. '.repeat(20_000))]
    expect(twice.spent).toBeLessThan(once.spent * 2.1)
    expect(twice.units).toBeLessThan(once.units * 1.1 + 100)
  })

  test('and not with the text', () => {
    const of = (sentences: number) => workOf(`${FILLER.repeat(sentences)}Das Haus steht am See. ${FILLER.repeat(9)}`)
    expect(of(20_000).spent).toBe(of(1_000).spent)
    expect(of(20_000).units).toBe(of(1_000).units)
  })

  test('where the budget is used up, the best place so far', () => {
    const { shown, cuts } = workOf(
      `Ein Haus steht am See. ${'Ein Haus. '.repeat(20_000)}Haus und Hund am See.`,
      new WorkBudget(5_000),
    )
    expect(shown).toMatch(/^Ein Haus steht am See\./)
    expect(cuts).toEqual(['matches'])
  })

  test('is the same whether the text is read whole or in stretches', () => {
    const text = `${FILLER.repeat(50)}Das Haus steht am See. ${FILLER.repeat(50)}Der Hund bellt 1904 im Hof. ${FILLER}`
    const { fragments } = snippetOf(text, located(text, ['Haus', 'Hund']), QUERY, 30)
    expect(workOf(text).shown).toBe(fragments.map(({ start, stop }) => text.slice(start, stop)).join('|'))
  })
})
