import { describe, expect, it } from 'vitest'
import { articleOf } from '../../support/articles.ts'
import { searching } from '../../support/searching.ts'

const filler = Array.from({ length: 60 }, (_, i) => `wort${i}`).join(' ')

describe('a hit', () => {
  it('tells what was found in its title, its snippet and its other fields, and nothing that is not shown', () =>
    searching(
      [articleOf({ id: 'a', title: 'Haus', text: `Haus ${filler}. Haus am Hund. ${filler} Hund`, tags: ['Haus'] })],
      async ({ search, article }) => {
        const { hits } = await search('Haus Hund', { cropLength: 3 })
        const { text } = (await article('a')) as { text: string }
        const [first, second] = [text.indexOf('Haus am'), text.indexOf('Hund. ')]
        expect(hits[0]?.formatted.snippet).toBe('…<mark>Haus</mark> am <mark>Hund</mark>.…')
        expect(hits[0]?.matches.map(({ field, start, end }) => [field, start, end])).toEqual([
          ['title', 0, 4],
          ['text', first, first + 4],
          ['text', second, second + 4],
          ['tags', 0, 4],
        ])
      },
    ))

  it('tells a hundred places at most', () =>
    searching(
      [articleOf({ id: 'a', title: 'Haus', text: 'Haus '.repeat(150), tags: ['Haus'] })],
      async ({ search }) => {
        const { hits } = await search('Haus', { cropLength: 1000 })
        expect(hits[0]?.matches.map(({ field }) => field)).toEqual(['title', ...Array(99).fill('text')])
      },
    ))

  it('says how many others were folded into it, where there are any', () =>
    searching(
      ['eins', 'zwei', 'drei'].map((id) => articleOf({ id, title: '', text: id === 'drei' ? 'Haus und Hof' : 'Haus' })),
      async ({ search }) => {
        const { hits } = await search('Haus', { foldDuplicates: 'exact' })
        expect(hits.map((hit) => ('duplicates' in hit ? hit.duplicates : 'none')).sort()).toEqual([1, 'none'])
      },
    ))
})
