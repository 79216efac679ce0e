import { beforeEach, expect, test } from 'vitest'
import type { ArticleStore } from '../../src/store/article-store.ts'
import { leftOutOf, NOTHING_LEFT_OUT } from '../../src/update/left-out.ts'
import { articleOf } from '../support/articles.ts'
import { temporaryFolder } from '../support/folders.ts'
import { openStore } from '../support/stores.ts'

let store: ArticleStore
beforeEach(() => {
  store = openStore(temporaryFolder())
})

const wait = (path: string, at: number): number => {
  const source = store.files.save(path, 's')
  store.due.wait(source, articleOf({ id: `${path} ${at}` }), at, null)
  return source
}

test.each([[[300, 100, 200]], [[100, 200, 300]], [[300, 200, 100]]])(
  'of articles that wait until %j the next one is told',
  (moments) => {
    const sources = new Set(moments.map((at, n) => wait(`/${n}`, at)))
    expect(leftOutOf(store, sources, [])).toEqual({
      ...{ counts: { scheduled: 3 }, nextAt: 100, folders: [] },
      files: moments.map((at, n) => {
        const articles = [{ title: `/${n} ${at}`, line: null }]
        return { file: `/${n}`, state: 'scheduled', count: 1, articles }
      }),
    })
  },
)

test('those of other sources do not count', () => {
  wait('/a', 100)
  expect(leftOutOf(store, new Set([wait('/b', 200)]), [])).toMatchObject({
    counts: { scheduled: 1 },
    nextAt: 200,
    files: [{ file: '/b', state: 'scheduled' }],
  })
  expect(leftOutOf(store, new Set(), [])).toEqual(NOTHING_LEFT_OUT)
})

test('files are named once for each state, and the first articles of it in them', () => {
  const source = store.files.save('/a.jsonl', 's')
  const named = Array.from({ length: 7 }, (_, n) => ({
    title: `Titel ${n}`.padEnd(n === 0 ? 300 : 0, 'x'),
    line: n + 1,
  }))
  const states = { draft: { count: 7, named }, private: { count: 1, named: [{ title: '', line: null }] } }
  store.leftOut.save(source, new Map(Object.entries(states)))
  store.leftOut.add(source, 'private', 1)
  const { files, counts } = leftOutOf(store, new Set([source]), [])
  expect(counts).toEqual({ draft: 7, private: 2 })
  expect(files).toMatchObject([
    { file: '/a.jsonl', state: 'draft', count: 7 },
    { file: '/a.jsonl', state: 'private', count: 2, articles: [{ title: '', line: null }] },
  ])
  expect(files[0]?.articles.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5])
  expect(files[0]?.articles[0]?.title).toHaveLength(100)
  store.leftOut.removeSource(source)
  expect(leftOutOf(store, new Set([source]), [])).toEqual(NOTHING_LEFT_OUT)
})
