import { describe, expect, it } from 'vitest'
import { Presenter } from '../../../src/search/present/hit.ts'
import { DEFAULT_REQUEST } from '../../../src/search/query/request.ts'
import type { SearchHit } from '../../../src/search/rank/search-result.ts'
import { WorkBudget } from '../../../src/work-budget.ts'
import { articleOf } from '../../support/articles.ts'
import { analyzer, askOf } from '../../support/memory-index.ts'

/** One sentence, so that a snippet has as many words as it may. */
const LONG = articleOf({ id: 'lang', text: `Haus ${Array.from({ length: 300 }, (_, i) => `wort${i}`).join(' ')}` })

function spentBudget(): WorkBudget {
  const budget = new WorkBudget(1000)
  budget.spend(1000)
  return budget
}

/** How many words the snippet of the only hit has where so many were asked for. */
async function wordsShown(cropLength: number, budget: WorkBudget): Promise<number> {
  const result = await askOf([LONG], 'Haus')
  const request = { ...DEFAULT_REQUEST, q: 'Haus', cropLength, cropMarker: '' }
  const presenter = new Presenter(result, { droppedStopWords: [] }, request, analyzer, budget)
  return presenter.present(result.hits[0] as SearchHit).formatted.snippet.split(' ').length
}

describe('a snippet', () => {
  it.each([1, 30, 200])('has the %i words that were asked for', async (cropLength) => {
    expect(await wordsShown(cropLength, new WorkBudget())).toBe(cropLength)
  })

  it.each([
    [10, 10],
    [30, 30],
    [31, 30],
    [200, 30],
  ])('of %i words has %i where nothing is left of the budget', async (cropLength, shown) => {
    expect(await wordsShown(cropLength, spentBudget())).toBe(shown)
  })
})
