import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Article } from '../../src/article/article.ts'
import { DEFAULT_REQUEST } from '../../src/search/query/request.ts'
import { articleOf } from '../support/articles.ts'
import { indexedService } from '../support/memory-service.ts'
import { searching } from '../support/searching.ts'
import '../support/property.ts'

const articles = [
  articleOf({ id: 'offen', text: 'Laden', meta: { offen: true, ort: 'Bad Homburg', zahl: 5 }, tags: ['Käse-Theke'] }),
  articleOf({ id: 'zu', text: 'Laden', meta: { offen: false, ort: 'Homburg', zahl: '5' }, author: 'Ada True' }),
  articleOf({ id: 'ohne', text: 'Laden in Homburg, true und 5', tags: ['theken'] }),
]

const CASES: readonly (readonly [why: string, query: string, ids: readonly string[]])[] = [
  ['truth values', 'offen:true', ['offen']],
  ['excluded', 'Laden -offen:true', ['ohne', 'zu']],
  ['numbers and texts that are written alike', 'zahl:5', ['offen', 'zu']],
  ['words of a value, in any form', 'ort:homburg', ['offen', 'zu']],
  ['phrases within a value', 'ort:"Bad Homburg"', ['offen']],
  ['phrases excluded', 'Laden -ort:"Bad Homburg"', ['ohne', 'zu']],
  ['inflected', 'tag:Theke', ['offen', 'ohne']],
  ['pieces of words with hyphens, excluded too', 'Laden -tag:Käse', ['ohne', 'zu']],
  ['not what other fields say', 'autor:Laden', []],
]

describe('words in one field', () => {
  it.each(CASES)('%s: %s', (_, query, ids) =>
    searching(articles, async (on) => expect((await on.ids(query)).sort()).toEqual([...ids].sort())),
  )
})

const value = fc.constantFrom('Haus', 'Häuser am See', 'See-Rose', 'rot', 'Rote Rose', '', 'und', '7')
const anyArticle = fc.record({ ort: value, liste: fc.array(value, { maxLength: 2 }), text: value })

async function idsIn(list: readonly Article[], q: string): Promise<(string | undefined)[]> {
  const { hits } = await indexedService(list).search({ ...DEFAULT_REQUEST, foldDuplicates: 'none', limit: 100, q })
  return hits.map(({ id }) => id)
}

it('who is excluded by a word in a field is who has it there: each article asked alone', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyArticle, { minLength: 1, maxLength: 8 }),
      fc.constantFrom('Haus', 'Rose', 'rote', 'See', '"Rote Rose"', '"See Rose"', 'Seerose'),
      fc.constantFrom('ort', 'liste'),
      async (contents, word, field) => {
        const list: Article[] = contents.map(({ ort, liste, text }, i) =>
          articleOf({ id: `a${i}`, text: `Text ${text}`, meta: { ort, liste } }),
        )
        const kept = new Set<string>()
        for (const article of list) {
          // all that it has elsewhere is taken away
          const only = articleOf({ id: article.id, text: 'Text', meta: { [field]: article.meta[field] as string } })
          if ((await idsIn([only], `Text -${field}:${word}`)).length > 0) kept.add(article.id)
        }
        expect(new Set(await idsIn(list, `Text -${field}:${word}`))).toEqual(kept)
      },
    ),
    { numRuns: 40 },
  )
})
