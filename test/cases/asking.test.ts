import { describe, expect, it } from 'vitest'
import type { Article } from '../../src/article/article.ts'
import { articleOf } from '../support/articles.ts'
import { ENGINES, serviceOver } from './engines.ts'

const text = (id: string, value: string, more: Partial<Article> = {}): Article =>
  articleOf({ id, text: value, ...more })

describe.each(ENGINES)('asking, $name', (engine) => {
  const asking = (articles: readonly Article[], rules = '') => serviceOver(engine, articles, rules)

  describe('articles that the owner puts at the top', () => {
    const articles = [
      text('a', 'Der Tisch war rund. Ein Tisch, rund und schön.'),
      text('b', 'Ein runder Tisch steht hier.'),
      text('c', 'Nichts davon'),
    ]

    it('leave no score behind for the searches after them', async () => {
      const { search } = asking(articles, 'oben: runder Tisch > c, a')
      const fresh = (await asking(articles).search('Tisch')).hits.map(({ id, score }) => [id, score])
      for (let i = 0; i < 3; i++) {
        const { hits } = await search('runder Tisch')
        expect(hits.map(({ id }) => id)).toEqual(['c', 'a', 'b'])
        expect(hits[0]).toMatchObject({ score: 0 })
        for (const { score, explanation } of hits)
          expect(explanation?.parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(score, 6)
      }
      expect((await search('Tisch')).hits.map(({ id, score }) => [id, score])).toEqual(fresh)
    })

    it('must be as the operators of the query demand', async () => {
      const { ids } = asking(articles, 'oben: Tisch > a')
      expect(await ids('-Tisch')).toEqual(['c'])
      expect(await ids('Tisch')).toEqual(['a', 'b'])
    })

    it('stand at the top, though others that are named before them are not there', async () => {
      expect(await asking(articles, 'oben: Tisch > fehlt, weg, b').ids('Tisch')).toEqual(['b', 'a'])
    })

    it('stand where they are named first', async () => {
      expect(await asking(articles, 'oben: Tisch > c, b, c').ids('Tisch')).toEqual(['c', 'b', 'a'])
    })

    it('stand nowhere else where hits are sorted by fields, and are no hits because of it', async () => {
      const sort = [{ field: 'id', descending: false }]
      expect(await asking(articles, 'oben: Tisch > c, b').ids('Tisch', { sort })).toEqual(['a', 'b'])
    })
  })

  describe('no answer depends on what was asked before', () => {
    it.each([
      ['Hose', 'Hose*'],
      ['Hose*', 'Hose'],
    ])('%s after %s', async (query, before) => {
      const articles = [text('a', 'Die Hase hier'), text('b', 'Etwas anderes')]
      const fresh = await asking(articles).ids(query)
      const { ids } = asking(articles)
      await ids(before)
      expect(await ids(query)).toEqual(fresh)
    })
  })

  it('what an operator demands counts in the score, too, where no article has the other words', async () => {
    const { search } = asking([text('a', '', { meta: { ort: ['die'] } })])
    const [hit] = (await search('die ODER Haus Haus Boden-Luft-Rakete die')).hits
    expect(hit?.explanation?.parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(hit?.score as number, 9)
  })

  it('a beginning that is asked for has every word that begins so', async () => {
    const letters = 'abcdefghijklmnopqrstuvwxyz'
    const articles = Array.from({ length: 60 }, (_, i) =>
      text(`a${i}`, `Verfass${letters[i % 26]}${letters[Math.floor(i / 26)]}krx`),
    )
    const { search } = asking(articles)
    expect((await search('Verfass*')).totalHits).toBe(60)
    expect((await search('Verfass* UND Verfass*')).totalHits).toBe(60)
    expect((await search('-Verfass*')).totalHits).toBe(0)
  })

  describe('operators', () => {
    const { ids } = asking([
      text('a', 'Kursk meldet Drohnen'),
      text('b', 'Winterjacken und Schuhe, Mützen'),
      text('c', 'Der Oberbürgermeister sprach. Ein Bürgermeister auch.'),
      text('d', 'Frost bei 5 Grad', { tags: ['Wetter'] }),
      text('e', 'Die Vereinigten Staaten', { title: 'Vereinigte Staaten', meta: { Ort: 'Kursk' } }),
    ])

    it.each<[comment: string, query: string, expected: readonly string[]]>([
      ['what AND joins is never given up', '"gibt es nicht" UND Kursk Drohnen', []],
      ['a phrase beside words is', '"gibt es nicht" Drohnen', ['a']],
      ['a sign demands nothing', 'Kursk UND & Drohnen', ['a', 'e']],
      ['nor does it at the end', 'Drohnen UND …', ['a']],
      ['nor in a field', 'Drohnen titel:?', ['a']],
      ['nor as a phrase', 'tag:"!" Drohnen', ['a']],
      ['a hyphen behind a parenthesis excludes nothing', '(Ober)-Bürgermeister', ['c']],
      ['nor does that of a shortened word', 'Winterjacken, -schuhe und -mützen', ['b']],
      ['nor a minus before an amount', 'Frost bei -5 Grad', ['d']],
      ['a minus behind a comma does where a capital follows', 'Drohnen, -Kursk', []],
      ['a field is found whatever its capitals', 'ort:Kursk', ['e']],
    ])('%s: %s', async (_, query, expected) => expect(await ids(query)).toEqual(expected))

    it('more alternatives than can be demanded are words like others', async () => {
      const words = Array.from({ length: 30 }, (_, i) => `wort${'abcdefghijklmnopqrstuvwxyz'[i % 26]}${i}z`)
      const many = asking(words.map((word, i) => text(`a${i}`, word)))
      expect((await many.search(words.slice(0, 20).join(' ODER '))).totalHits).toBe(20)
      expect((await many.search(words.join(' ODER '), { limit: 100 })).totalHits).toBe(30)
    })
  })

  it('a synonym of several words is found in a field too', async () => {
    const { ids } = asking(
      [text('a', 'x', { title: 'Vereinigte Staaten' }), text('b', 'Vereinigte Staaten')],
      'synonym: USA = Vereinigte Staaten',
    )
    expect(await ids('titel:USA')).toEqual(['a'])
  })

  describe('values of fields', () => {
    const { search, service } = asking([
      text('a5', 'x', { meta: { n: 5 } }),
      text('a6', 'x', { meta: { n: '5' } }),
      text('b', 'x', { meta: { n: '50' } }),
    ])

    it('a number and the text that is written like it are one', async () =>
      expect(await service.facetValues({ field: 'n', text: '5', filter: null, most: 10 })).toEqual([
        { value: '5', count: 2 },
        { value: '50', count: 1 },
      ]))

    it('that begin with the text come before those that only contain it, whatever their number', async () => {
      const tagged = asking(['Baumhaus', 'Baumhaus', 'Hausboot'].map((tag, i) => text(`a${i}`, 'x', { tags: [tag] })))
      expect(await tagged.service.facetValues({ field: 'tags', text: 'haus', filter: null, most: 10 })).toEqual([
        { value: 'Hausboot', count: 1 },
        { value: 'Baumhaus', count: 2 },
      ])
    })

    it('are counted for all fields but those that name single articles', async () => {
      const one = asking([text('a', 'x', { title: 'Titel', url: 'https://a.example/', tags: ['t'], meta: { n: 5 } })])
      expect((await one.search('x', { facets: ['*'] })).facetDistribution).toEqual({ tags: { t: 1 }, n: { 5: 1 } })
    })

    it('tell articles apart by the first of several', async () => {
      const tags = [['t1', 't2'], ['t2'], ['t1'], []]
      const { ids } = asking(tags.map((list, i) => text(`a${i}`, 'x', { tags: list })))
      const sort = [{ field: 'id', descending: false }]
      expect(await ids('x', { distinct: 'tags', sort })).toEqual(['a0', 'a1', 'a3'])
    })

    it('sort articles by the least of several, or by the greatest where the order is descending', async () => {
      const { ids } = asking(
        [[3, 9], [5], [1, 4], []].map((n, i) => text(`a${i}`, 'x', { meta: { n: n.map(String) } })),
      )
      expect(await ids('x', { sort: [{ field: 'n', descending: false }] })).toEqual(['a2', 'a0', 'a1', 'a3'])
      expect(await ids('x', { sort: [{ field: 'n', descending: true }] })).toEqual(['a0', 'a1', 'a2', 'a3'])
    })

    it('ids can be counted and searched like other values', async () => {
      const ids = await service.facetValues({ field: 'id', text: 'a', filter: null, most: 10 })
      expect(ids.map(({ value }) => value)).toEqual(['a5', 'a6'])
      expect((await search('x', { facets: ['id'] })).facetDistribution).toEqual({ id: { a5: 1, a6: 1, b: 1 } })
    })
  })
})
