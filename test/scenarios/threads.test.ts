import { getEventListeners } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Article } from '../../src/article/article.ts'
import { ArticleIndex } from '../../src/index/segment/segment.ts'
import { buildSnapshot } from '../../src/index/snapshot/catch-up.ts'
import { catchUpFromHead } from '../../src/index/snapshot/catch-up-from-head.ts'
import { catchUpInParts, type PartsOptions } from '../../src/index/snapshot/catch-up-in-parts.ts'
import { differences } from '../../src/index/snapshot/differences.ts'
import { flushInParts } from '../../src/index/snapshot/flush-in-parts.ts'
import { HeadStart } from '../../src/index/snapshot/head-start.ts'
import { catchUp } from '../../src/index/snapshot/index-sink.ts'
import { writeMergedSegment } from '../../src/index/snapshot/merged-segment-writer.ts'
import { readSegment } from '../../src/index/snapshot/segment-reader.ts'
import { writeSegmentInThreads } from '../../src/index/snapshot/segment-writer.ts'
import { verify } from '../../src/index/snapshot/verify.ts'
import type { ArticleStore } from '../../src/store/article-store.ts'
import { Database } from '../../src/store/sqlite.ts'
import { withWriterLock } from '../../src/store/writer-lock.ts'
import { buildInBackground } from '../../src/update/background.ts'
import { articleOf } from '../support/articles.ts'
import { generatedArticle, keywordOf, seededRandom } from '../support/corpus.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { analyzer, ask, comparable, engineOf } from '../support/memory-index.ts'
import { poll, run, type Served, serve, start } from '../support/program.ts'
import { openStore } from '../support/stores.ts'
import { watching } from '../support/threads.ts'
import { articlesIn, jsonl } from '../support/updating.ts'

/** Threads run the built program. */
const BUILT = new URL('../../dist/update/worker.js', import.meta.url)
const BUILT_HEAD = new URL('../../dist/index/snapshot/head-worker.js', import.meta.url)
const BUILT_WRITER = new URL('../../dist/index/snapshot/vocabulary-writer.js', import.meta.url)
const BUILT_FLUSH = new URL('../../dist/index/snapshot/flush-worker.js', import.meta.url)
const BUILT_PART = new URL('../../dist/index/snapshot/part-worker.js', import.meta.url)

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

describe('an index built in parts, in threads', () => {
  const random = seededRandom(5)
  const numbers = new Map<number, Article>()

  function put(store: ArticleStore, number: number, version: number): void {
    const [title = '', ...text] = generatedArticle(number, version, random).split('\n\n')
    const meta = { ort: `Ort ${number % 7}`, zahl: number % 11 }
    const article = articleOf({
      id: `artikel-${number}`,
      title,
      text: text.join('\n\n'),
      tags: [`t${number % 3}`],
      meta,
    })
    store.put(article, sourceIn(store))
    numbers.set(store.seqNo, article)
  }

  const sourceIn = (store: ArticleStore): number => store.files.save('/artikel', null)

  const inParts = (index: ArticleIndex, store: ArticleStore, more: PartsOptions = {}): Promise<void> =>
    catchUpInParts(index, cache, store, analyzer, { threads: 3, partBytesMin: 1, script: BUILT_PART, ...more })

  test('is that built at once, and answers as that one does; also what was indexed before, changed and removed', async () => {
    const store = openStore(cache)
    store.transaction(() => {
      for (let i = 0; i < 60; i++) put(store, i, 1)
    })
    const [parts, once] = [new ArticleIndex(), new ArticleIndex()]
    for (let round = 1; round < 4; round++) {
      const told: number[] = []
      await inParts(parts, store, { progress: (done) => told.push(done) })
      await catchUp(once, store, analyzer)
      expect(parts.seqNo).toBe(store.seqNo)
      expect(differences(parts, once)).toEqual([])
      expect(differences(once, parts)).toEqual([])
      expect(told.at(-1)).toBeGreaterThanOrEqual(60)
      const [one, other] = [engineOf(parts, numbers), engineOf(once, numbers)]
      for (const query of [
        'Grundwort',
        keywordOf(7, round),
        'straße landwirtschaft',
        'ort:Ort Boot -Luft',
        'Kennw',
        '',
      ])
        expect(comparable(await ask(one, query, { facets: ['*'] }))).toEqual(
          comparable(await ask(other, query, { facets: ['*'] })),
        )
      store.transaction(() => {
        for (let i = round; i < 60; i += 3) store.removeOne(sourceIn(store), `artikel-${i}`)
        for (let i = 0; i < 60; i += 2) put(store, i, round + 1)
        for (let i = 0; i < 30; i++) put(store, 100 * round + i, 1)
      })
    }
  })

  test.each([
    [1, 0],
    [2, 7],
    [3, 0],
    [4, 60],
  ])(
    'begun while the store was filled it is that built at once: %i threads, a removal after %i articles',
    async (threads, removed) => {
      const store = openStore(cache)
      const head = new HeadStart(cache, analyzer.indexRules, { expectedMin: 0, script: BUILT_HEAD, threads: 2 })
      onTestFinished(() => head.stop())
      head.expect(1)
      store.transaction(() => {
        for (let i = 0; i < 90; i++) {
          put(store, i, 1)
          if (i < 60) head.add(store.seqNo, numbers.get(store.seqNo) as Article)
          if (i + 1 === removed) store.removeOne(sourceIn(store), 'artikel-3')
        }
      })
      store.transaction(() => {
        for (const i of [1, 50, 70]) put(store, i, 2)
        store.removeOne(sourceIn(store), 'artikel-2')
      })
      const told: number[] = []
      const index = await catchUpFromHead(head, cache, store, analyzer, {
        threads,
        partBytesMin: 1,
        script: BUILT_PART,
        progress: (done) => told.push(done),
      })
      const once = new ArticleIndex()
      await catchUp(once, store, analyzer)
      expect([index.seqNo, told.length > 0]).toEqual([store.seqNo, true])
      expect(differences(index, once)).toEqual([])
      expect(differences(once, index)).toEqual([])
      const [written, read] = [temporaryFolder(), { fingerprint: 'probe', storeId: store.id }]
      await writeSegmentInThreads(cache, written, index, read, { threads: 3, script: BUILT_WRITER })
      expect(differences(await readSegment(written, read), once)).toEqual([])
    },
  )

  test.each([
    [1, false],
    [2, true],
    [3, true],
    [3, false],
  ])(
    'put on the disk in small parts and joined there it is that built at once: %i threads, begun before: %s',
    async (threads, isBegun) => {
      const store = openStore(cache)
      const head = new HeadStart(cache, analyzer.indexRules, { expectedMin: 0, script: BUILT_HEAD, threads: 2 })
      onTestFinished(() => head.stop())
      if (isBegun) head.expect(1)
      store.transaction(() => {
        for (let i = 0; i < 90; i++) {
          put(store, i, 1)
          if (isBegun && i < 60) head.add(store.seqNo, numbers.get(store.seqNo) as Article)
        }
      })
      store.transaction(() => {
        for (const i of [1, 50, 70]) put(store, i, 2)
        store.removeOne(sourceIn(store), 'artikel-2')
      })
      const told: number[] = []
      const parts = await flushInParts(cache, store, analyzer, 0, {
        threads,
        partBytesMin: 1,
        script: BUILT_FLUSH,
        tokens: 500,
        progress: (done) => told.push(done),
        ...(isBegun && { head }),
      })
      expect(parts.length).toBeGreaterThanOrEqual(Math.max(2, threads))
      expect(told.at(-1)).toBeGreaterThanOrEqual(85)
      const identity = { fingerprint: 'probe', storeId: store.id }
      const merged = parts.map((part) => ({
        ...part,
        deletions: Float64Array.from(store.removedAfter(part.change, store.seqNo)),
      }))
      const folder = join(cache, 'seg-1')
      await writeMergedSegment(folder, merged, store.seqNo, identity)
      const [joined, once] = [await readSegment(folder, identity), new ArticleIndex()]
      await catchUp(once, store, analyzer)
      expect(differences(joined, once)).toEqual([])
      expect(differences(once, joined)).toEqual([])
      const [one, other] = [engineOf(joined, numbers), engineOf(once, numbers)]
      for (const query of ['Grundwort', keywordOf(7, 1), 'straße landwirtschaft', 'ort:Ort Boot -Luft', 'Kennw', ''])
        expect(comparable(await ask(one, query, { facets: ['*'] }))).toEqual(
          comparable(await ask(other, query, { facets: ['*'] })),
        )
    },
  )

  test('a large backlog after a large one is joined with it, and no parts stay; nor where a thread fails', async () => {
    const store = openStore(cache)
    const large = { bytesMax: 0, tokensMax: 0, partTokens: 500, script: BUILT_FLUSH }
    const build = () => buildSnapshot(cache, store, analyzer, 'probe', { large })
    for (let round = 1; round < 4; round++) {
      store.transaction(() => {
        for (let i = 0; i < 60; i += round) put(store, i, round)
        for (let i = 0; i < 20; i++) put(store, 100 * round + i, 1)
        if (round > 1) store.removeOne(sourceIn(store), `artikel-${round}`)
      })
      expect((await build()).complaints).toEqual([])
      expect((await verify(cache, analyzer, 'probe')).faults).toEqual([])
      expect(existsSync(join(cache, 'parts'))).toBe(false)
    }
    put(store, 999, 1)
    const other = new Database(store.path)
    other.prepare("update article set rest = '{' where id = 'artikel-999'").run()
    other.close()
    await expect(build()).rejects.toThrow(/JSON/)
    expect(existsSync(join(cache, 'parts'))).toBe(false)
  })

  test('ends when it is aborted, with its threads', async () => {
    const store = openStore(cache)
    store.transaction(() => {
      for (let i = 0; i < 300; i++) put(store, i, 1)
    })
    const stopping = new AbortController()
    const reason = new Error('genug')
    const stopped = inParts(new ArticleIndex(), store, {
      signal: stopping.signal,
      progress: (done) => {
        if (done > 0) stopping.abort(reason)
      },
    })
    await expect(stopped).rejects.toBe(reason)
    expect(getEventListeners(stopping.signal, 'abort')).toHaveLength(0)
  })

  test('fails with what a thread failed with', async () => {
    const store = openStore(cache)
    store.transaction(() => {
      for (let i = 0; i < 60; i++) put(store, i, 1)
    })
    const other = new Database(store.path)
    other.prepare("update article set rest = '{' where id = 'artikel-59'").run()
    other.close()
    await expect(inParts(new ArticleIndex(), store)).rejects.toThrow(/JSON/)
  })
})

/** Far above what is promised (a second). */
const DEADLINE_MS = 20_000

describe('serve --threads 2', () => {
  /** Whether whoever is asked now, and whoever else, has so many hits: several questions at once go to both threads. */
  const bothHave = (served: Served, query: string, count: number) => async (): Promise<boolean> =>
    (await Promise.all(Array.from({ length: 8 }, () => served.hits(query)))).every((hits) => hits === count)

  test('changes appear in both threads, and each is told once; rules are taken over by both', async () => {
    const rules = join(root, 'regeln.txt')
    writeFiles(root, { 'regeln.txt': '# noch nichts\n', 'artikel/a.txt': 'Haus am Ufer\n\nDonaudampfschiffe' })
    const articles = join(root, 'artikel')
    expect((await run(['index', '--cache', cache, '--rules', rules, articles])).code).toBe(0)
    const served = await serve(cache, '--threads', '2', '--rules', rules)
    await poll(bothHave(served, 'Haus', 1), DEADLINE_MS)
    writeFiles(root, { 'artikel/b.txt': 'Wasserkessel' })
    expect((await run(['index', '--cache', cache, '--rules', rules, articles])).code).toBe(0)
    await poll(bothHave(served, 'Wasserkessel', 1), DEADLINE_MS)
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`m${i}`, 'Massenwort']))
    writeFiles(root, { 'artikel/viele.jsonl': jsonl(many) })
    expect((await run(['index', '--cache', cache, '--rules', rules, articles])).code).toBe(0)
    await poll(bothHave(served, 'Massenwort', 300), DEADLINE_MS)
    writeFiles(root, { 'regeln.txt': 'synonym: Hütte = Haus\n' })
    await poll(bothHave(served, 'Hütte ', 1), DEADLINE_MS)
    writeFiles(root, { 'regeln.txt': 'synonym: Hütte = Haus\nungetrennt: Donaudampfschiffe\n' })
    expect(await served.hits('Dampf ')).toBe(1)
    await poll(bothHave(served, 'Dampf ', 0), DEADLINE_MS)
    expect(await served.end()).toMatchObject({ code: 0, signal: null })
    const lines = served.err.trim().split('\n')
    expect(lines.filter((line) => /"level":(?:40|50|60)/.test(line))).toEqual([])
    const told = lines.filter((line) => line.includes('"index updated"')).map((line) => jsonIn(line)['change'])
    expect(told).not.toEqual([])
    expect(new Set(told).size).toBe(told.length)
  })

  test('without a snapshot one is built for both, and no thread complains that another one is at it', async () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`m${i}`, 'Massenwort']))
    writeFiles(root, { 'artikel/viele.jsonl': jsonl(many) })
    expect((await run(['index', '--cache', cache, join(root, 'artikel')])).code).toBe(0)
    for (const name of ['CURRENT', 'gen-1']) rmSync(join(cache, name), { recursive: true })
    const served = await serve(cache, '--threads', '2')
    await poll(bothHave(served, 'Massenwort', 300), DEADLINE_MS)
    expect(await served.end()).toMatchObject({ code: 0, signal: null })
    expect(served.err.match(/rebuilding the index/g)).toHaveLength(1)
    expect(served.err).not.toMatch(/"level":(?:50|60)/)
  })

  test('a thread that ends is told and started again; whoever asks meanwhile gets answers, or a 503, and never a 500', async () => {
    const marker = join(root, 'stirb')
    writeFiles(root, {
      'artikel/a.txt': 'Haus am Ufer',
      // one of the threads that search ends with it
      'zuerst.mjs': `
import { rmSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
if (workerData?.answers !== undefined) setInterval(() => {
  try {
    rmSync(${JSON.stringify(marker)})
  } catch {
    return
  }
  throw new Error('out of luck')
}, 5).unref()
`,
    })
    expect((await run(['index', '--cache', cache, join(root, 'artikel')])).code).toBe(0)
    const preloaded = { NODE_OPTIONS: `--import ${pathToFileURL(join(root, 'zuerst.mjs')).href}` }
    const program = start(['serve', '--port', '0', '--cache', cache, '--threads', '2'], preloaded)
    const [url] = await program.until('out', /http:\/\/\S+/)
    const statuses = new Set<number>()
    let asking = true
    const loop = (async () => {
      while (asking) statuses.add((await fetch(`${url}/search?q=Haus`)).status)
    })()
    writeFiles(root, { stirb: '' })
    await program.until('err', /out of luck[^\n]*is started again/)
    asking = false
    await loop
    expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([])
    // the other thread may still be loading where the one that had loaded is the one that ended
    await poll(async () => (await fetch(`${url}/search?q=Haus`)).status === 200, DEADLINE_MS)
    expect(await program.end()).toMatchObject({ code: 0, signal: null })
  })

  test('a number of threads that is none is told', async () => {
    const { code, err } = await run(['serve', '--port', '0', '--cache', cache, '--threads', '0'])
    expect(code).toBe(2)
    expect(err).toMatch(/threads/)
  })
})

const jsonIn = (line: string): Record<string, unknown> => JSON.parse(line) as Record<string, unknown>
