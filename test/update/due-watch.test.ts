import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { FundstelleError } from '../../src/errors.ts'
import { ArticleStore } from '../../src/store/article-store.ts'
import { Database } from '../../src/store/sqlite.ts'
import { withWriterLock } from '../../src/store/writer-lock.ts'
import { type DueWatch, LOOK_MS, watchDue } from '../../src/update/due-watch.ts'
import { articleOf } from '../support/articles.ts'
import { temporaryFolder } from '../support/folders.ts'
import { articlesIn } from '../support/updating.ts'

let cache = ''
let folders: string[] = []
let now = 0
let published: { added: number; removed: number }[] = []
let errors: unknown[] = []
/** The timer that is set. */
let timer: { readonly at: number; readonly work: () => void } | null = null
let armed: () => void = () => {}

beforeEach(() => {
  cache = join(temporaryFolder(), 'cache')
  folders = [cache]
  now = 1000
  published = []
  errors = []
  timer = null
})

async function start(onPublished: () => void = () => {}): Promise<DueWatch> {
  const watching = await watchDue({
    folders: () => folders,
    clock: {
      now: () => now,
      after(ms, work) {
        timer = { at: now + ms, work }
        armed()
        return () => {
          timer = null
        }
      },
    },
    onPublished({ added, removed }) {
      published.push({ added, removed })
      onPublished()
    },
    onError: (error) => errors.push(error),
  })
  onTestFinished(() => watching.close())
  return watching
}

/** Lets the time pass up to the timer that is set, and waits for the next one to be set. */
async function untilNextTimer(): Promise<void> {
  const { at, work } = timer as NonNullable<typeof timer>
  now = at
  const next = new Promise<void>((resolve) => {
    armed = resolve
  })
  work()
  await next
}

function inStore<T>(work: (store: ArticleStore) => T, folder = cache): T {
  const store = ArticleStore.open(folder)
  try {
    return work(store)
  } finally {
    store.close()
  }
}

const wait = (id: string, at: number, until: number | null = null): void =>
  inStore((store) => store.due.wait(store.files.save(`/${id}`, 's'), articleOf({ id, text: id }), at, until))

/** All of them are due. */
const waitAll = (count: number): void =>
  inStore((store) => {
    const source = store.files.save('/all', 's')
    store.transaction(() => {
      for (let n = 0; n < count; n++) store.due.wait(source, articleOf({ id: String(n), text: String(n) }), n, null)
    })
  })

describe('articles', () => {
  test('appear and go to the millisecond', async () => {
    wait('x', 1300, 1700)
    await start()
    expect(timer?.at).toBe(1300)
    expect(published).toEqual([])
    await untilNextTimer()
    expect(articlesIn(cache)).toEqual({ x: 'x' })
    expect(timer?.at).toBe(1700)
    await untilNextTimer()
    expect(articlesIn(cache)).toEqual({})
    expect(published).toEqual([
      { added: 1, removed: 0 },
      { added: 0, removed: 1 },
    ])
    expect(errors).toEqual([])
  })

  test('whose time had come before are there when it begins, however many', async () => {
    waitAll(450)
    await start()
    expect(published.map(({ added }) => added)).toEqual([200, 200, 50])
    expect(Object.keys(articlesIn(cache))).toHaveLength(450)
  })

  test('of the far future are waited for in steps that a timer can count', async () => {
    wait('x', 1e13)
    await start()
    expect(timer?.at).toBe(1000 + LOOK_MS)
  })

  test('of several folders appear each at its time, also of one that comes later; one that has gone is left alone', async () => {
    wait('x', 1300)
    const other = join(temporaryFolder(), 'other')
    inStore(
      (store) => store.due.wait(store.files.save('/y', 's'), articleOf({ id: 'y', text: 'y' }), 1500, null),
      other,
    )
    await start()
    expect(timer?.at).toBe(1300)
    folders = [cache, other]
    await untilNextTimer()
    expect(articlesIn(cache)).toEqual({ x: 'x' })
    expect(timer?.at).toBe(1500)
    folders = [cache]
    wait('z', 1600)
    await untilNextTimer()
    expect(articlesIn(other)).toEqual({})
    folders = [cache, other]
    await untilNextTimer()
    expect([articlesIn(cache), articlesIn(other)]).toEqual([{ x: 'x', z: 'z' }, { y: 'y' }])
    expect({ at: timer?.at, errors }).toEqual({ at: 1600 + LOOK_MS, errors: [] })
  })

  test('that another process adds are noticed at the next look', async () => {
    await start()
    expect(timer?.at).toBe(1000 + LOOK_MS)
    wait('x', 2100)
    await untilNextTimer()
    expect(timer?.at).toBe(2100)
    await untilNextTimer()
    expect(articlesIn(cache)).toEqual({ x: 'x' })
  })
})

describe('the store', () => {
  test('is left to another writer, and looked at again', async () => {
    wait('x', 1300)
    await start()
    await withWriterLock(cache, untilNextTimer)
    expect(articlesIn(cache)).toEqual({})
    expect({ at: timer?.at, errors }).toEqual({ at: 1300 + LOOK_MS, errors: [] })
    await untilNextTimer()
    expect(articlesIn(cache)).toEqual({ x: 'x' })
  })

  test('may be moved away and made anew', async () => {
    wait('x', 5000)
    await start()
    renameSync(cache, `${cache}-alt`)
    await untilNextTimer()
    wait('y', 2500)
    await untilNextTimer()
    expect(articlesIn(cache)).toEqual({ y: 'y' })
  })

  test('that was moved away and made anew between two transactions is left as it is', async () => {
    waitAll(450)
    await start(() => {
      renameSync(cache, `${cache}-alt`)
      inStore(() => {})
    })
    expect(published).toEqual([{ added: 200, removed: 0 }])
  })

  test('that was moved away is not made anew, and goes on when it is back', async () => {
    wait('x', 1300)
    await start()
    renameSync(cache, `${cache}-alt`)
    await untilNextTimer()
    expect(existsSync(cache)).toBe(false)
    expect({ at: timer?.at, errors, published }).toEqual({ at: 1300 + LOOK_MS, errors: [], published: [] })
    renameSync(`${cache}-alt`, cache)
    await untilNextTimer()
    expect(articlesIn(cache)).toEqual({ x: 'x' })
  })

  test('that cannot be read keeps no other from being looked at', async () => {
    wait('x', 1300)
    const broken = join(temporaryFolder(), 'broken')
    inStore(() => {}, broken)
    const db = new Database(join(broken, 'store.sqlite'))
    db.pragma('user_version = 77')
    db.close()
    folders = [broken, cache]
    await start()
    await untilNextTimer()
    expect(articlesIn(cache)).toEqual({ x: 'x' })
    expect(errors).toHaveLength(1)
  })

  test('that cannot be read is told of once', async () => {
    inStore(() => {})
    const db = new Database(join(cache, 'store.sqlite'))
    const format = db.pragma('user_version', { simple: true })
    db.pragma('user_version = 77')
    await start()
    await untilNextTimer()
    expect(errors.map((error) => (error as FundstelleError).code)).toEqual(['store_format'])
    db.pragma(`user_version = ${format}`)
    db.close()
    wait('x', 1)
    await untilNextTimer()
    expect(articlesIn(cache)).toEqual({ x: 'x' })
    expect(errors).toHaveLength(1)
    // it has gone well: the same again is news
    renameSync(cache, `${cache}-alt`)
    inStore(() => {})
    const another = new Database(join(cache, 'store.sqlite'))
    another.pragma('user_version = 77')
    another.close()
    await untilNextTimer()
    expect(errors.map((error) => (error as FundstelleError).code)).toEqual(['store_format', 'store_format'])
  })

  test('is closed, and no timer left, when it is closed', async () => {
    const watching = await start()
    await watching.close()
    expect(timer).toBeNull()
  })
})
