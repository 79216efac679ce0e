import { expect, it } from 'vitest'
import { analyzeQuery } from '../../../src/search/query/analyze.ts'
import { WorkBudget } from '../../../src/work-budget.ts'
import { articleOf } from '../../support/articles.ts'
import { analyzer, indexOf, readerOf, searchReader } from '../../support/memory-index.ts'

const LETTERS = [...'bdfgklmnprstwz']
/** Thousands of words that begin alike, in one article. */
const words = LETTERS.flatMap((a) => LETTERS.flatMap((b) => LETTERS.map((c) => `haus${a}e${b}a${c}`)))
const index = indexOf([articleOf({ id: 'lang', text: words.join(' ') }), articleOf({ id: 'kurz', text: 'Haus' })])

async function spentOf(limit: number): Promise<WorkBudget> {
  const budget = new WorkBudget(limit)
  const query = analyzeQuery('haus*', analyzer, { foldDuplicates: 'none' })
  expect((await searchReader(readerOf(index), query, budget)).totalHits).toBe(2)
  return budget
}

it('an article of thousands of forms that match takes the budget no further than it reaches, and it is told', async () => {
  const whole = await spentOf(1e9)
  expect(whole.cuts).toEqual([])
  // what comes before the second stage fits, what forms cost there does not
  const limit = whole.spent * 0.75
  const cut = await spentOf(limit)
  expect(cut.cuts).toContain('ranking')
  expect(cut.spent).toBeLessThan(limit * 1.05)
})
