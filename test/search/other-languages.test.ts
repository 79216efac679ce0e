import { describe, expect, it } from 'vitest'
import type { Article } from '../../src/article/article.ts'
import { analyzeQuery } from '../../src/search/query/analyze.ts'
import { isInOtherLanguage } from '../../src/search/query/query-language.ts'
import { articleOf } from '../support/articles.ts'
import { analyzer, comparable, engineOf, indexOf, search } from '../support/memory-index.ts'
import { ReferenceEngine } from '../support/reference/reference-engine.ts'

const TWINS: readonly Article[] = [
  articleOf({
    id: 'de',
    title: 'Middleware',
    text: 'Eine Middleware läuft vor jeder Anfrage und nach ihr.',
    language: 'de',
  }),
  articleOf({
    id: 'en',
    title: 'Middleware',
    text: 'A middleware runs. Middleware, always middleware.',
    language: 'en-GB',
  }),
  articleOf({ id: 'untold', title: 'Anderes', text: 'Noch einmal Middleware, am Ende.' }),
]
const embedded = engineOf(indexOf(TWINS), new Map(TWINS.map((article, at) => [at + 1, article])))

const found = async (query: string, prefersGerman = true) => {
  const analyzed = analyzeQuery(query, analyzer, { explain: true })
  return (await search(embedded, analyzed, undefined, null, prefersGerman)).hits
}
const scores = async (query: string, prefersGerman: boolean): Promise<ReadonlyMap<string, number>> =>
  new Map((await found(query, prefersGerman)).map(({ article, score }) => [article.id, score]))

describe('of twins', () => {
  it('the German one comes first, where the other would', async () => {
    expect((await found('Middleware', false))[0]?.article.id).toBe('en')
    expect((await found('Middleware'))[0]?.article.id).toBe('de')
  })

  it('the English one comes first for an English query', async () => {
    expect((await found('what is the middleware'))[0]?.article.id).toBe('en')
  })

  it('only what is told as another language counts half', async () => {
    const [plain, preferring] = [await scores('Middleware', false), await scores('Middleware', true)]
    expect(preferring.get('en')).toBeCloseTo((plain.get('en') as number) / 2, 9)
    expect(preferring.get('de')).toBe(plain.get('de'))
    expect(preferring.get('untold')).toBe(plain.get('untold'))
  })

  it('the explanation says what was taken away, and adds up', async () => {
    const hit = (await found('Middleware')).find(({ article }) => article.id === 'en')
    const { words, signals } = hit?.parts ?? { words: [], signals: [] }
    const language = signals.find(({ signal }) => signal === 'language')?.share
    expect(language).toBeCloseTo(-(hit?.score ?? 0), 9)
    const sum = [...words, ...signals.map(({ share }) => share)].reduce((total, share) => total + share, 0)
    expect(sum).toBeCloseTo(hit?.score ?? 0, 9)
  })

  it('operators and names of fields are no words of a language', async () => {
    for (const query of ['Middleware OR Docker', 'Middleware AND Anfrage', 'author:per Middleware', 'Middleware -the'])
      expect(analyzeQuery(query, analyzer, {}).isInOtherLanguage, query).toBe(false)
    expect(analyzeQuery('"the middleware" OR docker', analyzer, {}).isInOtherLanguage).toBe(true)
  })

  it('any number of languages may be told', async () => {
    const many = Array.from({ length: 700 }, (_, at) =>
      articleOf({
        id: `m${at}`,
        title: 'Anderes',
        text: 'Nichts davon.',
        language: `q${String.fromCharCode(97 + (at % 26))}-${at}`,
      }),
    )
    const all = [...many, ...TWINS]
    const engine = engineOf(indexOf(all), new Map(all.map((article, at) => [at + 1, article])))
    const of = async (prefersGerman: boolean) =>
      (await search(engine, analyzeQuery('Middleware', analyzer, {}), undefined, null, prefersGerman)).hits
    const [plain, preferring] = [await of(false), await of(true)]
    const score = (hits: typeof plain): number => hits.find(({ article }) => article.id === 'en')?.score ?? 0
    expect(score(preferring)).toBeCloseTo(score(plain) / 2, 9)
  })

  it('another engine does the same', async () => {
    const query = analyzeQuery('Middleware', analyzer, { explain: true })
    const other = await search(new ReferenceEngine(TWINS, analyzer), query)
    expect(comparable(await search(embedded, query)).hits.map(({ id }) => id)).toEqual(
      comparable(other).hits.map(({ id }) => id),
    )
  })
})

describe('a query in another language', () => {
  it.each([
    ['how to use cors', true],
    ['comment installer le serveur', true],
    ['upload files from a form', true],
    ['House of Cards in der Mediathek', false],
    ['was ist the cloud', false],
    ['Docker Container', false],
    ['Vitamin D', false],
    ['in so man', false],
    ['US-Präsident', false],
    ['US Präsident', false],
    ['Kölner Dom', false],
    ['Tod im Los', false],
    ['Bild per Mail', false],
    ['Война в Донбассе', true],
    ['Αθήνα', true],
    ['', false],
  ])('%s: %s', (query, isOther) => {
    expect(isInOtherLanguage(query)).toBe(isOther)
  })
})
