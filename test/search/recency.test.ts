import { expect, it } from 'vitest'
import { analyzeQuery } from '../../src/search/query/analyze.ts'
import type { Recency } from '../../src/search/ranking/recency.ts'
import { articleOf } from '../support/articles.ts'
import { analyzer, indexOf, search, textlessEngine } from '../support/memory-index.ts'

const engine = textlessEngine(
  indexOf([
    articleOf({ id: 'old', text: 'Haus am See drüben', date: '2014-06-01' }),
    articleOf({ id: 'new', text: 'Haus am See drüben allein', date: '2024-06-01' }),
    articleOf({ id: 'undated', text: 'Haus am Fluss dort ganz weit fort' }),
  ]),
)
const now = (): number => Date.UTC(2024, 5, 1, 12)
const searched = async (recency: Recency | null = null) => {
  const { hits } = await search(engine, analyzeQuery('Haus', analyzer, { explain: true }), undefined, recency)
  return hits.map(({ article: { id }, score, parts }) => ({
    id,
    score,
    recency: parts?.signals.find(({ signal }) => signal === 'recency')?.share,
  }))
}

it('no article is preferred unless it is asked for', async () => {
  const plain = await searched()
  expect(plain.map(({ id }) => id)).toEqual(['old', 'new', 'undated'])
  expect(plain.map(({ recency }) => recency)).toEqual([0, 0, 0])
})

it('an article of today counts a quarter more, an undated one nothing', async () => {
  const plain = new Map((await searched()).map(({ id, score }) => [id, score]))
  const [first, second, third] = await searched({ halfLifeDays: 30, now })
  expect([first?.id, second?.id, third?.id]).toEqual(['new', 'old', 'undated'])
  expect(first?.score).toBeCloseTo((plain.get('new') as number) * 1.25, 9)
  expect(first?.recency).toBeCloseTo((plain.get('new') as number) * 0.25, 9)
  expect(third?.score).toBeCloseTo(plain.get('undated') as number, 9)
})
