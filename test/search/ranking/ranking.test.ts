import { describe, expect, it, test } from 'vitest'
import { NO_PARTS } from '../../../src/search/rank/score-parts.ts'
import { articleOf } from '../../support/articles.ts'
import { askOf } from '../../support/memory-index.ts'

interface Case {
  readonly why: string
  /** By id. */
  readonly articles: Readonly<Record<string, string>>
  readonly query: string
  /** All hits, best first. */
  readonly hits: readonly string[]
  /** How the first hit's text matches. */
  readonly kinds?: readonly string[]
}

const WORDS = { drohne: 'Die Drohne flog weit.', bahn: 'Die Bahn kam zu spät.' }

const CASES: readonly Case[] = [
  { why: 'a slip', articles: WORDS, query: 'Drhone', hits: ['drohne'], kinds: ['typo'] },
  { why: 'a slip in the first letter', articles: WORDS, query: 'frohne', hits: ['drohne'], kinds: ['typo'] },
  { why: 'two slips in a long word', articles: { a: 'Die Feuerwehr kam.' }, query: 'Feurwehhr', hits: ['a'] },
  { why: 'but not in a short one', articles: { a: 'Ein Hase lief.' }, query: 'Hxsy', hits: [] },
  { why: 'letters that sound alike', articles: { a: 'Der Rhythmus stimmt.' }, query: 'Rytmus', hits: ['a'] },
  { why: 'the nearest alone', articles: { a: 'Die Katze', b: 'Die Kappe' }, query: 'Kaztze', hits: ['a'] },
  { why: 'words of the index are never corrected', articles: WORDS, query: 'Bahn', hits: ['bahn'] },
  { why: 'numbers neither', articles: { a: 'Im Jahr 1871' }, query: '1872', hits: [] },
  {
    why: 'a word that looks like one only where nothing else does',
    articles: { a: 'Die Demokratie lebt.' },
    query: 'Demokrat ',
    hits: ['a'],
    kinds: ['similar'],
  },
  {
    why: 'an exact spelling before one without its dots',
    articles: { a: 'Alte Bucher', b: 'Alte Bücher' },
    query: 'Bücher',
    hits: ['b', 'a'],
  },
  {
    why: 'the words in one sentence before the words apart',
    articles: { a: 'Der Wolf schlief. Das Dorf lag still.', b: 'Der Wolf kam bis ins Dorf. Alles lag still.' },
    query: 'wolf dorf',
    hits: ['b', 'a'],
  },
  {
    why: 'a pair of words, stop words included',
    articles: { a: 'Sein Brot aß er, oder es war Nichtsein.', b: 'Sein oder Nichtsein ist die Frage hier.' },
    query: 'Sein oder Nichtsein',
    hits: ['b', 'a'],
  },
  {
    why: 'nothing but stop words',
    articles: { a: 'Wer hat was gesagt?', b: 'Haus und Hof' },
    query: 'wer',
    hits: ['a'],
  },
  {
    why: 'a short article that is about nothing else',
    articles: { a: 'Wetter', b: 'Das Wetter in Bremen war an diesem Tag im März sehr wechselhaft und kalt.' },
    query: 'wetter',
    hits: ['a', 'b'],
  },
  {
    why: 'what a question is about before what only frames it',
    articles: { a: 'Ein Turm steht dort hinten im Wald.', b: 'Er heißt Otto.' },
    query: 'wie heißt der turm',
    hits: ['a', 'b'],
  },
  {
    why: 'the same words are alike where nothing is asked',
    articles: { a: 'Ein Turm steht dort hinten im Wald.', b: 'Er heißt Otto.' },
    query: 'turm heißt',
    hits: ['b', 'a'],
  },
]

describe('ranking', () => {
  it.each(CASES)('$why: $query', async ({ articles, query, hits, kinds }) => {
    const answer = await askOf(
      Object.entries(articles).map(([id, text]) => articleOf({ id, text })),
      query,
    )
    expect(answer.hits.map(({ article }) => article.id)).toEqual(hits)
    if (kinds !== undefined) expect(answer.hits[0]?.text.matchedKinds).toEqual(kinds)
  })

  test('a question has weights of its own, and the parts of its scores add up', async () => {
    const articles = [articleOf({ id: 'a', text: 'Der hohe Turm steht im Wald. Dort ist es still.' })]
    const shareOf = async (query: string, signal: string): Promise<number> => {
      const [hit] = (await askOf(articles, query, { explain: true })).hits
      const { words, signals } = hit?.parts ?? NO_PARTS
      const sum = [...words, ...signals.map(({ share }) => share)].reduce((total, share) => total + share, 0)
      expect(sum).toBeCloseTo(hit?.score as number, 9)
      return signals.find((one) => one.signal === signal)?.share as number
    }
    const [asked, typed] = ['turm wald?', 'turm wald']
    expect(await shareOf(asked, 'sentence')).toBeLessThan(await shareOf(typed, 'sentence'))
    for (const signal of ['grams', 'focus'])
      expect(await shareOf(asked, signal)).toBeGreaterThan(await shareOf(typed, signal))
    expect(await shareOf(asked, 'spelling')).toBe(await shareOf(typed, 'spelling'))
  })

  test('the best hundred are read, and the first stage goes on behind them without gap or repeat', async () => {
    const articles = Array.from({ length: 260 }, (_, i) =>
      articleOf({ id: `a${String(i).padStart(3, '0')}`, text: `Haus ${'Regen '.repeat(i % 7)} Garten Nummer ${i}` }),
    )
    const whole = [
      ...(await askOf(articles, 'haus garten', { limit: 100 })).hits,
      ...(await askOf(articles, 'haus garten', { limit: 100, offset: 100 })).hits,
      ...(await askOf(articles, 'haus garten', { limit: 100, offset: 200 })).hits,
    ]
    expect(new Set(whole.map(({ article }) => article.id)).size).toBe(260)
    for (const [i, { score }] of whole.entries()) expect(whole[i - 1]?.score ?? score).toBeGreaterThanOrEqual(score)
  })
})
