import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { FundstelleError } from '../../src/errors.ts'
import type { FolderEvents } from '../../src/update/open-folders.ts'
import type { PathCalls } from '../../src/update/path-state.ts'
import { TellOnce } from '../../src/update/tell-once.ts'
import { WatchedFolders } from '../../src/update/watched-folders.ts'
import { temporaryFolder } from '../support/folders.ts'
import { ManualTimers, settled } from '../support/manual-timers.ts'

const SECOND_MS = 1000
const MINUTE_MS = 60_000

let root = ''
let timers: ManualTimers
/** Every opening there was, with what it can be told to say. */
let openings: (FolderEvents & { readonly targets: readonly string[]; closed: boolean })[] = []
let errors: FundstelleError[] = []
let changes = 0
let wake: () => void = () => {}

beforeEach(() => {
  root = temporaryFolder()
  timers = new ManualTimers()
  openings = []
  errors = []
  changes = 0
})

function watching(paths: readonly string[] = [root], pathCalls?: PathCalls): WatchedFolders {
  const folders = new WatchedFolders(
    paths,
    () => {
      changes += 1
      wake()
    },
    new TellOnce((error) => {
      errors.push(error as FundstelleError)
      wake()
    }, timers.now.bind(timers)),
    {
      timers,
      lookMs: 2,
      ...(pathCalls !== undefined && { pathCalls }),
      openFolders(targets, events) {
        const opening = { ...events, targets, closed: false }
        openings.push(opening)
        wake()
        return {
          async close() {
            opening.closed = true
          },
        }
      },
    },
  )
  onTestFinished(() => folders.close())
  return folders
}

const last = () => openings.at(-1) as (typeof openings)[number]

/** Resolves when something happened that makes the condition true; what falls due now happens meanwhile. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await Promise.race([
      new Promise<void>((resolve) => {
        wake = resolve
      }),
      timers.advance(0),
    ])
  }
}

const failure = (code: string): Error => Object.assign(new Error(code), { code })

describe('folders that are watched', () => {
  test('are open when the system says so, which is a change', async () => {
    const folders = watching()
    let begun = false
    const beginning = folders.begin().then(() => {
      begun = true
    })
    await settled()
    expect([openings.length, begun, changes]).toEqual([1, false, 0])
    last().ready()
    await beginning
    expect(changes).toBe(1)
    last().change()
    expect(changes).toBe(2)
    await timers.advance(60 * MINUTE_MS)
    expect([openings.length, errors.length]).toEqual([1, 0])
  })

  test('that never get ready: it goes on after half a minute, is told once, tried again ever more seldom, each a change', async () => {
    const folders = watching()
    const beginning = folders.begin()
    await timers.advance(30 * SECOND_MS)
    await beginning
    expect([openings.length, changes]).toEqual([1, 1])
    expect(errors.map(({ code }) => code)).toEqual(['watch_failed'])
    expect(errors[0]?.message).toContain('noch nicht alle Ordner')
    // what it sees meanwhile counts
    last().change()
    expect(changes).toBe(2)
    await timers.advance(5 * SECOND_MS)
    expect([openings.length, openings[0]?.closed]).toEqual([2, true])
    await timers.advance(12 * 60 * MINUTE_MS)
    expect(openings.length).toBeGreaterThan(12 * 2)
    expect(openings.length).toBeLessThan(12 * 4)
    expect(openings.filter(({ closed }) => !closed)).toHaveLength(1)
    // what lasts is told once an hour
    expect(errors.length).toBeLessThanOrEqual(12)
    const opened = openings.length
    while (openings.length === opened) await timers.advance(SECOND_MS)
    last().ready()
    await settled()
    const told = errors.length
    await timers.advance(60 * MINUTE_MS)
    expect([openings.length, errors.length]).toEqual([opened + 1, told])
    // the next opening has no more time than the first one had
    last().lost()
    await timers.advance(0)
    expect(timers.pending).toEqual([30 * SECOND_MS])
    last().ready()
  })

  test('whose opening throws are tried again', async () => {
    let fails = true
    const folders = new WatchedFolders(
      [root],
      () => {
        changes += 1
      },
      new TellOnce((error) => errors.push(error as FundstelleError), timers.now.bind(timers)),
      {
        timers,
        openFolders(_targets, events) {
          if (fails) throw failure('EMFILE')
          events.ready()
          return { close: async () => {} }
        },
      },
    )
    onTestFinished(() => folders.close())
    await folders.begin()
    expect(changes).toBe(1)
    expect(errors[0]?.message).toContain('fs.inotify.max_user_watches')
    fails = false
    await timers.advance(5 * SECOND_MS)
    expect(changes).toBe(2)
    await timers.advance(60 * MINUTE_MS)
    expect([changes, errors.length]).toEqual([2, 1])
  })

  test('with an error for each of a thousand folders: one is told, one opening follows after a growing pause', async () => {
    const folders = watching()
    const beginning = folders.begin()
    await settled()
    const fail = (): void => {
      for (let i = 0; i < 1000; i++) last().error(failure('ENOSPC'))
    }
    fail()
    last().ready()
    await beginning
    const pauses: number[] = []
    for (let round = 0; round < 9; round++) {
      expect(timers.pending).toHaveLength(1)
      pauses.push((timers.pending[0] as number) / SECOND_MS)
      await timers.advance(timers.pending[0] as number)
      fail()
      last().ready()
      await settled()
    }
    expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 320, 600, 600])
    expect(openings).toHaveLength(10)
    // these 30 minutes
    expect(errors).toHaveLength(1)
  })

  test('an error after they went well for a while is a first one again', async () => {
    const folders = watching()
    const beginning = folders.begin()
    await settled()
    last().error(failure('EIO'))
    last().ready()
    await beginning
    await timers.advance(5 * SECOND_MS)
    last().ready()
    await timers.advance(2 * MINUTE_MS)
    for (let i = 0; i < 10; i++) last().error(failure('EIO'))
    await settled()
    expect(timers.pending).toEqual([5 * SECOND_MS])
    expect(errors).toHaveLength(2)
    await timers.advance(5 * SECOND_MS)
    last().error(failure('EIO'))
    last().ready()
    await settled()
    expect(timers.pending).toEqual([10 * SECOND_MS])
  })

  test.each([
    ['just a minute', MINUTE_MS, 10 * SECOND_MS],
    ['a moment more', MINUTE_MS + 1, 5 * SECOND_MS],
  ])('an error after they went well for %s is followed by a pause of its own', async (_, wellMs, pauseMs) => {
    const folders = watching()
    const beginning = folders.begin()
    await settled()
    last().error(failure('EIO'))
    last().ready()
    await beginning
    await timers.advance(5 * SECOND_MS)
    last().ready()
    await timers.advance(wellMs)
    last().error(failure('EIO'))
    await settled()
    expect(timers.pending).toEqual([pauseMs])
  })

  test('are opened anew when another folder is there, however long the opening before takes; changes of it coalesce', async () => {
    let [ino, looks] = [1, 0]
    const calls: PathCalls = {
      realpath: (path) => path,
      stat: () => {
        looks += 1
        wake()
        return { dev: 1, ino, birthtimeMs: 1 }
      },
      access: () => {},
    }
    const folders = watching([root], calls)
    const beginning = folders.begin()
    await settled()
    for (let round = 0; round < 3; round++) {
      ino += 1
      const before = looks
      await until(() => looks > before)
    }
    expect(openings).toHaveLength(1)
    last().ready()
    await beginning
    await until(() => openings.length === 2)
    last().ready()
    await settled()
    expect(openings.map(({ closed }) => closed)).toEqual([true, false])
    expect(timers.pending).toEqual([])
  })

  test.each(['EACCES', 'ESTALE', 'EIO'])(
    'a PATH that cannot be read (%s) is told of once, with its name, and watched again when it can',
    async (code) => {
      let fails = false
      let looks = 0
      const calls: PathCalls = {
        realpath: (path) => path,
        stat: () => ({ dev: 1, ino: 1, birthtimeMs: 1 }),
        access() {
          looks += 1
          wake()
          if (fails) throw failure(code)
        },
      }
      const folders = watching([root], calls)
      const beginning = folders.begin()
      await settled()
      last().ready()
      await beginning
      fails = true
      await until(() => errors.length === 1)
      expect(errors[0]).toMatchObject({ code: 'watch_path_unreadable', params: { path: root } })
      expect(errors[0]?.message).toContain(code)
      await until(() => openings[0]?.closed === true && changes === 2)
      expect(openings).toHaveLength(1)
      const before = looks
      await until(() => looks > before + 3)
      expect(errors).toHaveLength(1)
      fails = false
      await until(() => openings.length === 2)
      last().ready()
      await until(() => changes === 3)
      // gone and come back, it is news
      fails = true
      await until(() => errors.length === 2)
    },
  )

  test('whose target went are opened anew, though the same folder is there again before anybody looks', async () => {
    const folders = watching()
    const beginning = folders.begin()
    await settled()
    last().ready()
    await beginning
    last().lost()
    last().lost()
    await timers.advance(0)
    expect(openings.map(({ closed }) => closed)).toEqual([true, false])
    last().ready()
    await settled()
    expect([changes, timers.pending, errors]).toEqual([2, [], []])
  })

  test('of several PATHs those that are there are watched, the others looked for', async () => {
    const [here, gone] = [join(root, 'da'), join(root, 'weg')]
    mkdirSync(here)
    const folders = watching([here, gone])
    const beginning = folders.begin()
    await settled()
    expect(last().targets).toEqual([here])
    last().ready()
    await beginning
    mkdirSync(gone)
    await until(() => openings.length === 2)
    expect(last().targets).toEqual([here, gone])
    expect(errors).toEqual([])
    last().ready()
  })

  test('closing while they are closed to be opened anew opens nothing', async () => {
    let opened = 0
    let events: FolderEvents | undefined
    let letGo: () => void = () => {}
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    const folders = new WatchedFolders(
      [root],
      () => {},
      new TellOnce((error) => errors.push(error as FundstelleError)),
      {
        timers,
        openFolders(_targets, given) {
          opened += 1
          events = given
          given.ready()
          return { close: () => held }
        },
      },
    )
    await folders.begin()
    events?.lost()
    await timers.advance(0)
    const closing = folders.close()
    letGo()
    await closing
    expect([opened, timers.pending, errors]).toEqual([1, [], []])
  })

  test('closing ends an opening that never gets ready, and everything else', async () => {
    const folders = watching()
    const beginning = folders.begin()
    await settled()
    await folders.close()
    await beginning
    expect(openings.map(({ closed }) => closed)).toEqual([true])
    expect(timers.pending).toEqual([])
    await folders.close()
  })
})
