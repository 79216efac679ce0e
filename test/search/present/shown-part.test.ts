import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Article } from '../../../src/article/article.ts'
import { noSnippetsOf } from '../../../src/article/structure.ts'
import { Presenter } from '../../../src/search/present/hit.ts'
import { DEFAULT_REQUEST, type SearchRequest } from '../../../src/search/query/request.ts'
import type { SearchHit } from '../../../src/search/rank/search-result.ts'
import { WorkBudget } from '../../../src/work-budget.ts'
import { articleOf } from '../../support/articles.ts'
import { analyzer, askOf } from '../../support/memory-index.ts'
import '../../support/property.ts'

/** An article of paragraphs; those that begin with `!` are kept out of snippets. */
function articleWith(paragraphs: readonly string[]): Article {
  const structure: { kind: 'nosnippet'; start: number; end: number }[] = []
  let text = ''
  for (const paragraph of paragraphs) {
    const words = paragraph.replace(/^!/, '')
    const start = text.length + (text === '' ? 0 : 2)
    if (paragraph.startsWith('!')) structure.push({ kind: 'nosnippet', start, end: start + words.length })
    text += `${text === '' ? '' : '\n\n'}${words}`
  }
  return articleOf({ id: 'a', title: 'Titel', text, structure })
}

async function shownOf(article: Article, q: string, asked: Partial<SearchRequest> = {}, budget = new WorkBudget()) {
  const result = await askOf([article], q)
  const request = { ...DEFAULT_REQUEST, q, highlight: { pre: '[', post: ']' }, ...asked }
  const presenter = new Presenter(result, { droppedStopWords: [], excludeLike: null }, request, analyzer, budget)
  const [hit] = result.hits
  return hit === undefined ? null : presenter.present(hit as SearchHit)
}

function spentBudget(): WorkBudget {
  const budget = new WorkBudget(1000)
  budget.spend(1000)
  return budget
}

describe('what is kept out of snippets', () => {
  const article = articleWith([
    'Das Haus steht am See.',
    '!Der Schlüssel liegt unter der Matte vor dem Haus.',
    'Im Garten blühen Rosen, und vor dem Haus ein Apfelbaum.',
  ])

  it('is found, and not shown', async () => {
    const hit = await shownOf(article, 'Schlüssel')
    expect(hit?.formatted.snippet).toBe('Das Haus steht am See.…')
    expect(hit?.matches).toEqual([])
  })

  it('leaves the part that tells most', async () => {
    const hit = await shownOf(article, 'Schlüssel Haus Rosen')
    expect(hit?.formatted.snippet).toBe('…Im Garten blühen [Rosen], und vor dem [Haus] ein Apfelbaum.')
    expect(hit?.matches.map(({ start, end }) => article.text.slice(start, end))).toEqual(['Rosen', 'Haus'])
  })

  it.each([0, 1, 3, 200])('with %i words', async (cropLength) => {
    const hit = await shownOf(article, 'Haus', { cropLength })
    expect(hit?.formatted.snippet).not.toMatch(/Schlüssel|Matte/)
  })

  it('is not shown where nothing is asked for, nor where nothing is left of the budget', async () => {
    for (const paragraphs of [
      ['!Geheim ist dies.', 'Offen ist das.'],
      ['Offen ist das.', '!Geheim ist dies.'],
    ])
      for (const hit of [
        await shownOf(articleWith(paragraphs), ''),
        await shownOf(articleWith(paragraphs), 'geheim', {}, spentBudget()),
      ])
        expect(hit?.formatted.snippet.replaceAll('…', '')).toBe('Offen ist das.')
  })

  it('leaves nothing where it is all of the text', async () => {
    const hit = await shownOf(articleWith(['!Geheim ist dies.', '!Geheim ist das.']), 'geheim')
    expect(hit?.formatted.snippet.replaceAll('…', '')).toBe('')
    expect(hit?.matches).toEqual([])
  })

  it('is never shown, whatever is asked for', async () => {
    const word = fc.constantFrom('Haus', 'Garten', 'See', 'und', 'liegt', '„Rose“', '½', 'é')
    const shown = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => `${words.join(' ')}.`)
    const secret = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => `!Schlüssel ${words.join(' ')} Matte.`)
    const paragraphs = fc.array(fc.oneof(shown, secret), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(paragraphs, fc.array(word, { maxLength: 3 }), fc.nat(40), async (given, query, cropLength) => {
        const article = articleWith(given)
        const hit = await shownOf(article, query.join(' '), { cropLength })
        if (hit === null) return
        expect(hit.formatted.snippet).not.toMatch(/Schlüssel|Matte/)
        for (const { field, start, end } of hit.matches) {
          if (field !== 'text') continue
          const hidden = noSnippetsOf(article.structure ?? [])
          expect(hidden.filter((range) => start < range.end && end > range.start)).toEqual([])
        }
      }),
    )
  })
})
