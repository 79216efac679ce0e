import { beforeEach, expect, test } from 'vitest'
import type { ArticleStore } from '../../src/store/article-store.ts'
import { leftOutOf } from '../../src/update/left-out.ts'
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
    expect(leftOutOf(store, sources, [])).toEqual({ counts: { scheduled: 3 }, nextAt: 100, folders: [] })
  },
)

test('those of other sources do not count', () => {
  wait('/a', 100)
  expect(leftOutOf(store, new Set([wait('/b', 200)]), [])).toMatchObject({ counts: { scheduled: 1 }, nextAt: 200 })
  expect(leftOutOf(store, new Set(), [])).toEqual({ counts: {}, nextAt: null, folders: [] })
})
