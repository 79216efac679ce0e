import { getEventListeners } from 'node:events'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { withWriterLock } from '../../src/store/writer-lock.ts'
import { buildInBackground } from '../../src/update/background.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { watching } from '../support/threads.ts'
import { articlesIn } from '../support/updating.ts'

/** Threads run the built program. */
const BUILT = new URL('../../dist/update/worker.js', import.meta.url)

let root = ''
let cache = ''
beforeEach(() => {
  root = temporaryFolder()
  cache = temporaryFolder()
})

describe('a build in a thread', () => {
  test('makes the snapshot, and leaves no listener on a signal that lives on', async () => {
    const { signal } = new AbortController()
    for (let round = 0; round < 3; round++) await buildInBackground(cache, null, signal, BUILT)
    expect(readFileSync(join(cache, 'CURRENT'), 'utf8')).toMatch(/^gen-1\n$/)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })
})

describe('watching in a thread', () => {
  test('takes files in until it is closed', async () => {
    writeFiles(root, { 'artikel/a.txt': 'A\n\n1' })
    const { watch, messages, ends, until } = watching(root, cache, BUILT)
    await until(() => messages.some(({ kind }) => kind === 'started'))
    writeFiles(root, { 'artikel/a.txt': 'A\n\n2' })
    await until(() => messages.some((message) => message.kind === 'report' && message.changed === 1))
    expect(articlesIn(cache)).toEqual({ 'a.txt': '2' })
    await watch.close()
    expect(ends).toEqual([undefined])
    await watch.close()
    expect(ends).toHaveLength(1)
  })

  test('a beginning that fails, with whatever, is repeated until it succeeds', async () => {
    writeFiles(root, { 'artikel/a.txt': 'A\n\n1' })
    // no file can be opened in its place
    mkdirSync(join(cache, 'writer.lock'))
    const { messages, ends, until } = watching(root, cache, BUILT)
    await until(() => messages.some(({ kind }) => kind === 'failed'))
    expect(messages[0]).toMatchObject({ kind: 'failed', code: 'cache_unwritable' })
    rmSync(join(cache, 'writer.lock'), { recursive: true })
    await until(() => messages.some(({ kind }) => kind === 'started'))
    expect(articlesIn(cache)).toEqual({ 'a.txt': '1' })
    expect(messages.filter(({ kind }) => kind === 'failed')).toHaveLength(1)
    expect(ends).toEqual([])
  })

  test('a PATH that is away at the beginning is taken in when it comes', async () => {
    // the store is there: the server made it
    await withWriterLock(cache, async () => articlesIn(cache))
    const { messages, until } = watching(root, cache, BUILT)
    await until(() => messages.some(({ kind }) => kind === 'started'))
    writeFiles(root, { 'artikel/a.txt': 'A\n\n1' })
    await until(() => messages.some((message) => message.kind === 'report' && message.added === 1))
    expect(articlesIn(cache)).toEqual({ 'a.txt': '1' })
  })
})
