// Threads that share the memory of their snapshots: as they were built, and with the serving side here.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { analysedBy } from '../../src/index/open-analysis.ts'
import { buildSnapshot } from '../../src/index/snapshot/catch-up.ts'
import { Generations } from '../../src/index/snapshot/generations.ts'
import { type Manifest, readManifest } from '../../src/index/snapshot/manifest.ts'
import { loadNewest } from '../../src/index/snapshot/newest.ts'
import { readFilesToShare, type SegmentFiles } from '../../src/index/snapshot/read-files.ts'
import { packError } from '../../src/packed-error.ts'
import { NO_RULES } from '../../src/rules.ts'
import type { SearchAnswer } from '../../src/search/answer.ts'
import { DEFAULT_REQUEST } from '../../src/search/query/request.ts'
import type { SearchService } from '../../src/search/service.ts'
import { AskedSnapshots } from '../../src/search-threads/asked-snapshots.ts'
import type { FromThread, ThreadEvent } from '../../src/search-threads/messages.ts'
import type { SearchThread } from '../../src/search-threads/search-thread.ts'
import { SearchThreads } from '../../src/search-threads/search-threads.ts'
import type { SnapshotTaker } from '../../src/search-threads/shared-snapshots.ts'
import type { ArticleStore } from '../../src/store/article-store.ts'
import type { UnexpectedEnd } from '../../src/update/supervise.ts'
import { articleOf } from '../support/articles.ts'
import { CountedSnapshots } from '../support/counted-snapshots.ts'
import { fastTimers } from '../support/fast-time.ts'
import { temporaryFolder } from '../support/folders.ts'
import { answering, PLAIN, talking } from '../support/search-threads.ts'
import { openStore } from '../support/stores.ts'

const SCRIPT = new URL('./mortal-thread.mjs', import.meta.url)
/** More than a thread takes in one by one. */
const ARTICLES = 250

let cache = ''
let store: ArticleStore
beforeEach(async () => {
  cache = temporaryFolder()
  store = openStore(cache)
  await put(0)
})

/** Some articles more, and a snapshot of all. */
async function put(from: number): Promise<void> {
  store.transaction(() => {
    for (let i = from; i < from + ARTICLES; i++)
      store.put(articleOf({ id: `a${i}`, title: `Haus ${i}`, text: `Häuser am Ufer ${i}`, meta: { zahl: i } }), null)
  })
  const { analyzer, fingerprint } = analysedBy(NO_RULES)
  await buildSnapshot(cache, store, analyzer, fingerprint)
}

const manifestOf = (folder: string): Promise<Manifest> => readManifest(join(cache, folder))
const nameOf = async (folder: string) => ({ folder: join(cache, folder), ...(await manifestOf(folder)) })

const QUERIES = ['Haus', 'Häuser Ufer', 'Hauz', 'titel:haus -17', '"am Ufer"']

async function answersOf(service: Pick<SearchService, 'search'>): Promise<unknown[]> {
  const answers: unknown[] = []
  for (const q of QUERIES) {
    const answer = await service.search({ ...DEFAULT_REQUEST, q, facets: ['*'], explain: true })
    answers.push({ ...answer, processingTimeMs: 0 })
  }
  return answers
}

const through = (thread: SearchThread): Pick<SearchService, 'search'> => ({
  search: (...args) => thread.call('search', args, null) as Promise<SearchAnswer>,
})

describe('threads as they were built', () => {
  function pool(threads: number) {
    const snapshots = new CountedSnapshots()
    const events: ThreadEvent[] = []
    const ends: UnexpectedEnd[] = []
    const build = (): Promise<void> => Promise.reject(new Error('nothing is to be built here'))
    const opened = new SearchThreads({
      ...{ cache, rules: NO_RULES, answers: PLAIN, timeoutMs: 30_000, threads, build, snapshots },
      script: SCRIPT,
      timers: fastTimers,
      onEvent: (event) => events.push(event),
      onEnd: (end) => ends.push(end),
    })
    onTestFinished(() => opened.close())
    return { pool: opened, snapshots, events, ends }
  }

  /** Waits until all can answer and `condition` is true of each; looks again whenever one has answered. */
  async function eachWith(
    { pool: opened }: ReturnType<typeof pool>,
    threads: number,
    articles: number,
  ): Promise<SearchService[]> {
    for (;;) {
      const each = opened.each
      const counts = await Promise.all(
        each.map((service) =>
          service.search({ ...DEFAULT_REQUEST, q: 'Haus' }).then(
            ({ totalHits }) => totalHits,
            () => -1,
          ),
        ),
      )
      if (counts.length === threads && counts.every((count) => count === articles)) return each
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  test('read a snapshot once, and answer the same; a newer one takes its place in all of them, and is read once, too', async () => {
    const opened = pool(3)
    await opened.pool.firstReady
    expect(opened.snapshots.reads).toEqual(['read'])
    const before = await Promise.all((await eachWith(opened, 3, ARTICLES)).map(answersOf))
    expect(before[1]).toEqual(before[0])
    expect(before[2]).toEqual(before[0])
    await put(ARTICLES)
    const after = await Promise.all((await eachWith(opened, 3, 2 * ARTICLES)).map(answersOf))
    expect(opened.snapshots.reads).toEqual(['read', 'read'])
    expect(after[1]).toEqual(after[0])
    expect(after[2]).toEqual(after[0])
    expect(after[0]).not.toEqual(before[0])
    expect(await answersOf(through((await answering(cache)).thread))).toEqual(after[0])
  })

  test('that are started again get what the others have, also where its files are gone', async () => {
    const opened = pool(2)
    const [one] = (await eachWith(opened, 2, ARTICLES)) as [SearchService]
    const { files } = await manifestOf('seg-1')
    for (const name of Object.keys(files)) rmSync(join(cache, 'seg-1', name))
    await one.search({ ...DEFAULT_REQUEST, q: 'end' }).catch(() => {})
    await eachWith(opened, 2, ARTICLES)
    expect(opened.ends).toHaveLength(1)
    expect(opened.snapshots).toMatchObject({ wants: 3, reads: ['read'] })
    expect(opened.events.filter(({ kind }) => kind !== 'loaded')).toEqual([])
  })
})

/** One that has begun to read a snapshot and says nothing. */
const silent: SnapshotTaker = { readSnapshot: () => {}, takeSnapshot: () => {} }

describe('a thread', () => {
  test('waits for one that reads, and reads for itself where that one fails', async () => {
    const snapshots = new CountedSnapshots()
    snapshots.want(silent, await nameOf('gen-1'))
    const { thread, opened } = talking(cache, { snapshots })
    await snapshots.until(() => snapshots.wants === 2)
    expect(thread.status).toBeUndefined()
    snapshots.wasRead(silent, undefined)
    await opened
    expect(snapshots.reads).toEqual(['failed', 'read'])
    expect(await answersOf(through(thread))).toEqual(await answersOf(through((await answering(cache)).thread)))
  })

  test('that waits can be closed; what it waited for goes to others', async () => {
    const snapshots = new CountedSnapshots()
    snapshots.want(silent, await nameOf('gen-1'))
    const gone = talking(cache, { snapshots })
    await snapshots.until(() => snapshots.wants === 2)
    const other = talking(cache, { snapshots })
    await snapshots.until(() => snapshots.wants === 3)
    gone.thread.close()
    await gone.closed
    gone.thread.end()
    snapshots.left(silent)
    await other.until(() => other.thread.status?.ready === true)
    expect(gone.thread.status).toBeUndefined()
    expect(other.thread.status?.articles).toBe(ARTICLES)
    expect(snapshots.reads).toEqual(['read'])
  })

  test('that ends while it reads lets the next one read', async () => {
    const snapshots = new CountedSnapshots()
    const one = talking(cache, { snapshots })
    await snapshots.until(() => snapshots.wants === 1)
    const other = talking(cache, { snapshots })
    one.thread.close()
    one.thread.end()
    await other.until(() => other.thread.status?.ready === true)
    expect(other.thread.status?.articles).toBe(ARTICLES)
    expect(other.events.map(({ kind }) => kind)).toEqual(['loaded'])
  })

  test('names a damaged file as one that shares nothing does, and so does the next one', async () => {
    const path = join(cache, 'seg-1', 'postings.bin')
    const bytes = readFileSync(path)
    bytes[100] = (bytes[100] as number) ^ 1
    writeFileSync(path, bytes)
    const { fingerprint } = analysedBy(NO_RULES)
    const { complaints } = await loadNewest(new Generations(cache), store, { fingerprint, storeId: store.id })
    expect(complaints.map(({ message }) => message)).toEqual([expect.stringContaining('postings.bin ist beschädigt')])
    const snapshots = new CountedSnapshots()
    const threads = [talking(cache, { snapshots }), talking(cache, { snapshots })]
    for (const { events, until } of threads) {
      await until(() => events.length > 0)
      expect(events[0]).toEqual({ kind: 'unsound', error: packError(complaints[0]) })
    }
    // each may try again meanwhile
    expect(snapshots.reads.length).toBeGreaterThanOrEqual(threads.length)
    expect(new Set(snapshots.reads)).toEqual(new Set(['failed']))
  })
})

test('what a thread is to read after it has given up is not read, which is said', async () => {
  const told: FromThread[] = []
  const asked = new AskedSnapshots((message) => told.push(message))
  const stop = new AbortController()
  const reading = asked.readFiles(await nameOf('gen-1'), [], stop.signal)
  stop.abort(new Error('fort'))
  await expect(reading).rejects.toThrow('fort')
  asked.toRead(new Map())
  asked.given(new Map())
  expect(told.map(({ kind }) => kind)).toEqual(['snapshot-wanted', 'snapshot-read'])
})

test('segments that are known are not read: their files may even be gone', async () => {
  const [name, folder, manifest] = [await nameOf('gen-1'), join(cache, 'seg-1'), await manifestOf('seg-1')]
  const known = await readFilesToShare(name, [{ folder, manifest }])
  const other = { folder: join(cache, 'seg-2'), manifest: { ...manifest, sha256: 'other', files: {} } }
  rmSync(folder, { recursive: true })
  const told: FromThread[] = []
  const asked = new AskedSnapshots((message) => told.push(message))
  const reading = asked.readFiles(name, [{ folder, manifest }, other])
  asked.toRead(new Map<string, SegmentFiles>([...known, ['of no use any more', new Map()]]))
  const files = await reading
  expect([...files.keys()].sort()).toEqual([manifest.sha256, 'other'].sort())
  expect(files.get(manifest.sha256)).toBe(known.get(manifest.sha256))
  expect(told.map(({ kind }) => kind)).toEqual(['snapshot-wanted', 'snapshot-read'])
  expect(told[1]).toMatchObject({ files })
})

test('files that are shared are those on the disk, in memory that threads can share', async () => {
  const [folder, manifest] = [join(cache, 'seg-1'), await manifestOf('seg-1')]
  const segments = await readFilesToShare(await nameOf('gen-1'), [{ folder, manifest }])
  const files = segments.get(manifest.sha256) ?? new Map<string, Uint8Array>()
  expect(segments.size).toBe(1)
  expect([...files.keys()]).toEqual(Object.keys(manifest.files))
  for (const [name, bytes] of files) {
    expect(bytes.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(readFileSync(join(folder, name)).equals(bytes), name).toBe(true)
  }
})
