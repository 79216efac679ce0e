import { describe, expect, test } from 'vitest'
import { articleOf } from '../../support/articles.ts'
import { bruteForce } from '../../support/brute-force.ts'
import { analyzer, askOf } from '../../support/memory-index.ts'
import { BM25_ALONE, withWeights } from '../../support/weights.ts'

/** From the one that nearly every article has to the one that few have. */
const WORDS = 'Haus Garten Wetter Drohne Quelle Insel Brücke Tunnel Kessel Glocke Wiese Hafen'.split(' ')
const ARTICLES = 400

/** Even numbers from 0 to below 1, the same on every run. */
function* numbers(): Generator<number> {
  for (let state = 7; ; state = (state * 48271) % 2147483647) yield state / 2147483647
}

/** Word n stands in about one of 1.6^n articles, one to three times. */
const articles = (() => {
  const random = numbers()
  const next = (): number => random.next().value
  return Array.from({ length: ARTICLES }, (_, i) => {
    const text = WORDS.flatMap((word, n) =>
      next() < 1.6 ** -n ? Array.from({ length: 1 + Math.floor(next() * 3) }, () => word) : [],
    )
    return articleOf({ id: `a${i}`, text: [...text, 'Ende'].join(' ') })
  })
})()

describe('frequent words are read only for what may still be a hit', () => {
  withWeights(BM25_ALONE)

  // queries in which the frequent words are worth less than what a hit must carry, so that the cut-off comes
  test.each([
    ['Haus Garten Hafen Wiese', 'last'],
    ['Haus Garten Wetter Drohne Glocke Kessel Tunnel', 'last'],
    ['Haus Haus Garten Insel Brücke Hafen', 'last'],
    ['Haus Garten Wetter Drohne Quelle Insel Brücke Tunnel Kessel Glocke Wiese Hafen', 'last'],
    ['Haus Brücke', 'all'],
    ['Haus Garten Wetter Quelle', 'all'],
  ] as const)('%s (%s): the same hits, scores and order as article by article', async (query, matchingStrategy) => {
    const answer = await askOf(articles, query, { matchingStrategy, limit: ARTICLES })
    const expected = bruteForce(articles, query, matchingStrategy, analyzer)
    expect(answer.totalHits).toBe(expected.totalHits)
    expect(answer.hits.length).toBe(expected.totalHits)
    for (const [i, { article, score }] of answer.hits.entries()) {
      expect(score).toBeCloseTo(expected.scores.get(article.id) as number, 9)
      if (i > 0) expect(score).toBeLessThanOrEqual(answer.hits[i - 1]?.score as number)
    }
  })
})
