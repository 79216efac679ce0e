import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Registry } from '../../src/registry/registry.ts'
import { registryFaults } from '../../src/registry/verify.ts'
import { ArticleStore } from '../../src/store/article-store.ts'
import { documentFaults } from '../../src/tasks/verify-documents.ts'
import { temporaryFolder } from '../support/folders.ts'

const article = (id: string, document?: object) => ({
  id,
  title: '',
  text: 'Text',
  url: null,
  date: null,
  author: null,
  tags: [],
  language: null,
  meta: {},
  ...(document !== undefined && { document: JSON.stringify(document) }),
})

test('how many documents have each attribute is counted again; articles from files have none', async () => {
  const folder = temporaryFolder()
  const store = ArticleStore.open(folder)
  onTestFinished(() => store.close())
  store.transaction(() => {
    store.put(article('a', { id: 'a', n: 1 }), null)
    store.put(article('b', { id: 'b' }), null)
    store.put(article('c'), null)
    store.note('attributes', '{"id":2,"n":1}')
  })
  expect(await documentFaults(folder)).toEqual([])
  for (const [noted, told] of [
    ['{"id":2,"n":2}', '1 documents have the attribute n, the count says 2'],
    ['{"id":2}', '1 documents have the attribute n, the count says 0'],
    ['{"id":2,"n":1,"weg":3}', '0 documents have the attribute weg, the count says 3'],
  ] as const) {
    store.transaction(() => store.note('attributes', noted))
    const faults = await documentFaults(folder)
    expect(faults.map((fault) => fault.detail('en'))).toEqual([expect.stringContaining(told)])
  }
})

test('the documents of each task that waits have to be there', () => {
  const folder = temporaryFolder()
  const registry = Registry.open(folder)
  onTestFinished(() => registry.close())
  const work = {
    type: 'documentAdditionOrUpdate',
    method: 'replace',
    primaryKey: null,
    received: 1,
    skipCreation: false,
  } as const
  mkdirSync(join(folder, 'tasks'))
  writeFileSync(join(folder, 'tasks', 'here.ndjson'), '{}\n')
  const enqueue = (payload: string): number =>
    registry.transaction(() => registry.tasks.enqueue('a', work, { now: '', details: null, payload })).uid
  enqueue('here.ndjson')
  expect(registryFaults(folder, registry)).toEqual([])
  const gone = enqueue('gone.ndjson')
  expect(registryFaults(folder, registry).map((fault) => fault.detail('en'))).toEqual([
    expect.stringContaining('missing: gone.ndjson'),
  ])
  // of one that is over they may be gone
  registry.transaction(() => registry.tasks.finish(gone, { status: 'succeeded', details: null, error: null }, ''))
  expect(registryFaults(folder, registry)).toEqual([])
})
