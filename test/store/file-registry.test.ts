import { sep } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { ArticleStore } from '../../src/store/article-store.ts'
import { temporaryFolder } from '../support/folders.ts'
import { openStore } from '../support/stores.ts'

let store: ArticleStore
beforeEach(() => {
  store = openStore(temporaryFolder())
})

describe('source files', () => {
  test('at a path and below it, not beside it', () => {
    const paths = ['/a', '/a/b.txt', '/a/b/c.txt', '/ab.txt', '/a_b', '/A/x', '/ä😀/x', '/ä😀y']
    for (const path of paths) store.files.save(path, 'z')
    const under = (path: string): string[] => store.files.under(path, sep).map((source) => source.path)
    expect(under('/a')).toEqual(['/a', '/a/b.txt', '/a/b/c.txt'])
    expect(under('/a/b.txt')).toEqual(['/a/b.txt'])
    expect(under('/ä😀')).toEqual(['/ä😀/x'])
    expect(under('/a%')).toEqual([])
    expect(under('/')).toHaveLength(paths.length)
  })

  test('keep their number when their state changes', () => {
    const id = store.files.save('/a', null)
    expect(store.files.save('/a', 'neu')).toBe(id)
    expect(store.files.byPath('/a')).toEqual({ id, path: '/a', state: 'neu' })
    store.removeSource(id)
    expect(store.files.byPath('/a')).toBeUndefined()
  })
})
