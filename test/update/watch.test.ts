import { getEventListeners } from 'node:events'
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { FundstelleError } from '../../src/errors.ts'
import { withWriterLock } from '../../src/store/writer-lock.ts'
import type { FolderEvents, OpenFolders } from '../../src/update/open-folders.ts'
import type { UpdateOptions } from '../../src/update/options.ts'
import type { UpdateReport } from '../../src/update/report.ts'
import { update } from '../../src/update/update.ts'
import { type Watch, type WatchParts, watch } from '../../src/update/watch.ts'
import { fastTimers, hurryClock } from '../support/fast-time.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { ManualTimers, settled } from '../support/manual-timers.ts'
import { articlesIn, jsonl, optionsFor } from '../support/updating.ts'

let root = ''
let cache = ''
let reports: UpdateReport[] = []
let news: (readonly string[])[] = []
let errors: unknown[] = []
let wake: () => void = () => {}

beforeEach(() => {
  root = temporaryFolder()
  cache = temporaryFolder()
  reports = []
  news = []
  errors = []
})

async function start(...paths: readonly string[]): Promise<Watch> {
  return startWith({}, {}, ...paths)
}

async function startWith(
  options: Partial<UpdateOptions>,
  parts: WatchParts,
  ...paths: readonly string[]
): Promise<Watch> {
  const watching = await watch(
    optionsFor(cache, paths.length === 0 ? [root] : paths, options),
    (report, refusals) => {
      reports.push(report)
      news.push(refusals.map(({ line }) => String(line)))
      wake()
    },
    (error) => {
      errors.push(error)
      wake()
    },
    parts,
  )
  onTestFinished(() => watching.close())
  return watching
}

/** Waits for a report of this kind. */
async function report(isIt: (report: UpdateReport) => boolean): Promise<void> {
  while (!reports.some(isIt)) await woken()
}

/** Waits for reports until the cache holds just these articles. */
async function until(articles: Readonly<Record<string, string>>): Promise<void> {
  while (JSON.stringify(articlesIn(cache)) !== JSON.stringify(articles)) await woken()
}

/** Resolves with the next report or error. */
const woken = (): Promise<void> =>
  new Promise((resolve) => {
    wake = resolve
  })

async function error(isIt: (error: FundstelleError) => boolean): Promise<void> {
  while (!errors.some((error) => error instanceof FundstelleError && isIt(error))) await woken()
}

describe('watch', () => {
  test('has everything when it begins, then takes in what is added, changed, renamed and removed', async () => {
    writeFiles(root, { 'a.txt': 'A\n\n1' })
    await start()
    expect(reports).toMatchObject([{ added: 1 }])
    expect(articlesIn(cache)).toEqual({ 'a.txt': '1' })
    writeFiles(root, { 'neu/tief/b.txt': 'B\n\n1' })
    await until({ 'a.txt': '1', 'neu/tief/b.txt': '1' })
    writeFiles(root, { 'a.txt': 'A\n\n2' })
    await until({ 'a.txt': '2', 'neu/tief/b.txt': '1' })
    renameSync(join(root, 'a.txt'), join(root, 'c.txt'))
    await until({ 'c.txt': '2', 'neu/tief/b.txt': '1' })
    rmSync(join(root, 'neu'), { recursive: true })
    await until({ 'c.txt': '2' })
    expect(errors).toEqual([])
  })

  test('a refusal is told once, and again only when it has come back', async () => {
    writeFiles(root, { 'a.txt': 'A\n\n1', 'b.jsonl': 'kaputt' })
    await start()
    writeFiles(root, { 'a.txt': 'A\n\n2', 'b.jsonl': 'kaputt\nauch' })
    await until({ 'a.txt': '2' })
    writeFiles(root, { 'a.txt': 'A\n\n3', 'b.jsonl': '' })
    await until({ 'a.txt': '3' })
    writeFiles(root, { 'a.txt': 'A\n\n4', 'b.jsonl': 'kaputt' })
    await until({ 'a.txt': '4' })
    expect(news.filter((lines) => lines.length > 0)).toEqual([['1'], ['2'], ['1']])
  })

  test('a single file is watched too', async () => {
    writeFiles(root, { 'a.jsonl': jsonl({ x: '1' }), 'b.txt': 'B' })
    await start(join(root, 'a.jsonl'))
    writeFiles(root, { 'a.jsonl': jsonl({ x: '2', y: '3' }) })
    await until({ x: '2', y: '3' })
  })

  test('so is a folder behind a link', async () => {
    writeFiles(root, { 'echt/a.txt': 'A\n\n1' })
    symlinkSync(join(root, 'echt'), join(root, 'link'))
    await start(join(root, 'link'))
    writeFiles(root, { 'echt/a.txt': 'A\n\n2' })
    await until({ 'a.txt': '2' })
    writeFiles(root, { 'echt/a.txt': 'A\n\n3' })
    await until({ 'a.txt': '3' })
  })

  test('a folder that vanishes is told of and keeps its articles; the others, and it when it comes back, are watched on', async () => {
    writeFiles(root, { 'a/a.txt': 'A\n\n1', 'b/b.txt': 'B\n\n1' })
    await start(join(root, 'a'), join(root, 'b'))
    // in one step: while a folder is emptied its articles leave one by one
    renameSync(join(root, 'a'), join(root, 'weg'))
    await report(({ refusals }) => refusals[0]?.error.code === 'path_vanished')
    writeFiles(root, { 'b/b.txt': 'B\n\n2' })
    await until({ 'a.txt': '1', 'b.txt': '2' })
    writeFiles(root, { 'neu/neu.txt': 'A\n\n1' })
    renameSync(join(root, 'neu'), join(root, 'a'))
    await until({ 'b.txt': '2', 'neu.txt': '1' })
    writeFiles(root, { 'a/neu.txt': 'A\n\n2' })
    await until({ 'b.txt': '2', 'neu.txt': '2' })
    expect(errors).toEqual([])
  })

  test('a link that is turned elsewhere is followed there', async () => {
    writeFiles(root, { 'v1/a.txt': 'A\n\n1', 'v2/a.txt': 'A\n\n2' })
    symlinkSync(join(root, 'v1'), join(root, 'aktuell'))
    await start(join(root, 'aktuell'))
    symlinkSync(join(root, 'v2'), join(root, 'neu'))
    renameSync(join(root, 'neu'), join(root, 'aktuell'))
    await until({ 'a.txt': '2' })
    writeFiles(root, { 'v2/a.txt': 'A\n\n3' })
    await until({ 'a.txt': '3' })
    expect(errors).toEqual([])
  })

  test('changes that come while an update runs are not lost', async () => {
    writeFiles(root, { 'a.txt': 'A\n\n0' })
    await start()
    for (let round = 1; round <= 20; round++) {
      writeFiles(root, { 'a.txt': `A\n\n${round}` })
      await new Promise((resolve) => setImmediate(resolve))
    }
    await until({ 'a.txt': '20' })
  })

  test('a writer in its way is told of, and the change taken in afterwards', async () => {
    hurryClock()
    writeFiles(root, { 'a.txt': 'A\n\n1' })
    await startWith({}, { timers: fastTimers })
    await withWriterLock(cache, async () => {
      writeFiles(root, { 'a.txt': 'A\n\n2' })
      while (errors.length === 0) await woken()
    })
    expect(errors[0]).toMatchObject({ code: 'store_busy' })
    await until({ 'a.txt': '2' })
  })

  test('closing waits for an update under way and ends the watching', async () => {
    writeFiles(root, { 'a.txt': 'A\n\n1' })
    const watching = await start()
    await watching.close()
    // another one that began later takes the change in: so would this one have done, had it gone on
    const later = await watch(
      optionsFor(cache, [root]),
      () => wake(),
      (error) => errors.push(error),
    )
    onTestFinished(() => later.close())
    const before = reports.length
    writeFiles(root, { 'a.txt': 'A\n\n2' })
    await until({ 'a.txt': '2' })
    expect(reports).toHaveLength(before)
    await watching.close()
  })

  test('a PATH that does not exist ends it before it began', async () => {
    await expect(start(join(root, 'fehlt'))).rejects.toMatchObject({ code: 'path_not_found' })
    expect(reports).toEqual([])
  })
})

/** What can become of a PATH, and how it is told: by an error, or by the report of the update that follows. */
const AWAY: readonly {
  readonly what: string
  readonly take: (path: string) => void
  readonly giveBack: (path: string) => void
  readonly told: 'path_vanished' | 'watch_path_unreadable'
}[] = [
  {
    what: 'moved away',
    take: (path) => renameSync(path, `${path}.weg`),
    giveBack: (path) => renameSync(`${path}.weg`, path),
    told: 'path_vanished',
  },
  {
    what: 'replaced by a file',
    take(path) {
      renameSync(path, `${path}.weg`)
      writeFileSync(path, 'eine Datei')
    },
    giveBack(path) {
      rmSync(path)
      renameSync(`${path}.weg`, path)
    },
    told: 'path_vanished',
  },
  {
    what: 'replaced by a link to itself',
    take(path) {
      renameSync(path, `${path}.weg`)
      symlinkSync(path, path)
    },
    giveBack(path) {
      rmSync(path)
      renameSync(`${path}.weg`, path)
    },
    told: 'watch_path_unreadable',
  },
  {
    what: 'replaced by a loop of links',
    take(path) {
      renameSync(path, `${path}.weg`)
      symlinkSync(`${path}.b`, path)
      symlinkSync(path, `${path}.b`)
    },
    giveBack(path) {
      rmSync(path)
      rmSync(`${path}.b`)
      renameSync(`${path}.weg`, path)
    },
    told: 'watch_path_unreadable',
  },
  {
    what: 'behind a folder that has become a file',
    take(path) {
      renameSync(join(path, '..'), join(path, '..', '..', 'weg'))
      writeFileSync(join(path, '..'), 'eine Datei')
    },
    giveBack(path) {
      rmSync(join(path, '..'))
      renameSync(join(path, '..', '..', 'weg'), join(path, '..'))
    },
    told: 'path_vanished',
  },
  {
    what: 'behind a folder that has become a link to itself',
    take(path) {
      renameSync(join(path, '..'), join(path, '..', '..', 'weg'))
      symlinkSync(join(path, '..'), join(path, '..'))
    },
    giveBack(path) {
      rmSync(join(path, '..'))
      renameSync(join(path, '..', '..', 'weg'), join(path, '..'))
    },
    told: 'watch_path_unreadable',
  },
]

describe('a PATH that is', () => {
  const FAST: WatchParts = { timers: fastTimers, lookMs: 25 }

  test.each(AWAY)('$what: its articles stay, it is told of once, and watched on when it is back', async (away) => {
    const { take, giveBack, told } = away
    writeFiles(root, { 'oben/artikel/a.txt': 'A\n\n1', 'andere/b.txt': 'B\n\n1' })
    const path = join(root, 'oben', 'artikel')
    await startWith({}, FAST, path, join(root, 'andere'))
    for (const round of [2, 4]) {
      take(path)
      if (told === 'watch_path_unreadable') await error(({ code }) => code === told)
      await report(({ refusals }) => refusals[0]?.error.code === 'path_vanished')
      // an update or two later they are still there, and the others are watched
      writeFiles(root, { 'andere/b.txt': `B\n\n${round}` })
      await until({ 'a.txt': `${round - 1}`, 'b.txt': `${round}` })
      const after = round + 1
      giveBack(path)
      // nothing is changed in it before it is being watched again: its own return is a change
      const before = reports.length
      while (reports.slice(before).at(-1)?.refusals.length !== 0) await woken()
      writeFiles(root, { 'oben/artikel/a.txt': `A\n\n${after}` })
      await until({ 'a.txt': `${after}`, 'b.txt': `${round}` })
      if (told === 'watch_path_unreadable') {
        const unreadable = errors.filter((error) => (error as FundstelleError).code === told)
        expect(unreadable).toHaveLength(1)
        expect(String(unreadable[0])).toContain('ELOOP')
      } else expect(errors).toEqual([])
      errors = []
      reports = []
    }
  })

  test('away for a moment only, and changed meanwhile, is taken in', async () => {
    writeFiles(root, { 'artikel/a.txt': 'A\n\n1' })
    const path = join(root, 'artikel')
    await startWith({}, FAST, path)
    for (let round = 2; round <= 5; round++) {
      renameSync(path, `${path}.weg`)
      mkdirSync(path)
      writeFiles(path, { 'a.txt': `A\n\n${round}` })
      await until({ 'a.txt': `${round}` })
      rmSync(`${path}.weg`, { recursive: true })
    }
  })
})

describe('updates', () => {
  /** An update that ends when the test says so; counts what is under way. */
  function controlled() {
    const runs: {
      readonly end: () => void
      readonly fail: (error: unknown) => void
      readonly options: UpdateOptions
    }[] = []
    const counts = { underWay: 0, underWayMax: 0 }
    let first = true
    const slow: typeof update = async (options) => {
      if (first) {
        first = false
        return update(options)
      }
      counts.underWay += 1
      counts.underWayMax = Math.max(counts.underWayMax, counts.underWay)
      try {
        await new Promise<void>((resolve, reject) => {
          options.signal?.addEventListener('abort', () => reject(options.signal?.reason))
          runs.push({ end: resolve, fail: reject, options })
          wake()
        })
        return await update(options)
      } finally {
        counts.underWay -= 1
      }
    }
    const begun = async (count: number): Promise<void> => {
      while (runs.length < count) await woken()
    }
    return { runs, counts, slow, begun }
  }

  /** Changes and time come from the test. */
  function told() {
    const timers = new ManualTimers()
    let change: () => void = () => {}
    const openFolders: OpenFolders = (_targets, events) => {
      change = events.change
      events.ready()
      return { close: async () => {} }
    }
    return { timers, openFolders, change: () => change() }
  }

  /** Resolves when there are so many reports. */
  async function reported(count: number): Promise<void> {
    while (reports.length < count) await woken()
    await settled()
  }

  test.each([1, 2, 50])('%i changes while one runs lead to exactly one more, which sees them all', async (count) => {
    writeFiles(root, { 'a.txt': 'A\n\n0' })
    const { slow, runs, counts } = controlled()
    const { timers, openFolders, change } = told()
    await startWith({}, { update: slow, openFolders, timers })
    change()
    await timers.advance(150)
    expect(runs).toHaveLength(1)
    for (let i = 1; i <= count; i++) {
      writeFiles(root, { 'a.txt': `A\n\n${i}` })
      change()
      await timers.advance(200)
    }
    expect(runs).toHaveLength(1)
    runs[0]?.end()
    await reported(2)
    await timers.advance(150)
    expect(runs).toHaveLength(2)
    // one that comes when the second has begun is not answered by that one
    change()
    runs[1]?.end()
    await reported(3)
    await timers.advance(150)
    expect(runs).toHaveLength(3)
    runs[2]?.end()
    await reported(4)
    expect(articlesIn(cache)).toEqual({ 'a.txt': `${count}` })
    await timers.advance(3_600_000)
    expect([runs.length, counts.underWayMax, timers.pending]).toEqual([3, 1, []])
  })

  test('many changes close together lead to one, 150 ms after the first of them', async () => {
    writeFiles(root, { 'a.txt': 'A\n\n0' })
    const { slow, runs } = controlled()
    const { timers, openFolders, change } = told()
    await startWith({}, { update: slow, openFolders, timers })
    for (let i = 0; i < 15; i++) {
      change()
      expect([runs.length, timers.pending]).toEqual([0, [150 - i * 10]])
      await timers.advance(10)
    }
    expect([runs.length, timers.pending]).toEqual([1, []])
    runs[0]?.end()
    await reported(2)
    await timers.advance(3_600_000)
    expect(runs).toHaveLength(1)
  })

  test('changes in the first one lead to exactly one more', async () => {
    writeFiles(root, { 'a.txt': 'A\n\n0' })
    const { timers, openFolders, change } = told()
    let runs = 0
    const changing: typeof update = (options) => {
      runs += 1
      if (runs === 1) for (let i = 0; i < 10; i++) change()
      return update(options)
    }
    await startWith({}, { update: changing, openFolders, timers })
    expect(runs).toBe(1)
    await timers.advance(150)
    await reported(2)
    await timers.advance(3_600_000)
    expect(runs).toBe(2)
  })

  test('each change on the disk that falls between two is taken in by one, and none comes out of nothing', async () => {
    writeFiles(root, { 'a.txt': 'A\n\n0' })
    const { slow, runs, begun } = controlled()
    await startWith({}, { update: slow })
    for (let round = 0; round < 4; round++) {
      writeFiles(root, { 'a.txt': `A\n\n${round + 1}` })
      await begun(round + 1)
      runs[round]?.end()
      await reported(round + 2)
      expect(articlesIn(cache)).toEqual({ 'a.txt': `${round + 1}` })
    }
    expect(runs).toHaveLength(4)
  })

  test('one that fails is told of once and repeated by itself, ever more seldom, whatever changes meanwhile', async () => {
    writeFiles(root, { 'a.txt': 'A\n\n0' })
    const { slow, runs } = controlled()
    const { timers, openFolders, change } = told()
    await startWith({}, { update: slow, openFolders, timers })
    writeFiles(root, { 'a.txt': 'A\n\n1' })
    change()
    await timers.advance(150)
    const broken = new FundstelleError('cache_unwritable', { path: cache, reason: 'EIO' })
    const pauses: (number | undefined)[] = []
    for (let round = 0; round < 8; round++) {
      runs[round]?.fail(broken)
      await settled()
      for (let i = 0; i < 10; i++) change()
      expect(timers.pending).toHaveLength(1)
      const [pause = 0] = timers.pending
      pauses.push(pause)
      await timers.advance(pause)
      expect(runs).toHaveLength(round + 2)
    }
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000])
    runs[8]?.end()
    await reported(2)
    expect(articlesIn(cache)).toEqual({ 'a.txt': '1' })
    expect(errors).toEqual([broken])
    expect(timers.pending).toEqual([])
    // and then a failure is news again
    change()
    await timers.advance(150)
    runs[9]?.fail(broken)
    await settled()
    expect([errors.length, timers.pending]).toEqual([2, [1000]])
  })

  test('none comes before the first one, however long the folders take and whatever changes meanwhile', async () => {
    writeFiles(root, { 'a.txt': 'A' })
    const timers = new ManualTimers()
    const begun: string[] = []
    let events: FolderEvents | undefined
    const starting = startWith(
      {},
      {
        timers,
        update(options) {
          begun.push(options.snapshot)
          return update(options)
        },
        openFolders(_targets, opened) {
          events = opened
          return { close: async () => {} }
        },
      },
    )
    await settled()
    events?.change()
    await timers.advance(1000)
    expect(begun).toEqual([])
    events?.ready()
    await starting
    await timers.advance(1000)
    expect(begun).toEqual(['always'])
  })

  test('none follows when the signal was aborted, though nobody has closed it yet', async () => {
    writeFiles(root, { 'a.txt': 'A' })
    const controller = new AbortController()
    const { slow, runs } = controlled()
    const { timers, openFolders, change } = told()
    await startWith({ signal: controller.signal }, { update: slow, openFolders, timers })
    change()
    controller.abort()
    change()
    await timers.advance(1000)
    expect([runs.length, errors]).toEqual([0, []])
  })

  test('closing ends the one under way and begins none that waits', async () => {
    writeFiles(root, { 'a.txt': 'A\n\n0' })
    const { slow, runs } = controlled()
    const { timers, openFolders, change } = told()
    const watching = await startWith({}, { update: slow, openFolders, timers })
    change()
    await timers.advance(150)
    const signal = runs[0]?.options.signal
    for (let i = 0; i < 40; i++) change()
    expect(signal?.aborted).toBe(false)
    await watching.close()
    expect(signal?.aborted).toBe(true)
    await timers.advance(3_600_000)
    change()
    expect([runs.length, timers.pending, reports.length, errors]).toEqual([1, [], 1, []])
  })
})

describe('a signal', () => {
  test('aborted in the first update ends it after the file that is being read, and nothing is watched', async () => {
    writeFiles(root, Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`${i}.txt`, `A\n\n${i}`])))
    const controller = new AbortController()
    const begun: string[] = []
    const starting = startWith(
      {
        signal: controller.signal,
        onProgress: ({ phase }) => {
          begun.push(phase)
          controller.abort()
        },
      },
      {},
    )
    await expect(starting).rejects.toMatchObject({ code: 'stopped' })
    expect(begun).toEqual(['read'])
    expect(Object.keys(articlesIn(cache))).toHaveLength(100)
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
  })

  test('aborted later ends the update under way; what one file that changes all the time has asked for comes no more', async () => {
    const controller = new AbortController()
    let [runs, readAfter] = [0, 0]
    const counting: typeof update = (options) => {
      runs += 1
      return update({
        ...options,
        onProgress: ({ phase }) => {
          writeFiles(root, { 'laufend.txt': `A\n\n${performance.now()}` })
          if (controller.signal.aborted && phase === 'read') readAfter += 1
          if (runs === 2) controller.abort()
        },
      })
    }
    const watching = await startWith({ signal: controller.signal }, { update: counting })
    writeFiles(root, Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [`neu/${i}.txt`, `A\n\n${i}`])))
    await new Promise<void>((resolve) => controller.signal.addEventListener('abort', () => resolve()))
    await watching.close()
    expect([runs, readAfter]).toEqual([2, 0])
    expect(Object.keys(articlesIn(cache)).length).toBeLessThan(1500)
    expect(errors).toEqual([])
    // nothing is lost by it
    await update(optionsFor(cache, [root]))
    expect(Object.keys(articlesIn(cache))).toHaveLength(1501)
  })

  test('leaves no listener behind on a signal that lives on', async () => {
    const controller = new AbortController()
    writeFiles(root, { 'a.txt': 'A' })
    for (let round = 0; round < 5; round++) {
      const watching = await startWith({ signal: controller.signal }, {})
      expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1)
      await watching.close()
      expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
    }
  })
})
