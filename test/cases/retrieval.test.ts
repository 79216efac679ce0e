import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Article } from '../../src/article/article.ts'
import type { SearchOptions } from '../../src/search/query/analyzed-query.ts'
import type { SearchResult } from '../../src/search/rank/search-result.ts'
import { anyArticles, anyQuery, articleOf } from '../support/articles.ts'
import { bruteForce, inOrder } from '../support/brute-force.ts'
import { analyzer, ask } from '../support/memory-index.ts'
import { BM25_ALONE, withWeights } from '../support/weights.ts'
import { ENGINES } from './engines.ts'

const ids = (answer: SearchResult): string[] => answer.hits.map(({ article }) => article.id)

describe.each(ENGINES)('$name', (engine) => {
  const askOf = (articles: readonly Article[], query: string, asked: Partial<SearchOptions> = {}) =>
    ask(engine.of(articles, analyzer), query, asked)

  describe('ranking, by example', () => {
    withWeights(BM25_ALONE)

    test('the only article with a word is the only hit', async () => {
      const answer = await askOf(
        [articleOf({ id: 'a', text: 'Drohnen über Kursk' }), articleOf({ id: 'b', text: 'Wetter in Berlin' })],
        'Drohne',
      )
      expect(ids(answer)).toEqual(['a'])
      expect(answer.totalHits).toBe(1)
    })

    test('BM25 worked out by hand', async () => {
      // N = 2, df = 1, both three words long, f = 1: ln(1 + 1.5/1.5) x 1 x 1.9 / (1 + 0.9) = ln 2
      const [hit] = (
        await askOf(
          [articleOf({ id: 'a', text: 'Drohne Kursk Angriff' }), articleOf({ id: 'b', text: 'Wetter Berlin Regen' })],
          'Drohne',
        )
      ).hits
      expect(hit?.score).toBeCloseTo(Math.LN2, 14)
    })

    test('a word in the title weighs as three in the text, in tags or as a part of a word half of one', async () => {
      const score = async (fields: object): Promise<number> => {
        const filler = 'Regen Regen Regen Regen'
        const answer = await askOf(
          [articleOf({ id: 'a', text: filler, ...fields }), articleOf({ id: 'b', text: filler })],
          'Luft',
        )
        return answer.hits[0]?.score as number
      }
      // one word of the title is as long as none, so the text is one of the same length
      expect(await score({ title: 'Luft', text: 'Regen Regen Regen Regen' })).toBe(
        await score({ text: 'Luft Luft Luft Regen' }),
      )
      const part = await score({ text: 'Luft-Raum Regen Regen Regen Regen' })
      const whole = await score({ text: 'Luft Regen Regen Regen Regen' })
      const tag = await score({ tags: ['Luft', 'Regen'] })
      const author = await score({ author: 'Luft', tags: ['Regen'] })
      const meta = await score({ meta: { ort: ['Luft'] }, tags: ['Regen'] })
      expect(part).toBe(tag)
      expect(tag).toBeLessThan(whole)
      expect(author).toBe(tag)
      expect(meta).toBe(tag)
    })

    test('numbers and booleans in meta are not searched', async () => {
      expect(
        (await askOf([articleOf({ id: 'a', text: 'x', meta: { zahl: 4700, ja: true } })], '4700 true')).totalHits,
      ).toBe(0)
    })

    test('stop words are found where the query has nothing else, and left out otherwise', async () => {
      const articles = [
        articleOf({ id: 'a', text: 'Der Hund' }),
        articleOf({ id: 'b', text: 'Die Katze und der Baum' }),
      ]
      expect(ids(await askOf(articles, 'der'))).toEqual(['a', 'b'])
      expect(ids(await askOf(articles, 'der Hund'))).toEqual(['a'])
    })

    test('an article with all parts of a hyphenated word apart is a hit below one that has the word', async () => {
      const common = ['Haus Garten', 'Haus Dach', 'Boot Hafen', 'Boot Segel'].map((text, i) =>
        articleOf({ id: `${i}`, text }),
      )
      const answer = await askOf(
        [
          articleOf({ id: 'apart', text: 'Boot am Haus hier' }),
          articleOf({ id: 'whole', text: 'Haus-Boot am Ufer' }),
          ...common,
        ],
        'Haus-Boot',
      )
      expect(ids(answer).slice(0, 2)).toEqual(['whole', 'apart'])
      expect(answer.totalHits).toBe(6)
      expect(answer.droppedWords).toEqual([])
    })

    test('droppedWords are those the very first hit lacks, whatever page is asked for', async () => {
      const articles = [
        articleOf({ id: 'a', text: 'Drohne' }),
        articleOf({ id: 'b', text: 'Drohne im langen Wetter heute' }),
      ]
      for (const page of [{}, { offset: 1 }, { offset: 5 }, { limit: 0 }]) {
        expect((await askOf(articles, 'Drohne Quastenflosser', page)).droppedWords).toEqual([1])
      }
    })

    test('no query: every article, newest first, undated last, score 0', async () => {
      const answer = await askOf(
        [
          articleOf({ id: 'undated-b', text: 'x' }),
          articleOf({ id: 'old', text: 'x', date: '1999-12-31' }),
          articleOf({ id: 'undated-a', text: 'x' }),
          articleOf({ id: 'new', text: 'x', date: '2024-03-03T10:00:00Z' }),
          articleOf({ id: 'day', text: 'x', date: '2024-03-03' }),
        ],
        '   ',
      )
      expect(ids(answer)).toEqual(['new', 'day', 'old', 'undated-a', 'undated-b'])
      expect(answer.hits.every(({ score }) => score === 0)).toBe(true)
      expect(answer).toMatchObject({ totalHits: 5, droppedWords: [] })
    })

    test('a query without any word has no hits, an empty index none either', async () => {
      expect((await askOf([articleOf({ id: 'a', text: 'x' })], '?!')).totalHits).toBe(0)
      expect(await askOf([], 'Haus')).toMatchObject({ hits: [], totalHits: 0 })
      expect(await askOf([], '')).toMatchObject({ hits: [], totalHits: 0 })
    })

    test('articles without a single word are counted and listed, and never in the way', async () => {
      const articles = [articleOf({ id: 'leer', title: '…', text: '!' }), articleOf({ id: 'a', text: 'Haus' })]
      expect((await askOf(articles, '')).totalHits).toBe(2)
      expect(ids(await askOf(articles, 'Haus'))).toEqual(['a'])
      expect(await askOf([articleOf({ id: 'leer', text: '…' })], 'Haus')).toMatchObject({ totalHits: 0 })
    })

    test('all wants every word; last falls below half of the weight only where fewer than twenty articles reach it', async () => {
      const both = Array.from({ length: 20 }, (_, i) => articleOf({ id: `beide-${i}`, text: 'Drohne Wetter Regen' }))
      const one = Array.from({ length: 3 }, (_, i) => articleOf({ id: `eins-${i}`, text: 'Regen Nebel' }))
      const query = 'Drohne Wetter Regen'
      expect((await askOf([...both, ...one], query)).totalHits).toBe(20)
      expect((await askOf([...both.slice(1), ...one], query)).totalHits).toBe(22)
      expect((await askOf([...both.slice(1), ...one], query, { matchingStrategy: 'all' })).totalHits).toBe(19)
      expect((await askOf(both, `${query} Quastenflosser`, { matchingStrategy: 'all' })).totalHits).toBe(0)
    })

    test('more than a hundred articles of one frequency are all found (FlexSearch gives 100 unless asked)', async () => {
      const articles = Array.from({ length: 450 }, (_, i) => articleOf({ id: `a${i}`, text: 'Drohne' }))
      expect((await askOf(articles, 'Drohne')).totalHits).toBe(450)
    })

    test('terms that are names of object properties are words like others', async () => {
      const articles = [articleOf({ id: 'a', text: 'constructor __proto__ toString hasOwnProperty' })]
      for (const query of ['constructor', '__proto__', 'proto', 'toString', 'hasOwnProperty']) {
        expect(ids(await askOf(articles, query)), query).toEqual(['a'])
      }
      expect((await askOf(articles, 'valueOf isPrototypeOf')).totalHits).toBe(0)
    })
  })

  describe('frequencies above 255', () => {
    withWeights(BM25_ALONE)

    const times = (count: number): string => 'Drohne '.repeat(count)

    test.each([254, 255, 256, 257, 1000])('a word %i times is found and counts as at most 255', async (count) => {
      const length = 2000
      const filled = (drohnen: number): string => times(drohnen) + 'Regen '.repeat(length - drohnen)
      const answer = await askOf(
        [articleOf({ id: 'a', text: filled(count) }), articleOf({ id: 'b', text: 'Regen' })],
        'Drohne',
      )
      const norm = 0.9 * (1 - 0.7 + (0.7 * length) / ((length + 1) / 2))
      const frequency = Math.min(count, 255)
      expect(answer.totalHits).toBe(1)
      expect(answer.hits[0]?.score).toBeCloseTo((Math.LN2 * frequency * 1.9) / (frequency + norm), 12)
    })

    test('so do parts and extras, each on its own', async () => {
      const articles = [
        articleOf({ id: 'a', text: 'Luft-Raum '.repeat(1000), tags: ['Luft '.repeat(700)] }),
        articleOf({ id: 'b', text: 'Regen' }),
      ]
      const answer = await askOf(articles, 'Luft')
      expect(answer.hits[0]?.score).toBeCloseTo(
        bruteForce(articles, 'Luft', 'last', analyzer).scores.get('a') as number,
        12,
      )
    })
  })

  describe('ranking is BM25', () => {
    withWeights(BM25_ALONE)

    test('scores, total and order are those of a search by brute force', async () => {
      await fc.assert(
        fc.asyncProperty(anyArticles, anyQuery, fc.constantFrom('last', 'all'), async (articles, query, strategy) => {
          const expected = bruteForce(articles, query, strategy, analyzer)
          const answer = await askOf(articles, query, { matchingStrategy: strategy })
          expect(answer.totalHits).toBe(expected.totalHits)
          expect(new Set(ids(answer))).toEqual(new Set(expected.scores.keys()))
          for (const [i, hit] of answer.hits.entries()) {
            const wanted = expected.scores.get(hit.article.id) as number
            expect(Math.abs(hit.score - wanted)).toBeLessThanOrEqual(1e-12 * wanted)
            const next = answer.hits[i + 1]
            if (next !== undefined) expect(inOrder(hit, next)).toBe(true)
          }
        }),
        { numRuns: 400 },
      )
    })

    test('pages are stretches of the whole list; the total and droppedWords stay the same', async () => {
      const stretch = fc.record({ offset: fc.nat(30), limit: fc.nat(8) })
      await fc.assert(
        fc.asyncProperty(anyArticles, fc.oneof(anyQuery, fc.constant('')), stretch, async (articles, query, page) => {
          const whole = await askOf(articles, query)
          const part = await askOf(articles, query, page)
          expect(ids(part)).toEqual(ids(whole).slice(page.offset, page.offset + page.limit))
          expect(part.totalHits).toBe(whole.totalHits)
          expect(part.droppedWords).toEqual(whole.droppedWords)
        }),
      )
    })

    test('droppedWords are the query words that the first hit has neither whole nor by all its parts', async () => {
      await fc.assert(
        fc.asyncProperty(anyArticles, anyQuery, async (articles, query) => {
          const answer = await askOf(articles, query)
          const first = answer.hits[0]
          if (first === undefined) return
          const expected = bruteForce(articles, query, 'last', analyzer).lacking.get(first.article.id) ?? []
          expect(answer.droppedWords.map((i) => answer.words[i]?.word.term)).toEqual(expected)
        }),
      )
    })
  })

  describe('what looks alike', () => {
    test('a word that only looks like one of the index is had by the articles that have that', async () => {
      const articles = [
        articleOf({ id: 'keule', text: 'Die Jonglierkeule flog über den Zaun.' }),
        articleOf({ id: 'garten', text: 'Der Garten blüht.' }),
        articleOf({ id: 'zaun', text: 'Ein Zaun, der Garten.' }),
      ]
      const answer = await askOf(articles, 'jonglierqw Zaun')
      expect(answer.words[0]?.expansions.map(({ kind }) => kind)).toContain('similar')
      expect(ids(answer)[0]).toBe('keule')
      expect(answer.droppedWords).toEqual([])
    })
  })
})
