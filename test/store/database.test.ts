import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { FundstelleError } from '../../src/errors.ts'
import { ArticleStore } from '../../src/store/article-store.ts'
import { type Connection, Database } from '../../src/store/sqlite.ts'
import { articleOf } from '../support/articles.ts'
import { temporaryFolder } from '../support/folders.ts'
import { openStore } from '../support/stores.ts'

let cache = ''
let store: ArticleStore
beforeEach(() => {
  cache = temporaryFolder()
  store = openStore(cache)
})

function errorOf(work: () => unknown): FundstelleError {
  try {
    work()
  } catch (error) {
    expect(error).toBeInstanceOf(FundstelleError)
    return error as FundstelleError
  }
  throw new Error('nothing was thrown')
}

describe('a store that is open', () => {
  test('has each commit on the disk before it goes on, and nothing readable of what was taken out', () => {
    // what it sets is set; the spy only shows its connection, which is asked itself
    const setting = vi.spyOn(Database.prototype, 'pragma')
    onTestFinished(() => setting.mockRestore())
    openStore(temporaryFolder())
    const [connection] = setting.mock.contexts as Connection[]
    const setTo = (name: string): unknown => connection?.pragma(name, { simple: true })
    const FULL = 2
    expect([setTo('journal_mode'), setTo('synchronous'), setTo('secure_delete')]).toEqual(['wal', FULL, 1])
  })
})

describe('a store that cannot be used', () => {
  test('garbage instead of a database is store_broken and left as it is', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'store.sqlite'), 'das ist keine Datenbank '.repeat(100))
    const error = errorOf(() => ArticleStore.open(folder))
    expect(error.code).toBe('store_broken')
    expect(error.params['path']).toBe(join(folder, 'store.sqlite'))
    expect(error.cause).toBeInstanceOf(Database.SqliteError)
  })

  test('a damaged page is store_broken where it is read', () => {
    const folder = temporaryFolder()
    const whole = ArticleStore.open(folder)
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
    const damaged = ArticleStore.open(folder)
    onTestFinished(() => damaged.close())
    expect(errorOf(() => [...damaged.articles()]).code).toBe('store_broken')
    expect(damaged.integrityComplaints()).not.toEqual([])
  })

  test('of format 1 keeps its articles, and gets a list of what is due', () => {
    const source = store.files.save('/a.txt', 'state')
    store.put(articleOf({ id: 'x', text: 'eins' }), source)
    const { id, seqNo } = store
    store.close()
    const db = new Database(join(cache, 'store.sqlite'))
    db.exec(
      'drop table due; drop table left_out; alter table article drop column structure; alter table article drop column document',
    )
    db.pragma('user_version = 1')
    db.close()
    const opened = openStore(cache)
    expect({ id: opened.id, seqNo: opened.seqNo }).toEqual({ id, seqNo })
    expect(opened.byId('x')?.text).toBe('eins')
    expect(opened.files.byPath('/a.txt')?.state).toBe('state')
    opened.due.wait(source, articleOf({ id: 'y', text: 'zwei' }), 5, null)
    expect(openStore(cache).due.next()).toBe(5)
  })

  test('of format 2 keeps its articles and what waits, and gets a place for their structure', () => {
    const source = store.files.save('/a.pdf', 'state')
    store.put(articleOf({ id: 'x', text: 'eins' }), source)
    store.due.wait(source, articleOf({ id: 'y', text: 'zwei' }), 5, null)
    const { id, seqNo } = store
    store.close()
    const db = new Database(join(cache, 'store.sqlite'))
    db.exec('alter table article drop column structure; alter table article drop column document')
    db.pragma('user_version = 2')
    db.close()
    const opened = openStore(cache)
    expect({ id: opened.id, seqNo: opened.seqNo, next: opened.due.next() }).toEqual({ id, seqNo, next: 5 })
    expect(opened.byId('x')).toEqual(articleOf({ id: 'x', text: 'eins' }))
    const paged = articleOf({ id: 'x', text: 'eins', structure: [{ kind: 'page', start: 0, number: 1 }] })
    expect(opened.put(paged, source)).toEqual({ kind: 'changed' })
    expect(openStore(cache).byId('x')).toEqual(paged)
  })

  test('another format is store_format, with both numbers', () => {
    const db = new Database(join(cache, 'store.sqlite'))
    db.pragma('user_version = 77')
    db.close()
    const error = errorOf(() => ArticleStore.open(cache))
    expect(error).toMatchObject({ code: 'store_format', params: { got: 77 } })
  })

  test('a cache that cannot be a folder is cache_unwritable', () => {
    const file = join(cache, 'datei')
    writeFileSync(file, '')
    expect(errorOf(() => ArticleStore.open(file)).code).toBe('cache_unwritable')
    expect(errorOf(() => ArticleStore.open(join(file, 'darunter'))).code).toBe('cache_unwritable')
  })
})

describe('a transaction', () => {
  test('that throws leaves nothing', () => {
    expect(() =>
      store.transaction(() => {
        store.put(articleOf({ id: 'x', text: '1' }), null)
        throw new RangeError('mittendrin')
      }),
    ).toThrow(RangeError)
    expect([store.seqNo, store.articleCount]).toEqual([0, 0])
  })

  test('is seen by another connection, whose data version moves', () => {
    const other = openStore(cache)
    expect(other.id).toBe(store.id)
    const before = other.dataVersion
    expect(other.dataVersion).toBe(before)
    store.put(articleOf({ id: 'x', text: '1' }), null)
    expect(other.dataVersion).not.toBe(before)
    expect([...other.changes(0)]).toMatchObject([{ kind: 'added', seqNo: 1, article: { id: 'x' } }])
  })

  test('that only reads holds one state while others commit', async () => {
    const other = openStore(cache)
    await other.readTransaction(async () => {
      expect(other.articleCount).toBe(0)
      store.put(articleOf({ id: 'x', text: '1' }), null)
      expect(other.articleCount).toBe(0)
    })
    expect(other.articleCount).toBe(1)
  })
})

describe('a transaction in steps', () => {
  const put = (id: string): void => void store.put(articleOf({ id }), null)

  test('is kept as a whole when it ends, and seen by nobody before', async () => {
    const other = openStore(cache)
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
