import { describe, expect, it } from 'vitest'
import { metricsOf, percentile } from '../../src/cli/metrics.ts'

const relevant = (...ids: string[]) => new Map(ids.map((id) => [id, 1]))
const filler = (n: number) => Array.from({ length: n }, (_, i) => `fremd-${i}`)

describe('metricsOf', () => {
  it('is perfect where the one relevant article is first', () => {
    const metrics = metricsOf([{ ids: ['a', 'b'], relevance: relevant('a') }])
    expect(metrics).toEqual({ mrr10: 1, ndcg10: 1, success1: 1, success5: 1, success10: 1, recall100: 1 })
  })

  it('counts the first relevant one, and only among the first ten', () => {
    const metrics = metricsOf([
      { ids: ['x', 'a', 'b'], relevance: relevant('a', 'b') },
      { ids: [...filler(10), 'a'], relevance: relevant('a') },
    ])
    expect(metrics).toMatchObject({ mrr10: 0.25, success1: 0, success5: 0.5, success10: 0.5, recall100: 1 })
  })

  it('weighs gains by judgement and rank', () => {
    const ranking = {
      ids: ['b', 'a'],
      relevance: new Map([
        ['a', 3],
        ['b', 1],
      ]),
    }
    const log3 = Math.log2(3)
    expect(metricsOf([ranking]).ndcg10).toBeCloseTo((1 + 3 / log3) / (3 + 1 / log3), 12)
  })

  it('takes recall of the first hundred', () => {
    const ids = [...filler(99), 'a', 'b']
    expect(metricsOf([{ ids, relevance: relevant('a', 'b') }]).recall100).toBe(0.5)
  })

  it('is nought without queries and without hits', () => {
    expect(metricsOf([]).mrr10).toBe(0)
    expect(metricsOf([{ ids: [], relevance: relevant('a') }])).toMatchObject({ mrr10: 0, ndcg10: 0, recall100: 0 })
  })
})

describe('percentile', () => {
  it('is the value that so many do not exceed', () => {
    const values = [5, 1, 4, 2, 3]
    expect([0.2, 0.5, 0.95, 1].map((share) => percentile(values, share))).toEqual([1, 3, 5, 5])
    expect(percentile([], 0.5)).toBe(0)
  })
})
