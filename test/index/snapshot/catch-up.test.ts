import fs, { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { ArticleIndex } from '../../../src/index/segment/segment.ts'
import { buildSnapshot } from '../../../src/index/snapshot/catch-up.ts'
import { differences } from '../../../src/index/snapshot/differences.ts'
import { Generations } from '../../../src/index/snapshot/generations.ts'
import { catchUp } from '../../../src/index/snapshot/index-sink.ts'
import { loadNewest } from '../../../src/index/snapshot/newest.ts'
import { ArticleStore } from '../../../src/store/article-store.ts'
import { Database } from '../../../src/store/sqlite.ts'
import { articleOf } from '../../support/articles.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { analyzer, indexOf } from '../../support/memory-index.ts'
import { putInForce } from '../../support/put-in-force.ts'

let cache = ''
let store: ArticleStore
beforeEach(() => {
  cache = temporaryFolder()
  store = ArticleStore.open(cache)
  const opened = store
  onTestFinished(() => opened.close())
})

const put = (id: string, text: string, source: number | null = null): void =>
  store.transaction(() => void store.put(articleOf({ id, text }), source))

/** How an index differs from one that is made anew. */
function differing(index: ArticleIndex): string[] {
  const anew = new ArticleIndex()
  for (const { seqNo, article } of store.articles()) anew.add(seqNo, article, analyzer)
  return differences(index, anew)
}

describe('an index that follows its store', () => {
  test('has no old version left where the store could not be read before the new one came', async () => {
    put('a', 'Haus eins')
    const index = indexOf([])
    await catchUp(index, store, analyzer)
    put('a', 'Haus zwei')
    put('b', 'Boot')
    put('a', 'Haus drei')

    const other = new Database(store.path)
    onTestFinished(() => void other.close())
    const { rest } = other.prepare("select rest from article where id = 'b'").get() as { rest: string }
    const setRest = other.prepare("update article set rest = ? where id = 'a' and removed is null")
    setRest.run('{')
    await expect(catchUp(index, store, analyzer)).rejects.toThrow(SyntaxError)
    // what has been counted does not come again
    expect(index.seqNo).toBeGreaterThan(1)
    expect(index.seqNo).toBeLessThan(store.seqNo)
    setRest.run(rest)
    await catchUp(index, store, analyzer)
    expect([index.seqNo, differing(index)]).toEqual([store.seqNo, []])
  })

  test('takes a change that comes meanwhile in once', async () => {
    put('a', 'Haus')
    const index = indexOf([])
    let isFirst = true
    await catchUp(index, store, analyzer, () => {
      if (isFirst) put('b', 'Boot')
      isFirst = false
    })
    await catchUp(index, store, analyzer)
    expect([index.seqNo, index.documents.size, differing(index)]).toEqual([2, 2, []])
  })

  test('holds others up for one long article at most, or for many short ones', async () => {
    const steps = async (texts: readonly string[]): Promise<number[]> => {
      const index = indexOf([])
      index.seqNo = store.seqNo
      for (const [i, text] of texts.entries()) put(`${store.seqNo} ${i}`, text)
      const added: number[] = []
      await catchUp(index, store, analyzer, undefined, undefined, (step) => {
        const before = index.documents.size
        step()
        added.push(index.documents.size - before)
      })
      expect(index.documents.size).toBe(texts.length)
      return added.filter((count) => count > 0)
    }
    const [long, short] = ['Haus '.repeat(20_001), 'Haus']
    expect(await steps([long, long, short, short, long])).toEqual([1, 1, 3])
    expect(await steps(Array.from({ length: 130 }, () => short))).toEqual([64, 64, 2])
  })
})

describe('rows of removed articles', () => {
  const build = () => buildSnapshot(cache, store, analyzer, 'probe')
  const load = () => loadNewest(new Generations(cache), store, { fingerprint: 'probe', storeId: store.id })
  const remove = (id: string): void => {
    const source = store.files.byPath(`/${id}`)?.id as number
    store.transaction(() => void store.removeOfSource(source))
  }
  /** Two articles that can be removed each by itself: changes 1 and 2. */
  beforeEach(() => {
    for (const id of ['a', 'b']) put(id, `Haus ${id}`, store.files.save(`/${id}`, null))
  })
  /** What was removed before may be deleted now. */
  const later = (seconds = 3600): void => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 })
    onTestFinished(() => void vi.useRealTimers())
  }

  test('stay as long as the snapshot before the newest one needs them', async () => {
    remove('a')
    await build()
    remove('b')
    later()
    put('c', 'Haus c')
    await build()
    expect(store.purgedSeqNo).toBe(3)
    // so that one can stand in for the newest, which is damaged
    writeFileSync(join(cache, 'seg-2/forward.bin'), 'x')
    const { index, folder, complaints } = await load()
    expect([folder, complaints.length]).toEqual([join(cache, 'gen-1'), 1])
    await catchUp(index, store, analyzer)
    expect(differing(index)).toEqual([])
  })

  test('are deleted when both snapshots have got over them, though the older one stands at the last of them', async () => {
    remove('a')
    await build()
    later()
    put('c', 'Haus c')
    await build()
    expect(store.purgedSeqNo).toBe(3)
    expect(await load()).toMatchObject({ folder: join(cache, 'gen-2'), complaints: [] })
    writeFileSync(join(cache, 'CURRENT'), 'gen-1\n')
    expect(await load()).toMatchObject({ folder: join(cache, 'gen-1'), complaints: [] })
  })

  test('stay for a while, as a server may hold an older index', async () => {
    remove('a')
    await build()
    later(590)
    put('c', 'Haus c')
    await build()
    expect(store.purgedSeqNo).toBe(0)
  })

  test('do not stay for a snapshot of another store', async () => {
    putInForce(cache, indexOf([]), { fingerprint: 'probe', storeId: 'another' })
    remove('a')
    later()
    await build()
    expect(store.purgedSeqNo).toBe(3)
  })
})

describe('a snapshot that cannot be written', () => {
  /** Runs `work` while Node’s own call fails as on a full disk, from the n-th time on. */
  async function failing(
    call: 'writeSync' | 'fsyncSync' | 'renameSync',
    from: number,
    work: () => Promise<unknown>,
  ): Promise<void> {
    const real = fs[call] as (...given: unknown[]) => unknown
    let calls = 0
    Object.assign(fs, {
      [call]: (...given: unknown[]) => {
        calls += 1
        if (calls >= from) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
        return real(...given)
      },
    })
    syncBuiltinESMExports()
    try {
      await work()
    } finally {
      Object.assign(fs, { [call]: real })
      syncBuiltinESMExports()
    }
  }
  const build = (tokensMax = Number.POSITIVE_INFINITY) =>
    buildSnapshot(cache, store, analyzer, 'probe', { large: { tokensMax } })
  const generations = (): string[] => readdirSync(cache).filter((name) => name.startsWith('gen-'))

  test.each([
    ['writeSync', 1],
    ['writeSync', 20],
    ['fsyncSync', 5],
    ['renameSync', 1],
  ] as const)('takes no space of the full disk, however often it is tried: %s, the %i. time', async (call, from) => {
    put('a', 'Haus')
    await build()
    put('b', 'Boot')
    for (let round = 0; round < 3; round++) {
      await failing(call, from, () =>
        expect(build()).rejects.toMatchObject({ code: 'cache_unwritable', params: { path: cache } }),
      )
      expect(generations()).toEqual(['gen-1'])
    }
    await build()
    expect(generations()).toEqual(['gen-1', 'gen-2'])
  })

  test.each([
    ['writeSync', 1],
    ['writeSync', 40],
    ['writeSync', 60],
    ['fsyncSync', 1],
    ['fsyncSync', 9],
    ['renameSync', 1],
  ] as const)('nor does one that is joined on the disk: %s, the %i. time', async (call, from) => {
    put('a', 'Haus')
    await build()
    put('b', 'Boot')
    for (let round = 0; round < 3; round++) {
      await failing(call, from, () =>
        expect(build(-1)).rejects.toMatchObject({ code: 'cache_unwritable', params: { path: cache } }),
      )
      expect([generations(), readdirSync(cache).filter((name) => /^seg-[^1]|^parts/.test(name))]).toEqual([
        ['gen-1'],
        [],
      ])
    }
    mkdirSync(join(cache, 'parts/head-0'), { recursive: true })
    await build(-1)
    expect([generations(), existsSync(join(cache, 'parts'))]).toEqual([['gen-1', 'gen-2'], false])
  })

  test('where one was left by a kill, it goes before the next one takes its space', async () => {
    put('a', 'Haus')
    await build()
    put('b', 'Boot')
    for (const name of ['gen-2', 'seg-2']) mkdirSync(join(cache, name))
    writeFileSync(join(cache, 'seg-2/documents.bin'), 'x')
    await failing('writeSync', 1, () => expect(build()).rejects.toMatchObject({ code: 'cache_unwritable' }))
    expect(generations()).toEqual(['gen-1'])
  })

  test('where CURRENT is damaged, nothing goes: one of them may be sound', async () => {
    put('a', 'Haus')
    await build()
    put('b', 'Boot')
    await build()
    writeFileSync(join(cache, 'CURRENT'), 'damaged')
    put('c', 'Dach')
    await failing('renameSync', 1, () => expect(build()).rejects.toMatchObject({ code: 'cache_unwritable' }))
    expect(generations()).toEqual(['gen-1', 'gen-2', 'gen-3'])
  })
})
