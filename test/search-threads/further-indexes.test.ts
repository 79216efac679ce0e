import { rmSync } from 'node:fs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { analysedBy } from '../../src/index/open-analysis.ts'
import { DIRECT_CHANGES_MAX } from '../../src/index/snapshot/backlog.ts'
import { buildSnapshot } from '../../src/index/snapshot/catch-up.ts'
import { NO_RULES, type Rules } from '../../src/rules.ts'
import type { DocumentAnswer } from '../../src/search/document-search.ts'
import { servicesBy } from '../../src/search-threads/called-services.ts'
import { FurtherIndexes, IDLE_MS, type IndexPlace, OPEN_INDEXES_MAX } from '../../src/search-threads/further-indexes.ts'
import { IndexPool } from '../../src/search-threads/index-pool.ts'
import type { ThreadEvent, ToThread } from '../../src/search-threads/messages.ts'
import { serveThread } from '../../src/search-threads/serve-thread.ts'
import { SharedSnapshots } from '../../src/search-threads/shared-snapshots.ts'
import { ArticleStore } from '../../src/store/article-store.ts'
import { articleOf } from '../support/articles.ts'
import { documentsAsked } from '../support/document-requests.ts'
import { temporaryFolder } from '../support/folders.ts'
import { ManualTimers } from '../support/manual-timers.ts'
import { PLAIN } from '../support/search-threads.ts'
import { openStore } from '../support/stores.ts'

const place = (folder: string, rules: Rules = NO_RULES): IndexPlace => ({ folder, rules })

/** A folder with articles; they come with their documents. */
function folderWith(...titles: string[]): string {
  const folder = temporaryFolder()
  const store = openStore(folder)
  put(store, ...titles)
  return folder
}

function put(store: ArticleStore, ...titles: string[]): void {
  store.transaction(() => {
    for (const title of titles) {
      const document = JSON.stringify({ id: title, title })
      store.putDocument({ ...articleOf({ id: title, title }), values: {}, document })
    }
  })
}

/** The other side of a thread: indexes are served in this one, as they are there. */
function thread() {
  const opened: string[] = []
  const post = (message: ToThread): void => {
    if (message.kind !== 'open') return
    opened.push(message.task.cache)
    const { port } = message
    serveThread(port, message.task).catch((error: Error) => {
      port.postMessage({ kind: 'ended', error: { message: error.message, stack: '' } })
      port.close()
    })
  }
  return { opened, post }
}

function furtherIndexes(build: (asked: IndexPlace) => Promise<void> = async () => {}) {
  const timers = new ManualTimers()
  const events: ThreadEvent[] = []
  const snapshots = new SharedSnapshots()
  const closed: number[] = []
  const { opened, post } = thread()
  const indexes = new FurtherIndexes(post, {
    ...{ answers: PLAIN, timeoutMs: 30_000, timers, build },
    onEvent: (_, event) => events.push(event),
    onClosed: () => closed.push(timers.now()),
    snapshots: () => snapshots,
  })
  onTestFinished(() => indexes.closeAll())
  const search = async (where: IndexPlace, q = ''): Promise<unknown[]> => {
    const { hits } = (await (
      await indexes.of(where)
    ).call('searchDocuments', [documentsAsked({ q })], null)) as DocumentAnswer
    return hits.map(({ id }) => id)
  }
  return { indexes, timers, events, opened, closed, search }
}

describe('the indexes of a thread beside its main one', () => {
  test('are opened when they are asked for, and once', async () => {
    const [one, other] = [place(folderWith('Haus', 'Ufer')), place(folderWith('Boot'))]
    const { opened, search, indexes } = furtherIndexes()
    expect(opened).toEqual([])
    expect(await search(one)).toEqual(['Haus', 'Ufer'])
    expect(await search(one, 'Häuser')).toEqual(['Haus'])
    expect(await search(other)).toEqual(['Boot'])
    expect(opened).toEqual([one.folder, other.folder])
    expect(indexes.has(one.folder)).toBe(true)
    expect(indexes.load).toBe(0)
  })

  test('an empty folder has no documents', async () => {
    const { search } = furtherIndexes()
    expect(await search(place(temporaryFolder()))).toEqual([])
  })

  test('find what was stored before they are asked, be it by another connection a moment ago', async () => {
    const folder = folderWith('Haus')
    const { search } = furtherIndexes()
    expect(await search(place(folder))).toEqual(['Haus'])
    const store = openStore(folder)
    for (let i = 0; i < 20; i++) {
      put(store, `Boot ${i}`)
      expect(await search(place(folder), `"Boot ${i}"`)).toEqual([`Boot ${i}`])
    }
  })

  test('find more than is taken in by itself, where whoever wrote it left a snapshot', async () => {
    const folder = folderWith('Haus')
    const { search } = furtherIndexes()
    expect(await search(place(folder))).toEqual(['Haus'])
    const store = openStore(folder)
    put(store, ...Array.from({ length: DIRECT_CHANGES_MAX + 1 }, (_, i) => `Boot ${i}`))
    const { analyzer, fingerprint } = analysedBy(NO_RULES)
    await buildSnapshot(folder, store, analyzer, fingerprint)
    expect(await search(place(folder), '"Boot 7"')).toEqual(['Boot 7'])
  })

  test('are built where there is no snapshot of a large store; the first call waits for it', async () => {
    const folder = folderWith(...Array.from({ length: DIRECT_CHANGES_MAX + 1 }, (_, i) => `Boot ${i}`))
    const built: IndexPlace[] = []
    const { search } = furtherIndexes(async (asked) => {
      built.push(asked)
      const store = ArticleStore.open(folder)
      const { analyzer, fingerprint } = analysedBy(asked.rules)
      await buildSnapshot(folder, store, analyzer, fingerprint)
      store.close()
    })
    expect(await search(place(folder), '"Boot 7"')).toEqual(['Boot 7'])
    expect(built).toEqual([place(folder)])
  })

  test('are read by the rules they are asked with', async () => {
    const folder = folderWith('Schiff', 'Haus')
    const { search, opened } = furtherIndexes()
    expect(await search(place(folder), 'Boot')).toEqual([])
    const rules = { ...NO_RULES, synonyms: [{ from: ['Boot'], to: ['Schiff'] }] }
    expect(await search(place(folder, rules), 'Boot')).toEqual(['Schiff'])
    expect(await search(place(folder, structuredClone(rules)), 'Boot')).toEqual(['Schiff'])
    expect(await search(place(folder), 'Boot')).toEqual([])
    expect(opened).toEqual([folder])
  })

  test('are closed when nobody has asked for a minute, and opened again', async () => {
    const [one, other] = [place(folderWith('Haus')), place(folderWith('Boot'))]
    const { search, timers, indexes, opened, closed } = furtherIndexes()
    await search(one)
    await search(other)
    await timers.advance(IDLE_MS / 2)
    await search(other)
    await timers.advance(IDLE_MS * 0.8)
    expect(indexes.folders).toEqual([other.folder])
    await timers.advance(IDLE_MS)
    expect(indexes.folders).toEqual([])
    expect(timers.pending).toEqual([])
    while (closed.length < 2) await new Promise((resolve) => setImmediate(resolve))
    expect(await search(one)).toEqual(['Haus'])
    expect(opened).toEqual([one.folder, other.folder, one.folder])
  })

  test('of too many that are open those are closed that nobody has asked for longest', async () => {
    const { search, indexes } = furtherIndexes()
    const places = Array.from({ length: OPEN_INDEXES_MAX + 2 }, () => place(temporaryFolder()))
    for (const one of places.slice(0, OPEN_INDEXES_MAX)) await search(one)
    await search(places[0] as IndexPlace)
    await search(places[OPEN_INDEXES_MAX] as IndexPlace)
    await search(places[OPEN_INDEXES_MAX + 1] as IndexPlace)
    expect(indexes.folders).toHaveLength(OPEN_INDEXES_MAX)
    expect(indexes.has(places[0]?.folder ?? '')).toBe(true)
    expect(indexes.has(places[1]?.folder ?? '')).toBe(false)
    expect(indexes.has(places[2]?.folder ?? '')).toBe(false)
  }, 60_000)

  test('one that is closed has none of its files open, so its folder may go', async () => {
    const folder = temporaryFolder()
    const store = ArticleStore.open(folder)
    put(store, 'Haus')
    store.close()
    const { search, indexes } = furtherIndexes()
    expect(await search(place(folder))).toEqual(['Haus'])
    await indexes.close(folder)
    await indexes.close(folder)
    expect(indexes.has(folder)).toBe(false)
    rmSync(folder, { recursive: true })
    expect(await search(place(folder))).toEqual([])
  })

  test('one that cannot be opened fails by itself; the next call tries again', async () => {
    const folder = temporaryFolder()
    const path = `${folder}/unter`
    const { writeFileSync } = await import('node:fs')
    writeFileSync(path, 'kein Ordner')
    const { search } = furtherIndexes()
    await expect(search(place(path))).rejects.toThrow()
    rmSync(path)
    expect(await search(place(path))).toEqual([])
  })

  test('end with their thread: what is pending is refused', async () => {
    const { indexes } = furtherIndexes()
    const opened = await indexes.of(place(folderWith('Haus')))
    const pending = opened.call('searchDocuments', [documentsAsked()], null).catch((error: unknown) => error)
    indexes.end()
    expect(await pending).toMatchObject({ code: 'engine_unavailable' })
    expect(indexes.folders).toEqual([])
  })
})

describe('several threads', () => {
  function pool() {
    const timers = new ManualTimers()
    const builds: string[] = []
    const stop = new AbortController()
    const opened = new IndexPool({
      ...{ answers: PLAIN, timeoutMs: 30_000, timers, signal: stop.signal },
      onEvent: () => {},
      build: async ({ folder }) => {
        builds.push(folder)
        const store = ArticleStore.open(folder)
        const { analyzer, fingerprint } = analysedBy(NO_RULES)
        await buildSnapshot(folder, store, analyzer, fingerprint)
        store.close()
      },
    })
    const threads = [thread(), thread()]
    const load = [0, 0]
    for (const [at, { post }] of threads.entries()) {
      const indexes = opened.join(at, { postMessage: post as (message: unknown) => void }, () => load[at] as number)
      onTestFinished(() => indexes.closeAll())
    }
    const searchIn = (folder: string) => servicesBy((...call) => opened.call(place(folder), ...call))
    return { opened, threads, load, searchIn, builds }
  }

  test('an index stays in the thread that has it open, unless that has much more to do', async () => {
    const { threads, load, searchIn } = pool()
    const folder = folderWith('Haus')
    for (let i = 0; i < 3; i++) await searchIn(folder).document('Haus', null)
    const [first, second] = threads as unknown as [{ opened: string[] }, { opened: string[] }]
    expect([first.opened, second.opened]).toEqual([[folder], []])
    load[0] = 5
    expect(await searchIn(folder).document('Haus', ['title'])).toBe('{"title":"Haus"}')
    expect(second.opened).toEqual([folder])
  })

  test('share a build', async () => {
    const { searchIn, builds, load } = pool()
    const folder = folderWith(...Array.from({ length: DIRECT_CHANGES_MAX + 1 }, (_, i) => `Boot ${i}`))
    const asked = searchIn(folder).searchDocuments(documentsAsked({ q: '"Boot 7"' }))
    load[0] = 5
    const also = searchIn(folder).searchDocuments(documentsAsked({ q: '"Boot 8"' }))
    expect((await asked).totalHits).toBe(1)
    expect((await also).totalHits).toBe(1)
    expect(builds).toEqual([folder])
  })

  test('one that has ended is asked no more; without any there is no answer yet', async () => {
    const { opened, searchIn, threads } = pool()
    const folder = folderWith('Haus')
    await searchIn(folder).document('Haus', null)
    opened.leave(0)
    expect(await searchIn(folder).document('Haus', null)).toBeDefined()
    expect(threads[1]?.opened).toEqual([folder])
    opened.leave(1)
    await expect(searchIn(folder).document('Haus', null)).rejects.toMatchObject({ code: 'not_ready' })
  })

  test('an index is closed in all of them', async () => {
    const { opened, searchIn, load, threads } = pool()
    const folder = folderWith('Haus')
    await searchIn(folder).document('Haus', null)
    load[0] = 5
    await searchIn(folder).document('Haus', null)
    await opened.close(folder)
    expect(opened.loadOf(0) + opened.loadOf(1)).toBe(0)
    load[0] = 0
    await searchIn(folder).document('Haus', null)
    expect(threads.map((one) => one.opened.length)).toEqual([2, 1])
  })
})
