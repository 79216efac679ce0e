import { expect, test } from 'vitest'
import { prepareRegistry } from '../../src/cli/serve-api.ts'
import { Registry } from '../../src/registry/registry.ts'
import { articleOf } from '../support/articles.ts'
import { temporaryFolder } from '../support/folders.ts'
import { openStore } from '../support/stores.ts'

const NOW = '2026-11-30T07:00:00.000Z'

test('articles from files are an index of the registry as soon as there are some, under whatever name it has got since', () => {
  const cache = temporaryFolder()
  const names = (): string[] => {
    prepareRegistry(cache, null, { note() {}, say: ({ de }) => de })
    const registry = Registry.open(cache)
    try {
      return registry.indexes.all().map(({ uid }) => uid)
    } finally {
      registry.close()
    }
  }
  const store = openStore(cache)
  expect(names()).toEqual([])
  store.transaction(() => store.putDocument(articleOf({ id: 'a', title: 'Haus' })))
  expect(names()).toEqual(['articles'])
  const registry = Registry.open(cache)
  registry.transaction(() => registry.indexes.rename('articles', 'archiv', NOW))
  registry.close()
  // a server that starts makes no empty index in its place
  expect(names()).toEqual(['archiv'])
})
