import { getEventListeners } from 'node:events'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeEach, describe, expect, test } from 'vitest'
import { buildInBackground } from '../../src/update/background.ts'
import { temporaryFolder } from '../support/folders.ts'
import { watching } from '../support/threads.ts'

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

describe('a build in a thread', () => {
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
  test('says with what its thread ended, and closing does not wait for one that has', async () => {
    const { watch, ends, until } = watching(root, cache, script('throw new RangeError("out of something")'))
    await until(() => ends.length === 1)
    expect(ends[0]).toMatchObject({ name: 'RangeError', message: 'out of something' })
    await watch.close()
    const silent = watching(root, cache, script('process.exit(1)'))
    await silent.until(() => silent.ends.length === 1)
    expect(silent.ends).toEqual([undefined])
    await silent.watch.close()
  })

  test('closing ends a thread that does not listen', async () => {
    const { watch, messages, ends, until } = watching(
      root,
      cache,
      script(`import { parentPort } from 'node:worker_threads'
parentPort.postMessage({ kind: 'started' })
for (;;);`),
    )
    await until(() => messages.length === 1)
    await watch.close()
    expect(ends).toHaveLength(1)
  })
})
