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
      files: ['/0', '/1', '/2'].map((file) => ({ file, state: 'scheduled' })),
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

test('files are named once for each state, however many of it are in them', () => {
  const source = store.files.save('/a.jsonl', 's')
  store.due.saveLeftOut(source, new Map(Object.entries({ draft: 3, private: 1 })))
  expect(leftOutOf(store, new Set([source]), [])).toMatchObject({
    counts: { draft: 3, private: 1 },
    files: [
      { file: '/a.jsonl', state: 'draft' },
      { file: '/a.jsonl', state: 'private' },
    ],
  })
})
