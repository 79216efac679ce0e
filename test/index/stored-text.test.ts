import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Article } from '../../src/article/article.ts'
import { noSnippetsOf } from '../../src/article/structure.ts'
import { ForwardIndex } from '../../src/index/segment/forward-index.ts'
import { LONG_ARTICLE } from '../../src/index/segment/long-articles.ts'
import { ArticleIndex } from '../../src/index/segment/segment.ts'
import { foundArticle } from '../../src/index/stored-text.ts'
import { ArticleStore } from '../../src/store/article-store.ts'
import { articleOf } from '../support/articles.ts'
import { makeFolder, removeFolder } from '../support/folders.ts'
import { analyzer } from '../support/memory-index.ts'
import '../support/property.ts'

/** Each article is another one to the store. */
let articles = 0
let folder = ''
let store: ArticleStore
beforeAll(() => {
  folder = makeFolder()
  store = ArticleStore.open(folder)
})
afterAll(() => {
  store.close()
  removeFolder(folder)
})

/** Words with letters of one to four bytes in UTF-8, and what stands between words. */
const word = fc.constantFrom(
  'Haus',
  'Ämter',
  'Größe',
  '„Zitat“',
  '😀Boot',
  'a\u0308hnlich',
  '…',
  'Straße!\n\n',
  '漢字',
  '\u{1d504}x',
  '\ud800',
)
const text = fc
  .tuple(
    fc.array(word, { minLength: 1, maxLength: 12 }),
    fc.constantFrom(0, 1, 40, LONG_ARTICLE - 1, LONG_ARTICLE, 700, 1400),
  )
  .map(([words, count]) => Array.from({ length: count }, (_, at) => words[(at * at + 3 * at) % words.length]).join(' '))
const place = fc.double({ min: 0, max: 1, noNaN: true })

/** A text of more than a few words has two pages, and of a longer one half is shown in no snippet. */
const paged = (one: string): Pick<Article, 'structure'> =>
  one.length < 20
    ? {}
    : {
        structure: [
          { kind: 'page', start: 0, number: 1 },
          { kind: 'page', start: one.length >> 1, number: 2 },
          ...(one.length < 100 ? [] : [{ kind: 'nosnippet', start: one.length >> 1, end: one.length } as const]),
        ],
      }

/** An index in the ways it may come to be. */
function waysOf(index: ArticleIndex): ArticleIndex[] {
  const { vocabulary, postings, documents, fields, seqNo } = index
  const forward = new ForwardIndex(index.forward.pack(vocabulary.forms.length))
  return [index, new ArticleIndex({ vocabulary, postings, documents, fields, forward, seqNo }), index.compacted()]
}

test('any stretch of a text is that of the whole text', () => {
  fc.assert(
    fc.property(
      fc.array(text, { minLength: 1, maxLength: 4 }),
      fc.array(fc.tuple(place, place), { maxLength: 8 }),
      (texts, places) => {
        const index = new ArticleIndex()
        for (const one of texts) {
          const article = articleOf({ id: `a${articles++}`, title: 'Titel', text: one, tags: ['Ä'], ...paged(one) })
          store.put(article, null)
          // as it is read back
          index.add(store.seqNo, store.bySeqNo(store.seqNo) as Article, analyzer)
        }
        for (const way of waysOf(index)) {
          for (let docId = 0; docId < texts.length; docId++) {
            const whole = store.bySeqNo(index.documents.seqNos[docId] as number)
            const found = foundArticle(way, docId, store)
            const expected = whole?.text as string
            expect(found?.text.length).toBe(expected.length)
            for (const [one, other] of places) {
              const [start, end] = [one, other]
                .map((share) => Math.round(share * expected.length))
                .sort((a, b) => a - b) as [number, number]
              expect(found?.text.slice(start, end)).toBe(expected.slice(start, end))
            }
            expect(found?.text.slice(0, expected.length)).toBe(expected)
            const { structure, ...fields } = whole as Article
            expect(found?.article).toEqual(fields)
            expect(JSON.stringify(found?.article)).toBe(JSON.stringify(fields))
            expect(found?.structure()).toEqual(structure ?? [])
            expect(noSnippetsOf(found?.structure('nosnippet') ?? [])).toEqual(noSnippetsOf(structure ?? []))
          }
        }
      },
    ),
    { numRuns: 40 },
  )
})

test('of a long text only what is looked at is read', () => {
  const article = articleOf({ id: 'lang', text: 'Ein Haus am See. '.repeat(5000) })
  store.put(article, null)
  const index = new ArticleIndex()
  index.add(store.seqNo, article, analyzer)
  const parts = vi.spyOn(store.parts, 'textPart')
  const whole = vi.spyOn(store, 'bySeqNo')
  const found = foundArticle(index, 0, store)
  expect(found?.text.slice(40_000, 40_016)).toBe(article.text.slice(40_000, 40_016))
  expect(found?.text.slice(40_010, 40_200)).toBe(article.text.slice(40_010, 40_200))
  expect(whole).not.toHaveBeenCalled()
  expect(parts).toHaveBeenCalledTimes(1)
  expect(String(parts.mock.results[0]?.value).length).toBeLessThan(2000)
  expect(found?.article.text).toBe(article.text)
  vi.restoreAllMocks()
})

test('an article that is gone meanwhile is none', () => {
  const index = new ArticleIndex()
  index.add(9_999_999, articleOf({ id: 'weg', text: 'fort '.repeat(600) }), analyzer)
  expect(foundArticle(index, 0, store)).toBeUndefined()
})
