import { describe, expect, it } from 'vitest'
import type { Article } from '../../../src/article/article.ts'
import { Presenter } from '../../../src/search/present/hit.ts'
import { DEFAULT_REQUEST, type SearchRequest } from '../../../src/search/query/request.ts'
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
  const presenter = new Presenter(result, { droppedStopWords: [], excludeLike: null }, request, analyzer, budget)
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

async function hitFor(article: Article, q: string, asked: Partial<SearchRequest> = {}, budget = new WorkBudget()) {
  const result = await askOf([article], q)
  const request = { ...DEFAULT_REQUEST, q, cropLength: 4, ...asked }
  return new Presenter(result, { droppedStopWords: [], excludeLike: null }, request, analyzer, budget).present(
    result.hits[0] as SearchHit,
  )
}

describe('the page of a hit', () => {
  const text = 'Vorwort und Gruß.\n\nDas Haus am See.\n\nDer Garten und das Haus.'
  const [second, third] = [text.indexOf('Das Haus'), text.indexOf('Der Garten')]
  const page = (start: number, number: number) => ({ kind: 'page', start, number }) as const
  const structure = [page(0, 1), page(second, 2), page(third, 5)]
  const printed = articleOf({ id: 'a.pdf', title: 'Gebäude', text, url: 'https://x.de/a.pdf', structure })

  it.each([
    ['Gruß', 1],
    ['See', 2],
    ['Garten', 5],
  ])('%s is on page %i, where the address leads, too', async (q, number) => {
    expect(await hitFor(printed, q)).toMatchObject({ page: number, url: `https://x.de/a.pdf#page=${number}` })
  })

  it('is told for an article without an address, whose address stays null', async () => {
    expect(await hitFor({ ...printed, url: null }, 'See')).toMatchObject({ page: 2, url: null })
  })

  it('leaves an address alone that names a place already', async () => {
    expect(await hitFor({ ...printed, url: '/a.pdf#teil' }, 'See')).toMatchObject({ page: 2, url: '/a.pdf#teil' })
  })

  it('is not told where the words stand in the title alone, nor where nothing is left of the budget', async () => {
    for (const hit of [await hitFor(printed, 'Gebäude'), await hitFor(printed, 'See', {}, spentBudget())]) {
      expect(hit).toMatchObject({ url: 'https://x.de/a.pdf' })
      expect(hit).not.toHaveProperty('page')
    }
  })

  it('is not told of articles that have no pages', async () => {
    const { structure: _, ...plain } = printed
    expect(await hitFor(plain, 'See')).not.toHaveProperty('page')
  })

  it('comes without the structure itself, whatever is asked for', async () => {
    for (const attributesToRetrieve of [null, ['*'], ['structure', 'id']])
      expect(await hitFor(printed, 'See', { attributesToRetrieve })).not.toHaveProperty('structure')
  })
})

describe('the section of a hit', () => {
  const parts = [
    'Der Verein und sein Garten.',
    'Der Beitrag',
    `${'Er ist zu zahlen. '.repeat(100)}Kinder sind frei.`,
    'Wahl & Amt',
    'Der Kassier.',
  ]
  const text = parts.join('\n\n')
  const heading = (words: string, anchor?: string) => {
    const start = text.indexOf(words)
    return { kind: 'heading', start, end: start + words.length, level: 2, ...(anchor && { anchor }) } as const
  }
  const structure = [heading('Der Beitrag', 'über uns'), heading('Wahl & Amt')]
  const article = articleOf({ id: 'a', title: 'Satzung', text, url: 'https://x.de/a', structure })

  it('is that of the first match, where the address leads, too', async () => {
    expect(await hitFor(article, 'Kinder')).toMatchObject({
      section: { title: 'Der Beitrag', anchor: 'über uns' },
      url: 'https://x.de/a#%C3%BCber%20uns',
    })
  })

  it('has no anchor where the page has none', async () => {
    const hit = await hitFor(article, 'Kassier')
    expect(hit).toMatchObject({ url: 'https://x.de/a' })
    expect(hit.section).toEqual({ title: 'Wahl & Amt' })
  })

  it('is not told above the first heading, of a short article, or for words of the title', async () => {
    const short = {
      ...article,
      text: text.slice(text.indexOf('Er ist zu zahlen. Kinder')),
      structure: [heading('Der Beitrag')],
    }
    for (const hit of [
      await hitFor(article, 'Garten'),
      await hitFor(short, 'Kinder'),
      await hitFor(article, 'Satzung'),
    ])
      expect(hit).not.toHaveProperty('section')
  })
})
