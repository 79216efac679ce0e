import { join } from 'node:path'
import { expect, test } from 'vitest'
import { IndexFolders } from '../../src/cli/index-folders.ts'
import { Registry } from '../../src/registry/registry.ts'
import { temporaryFolder } from '../support/folders.ts'

const NOW = '2026-11-30T07:00:00.000Z'

test('the cache folder alone where nothing was entered; then all indexes, as they come and go', () => {
  const root = temporaryFolder()
  const folders = new IndexFolders(root)
  expect(folders.all()).toEqual([root])
  const registry = Registry.open(root)
  expect(folders.all()).toEqual([root])
  const create = (uid: string): string =>
    join(root, registry.transaction(() => registry.indexes.create(uid, 'id', NOW)).folder)
  expect(create('articles')).toBe(root)
  const shop = create('shop')
  expect(folders.all()).toEqual([root, shop])
  expect(folders.all()).toBe(folders.all())
  registry.transaction(() => registry.indexes.swap('articles', 'shop', NOW))
  expect(new Set(folders.all())).toEqual(new Set([root, shop]))
  registry.transaction(() => registry.indexes.remove('articles'))
  expect(folders.all()).toEqual([root])
  registry.close()
  folders.close()
})
