import { describe, expect, it } from 'vitest'
import type { Hit } from '../../src/search/present/hit.ts'
import { DEFAULT_REQUEST } from '../../src/search/query/request.ts'
import { articleOf } from '../support/articles.ts'
import { searching } from '../support/searching.ts'

const HAUS = articleOf({
  id: 'haus',
  title: 'Häuser am See',
  text: 'Das Haus am See ist alt. Es hat ein Boot-Haus.\n\nDie Straße führt zum See.',
  date: '2024-03-03',
  author: 'Anna Müller',
  tags: ['Wohnen', 'See'],
  meta: { ort: 'Kursk, Russland', verletzte: 4700 },
})

const only = (hits: readonly Hit[]): Hit => {
  expect(hits).toHaveLength(1)
  return hits[0] as Hit
}

describe('a hit', () => {
  it('has every field but the text, marks in title and snippet, and where they are', () =>
    searching([HAUS], async ({ search }) => {
      const { text, ...fields } = HAUS
      const hit = only((await search('Häuser Bücher')).hits)
      expect(hit).toMatchObject(fields)
      expect(hit).not.toHaveProperty('text')
      expect(hit.formatted.title).toBe('<mark>Häuser</mark> am See')
      expect(hit.matches[0]).toEqual({ field: 'title', start: 0, end: 6, kind: 'exact' })
    }))

  it('marks an inflected form as a whole word', () =>
    searching([articleOf({ id: 'a', text: 'Viele Drohnen flogen.' })], async ({ search }) => {
      const hit = only((await search('Drohne')).hits)
      expect(hit.formatted.snippet).toBe('Viele <mark>Drohnen</mark> flogen.')
      expect(hit.matches).toEqual([{ field: 'text', start: 6, end: 13, kind: 'inflected' }])
    }))

  it('marks the whole word where a part matched, and tells the part', () =>
    searching([HAUS], async ({ search }) => {
      const hit = only((await search('Boot')).hits)
      expect(hit.formatted.snippet).toContain('<mark>Boot-Haus</mark>')
      const start = HAUS.text.indexOf('Boot-Haus')
      expect(hit.matches).toEqual([
        { field: 'text', start, end: start + 9, kind: 'part', part: { start, end: start + 4 } },
      ])
    }))

  it('tells matches in tags, author and meta', () =>
    searching([HAUS], async ({ search }) => {
      expect(only((await search('mueller')).hits).matches).toEqual([
        { field: 'author', start: 5, end: 11, kind: 'folded' },
      ])
      expect(only((await search('Wohnen')).hits).matches).toEqual([
        { field: 'tags', index: 0, start: 0, end: 6, kind: 'exact' },
      ])
      expect(only((await search('Kursk')).hits).matches).toEqual([
        { field: 'meta.ort', start: 0, end: 5, kind: 'exact' },
      ])
    }))

  it('does not find numbers of meta', () =>
    searching([HAUS], async ({ search }) => {
      expect((await search('4700')).totalHits).toBe(0)
    }))

  it('carries what was asked for', () =>
    searching([HAUS], async ({ search }) => {
      const some = only((await search('See', { attributesToRetrieve: ['title', 'text'] })).hits)
      expect(Object.keys(some).sort()).toEqual(['formatted', 'matches', 'score', 'text', 'title'])
      expect(only((await search('See', { attributesToRetrieve: ['*'] })).hits)).toMatchObject(HAUS)
      const none = only((await search('See', { attributesToRetrieve: [] })).hits)
      expect(Object.keys(none).sort()).toEqual(['formatted', 'matches', 'score'])
    }))

  it('tells the matches of the snippet only', () =>
    searching(
      [articleOf({ id: 'a', text: `Ein Haus.${' Und noch ein Satz.'.repeat(20)} Ein Haus.` })],
      async ({ search }) => {
        const hit = only((await search('Haus', { cropLength: 5 })).hits)
        expect(hit.matches).toEqual([{ field: 'text', start: 4, end: 8, kind: 'exact' }])
      },
    ))

  it('has at most a hundred matches', () =>
    searching([articleOf({ id: 'a', title: 'x '.repeat(150), text: 'x' })], async ({ search }) => {
      expect(only((await search('x')).hits).matches).toHaveLength(100)
    }))

  it('escapes everything but the tags given', () =>
    searching(
      [articleOf({ id: 'a', title: '<b>Haus</b>', text: '<script>Haus & "Hof"</script>' })],
      async ({ search }) => {
        const highlight = { pre: '<em class="x">', post: '</em>' }
        expect(only((await search('Haus', { highlight })).hits).formatted).toEqual({
          title: '&lt;b&gt;<em class="x">Haus</em>&lt;/b&gt;',
          snippet: '&lt;script&gt;<em class="x">Haus</em> &amp; &quot;Hof&quot;&lt;/script&gt;',
        })
      },
    ))

  describe('has a crop marker only where something was cut', () => {
    const satz = (n: number): string => `Satz Nummer ${n} steht an dieser Stelle.`
    const text = [1, 2, 3, 4, 5].map(satz).join(' ')
    const CASES: readonly (readonly [why: string, query: string, cropLength: number, snippet: string])[] = [
      ['nowhere', '3', 35, text.replace('3', '<mark>3</mark>')],
      ['at the end', '1', 7, `${satz(1).replace('1', '<mark>1</mark>')}[&amp;]`],
      ['at both ends', '3', 7, `[&amp;]${satz(3).replace('3', '<mark>3</mark>')}[&amp;]`],
      ['at the beginning', '5', 7, `[&amp;]${satz(5).replace('5', '<mark>5</mark>')}`],
    ]
    it.each(CASES)('%s', (_, query, cropLength, snippet) =>
      searching([articleOf({ id: 'a', text })], async ({ search }) => {
        expect(only((await search(query, { cropLength, cropMarker: '[&]' })).hits).formatted.snippet).toBe(snippet)
      }),
    )

    it('nowhere, where only blanks were', () =>
      searching([articleOf({ id: 'a', text: `\n\n     ${satz(1)}    \n\n` })], async ({ search }) => {
        expect(only((await search('Satz', { cropLength: 7 })).hits).formatted.snippet).not.toContain('…')
      }))
  })
})

describe('an empty query', () => {
  const dated = (id: string, date: string | null) => articleOf({ id, text: 'x', date })
  const articles = [
    dated('undated-b', null),
    dated('old', '1999-12-31'),
    dated('noon', '2024-03-03T12:00:00Z'),
    dated('zone', '2024-03-03T12:30:00+02:00'),
    dated('day', '2024-03-03'),
    dated('undated-a', null),
  ]

  it.each(['', '  \n'])('%j gives everything, newest first, undated last, score 0', (query) =>
    searching(articles, async ({ search }) => {
      const answer = await search(query)
      expect(answer.hits.map((hit) => hit.id)).toEqual(['noon', 'zone', 'day', 'old', 'undated-a', 'undated-b'])
      expect(answer.hits.every((hit) => hit.score === 0 && hit.matches.length === 0)).toBe(true)
      expect(answer).toMatchObject({ totalHits: 6, droppedWords: [] })
    }),
  )

  it('has pages', () =>
    searching(articles, async ({ search, ids }) => {
      expect(await ids('', { offset: 2, limit: 2 })).toEqual(['day', 'old'])
      expect(await ids('', { offset: 99 })).toEqual([])
      expect(await search('', { limit: 2, offset: 2, page: 2 })).toMatchObject({
        page: 2,
        hitsPerPage: 2,
        totalPages: 3,
        totalHits: 6,
      })
      expect(await search('')).not.toHaveProperty('page')
    }))
})

describe('which articles are hits', () => {
  /** 21 articles with both words, and some with one. */
  const both = Array.from({ length: 21 }, (_, i) => articleOf({ id: `both-${i}`, text: 'Drohne und Kriegsschiff' }))
  const one = Array.from({ length: 3 }, (_, i) => articleOf({ id: `drohne-${i}`, text: 'nur eine Drohne' }))
  const other = Array.from({ length: 30 }, (_, i) => articleOf({ id: `other-${i}`, text: 'ein Garten im Frühling' }))

  it('all: those with every word', () =>
    searching([...both, ...one, ...other], async ({ search }) => {
      expect((await search('Drohne Kriegsschiff', { matchingStrategy: 'all' })).totalHits).toBe(21)
      expect((await search('Drohne Garten', { matchingStrategy: 'all' })).totalHits).toBe(0)
    }))

  it('last: at least half of the weight where twenty articles have it', () =>
    searching([...both, ...one, ...other], async ({ search }) => {
      // the commoner word alone is less than half
      expect((await search('Drohne Kriegsschiff')).totalHits).toBe(21)
    }))

  it('last: less where fewer than twenty have it, until twenty do', () =>
    searching([...both.slice(0, 4), ...one, ...other], async ({ search }) => {
      expect((await search('Drohne Kriegsschiff')).totalHits).toBe(7)
    }))

  it('last: equals of the twentieth are hits too', () =>
    searching(other, async ({ search }) => {
      expect((await search('Garten Quastenflosser Seeschlange')).totalHits).toBe(30)
    }))

  it('nothing where no word is known, or none was typed', () =>
    searching([...both, ...other], async ({ search }) => {
      for (const query of ['Quastenflosser', '!?', '😀'])
        expect(await search(query)).toMatchObject({ totalHits: 0, hits: [] })
    }))

  it('names the words the first hit lacks, as they were typed, whatever the page', () =>
    searching([...both, ...other], async ({ search }) => {
      expect((await search('DROHNEN Quastenflosser')).droppedWords).toEqual(['Quastenflosser'])
      expect((await search('DROHNEN Quastenflosser', { offset: 50 })).droppedWords).toEqual(['Quastenflosser'])
      expect((await search('Drohne')).droppedWords).toEqual([])
      expect((await search('Quastenflosser')).droppedWords).toEqual([])
    }))

  it('leaves stop words out only while others remain', () =>
    searching(
      [articleOf({ id: 'a', text: 'Sein oder nicht sein' }), articleOf({ id: 'b', text: 'Hamlet spielt' })],
      async ({ ids }) => {
        expect(await ids('sein oder Hamlet')).toEqual(['b'])
        expect(await ids('sein oder nicht sein')).toEqual(['a'])
      },
    ))

  it('finds words that are names in JavaScript', () =>
    searching(
      ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'length'].map((text) => articleOf({ id: text, text })),
      async ({ ids }) => {
        for (const word of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'length']) {
          expect(await ids(word)).toEqual([word])
        }
        expect(await ids('valueOf')).toEqual([])
      },
    ))
})

describe('an answer', () => {
  it('says what was asked, and how long it took', () =>
    searching([HAUS], async ({ search }) => {
      const answer = await search('See', { limit: 7 })
      expect(answer).toMatchObject({
        query: 'See',
        limit: 7,
        offset: 0,
        didYouMean: null,
        facetDistribution: {},
        facetStats: {},
      })
      expect(answer.processingTimeMs).toBeGreaterThanOrEqual(0)
      expect(Number(answer.processingTimeMs.toFixed(3))).toBe(answer.processingTimeMs)
      expect(answer.indexVersion).not.toBe('')
    }))

  it('has the defaults of the contract', () => {
    expect(DEFAULT_REQUEST).toMatchObject({
      ...{ limit: 20, offset: 0, cropLength: 30, cropMarker: '…', matchingStrategy: 'last' },
      highlight: { pre: '<mark>', post: '</mark>' },
    })
  })

  it('ranks the title above the text, the text above tags', () =>
    searching(
      [
        articleOf({ id: 'tag', text: 'Ein Satz.', tags: ['Drohne'] }),
        articleOf({ id: 'text', text: 'Eine Drohne.' }),
        articleOf({ id: 'title', title: 'Drohne', text: 'Ein Satz.' }),
      ],
      async ({ ids }) => {
        expect(await ids('Drohne')).toEqual(['title', 'text', 'tag'])
      },
    ))
})
