import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createAnalyzer } from '../../src/analysis/analyzer.ts'
import type { Article } from '../../src/article/article.ts'
import { FundstelleError } from '../../src/errors.ts'
import { stateOf } from '../../src/index/engine-config.ts'
import { LiveIndex } from '../../src/index/live-index.ts'
import type { LiveEvent } from '../../src/index/live-options.ts'
import { DIRECT_CHANGES_MAX } from '../../src/index/snapshot/backlog.ts'
import { buildSnapshot } from '../../src/index/snapshot/catch-up.ts'
import { readCommit } from '../../src/index/snapshot/commit.ts'
import { Generations } from '../../src/index/snapshot/generations.ts'
import { NO_RULES } from '../../src/rules.ts'
import { ArticleStore } from '../../src/store/article-store.ts'
import { articleOf } from '../support/articles.ts'
import { hurryClock } from '../support/fast-time.ts'
import { temporaryFolder } from '../support/folders.ts'
import { analyzer, ask, askOf, comparable } from '../support/memory-index.ts'

let cache = ''
let store: ArticleStore
let events: LiveEvent[] = []
let wake: () => void = () => {}

beforeEach(() => {
  cache = temporaryFolder()
  store = ArticleStore.open(cache)
  const opened = store
  onTestFinished(() => opened.close())
  events = []
})

const build = async (): Promise<void> => {
  await buildSnapshot(cache, store, analyzer, 'probe')
}

async function open(
  options: { build?: () => Promise<void>; now?: () => number; signal?: AbortSignal } = {},
): Promise<LiveIndex> {
  const onEvent = (event: LiveEvent): void => {
    events.push(event)
    wake()
  }
  const live = await LiveIndex.open({ cache, config: { analyzer, fingerprint: 'probe' }, build, onEvent, ...options })
  onTestFinished(() => live.close())
  return live
}

/** Waits for the live index to tell something that makes `condition` true. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise<void>((resolve) => {
      wake = resolve
    })
  }
}

/** Holds everything back that is put in service, until it is let go. */
function holdSwaps(live: LiveIndex): { begun: Promise<void>; letGo: () => void } {
  const swap = live.engine.swap.bind(live.engine)
  let [begin, letGo] = [(): void => {}, (): void => {}]
  const begun = new Promise<void>((resolve) => {
    begin = resolve
  })
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  vi.spyOn(live.engine, 'swap').mockImplementation(async (...swapped) => {
    begin()
    await held
    return swap(...swapped)
  })
  onTestFinished(() => letGo())
  return { begun, letGo }
}

const kinds = (): string[] => events.map(({ kind }) => kind)
const put = (from: number, to: number, text = 'Haus'): void =>
  store.transaction(() => {
    for (let i = from; i < to; i++) store.put(articleOf({ id: `a${i}`, text: `${text} ${i}` }), null)
  })
const hits = async (live: LiveIndex, query: string): Promise<number> => (await ask(live.engine, query)).totalHits

describe('opening', () => {
  test('an empty cache is ready at once', async () => {
    const live = await open()
    expect(live).toMatchObject({ ready: true, articles: 0 })
    expect(kinds()).toEqual([])
  })

  test('a snapshot is loaded and brought up to date', async () => {
    put(0, 3)
    await build()
    put(3, 5)
    const live = await open()
    expect(live).toMatchObject({ ready: true, articles: 5 })
    expect(kinds()).toEqual(['loaded', 'updated'])
  })

  test('a large store without a snapshot is not ready until one is built', async () => {
    put(0, DIRECT_CHANGES_MAX + 1)
    const live = await open()
    expect(live.ready).toBe(false)
    expect(kinds()).toEqual(['rebuilding'])
    await until(() => kinds().includes('loaded'))
    expect(live).toMatchObject({ ready: true, articles: DIRECT_CHANGES_MAX + 1 })
  })

  test('a build that failed is tried again, so that no server stays unready', async () => {
    hurryClock()
    put(0, DIRECT_CHANGES_MAX + 1)
    let tries = 0
    const live = await open({
      build: async () => {
        tries += 1
        if (tries === 1) throw new FundstelleError('store_busy', { path: cache, seconds: 5 })
        await build()
      },
    })
    await until(() => kinds().includes('failed'))
    expect(live.ready).toBe(false)
    await until(() => kinds().includes('loaded'))
    expect(live.ready).toBe(true)
    expect(tries).toBe(2)
  })

  test('a build that fails again and again is repeated ever more seldom, and at once never', async () => {
    put(0, DIRECT_CHANGES_MAX + 1)
    let [nowMs, tries] = [0, 0]
    const live = await open({
      now: () => nowMs,
      build: async () => {
        tries += 1
        if (tries <= 10) throw new Error('no room')
        await build()
      },
    })
    const pauses: (number | undefined)[] = []
    for (let round = 1; round <= 10; round++) {
      await until(() => kinds().filter((kind) => kind === 'failed').length === round)
      const failed = events.findLast((event) => event.kind === 'failed')
      const pause = failed?.kind === 'failed' ? (failed.retryMs as number) : 0
      pauses.push(pause)
      nowMs += pause - 1
      for (let i = 0; i < 5; i++) await live.refresh()
      expect(tries).toBe(round)
      nowMs += 1
      await live.refresh()
      expect(tries).toBe(round + 1)
    }
    expect(pauses.map((ms = 0) => ms / 1000)).toEqual([3, 6, 12, 24, 48, 96, 192, 300, 300, 300])
    await until(() => kinds().includes('loaded'))
    expect(live).toMatchObject({ ready: true, articles: DIRECT_CHANGES_MAX + 1 })
    nowMs += 3_600_000
    await live.refresh()
    expect(tries).toBe(11)
  })

  test('a build whose snapshot cannot be used is repeated ever more seldom too', async () => {
    put(0, DIRECT_CHANGES_MAX + 1)
    let [nowMs, tries] = [0, 0]
    let building = Promise.resolve()
    const live = await open({
      now: () => nowMs,
      build() {
        tries += 1
        // as by a program that was replaced while this one is running
        building = buildSnapshot(cache, store, analyzer, tries <= 3 ? 'of another program' : 'probe').then(() => {})
        return building
      },
    })
    await building
    await live.refresh()
    const triedAt: number[] = [0]
    for (let second = 1; second <= 60 && !live.ready; second++) {
      nowMs += 1000
      const before = tries
      await live.refresh()
      await building
      // looks at what was built
      await live.refresh()
      if (tries > before) triedAt.push(second)
    }
    expect(live.ready).toBe(true)
    expect(triedAt).toEqual([0, 3, 9, 21])
  })

  test.each([5, DIRECT_CHANGES_MAX + 1])(
    'an unsound snapshot of %i articles is named, never served, and rebuilt',
    async (count) => {
      put(0, count)
      await build()
      for (const name of readdirSync(join(cache, 'seg-1'))) writeFileSync(join(cache, 'seg-1', name), 'kaputt')
      const live = await open()
      expect(kinds()[0]).toBe('unsound')
      expect(kinds()).toContain('rebuilding')
      expect(live.articles).toBe(count <= DIRECT_CHANGES_MAX ? count : 0)
      await until(() => kinds().includes('loaded'))
      expect([live.ready, live.articles, await hits(live, 'Haus')]).toEqual([true, count, count])
      expect(readdirSync(cache)).toContain('gen-2')
      await live.close()
      events = []
      await open()
      expect(kinds()).toEqual(['loaded'])
    },
  )
})

describe('opening that is given up', () => {
  test('ends with the reason, and names nothing as unsound or loaded', async () => {
    put(0, 3)
    await build()
    const stop = new AbortController()
    const opening = open({ signal: stop.signal })
    stop.abort()
    await expect(opening).rejects.toBe(stop.signal.reason)
    expect(kinds()).toEqual([])
  })
})

describe('changes by another connection', () => {
  test('few: they appear by themselves, applied to the index in service', async () => {
    const live = await open()
    put(0, 3)
    await until(() => live.articles === 3)
    store.transaction(() => store.put(articleOf({ id: 'a1', text: 'Boot' }), null))
    await until(() => kinds().filter((kind) => kind === 'updated').length === 2)
    expect([live.articles, await hits(live, 'Haus'), await hits(live, 'Boot')]).toEqual([3, 2, 1])
  })

  test('many: they arrive as a snapshot and are swapped in; until then nothing changes', async () => {
    put(0, 3)
    await build()
    const live = await open()
    const before = live.engine.index
    put(3, 3 + DIRECT_CHANGES_MAX + 1)
    await live.refresh()
    await live.refresh()
    expect(live.engine.index).toBe(before)
    expect(live.articles).toBe(3)
    await build()
    await until(() => live.articles === DIRECT_CHANGES_MAX + 4)
    expect(live.engine.index).not.toBe(before)
  })

  test('many beside a large index: their segment is joined onto the one that stays; single ones follow as ever', async () => {
    const large = 10 * DIRECT_CHANGES_MAX
    const sentence = 'ein Ufer, ein See und zwei Straßen mit vielen Bäumen, Tag und Nacht'
    put(0, large, `Haus, ${sentence}`)
    await build()
    const live = await open()
    put(large - 5, large + DIRECT_CHANGES_MAX, `Boot, ${sentence}`)
    await build()
    await until(() => live.articles === large + DIRECT_CHANGES_MAX)
    const { segments } = await readCommit(new Generations(cache).candidates()[0] as string)
    expect(segments.map(({ name, articles }) => [name, articles])).toEqual([
      ['seg-1', large - 5],
      ['seg-2', DIRECT_CHANGES_MAX + 5],
    ])
    expect([await hits(live, 'Haus'), await hits(live, 'Boot')]).toEqual([large - 5, DIRECT_CHANGES_MAX + 5])
    put(large, large + 1, 'Dach')
    put(0, 1, 'Dach')
    await live.refresh()
    expect(await Promise.all(['Haus', 'Boot', 'Dach'].map((query) => hits(live, query)))).toEqual([
      large - 6,
      DIRECT_CHANGES_MAX + 4,
      2,
    ])
  })

  test('many that nobody makes a snapshot of are built from here after a while', async () => {
    hurryClock()
    const live = await open()
    put(0, DIRECT_CHANGES_MAX + 1)
    await until(() => live.articles === DIRECT_CHANGES_MAX + 1)
    expect(kinds()).toEqual(['loaded'])
  })

  test('many whose snapshot is unsound: it is named once, and another is built', async () => {
    hurryClock()
    put(0, 3)
    await build()
    const live = await open()
    put(3, 3 + DIRECT_CHANGES_MAX + 1)
    await build()
    writeFileSync(join(cache, 'seg-2', 'forward.bin'), 'kaputt')
    await until(() => live.articles === DIRECT_CHANGES_MAX + 4)
    expect(kinds().filter((kind) => kind === 'unsound')).toHaveLength(1)
  })

  test('a new version of an article never makes it vanish in between', async () => {
    put(0, 3)
    await build()
    const live = await open()
    put(0, 1, 'Boot')
    put(3, 150)
    put(0, 1, 'Luft')
    let following = true
    const followed = live.refresh().finally(() => {
      following = false
    })
    while (following) {
      expect(await hits(live, 'Haus')).toBeGreaterThanOrEqual(2)
      expect((await ask(live.engine, '')).totalHits).toBeGreaterThanOrEqual(3)
      await setImmediate()
    }
    await followed
    expect([live.articles, await hits(live, 'Boot'), await hits(live, 'Luft')]).toEqual([150, 0, 1])
  })

  test('a cache folder that was moved away and made anew is the one that is served', async () => {
    put(0, 3)
    await build()
    const live = await open()
    renameSync(cache, `${cache}.alt`)
    onTestFinished(() => rmSync(`${cache}.alt`, { recursive: true }))
    await live.refresh()
    expect(await hits(live, 'Haus')).toBe(3)
    store.close()
    store = ArticleStore.open(cache)
    put(0, 1, 'Boot')
    await until(() => live.articles === 1)
    expect(await hits(live, 'Boot')).toBe(1)
    store.close()
  })

  test('a cache folder made anew that cannot be loaded at first leaves the one before in service, and comes later', async () => {
    put(0, 3)
    await build()
    const live = await open()
    renameSync(cache, `${cache}.alt`)
    onTestFinished(() => rmSync(`${cache}.alt`, { recursive: true }))
    store.close()
    store = ArticleStore.open(cache)
    const replacing = vi.spyOn(live.engine, 'swap').mockRejectedValueOnce(new Error('not now'))
    await expect(live.refresh()).rejects.toThrow('not now')
    expect(await hits(live, 'Haus')).toBe(3)
    put(0, 1, 'Boot')
    await live.refresh()
    expect([replacing.mock.calls.length, await hits(live, 'Boot'), live.articles]).toEqual([2, 1, 1])
    store.close()
  })

  test('tombstones are compacted away while serving', async () => {
    put(0, 10)
    await build()
    const live = await open()
    put(0, 5, 'Boot')
    await live.refresh()
    expect(live.engine.index.documents).toMatchObject({ size: 10, liveCount: 10 })
    expect([await hits(live, 'Haus'), await hits(live, 'Boot')]).toEqual([5, 5])
  })

  test('looking for them several times at once takes each in once', async () => {
    const live = await open()
    put(0, 150)
    await Promise.all([live.refresh(), live.refresh(), live.refresh()])
    expect(live.engine.index.documents).toMatchObject({ size: 150, liveCount: 150 })
  })
})

describe('searches while updates are taken over', () => {
  test('each answer is that of one state of the store, and names it', async () => {
    /** The living articles at each change of the store. */
    const states = new Map<number, readonly Article[]>([[0, []]])
    const liveDocs = new Map<string, Article>()
    const note = (): void => void states.set(store.seqNo, [...liveDocs.values()])
    const source = (id: string): number => store.files.save(`/${id}`, null)
    const putOne = (id: string, text: string): void => {
      const article = articleOf({ id, text })
      if (liveDocs.has(id)) liveDocs.delete(id)
      store.put(article, source(id))
      liveDocs.set(id, article)
      note()
    }
    const dropOne = (id: string): void => {
      store.removeOfSource(source(id))
      liveDocs.delete(id)
      note()
    }
    const round = (number: number, size: number): void =>
      store.transaction(() => {
        for (let i = 0; i < size; i++)
          putOne(`a${(number * 37 + i) % 600}`, `Haus ${number % 2 ? 'Boot' : 'Luft'} Fassung`)
        // only what was there before this round: came and gone in one is left out of the changes on purpose
        for (let i = 0; i < 5; i++) dropOne(`a${(number * 37 + size + i) % 600}`)
      })
    round(0, 50)
    await build()
    const live = await open()
    let searching = true
    const seen = new Map<string, number>()
    const hammer = (async () => {
      while (searching) {
        for (const query of ['Haus', 'Boot', 'Luft Boot', '']) {
          const answer = await ask(live.engine, query, { limit: 5 })
          const state = states.get(Number(answer.state.split('-')[0]))
          expect(state, answer.state).toBeDefined()
          const key = `${answer.state} ${query}`
          seen.set(key, (seen.get(key) ?? 0) + 1)
          if (seen.get(key) !== 1) continue
          expect(comparable(answer)).toEqual(comparable(await askOf(state as readonly Article[], query, { limit: 5 })))
        }
        await setImmediate()
      }
    })()
    for (let number = 1; number <= 8; number++) {
      const large = number % 4 === 0
      round(number, large ? 250 : 40)
      if (large) await build()
      await Promise.race([until(() => live.engine.index.seqNo === store.seqNo), hammer])
    }
    searching = false
    await hammer
    expect(live.articles).toBe(liveDocs.size)
    expect(new Set([...seen.keys()].map((key) => key.split(' ')[0])).size).toBeGreaterThan(8)
    expect(kinds()).toContain('loaded')
    expect(kinds()).not.toContain('failed')
  })
})

describe('closing', () => {
  test('waits for a build under way, and nothing is looked for afterwards', async () => {
    put(0, DIRECT_CHANGES_MAX + 1)
    let release: () => void = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const live = await open({ build: () => held.then(build) })
    let closed = false
    const closing = live.close().then(() => {
      closed = true
    })
    for (let i = 0; i < 20; i++) await setImmediate()
    expect(closed).toBe(false)
    release()
    await closing
    const told = events.length
    put(1000, 1003)
    await live.refresh()
    expect(events).toHaveLength(told)
  })

  test('begins no build any more, whatever asks for one', async () => {
    let builds = 0
    const live = await open({
      build: async () => {
        builds += 1
      },
    })
    const closing = live.close()
    live.reconfigure({ analyzer, fingerprint: 'other' })
    await closing
    live.reconfigure({ analyzer, fingerprint: 'another' })
    expect(builds).toBe(0)
  })

  test('gives up applying changes, and says of it nothing', async () => {
    await build()
    const live = await open()
    put(0, DIRECT_CHANGES_MAX)
    const looking = live.refresh()
    // long enough for it to begin
    await setImmediate()
    await live.close()
    await expect(looking).rejects.toMatchObject({ name: 'AbortError' })
    expect(kinds()).not.toContain('failed')
    expect(live.articles).toBeLessThan(DIRECT_CHANGES_MAX)
  })
})

describe('another way of reading', () => {
  const unsplit = createAnalyzer({ ...NO_RULES, unsplit: ['donaudampfschiffe'] })

  test('that indexes as before leaves the index in service', async () => {
    put(0, 3)
    const live = await open()
    const { index } = live.engine
    await live.reconfigure({ analyzer: createAnalyzer(), fingerprint: 'probe' })
    expect(live.engine.index).toBe(index)
    expect(kinds().filter((kind) => kind === 'rebuilding')).toEqual([])
  })

  test('that a snapshot was made by already is in force at once: nothing is built', async () => {
    store.transaction(() => store.put(articleOf({ id: 'a', text: 'Die Donaudampfschiffe sind fort.' }), null))
    await build()
    const live = await open({ build: () => Promise.reject(new Error('nothing is to be built here')) })
    expect(await hits(live, 'Dampf')).toBe(1)
    await buildSnapshot(cache, store, unsplit, 'other')
    await live.reconfigure({ analyzer: unsplit, fingerprint: 'other' })
    expect(await hits(live, 'Dampf')).toBe(0)
    expect(kinds()).toEqual(['loaded', 'loaded'])
  })

  test('that indexes otherwise comes with the next build; until then the one before answers', async () => {
    store.transaction(() => store.put(articleOf({ id: 'a', text: 'Die Donaudampfschiffe sind fort.' }), null))
    let [finish, way] = [(): void => {}, { analyzer, fingerprint: 'probe' }]
    const built = new Promise<void>((resolve) => {
      finish = resolve
    })
    await build()
    const live = await open({
      build: async () => {
        await built
        await buildSnapshot(cache, store, way.analyzer, way.fingerprint)
      },
    })
    expect(await hits(live, 'Dampf')).toBe(1)
    way = { analyzer: unsplit, fingerprint: 'other' }
    live.reconfigure(way)
    expect(live.config.fingerprint).toBe('probe')
    expect(await hits(live, 'Dampf')).toBe(1)
    const before = events.length
    finish()
    await until(() => events.slice(before).some(({ kind }) => kind === 'loaded'))
    expect(live.config.fingerprint).toBe('other')
    expect(await hits(live, 'Dampf')).toBe(0)
  })

  test('is that of the index in service at every moment, also while the next one is prepared', async () => {
    put(0, 3)
    await build()
    const other = { analyzer: unsplit, fingerprint: 'other' }
    const live = await open({
      build: async () => {
        await buildSnapshot(cache, store, other.analyzer, other.fingerprint)
      },
    })
    const { begun, letGo } = holdSwaps(live)
    await live.reconfigure(other)
    await begun
    expect(live.config.fingerprint).toBe('probe')
    expect(await live.engine.state()).toBe(stateOf(store.seqNo, store.id, { analyzer, fingerprint: 'probe' }))
    letGo()
    await until(() => kinds().filter((kind) => kind === 'loaded').length === 2)
    expect(live.config.fingerprint).toBe('other')
    expect(await live.engine.state()).toBe(stateOf(store.seqNo, store.id, other))
  })

  test('that is taken back while its index is put in service is made anew', async () => {
    put(0, 3)
    await build()
    const [first, other] = [
      { analyzer, fingerprint: 'probe' },
      { analyzer: unsplit, fingerprint: 'other' },
    ]
    let way = other
    const live = await open({
      build: async () => {
        await buildSnapshot(cache, store, way.analyzer, way.fingerprint)
      },
    })
    const { begun, letGo } = holdSwaps(live)
    await live.reconfigure(other)
    await begun
    way = first
    const rereading = live.reconfigure(first)
    letGo()
    await rereading
    await until(() => kinds().filter((kind) => kind === 'loaded').length === 3)
    expect(await live.engine.state()).toBe(stateOf(store.seqNo, store.id, first))
  })

  test('that fails while it is put in service comes with the next try', async () => {
    put(0, 3)
    await build()
    let nowMs = 0
    const live = await open({
      now: () => nowMs,
      build: async () => {
        await buildSnapshot(cache, store, unsplit, 'other')
      },
    })
    vi.spyOn(live.engine, 'swap').mockRejectedValueOnce(new Error('not now'))
    await live.reconfigure({ analyzer: unsplit, fingerprint: 'other' })
    await until(() => kinds().includes('failed'))
    expect(live.config.fingerprint).toBe('probe')
    nowMs += 3000
    await until(() => kinds().filter((kind) => kind === 'loaded').length === 2)
    expect(live.config.fingerprint).toBe('other')
  })

  test('that is taken back while it is being loaded does not come', async () => {
    put(0, 3)
    await build()
    let way = { analyzer, fingerprint: 'probe' }
    const live = await open({
      build: async () => {
        await buildSnapshot(cache, store, way.analyzer, way.fingerprint)
      },
    })
    const first = way
    way = { analyzer: unsplit, fingerprint: 'other' }
    live.reconfigure(way)
    const other = way
    // at whatever moment of taking over it is taken back
    for (let turns = 0; turns < 40; turns++) {
      const looking = live.refresh()
      for (let turn = 0; turn < turns; turn++) await setImmediate()
      // on a busy machine it may be over before: then there is nothing to take back
      if (live.config.fingerprint === 'other') {
        expect(turns).toBeGreaterThan(0)
        await looking
        break
      }
      way = first
      live.reconfigure(first)
      await looking
      expect(live.config.fingerprint).toBe('probe')
      way = other
      live.reconfigure(other)
    }
  })

  test('that cannot be built leaves the one before in force', async () => {
    put(0, 3)
    await build()
    const live = await open({ build: () => Promise.reject(new Error('no room')) })
    live.reconfigure({ analyzer: unsplit, fingerprint: 'other' })
    await until(() => kinds().includes('failed'))
    await live.refresh()
    expect(live.config.fingerprint).toBe('probe')
    expect(await hits(live, 'Haus')).toBe(3)
  })

  test('that cannot be built at the moment comes when it can', async () => {
    put(0, 3)
    await build()
    let [nowMs, tries] = [0, 0]
    const live = await open({
      now: () => nowMs,
      build: async () => {
        tries += 1
        if (tries === 1) throw new FundstelleError('store_busy', { path: cache, seconds: 5 })
        await buildSnapshot(cache, store, unsplit, 'other')
      },
    })
    live.reconfigure({ analyzer: unsplit, fingerprint: 'other' })
    await until(() => kinds().includes('failed'))
    await live.refresh()
    expect([tries, live.config.fingerprint]).toEqual([1, 'probe'])
    nowMs += 3000
    await until(() => live.config.fingerprint === 'other')
    expect(tries).toBe(2)
  })
})
