import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { FundstelleError } from '../../src/errors.ts'
import { EmbeddedEngine } from '../../src/index/embedded-engine.ts'
import { catchUp } from '../../src/index/snapshot/catch-up.ts'
import { type Change, Store } from '../../src/store/article-store.ts'
import { publishDue } from '../../src/store/publish-due.ts'
import { Database, storeError } from '../../src/store/sqlite.ts'
import { withWriterLock, withWriterLockAtOnce } from '../../src/store/writer-lock.ts'
import { articleOf } from '../support/articles.ts'
import { temporaryFolder } from '../support/folders.ts'
import { analyzer, ask, indexOf } from '../support/memory-index.ts'

let cache = ''
let store: Store
beforeEach(() => {
  cache = temporaryFolder()
  store = open()
})

function open(): Store {
  const opened = Store.open(cache)
  onTestFinished(() => opened.close())
  return opened
}

function errorOf(work: () => unknown): FundstelleError {
  try {
    work()
  } catch (error) {
    expect(error).toBeInstanceOf(FundstelleError)
    return error as FundstelleError
  }
  throw new Error('nothing was thrown')
}

const told = (changes: Iterable<Change>): string[] =>
  Array.from(changes, (change) =>
    change.kind === 'added' ? `+${change.number} ${change.article.id}` : `-${change.number} @${change.change}`,
  )

describe('articles', () => {
  test('a new one is added, the same changes nothing, another version is a change, another source is refused', () => {
    const [mine, theirs] = [store.saveSource('/a.txt', null), store.saveSource('/b.txt', null)]
    const article = articleOf({ id: 'x', text: 'eins', tags: ['t'] })
    expect(store.put(article, mine)).toEqual({ kind: 'added' })
    expect(store.put({ ...article }, mine)).toEqual({ kind: 'same' })
    expect(store.change).toBe(1)
    expect(store.put({ ...article, tags: [] }, mine)).toEqual({ kind: 'changed' })
    expect(store.change).toBe(3)
    expect(store.put({ ...article, text: 'zwei' }, theirs)).toEqual({ kind: 'taken', by: '/a.txt' })
    expect(store.put({ ...article, text: 'zwei' }, null)).toEqual({ kind: 'taken', by: '/a.txt' })
    expect(store.byId('x')?.tags).toEqual([])
    expect(store.articleCount).toBe(1)
  })

  test('that waits is no living one, holds its id, and leaves with its source', () => {
    const [mine, theirs] = [store.saveSource('/a', null), store.saveSource('/b', null)]
    const article = articleOf({ id: 'x', text: 'eins' })
    expect(store.put(article, mine, { from: 100, until: 200 })).toEqual({ kind: 'waiting' })
    expect({ living: store.articleCount, change: store.change }).toEqual({ living: 0, change: 0 })
    expect(store.put(article, theirs)).toEqual({ kind: 'taken', by: '/a' })
    expect(store.put(article, theirs, { from: 50, until: null })).toEqual({ kind: 'taken', by: '/a' })
    expect(publishDue(store, 99)).toMatchObject({ added: 0, removed: 0 })
    expect(publishDue(store, 100)).toMatchObject({ added: 1, removed: 0 })
    expect(store.byId('x')).toEqual(article)
    expect(store.due.next()).toBe(200)
    expect(publishDue(store, 200)).toMatchObject({ added: 0, removed: 1 })
    expect(store.due.leftOut()).toEqual([{ source: mine, state: 'expired', count: 1 }])

    store.put(article, mine, { from: 300, until: null })
    store.removeSource(mine)
    expect([store.due.next(), store.due.leftOut()]).toEqual([null, []])
    expect(store.put(article, theirs)).toEqual({ kind: 'added' })
  })

  test('that went while its end was still to come leaves its id to others, and does not take theirs along', () => {
    const [mine, theirs] = [store.saveSource('/a', null), store.saveSource('/b', null)]
    store.put(articleOf({ id: 'x', text: 'eins' }), mine, { from: null, until: 100 })
    store.removeOfSource(mine)
    expect(store.put(articleOf({ id: 'x', text: 'zwei' }), theirs)).toEqual({ kind: 'added' })
    expect(publishDue(store, 100)).toMatchObject({ added: 0, removed: 0 })
    expect(store.byId('x')?.text).toBe('zwei')
  })

  test('whose end has come before anybody looked never appear', () => {
    const source = store.saveSource('/a', null)
    store.put(articleOf({ id: 'x' }), source, { from: 100, until: 200 })
    expect(publishDue(store, 200)).toEqual({ added: 0, removed: 0, more: false })
    expect([store.articleCount, store.change]).toEqual([0, 0])
    expect(store.due.leftOut()).toEqual([{ source, state: 'expired', count: 1 }])
  })

  test('that went by themselves are counted for their source', () => {
    const source = store.saveSource('/a', null)
    for (const id of ['x', 'y', 'z'])
      store.put(articleOf({ id }), source, { from: null, until: id === 'z' ? 200 : 100 })
    for (const [now, count] of [
      [100, 2],
      [200, 3],
    ] as const) {
      publishDue(store, now)
      expect(store.due.leftOut()).toEqual([{ source, state: 'expired', count }])
    }
  })

  test('that is public at once, and for ever, is no longer due', () => {
    const source = store.saveSource('/a', null)
    const article = articleOf({ id: 'x', text: 'eins' })
    store.put(article, source, { from: null, until: 100 })
    expect(store.put(article, source)).toEqual({ kind: 'same' })
    expect(store.due.next()).toBeNull()
  })

  test.each([
    ['title', { title: 'anders' }],
    ['text', { text: 'anders' }],
    ['url', { url: 'https://example.org/' }],
    ['date', { date: '2024-01-01' }],
    ['author', { author: 'Eva' }],
    ['language', { language: 'de' }],
    ['meta', { meta: { ort: 'Kursk' } }],
  ])('another %s is another version', (_, fields) => {
    store.put(articleOf({ id: 'x', text: 'eins' }), null)
    expect(store.put(articleOf({ id: 'x', text: 'eins', ...fields }), null)).toEqual({ kind: 'changed' })
  })

  test('removing those of a source spares the ones kept, and frees their ids for others', () => {
    const [mine, theirs] = [store.saveSource('/a', null), store.saveSource('/b', null)]
    for (const id of ['x', 'y', 'z']) store.put(articleOf({ id, text: id }), mine)
    store.put(articleOf({ id: 'fremd', text: 'f' }), theirs)
    expect(store.removeOfSource(mine, new Set(['y', 'gibtsnicht']))).toBe(2)
    expect(['x', 'y', 'z', 'fremd'].map((id) => store.byId(id)?.id)).toEqual([undefined, 'y', undefined, 'fremd'])
    expect(store.put(articleOf({ id: 'x', text: 'x' }), theirs)).toEqual({ kind: 'added' })
    expect(store.removeOfSource(mine)).toBe(1)
    expect(store.removeOfSource(mine)).toBe(0)
    expect(store.articleCount).toBe(2)
  })

  test('whatever strings they hold come back', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }).map((string) => string.toWellFormed()),
      fc.constantFrom('\0', 'a\0b', '\ufeffx', '😀', "'; drop table article; --", '\u2028', 'ﬀ', ' ', ''),
    )
    const article = fc.record({
      id: text.filter((id) => id !== ''),
      title: text,
      text,
      url: fc.option(text),
      date: fc.constantFrom(null, '2024-03-03'),
      author: fc.option(text),
      tags: fc.array(text),
      language: fc.option(text),
      meta: fc.dictionary(fc.oneof(text, fc.constant('__proto__')), fc.oneof(text, fc.integer(), fc.array(text))),
    })
    fc.assert(
      fc.property(article, (given) => {
        store.put(given, null)
        expect(store.byId(given.id)).toEqual(given)
        expect(store.byNumber(store.change)).toEqual(given)
        expect(store.put(given, null)).toEqual({ kind: 'same' })
        store.put({ ...given, title: `${given.title}!` }, null)
      }),
    )
  })

  test('rows never change: an index of an older state still finds the text it was made from', async () => {
    const old = articleOf({ id: 'x', text: 'Das Haus am Ufer' })
    store.put(old, null)
    const engine = new EmbeddedEngine(indexOf([old]), store, { analyzer, fingerprint: 'probe' })
    store.put({ ...old, text: 'Kurz' }, null)
    const { hits } = await ask(engine, 'Ufer')
    expect(hits[0]?.article).toEqual(old)
    expect(old.text.slice(hits[0]?.text.starts[3], hits[0]?.text.ends[3])).toBe('Ufer')
    expect((await engine.article('x'))?.text).toBe('Kurz')
  })
})

describe('sources', () => {
  test('at a path and below it, not beside it', () => {
    const paths = ['/a', '/a/b.txt', '/a/b/c.txt', '/ab.txt', '/a_b', '/A/x', '/ä😀/x', '/ä😀y']
    for (const path of paths) store.saveSource(path, 'z')
    const under = (path: string): string[] => store.sourcesUnder(path, sep).map((source) => source.path)
    expect(under('/a')).toEqual(['/a', '/a/b.txt', '/a/b/c.txt'])
    expect(under('/a/b.txt')).toEqual(['/a/b.txt'])
    expect(under('/ä😀')).toEqual(['/ä😀/x'])
    expect(under('/a%')).toEqual([])
    expect(under('/')).toHaveLength(paths.length)
  })

  test('keep their number when their state changes', () => {
    const id = store.saveSource('/a', null)
    expect(store.saveSource('/a', 'neu')).toBe(id)
    expect(store.source('/a')).toEqual({ id, path: '/a', state: 'neu' })
    store.removeSource(id)
    expect(store.source('/a')).toBeUndefined()
  })
})

describe('changes', () => {
  test('come in order; what came and went in between is left out', () => {
    const source = store.saveSource('/a', null)
    store.put(articleOf({ id: 'x', text: '1' }), source) // 1
    store.put(articleOf({ id: 'y', text: '1' }), null) // 2
    store.put(articleOf({ id: 'x', text: '2' }), source) // 3, 4
    store.put(articleOf({ id: 'z', text: '1' }), source) // 5
    store.removeOfSource(source) // 6, 7
    expect(told(store.changes(0))).toEqual(['+2 y'])
    expect(told(store.changes(1))).toEqual(['+2 y', '-1 @3'])
    expect(told(store.changes(4))).toEqual(['-4 @6'])
    expect(told(store.changes(7))).toEqual([])
    expect(store.changesAfter(4)).toBe(3)
  })

  test('lead any older state to the present one', async () => {
    const step = fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      drop: fc.boolean(),
      text: fc.constantFrom('Haus', 'Boot'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), fc.nat(15), async (steps, from) => {
        cache = temporaryFolder()
        const fresh = open()
        let old = indexOf([])
        for (const [i, { id, drop, text }] of steps.entries()) {
          const source = fresh.saveSource(`/${id}`, null)
          if (drop) fresh.removeOfSource(source)
          else fresh.put(articleOf({ id, text }), source)
          if (i === from) {
            await catchUp(old, fresh, analyzer)
            expect(old.change).toBe(fresh.change)
          }
        }
        await catchUp(old, fresh, analyzer)
        old = old.compacted()
        const wanted = [...fresh.articles()].map(({ number, article }) => `${number} ${article.id}`)
        expect(old.documents.numbers.map((number, i) => `${number} ${old.documents.ids[i]}`).sort()).toEqual(
          wanted.sort(),
        )
      }),
      { numRuns: 30 },
    )
  })

  test('a transaction that throws leaves nothing', () => {
    expect(() =>
      store.transaction(() => {
        store.put(articleOf({ id: 'x', text: '1' }), null)
        throw new RangeError('mittendrin')
      }),
    ).toThrow(RangeError)
    expect([store.change, store.articleCount]).toEqual([0, 0])
  })

  test('another connection sees them, and its data version moves', () => {
    const other = open()
    expect(other.id).toBe(store.id)
    const before = other.dataVersion
    expect(other.dataVersion).toBe(before)
    store.put(articleOf({ id: 'x', text: '1' }), null)
    expect(other.dataVersion).not.toBe(before)
    expect(told(other.changes(0))).toEqual(['+1 x'])
  })

  test('one state is held while others commit', async () => {
    const other = open()
    await other.readTransaction(async () => {
      expect(other.articleCount).toBe(0)
      store.put(articleOf({ id: 'x', text: '1' }), null)
      expect(other.articleCount).toBe(0)
    })
    expect(other.articleCount).toBe(1)
  })
})

describe('purge', () => {
  const now = (): number => Math.floor(Date.now() / 1000)

  test('deletes what went up to a change and long enough ago, and says up to where', () => {
    for (const text of ['1', '2', '3']) store.put(articleOf({ id: 'x', text }), null) // removals 2 and 4
    store.purge(store.change, now() - 600)
    expect(store.purgedChange).toBe(0)
    store.purge(1, now() + 1)
    expect(store.purgedChange).toBe(0)
    store.purge(3, now() + 1)
    expect(store.purgedChange).toBe(2)
    expect([store.byNumber(1), store.byNumber(3)?.text, store.byNumber(5)?.text]).toEqual([undefined, '2', '3'])
    store.purge(store.change, now() + 1)
    expect(store.purgedChange).toBe(4)
    store.purge(store.change, now() + 1)
    expect(store.purgedChange).toBe(4)
    expect(told(store.changes(0))).toEqual(['+5 x'])
  })

  test('deletes what went with that very change', () => {
    for (const text of ['1', '2']) store.put(articleOf({ id: 'x', text }), null) // removal 2
    store.purge(2, now() + 1)
    expect([store.purgedChange, store.byNumber(1)]).toEqual([2, undefined])
  })

  test('what it said once holds, though the clock was set back meanwhile', () => {
    onTestFinished(() => void vi.useRealTimers())
    const at = (second: number): void => void vi.useFakeTimers({ toFake: ['Date'], now: second * 1000 })
    for (const [text, second] of [
      ['1', 1000],
      ['2', 1000],
      ['3', 500],
    ] as const) {
      at(second)
      store.put(articleOf({ id: 'x', text }), null) // removals 2 at 1000, 4 at 500
    }
    store.purge(5, 600)
    expect([store.purgedChange, store.byNumber(1)?.text, store.byNumber(3)]).toEqual([4, '1', undefined])
    store.purge(5, 1100)
    expect([store.purgedChange, store.byNumber(1)]).toEqual([4, undefined])
  })
})

test('the text of an article that was purged can no longer be read in the file', () => {
  const folder = temporaryFolder()
  const opened = Store.open(folder)
  for (let i = 0; i < 50; i++)
    opened.put(articleOf({ id: `a${i}`, text: `Geheimwort ${'lang '.repeat(i * 40)}` }), null)
  for (let i = 0; i < 50; i++) opened.put(articleOf({ id: `a${i}`, text: 'Haus' }), null)
  opened.purge(opened.change, Math.floor(Date.now() / 1000) + 10)
  opened.close()
  const bytes = readFileSync(join(folder, 'store.sqlite'))
  expect([bytes.includes('Geheimwort'), bytes.includes('Haus')]).toEqual([false, true])
})

describe('a store that cannot be used', () => {
  test('garbage instead of a database is store_broken and left as it is', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'store.sqlite'), 'das ist keine Datenbank '.repeat(100))
    const error = errorOf(() => Store.open(folder))
    expect(error.code).toBe('store_broken')
    expect(error.params['path']).toBe(join(folder, 'store.sqlite'))
    expect(error.cause).toBeInstanceOf(Database.SqliteError)
  })

  test('a damaged page is store_broken where it is read', () => {
    const folder = temporaryFolder()
    const whole = Store.open(folder)
    for (let i = 0; i < 200; i++) whole.put(articleOf({ id: `${i}`, text: 'Haus '.repeat(200) }), null)
    whole.close()
    const path = join(folder, 'store.sqlite')
    const db = new Database(path)
    db.pragma('wal_checkpoint(truncate)')
    const { rootpage } = db.prepare("select rootpage from sqlite_schema where name = 'article'").get() as {
      rootpage: number
    }
    const size = db.pragma('page_size', { simple: true }) as number
    const bytes = db.serialize()
    db.close()
    bytes.fill(0xff, (rootpage - 1) * size, rootpage * size)
    writeFileSync(path, bytes)
    const damaged = Store.open(folder)
    onTestFinished(() => damaged.close())
    expect(errorOf(() => [...damaged.articles()]).code).toBe('store_broken')
    expect(damaged.integrityComplaints()).not.toEqual([])
  })

  test('of format 1 keeps its articles, and gets a list of what is due', () => {
    const source = store.saveSource('/a.txt', 'state')
    store.put(articleOf({ id: 'x', text: 'eins' }), source)
    const { id, change } = store
    store.close()
    const db = new Database(join(cache, 'store.sqlite'))
    db.exec('drop table due; drop table left_out')
    db.pragma('user_version = 1')
    db.close()
    const opened = open()
    expect({ id: opened.id, change: opened.change }).toEqual({ id, change })
    expect(opened.byId('x')?.text).toBe('eins')
    expect(opened.source('/a.txt')?.state).toBe('state')
    opened.due.wait(source, articleOf({ id: 'y', text: 'zwei' }), 5, null)
    expect(open().due.next()).toBe(5)
  })

  test('another format is store_format, with both numbers', () => {
    const db = new Database(join(cache, 'store.sqlite'))
    db.pragma('user_version = 77')
    db.close()
    const error = errorOf(() => Store.open(cache))
    expect(error).toMatchObject({ code: 'store_format', params: { got: 77 } })
  })

  test('a cache that cannot be a folder is cache_unwritable', () => {
    const file = join(cache, 'datei')
    writeFileSync(file, '')
    expect(errorOf(() => Store.open(file)).code).toBe('cache_unwritable')
    expect(errorOf(() => Store.open(join(file, 'darunter'))).code).toBe('cache_unwritable')
  })

  test.each([
    ['SQLITE_BUSY', 'store_busy'],
    ['SQLITE_BUSY_SNAPSHOT', 'store_busy'],
    ['SQLITE_LOCKED', 'store_busy'],
    ['SQLITE_FULL', 'cache_unwritable'],
    ['SQLITE_IOERR_WRITE', 'cache_unwritable'],
    ['SQLITE_READONLY', 'cache_unwritable'],
    ['SQLITE_CORRUPT', 'store_broken'],
    ['SQLITE_NOTADB', 'store_broken'],
  ])('%s is said as %s, with its cause', (code, expected) => {
    const cause = new Database.SqliteError('so sprach SQLite', code)
    expect(storeError(cause, '/x')).toMatchObject({ code: expected, cause })
    const other = new RangeError('nicht von SQLite')
    expect(storeError(other, '/x')).toBe(other)
  })
})

describe('a transaction in steps', () => {
  const put = (id: string): void => void store.put(articleOf({ id }), null)

  test('is kept as a whole when it ends, and seen by nobody before', async () => {
    const other = open()
    await store.transactionInSteps(async () => {
      put('a')
      await setImmediate()
      expect(other.articleCount).toBe(0)
      put('b')
    })
    expect(other.articleCount).toBe(2)
  })

  test('is taken back as a whole where its work fails, and the store goes on', async () => {
    const failing = store.transactionInSteps(async () => {
      put('a')
      await setImmediate()
      throw new RangeError('so nicht')
    })
    await expect(failing).rejects.toThrow('so nicht')
    expect(store.articleCount).toBe(0)
    store.transaction(() => put('b'))
    expect(store.articleCount).toBe(1)
  })
})

describe('withWriterLockAtOnce', () => {
  test('frees the lock when the work is done, and when it throws', () => {
    expect(withWriterLockAtOnce(cache, () => 7)).toBe(7)
    const failing = (): never => {
      throw new RangeError('so nicht')
    }
    expect(() => withWriterLockAtOnce(cache, failing)).toThrow('so nicht')
    expect(withWriterLockAtOnce(cache, () => 8)).toBe(8)
  })

  test('does nothing where another writes, and makes no folder', async () => {
    await withWriterLock(cache, async () => {
      expect(errorOf(() => withWriterLockAtOnce(cache, () => 1)).code).toBe('store_busy')
    })
    const missing = join(cache, 'fehlt')
    expect(errorOf(() => withWriterLockAtOnce(missing, () => 1)).code).toBe('cache_unwritable')
    expect(existsSync(missing)).toBe(false)
  })
})

describe('withWriterLock', () => {
  test('waits no longer than until it is aborted, and takes no lock then', async () => {
    const stopping = new AbortController()
    const { signal } = stopping
    await withWriterLock(cache, async () => {
      const waiting = withWriterLock(cache, async () => 'zugleich', signal)
      await setImmediate()
      stopping.abort()
      await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
    })
    await expect(withWriterLock(cache, async () => 'doch', signal)).rejects.toMatchObject({ name: 'AbortError' })
    expect(await withWriterLock(cache, async () => 'frei')).toBe('frei')
  })

  test('gives back what the work gives, and the lock with it', async () => {
    expect(await withWriterLock(cache, async () => 7)).toBe(7)
    expect(await withWriterLock(join(cache, 'neu', 'tief'), async () => 8)).toBe(8)
  })

  test('frees the lock when the work throws', async () => {
    await expect(withWriterLock(cache, () => Promise.reject(new RangeError('so nicht')))).rejects.toThrow('so nicht')
    expect(await withWriterLock(cache, async () => 'frei')).toBe('frei')
  })

  test('a second writer waits five seconds and gets store_busy; one of another folder does not care', async () => {
    const other = temporaryFolder()
    await withWriterLock(cache, async () => {
      expect(await withWriterLock(other, async () => 'daneben')).toBe('daneben')
      const started = performance.now()
      const busy = withWriterLock(cache, async () => 'zugleich')
      await expect(busy).rejects.toMatchObject({ code: 'store_busy', params: { path: cache, seconds: 5 } })
      expect(performance.now() - started).toBeGreaterThan(4500)
    })
  })

  test('a folder that cannot be made is cache_unwritable', async () => {
    writeFileSync(join(cache, 'datei'), '')
    await expect(withWriterLock(join(cache, 'datei', 'x'), async () => 1)).rejects.toMatchObject({
      code: 'cache_unwritable',
    })
  })
})
