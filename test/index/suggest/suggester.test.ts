import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Article } from '../../../src/article/article.ts'
import type { ArticleIndex } from '../../../src/index/segment/segment.ts'
import { Suggester } from '../../../src/index/suggest/suggester.ts'
import { SurfaceForms } from '../../../src/index/suggest/surface-forms.ts'
import type { Suggestion } from '../../../src/search/engine/engine.ts'
import { WorkBudget } from '../../../src/work-budget.ts'
import { anyArticles, articleOf, WORDS } from '../../support/articles.ts'
import { indexOf } from '../../support/memory-index.ts'
import '../../support/property.ts'

const articlesNumbered = (articles: readonly Article[]): Map<number, Article> =>
  new Map(articles.map((article, i) => [i + 1, article]))

/** Over an index, and its articles by number. */
function suggesterOf(
  index: ArticleIndex,
  articles: readonly Article[],
): (typed: string, most?: number) => readonly Suggestion[] {
  const numbered = articlesNumbered(articles)
  const suggester = new Suggester(index, new SurfaceForms(index, (number) => numbered.get(number)))
  return (typed, most = 10) => suggester.suggest(typed, most, new WorkBudget())
}

const suggesting = (articles: readonly Article[]) => suggesterOf(indexOf(articles), articles)

const suggest = suggesting([
  articleOf({ id: '1', title: 'Das Bundesverfassungsgericht tagt', text: 'Heute tagt das Bundesverfassungsgericht.' }),
  articleOf({ id: '2', title: 'Müller spricht', text: 'Die Verfassung schützt. Vor Angela Merkel sprach Müller.' }),
  articleOf({ id: '3', title: 'Verfassung', text: 'Auch Angela Merkel las die Verfassung und das Verfassungsrecht.' }),
  articleOf({ id: '4', title: 'Verfassung', text: 'Straße und Straßen. Angela las. Merkel ging. Verfassungsschutz.' }),
  articleOf({ id: '5', title: 'Musik', text: 'Die Drohnen fliegen. Viele Drohnen. Mulde und Mull.' }),
])
const texts = (typed: string, most?: number): string[] => suggest(typed, most).map(({ text }) => text)

describe('words', () => {
  test('the more articles have one and the less is missing, the sooner it comes', () => {
    expect(suggest('verf').filter(({ kind }) => kind === 'word')).toEqual([
      { text: 'Verfassung', kind: 'word', count: 3 },
      { text: 'Verfassungsrecht', kind: 'word', count: 1 },
      { text: 'Verfassungsschutz', kind: 'word', count: 1 },
    ])
  })

  test('one of several forms of a word', () => expect(texts('straß')).toEqual(['Straße']))
  test('no stop words', () => expect(texts('di')).toEqual([]))
  test('umlauts in any spelling; as typed first', () => {
    expect(texts('mü')[0]).toBe('Müller')
    expect(texts('muell')).toContain('Müller')
    expect(texts('mul').slice(0, 2).sort()).toEqual(['Mulde', 'Mull'])
    expect(texts('mul')).toContain('Müller')
  })

  test.each([
    ['a letter too many', 'verrfas'],
    ['a letter too few', 'vefass'],
    ['another letter', 'verfess'],
    ['two letters that changed places', 'verfsas'],
  ])('one slip: %s', (_, typed) => expect(texts(typed)).toContain('Verfassung'))

  test('no slip in so few letters', () => expect(texts('dohn'.slice(0, 3))).not.toContain('Drohnen'))
  test('a slip comes after what needs none', () => expect(texts('drohnen')[0]).toBe('Drohnen'))
})

describe('phrases', () => {
  test('of a word typed, with a space or the beginning of the next', () => {
    const merkel: Suggestion = { text: 'Angela Merkel', kind: 'phrase', count: 2 }
    expect(suggest('angela ')[0]).toEqual(merkel)
    expect(suggest('angela mer')[0]).toEqual(merkel)
    expect(suggest('Angela')).toContainEqual(merkel)
    expect(suggest('Merkel')).toContainEqual(merkel)
  })

  test('over no end of a sentence: article 4 does not count', () =>
    expect(suggest('angela ').find(({ text }) => text === 'Angela Merkel')?.count).toBe(2))

  test('with a slip in the first word', () => expect(texts('angele mer')[0]).toBe('Angela Merkel'))

  test('words of one article that are no neighbours', () => {
    expect(texts('schützt mer')).toEqual(['schützt Merkel'])
    expect(texts('drohnen mer')).toEqual([])
  })
})

describe('titles', () => {
  test('by their beginning, and by a word in the middle', () => {
    const title: Suggestion = { text: 'Das Bundesverfassungsgericht tagt', kind: 'title', count: 1 }
    expect(suggest('bundesverf')).toContainEqual(title)
    expect(suggest('das bundesverf')).toContainEqual(title)
    expect(suggest('bundesverfassungsgericht t')).toContainEqual(title)
  })

  test('that say no more than a word are not said twice', () => {
    expect(texts('verfassung').filter((text) => text === 'Verfassung')).toHaveLength(1)
  })
})

test.each(['', ' ', '?!', '"', '-', 'qqqqqq', 'verf'.repeat(200), '\u0000'])('nothing for %j', (typed) =>
  expect(texts(typed)).toEqual([]),
)

test('as many as asked for', () => {
  expect(texts('v', 0)).toEqual([])
  expect(texts('v', 2)).toHaveLength(2)
  expect(texts('v', 2)).toEqual(texts('v').slice(0, 2))
})

test('what was removed is no longer suggested', () => {
  const articles = [articleOf({ id: 'a', text: 'Quastenflosser' }), articleOf({ id: 'b', text: 'Quarz' })]
  const index = indexOf(articles)
  const suggestOne = suggesterOf(index, articles)
  expect(suggestOne('qua').map(({ text }) => text)).toEqual(['Quarz', 'Quastenflosser'])
  index.remove(1)
  expect(suggestOne('qua').map(({ text }) => text)).toEqual(['Quarz'])
})

const beginning = fc
  .tuple(fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }), fc.nat({ max: 20 }))
  .map(([words, length]) => words.join(' ').slice(0, 1 + length))

test('whatever is typed, a suggestion is said once, and articles have its words', () => {
  fc.assert(
    fc.property(anyArticles, beginning, (articles, typed) => {
      const suggestions = suggesting(articles)(typed, 20)
      expect(new Set(suggestions.map(({ text }) => text.toLowerCase())).size).toBe(suggestions.length)
      const all = articles
        .map(({ title, text }) => `${title}\n${text}`)
        .join('\n')
        .toLowerCase()
      for (const { text, kind, count } of suggestions) {
        expect(count).toBeGreaterThan(0)
        expect(count).toBeLessThanOrEqual(articles.length)
        if (kind === 'title') expect(articles.map(({ title }) => title.replace(/\s+/g, ' ').trim())).toContain(text)
        else for (const word of text.toLowerCase().split(' ')) expect(all).toContain(word)
      }
    }),
  )
})
