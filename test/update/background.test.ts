import { getEventListeners } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { withWriterLock } from '../../src/store/writer-lock.ts'
import { buildInBackground, type WorkerMessage, watchInBackground } from '../../src/update/background.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { articlesIn } from '../support/updating.ts'

/** Threads run the built program. */
const BUILT = new URL('../../dist/update/worker.js', import.meta.url)

let root = ''
let cache = ''
beforeEach(() => {
  root = temporaryFolder()
  cache = temporaryFolder()
})

/** A thread's script of a test's own. */
function script(source: string): URL {
  const path = join(root, 'thread.mjs')
  writeFileSync(path, source)
  return pathToFileURL(path)
}

function watching(by: URL = BUILT) {
  const messages: WorkerMessage[] = []
  const ends: unknown[] = []
  let wake: () => void = () => {}
  const watch = watchInBackground(
    { cache, rules: null, paths: [join(root, 'artikel')], maxFileBytes: 100_000, drafts: false },
    {
      message(message) {
        messages.push(message)
        wake()
      },
      ended(error) {
        ends.push(error)
        wake()
      },
    },
    by,
  )
  onTestFinished(() => watch.close())
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return { watch, messages, ends, until }
}

describe('a build in a thread', () => {
  test('makes the snapshot, and leaves no listener on a signal that lives on', async () => {
    const { signal } = new AbortController()
    for (let round = 0; round < 3; round++) await buildInBackground(cache, null, signal, BUILT)
    expect(readFileSync(join(cache, 'CURRENT'), 'utf8')).toMatch(/^gen-1\n$/)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  test.each([
    ['throws', 'throw new Error("crash")', 'crash'],
    ['ends by itself', 'process.exit(3)', 'the worker ended with code 3'],
    [
      'says what failed',
      '(await import("node:worker_threads")).parentPort.postMessage({ kind: "failed", code: "store_busy", params: {} })',
      'schreibt gerade ein anderer Vorgang',
    ],
  ])('whose thread %s fails with that, however often, and leaves no listener either', async (_what, source, words) => {
    const { signal } = new AbortController()
    for (let round = 0; round < 12; round++)
      await expect(buildInBackground(cache, null, signal, script(source))).rejects.toThrow(words)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  test('ends when it is aborted, and is not begun when that was before', async () => {
    const stopping = new AbortController()
    const { signal } = stopping
    const endless = script(`import { writeFileSync } from 'node:fs'
writeFileSync(${JSON.stringify(join(root, 'begun'))}, '')
setInterval(() => {}, 1000)`)
    const building = buildInBackground(cache, null, signal, endless)
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    stopping.abort()
    await expect(building).rejects.toMatchObject({ name: 'AbortError' })
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    rmSync(join(root, 'begun'), { force: true })
    await expect(buildInBackground(cache, null, signal, endless)).rejects.toMatchObject({ name: 'AbortError' })
    expect(existsSync(join(root, 'begun'))).toBe(false)
  })
})

describe('watching in a thread', () => {
  test('takes files in until it is closed', async () => {
    writeFiles(root, { 'artikel/a.txt': 'A\n\n1' })
    const { watch, messages, ends, until } = watching()
    await until(() => messages.some(({ kind }) => kind === 'started'))
    writeFiles(root, { 'artikel/a.txt': 'A\n\n2' })
    await until(() => messages.some((message) => message.kind === 'report' && message.changed === 1))
    expect(articlesIn(cache)).toEqual({ 'a.txt': '2' })
    await watch.close()
    expect(ends).toEqual([undefined])
    await watch.close()
    expect(ends).toHaveLength(1)
  })

  test('says with what its thread ended, and closing does not wait for one that has', async () => {
    const { watch, ends, until } = watching(script('throw new RangeError("out of something")'))
    await until(() => ends.length === 1)
    expect(ends[0]).toMatchObject({ name: 'RangeError', message: 'out of something' })
    await watch.close()
    const silent = watching(script('process.exit(1)'))
    await silent.until(() => silent.ends.length === 1)
    expect(silent.ends).toEqual([undefined])
    await silent.watch.close()
  })

  test('closing ends a thread that does not listen', async () => {
    const { watch, messages, ends, until } = watching(
      script(`import { parentPort } from 'node:worker_threads'
parentPort.postMessage({ kind: 'started' })
for (;;);`),
    )
    await until(() => messages.length === 1)
    await watch.close()
    expect(ends).toHaveLength(1)
  })

  test('a beginning that fails, with whatever, is repeated until it succeeds', async () => {
    writeFiles(root, { 'artikel/a.txt': 'A\n\n1' })
    // no file can be opened in its place
    mkdirSync(join(cache, 'writer.lock'))
    const { messages, ends, until } = watching()
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
    const { messages, until } = watching()
    await until(() => messages.some(({ kind }) => kind === 'started'))
    writeFiles(root, { 'artikel/a.txt': 'A\n\n1' })
    await until(() => messages.some((message) => message.kind === 'report' && message.added === 1))
    expect(articlesIn(cache)).toEqual({ 'a.txt': '1' })
  })
})
