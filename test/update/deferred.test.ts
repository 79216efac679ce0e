import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ArticleStore } from '../../src/store/article-store.ts'
import type { FoundFile } from '../../src/update/find-files.ts'
import { FileReader } from '../../src/update/read-files.ts'
import { UpdateLog } from '../../src/update/report.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { articlesIn, jsonl, optionsFor } from '../support/updating.ts'

/** Reads files as an update does, into the store alone. */
async function read(cache: string, root: string, contents: Readonly<Record<string, string>>): Promise<UpdateLog> {
  writeFiles(root, contents)
  const files = Object.keys(contents).map((path): FoundFile => {
    const absolutePath = join(root, path)
    return { absolutePath, path, name: path, size: statSync(absolutePath).size, state: 'read' }
  })
  const log = new UpdateLog()
  const store = ArticleStore.open(cache)
  try {
    const reader = new FileReader(store, optionsFor(cache, [root], { maxFileBytes: 9_000_000 }), log, () => {})
    await reader.readAll(files)
    await store.transactionInSteps(() => reader.tryDeferred())
  } finally {
    store.close()
  }
  return log
}

function stateIn(cache: string, path: string): string | null | undefined {
  const store = ArticleStore.open(cache)
  try {
    return store.files.byPath(path)?.state
  } finally {
    store.close()
  }
}

const long = JSON.stringify({ id: 'lang', text: 'Haus '.repeat(1_700_000) })

test('an article that moves into a large file before its old one is read is found there once more', async () => {
  const root = temporaryFolder()
  const cache = temporaryFolder()
  await read(cache, root, { 'b.jsonl': jsonl({ x: 'alt', y: 'b' }) })
  const log = await read(cache, root, {
    'a.jsonl': `${jsonl({ w: 'a' })}${long}\n${jsonl({ x: 'neu' })}`,
    'b.jsonl': jsonl({ y: 'b' }),
  })
  expect(log.refusals).toEqual([])
  expect(log.articles).toEqual({ added: 3, changed: 0, removed: 1, same: 1 })
  const { lang, ...others } = articlesIn(cache)
  expect([lang?.length, others]).toEqual([8_500_000, { w: 'a', x: 'neu', y: 'b' }])
  expect(stateIn(cache, join(root, 'a.jsonl'))).toBe('read')
})

test('one that its old file keeps is refused with its line in the large one, which is read again the next time', async () => {
  const root = temporaryFolder()
  const cache = temporaryFolder()
  await read(cache, root, { 'b.jsonl': jsonl({ x: 'alt' }) })
  const contents = { 'a.jsonl': `${long}\n${jsonl({ x: 'neu', z: 'a' })}`, 'b.jsonl': jsonl({ x: 'alt' }) }
  const log = await read(cache, root, contents)
  expect(log.refusals).toMatchObject([{ file: 'a.jsonl', line: 2, error: { code: 'duplicate_id' } }])
  expect(articlesIn(cache)).toMatchObject({ x: 'alt', z: 'a' })
  expect(stateIn(cache, join(root, 'a.jsonl'))).toBeNull()
})
