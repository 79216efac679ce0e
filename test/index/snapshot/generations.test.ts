import fs, { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { ArticleIndex } from '../../../src/index/segment/segment.ts'
import { buildSnapshot } from '../../../src/index/snapshot/catch-up.ts'
import { differences } from '../../../src/index/snapshot/differences.ts'
import { Generations } from '../../../src/index/snapshot/generations.ts'
import { catchUp } from '../../../src/index/snapshot/index-sink.ts'
import { loadNewest } from '../../../src/index/snapshot/newest.ts'
import { readFiles } from '../../../src/index/snapshot/read-files.ts'
import { verify } from '../../../src/index/snapshot/verify.ts'
import { ArticleStore } from '../../../src/store/article-store.ts'
import { articleOf } from '../../support/articles.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { analyzer, indexOf } from '../../support/memory-index.ts'
import { putInForce } from '../../support/put-in-force.ts'

let cache = ''
beforeEach(() => {
  cache = temporaryFolder()
})

const folders = (): string[] =>
  readdirSync(cache)
    .filter((name) => name.startsWith('gen-'))
    .sort()
const current = (): string => readFileSync(join(cache, 'CURRENT'), 'utf8')
const writeManifest = (path: string, segment: string): void =>
  writeFileSync(path, JSON.stringify({ segments: [{ name: segment }] }))
const begin = (number: number): void => {
  mkdirSync(join(cache, `gen-${number}`))
}

describe('Generations', () => {
  test('nothing is usable before something was put in force', () => {
    expect(new Generations(join(cache, 'fehlt')).candidates()).toEqual([])
    begin(1)
    expect(new Generations(cache).candidates()).toEqual([])
  })

  test('two are kept: the one in force and the one it was built on', () => {
    const generations = new Generations(cache)
    for (let round = 1; round <= 4; round++) {
      const number = generations.next()
      expect(number).toBe(round)
      begin(number)
      generations.makeCurrent(number, round === 1 ? null : generations.folder(round - 1))
    }
    expect(folders()).toEqual(['gen-3', 'gen-4'])
    expect(generations.candidates()).toEqual([join(cache, 'gen-4'), join(cache, 'gen-3')])
    expect(current()).toBe('gen-4\n')
    expect(existsSync(join(cache, 'CURRENT.new'))).toBe(false)
  })

  test('of several before it only the one stays that it was built on, and none where it was built on none', () => {
    const generations = new Generations(cache)
    for (const number of [1, 2]) {
      begin(number)
      generations.makeCurrent(number, number === 1 ? null : generations.folder(1))
    }
    begin(3)
    generations.makeCurrent(3, generations.folder(1))
    expect([folders(), current()]).toEqual([['gen-1', 'gen-3'], 'gen-3\n'])
    writeFileSync(join(cache, 'CURRENT'), 'damaged')
    begin(4)
    generations.makeCurrent(4, null)
    expect([folders(), current()]).toEqual([['gen-4'], 'gen-4\n'])
  })

  test('one that was begun and not finished is not used, gets removed, and its number is not given again', () => {
    const generations = new Generations(cache)
    begin(1)
    generations.makeCurrent(1, null)
    begin(2)
    expect(generations.candidates()).toEqual([join(cache, 'gen-1')])
    expect(generations.next()).toBe(3)
    begin(3)
    generations.makeCurrent(3, generations.folder(1))
    expect(folders()).toEqual(['gen-1', 'gen-3'])
    expect(generations.next()).toBe(4)
  })

  test('is in force also where those before it cannot be removed', () => {
    const generations = new Generations(cache)
    begin(1)
    generations.makeCurrent(1, null)
    begin(2)
    const { rmSync } = fs
    try {
      fs.rmSync = () => {
        throw new Error('busy')
      }
      syncBuiltinESMExports()
      generations.makeCurrent(2, null)
    } finally {
      fs.rmSync = rmSync
      syncBuiltinESMExports()
    }
    expect([folders(), current()]).toEqual([['gen-1', 'gen-2'], 'gen-2\n'])
    begin(3)
    generations.makeCurrent(3, generations.folder(2))
    expect(folders()).toEqual(['gen-2', 'gen-3'])
  })

  test.each<[string, (manifest: string) => void, string[]]>([
    ['stay where its manifest cannot be read now', (manifest) => mkdirSync(manifest), ['seg-1', 'seg-2', 'seg-3']],
    ['go where it is damaged', (manifest) => writeFileSync(manifest, '{'), ['seg-3']],
    ['go where it is no manifest of a generation', (manifest) => writeFileSync(manifest, 'null'), ['seg-3']],
    ['go where it has none', () => {}, ['seg-3']],
    ['stay where it names them', (manifest) => writeManifest(manifest, 'seg-2'), ['seg-2', 'seg-3']],
  ])('segments that the one it was built on may need %s', (_, leave, left) => {
    const generations = new Generations(cache)
    for (const number of [1, 2, 3]) mkdirSync(generations.segment(number).folder)
    begin(2)
    leave(join(cache, 'gen-2/manifest.json'))
    begin(3)
    writeManifest(join(cache, 'gen-3/manifest.json'), 'seg-3')
    generations.makeCurrent(3, generations.folder(2))
    expect(readdirSync(cache).filter((name) => name.startsWith('seg-'))).toEqual(left)
  })

  test('segments stay where the one in force cannot tell its own', () => {
    const generations = new Generations(cache)
    for (const number of [1, 2]) mkdirSync(generations.segment(number).folder)
    begin(1)
    writeManifest(join(cache, 'gen-1/manifest.json'), 'seg-1')
    begin(2)
    generations.makeCurrent(2, generations.folder(1))
    expect(readdirSync(cache).filter((name) => name.startsWith('seg-'))).toEqual(['seg-1', 'seg-2'])
  })

  test('numbers go on counting past nine, and other names do not matter', () => {
    const generations = new Generations(cache)
    for (const number of [9, 10]) {
      begin(number)
      generations.makeCurrent(number, number === 9 ? null : generations.folder(9))
    }
    mkdirSync(join(cache, 'gen-alt'))
    writeFileSync(join(cache, 'gen-'), '')
    expect(generations.candidates()).toEqual([join(cache, 'gen-10'), join(cache, 'gen-9')])
    expect(generations.next()).toBe(11)
  })
})

describe('the newest sound snapshot', () => {
  let store: ArticleStore
  beforeEach(async () => {
    store = ArticleStore.open(cache)
    const opened = store
    onTestFinished(() => opened.close())
    for (const id of ['a', 'b']) {
      store.transaction(() => store.put(articleOf({ id, text: `Haus ${id}` }), null))
      await buildSnapshot(cache, store, analyzer, 'probe')
    }
    expect(folders()).toEqual(['gen-1', 'gen-2'])
  })

  const load = () => loadNewest(new Generations(cache), store, { fingerprint: 'probe', storeId: store.id })

  async function expectSound(index: ArticleIndex): Promise<void> {
    await catchUp(index, store, analyzer)
    const articles = [...store.articles()].map(({ article }) => article)
    expect(differences(index, indexOf(articles))).toEqual([])
  }

  /** After the next build all is well again: one sound generation in force, nothing to complain about. */
  async function expectRepaired(): Promise<void> {
    expect(await buildSnapshot(cache, store, analyzer, 'probe')).toMatchObject({ written: true, articles: 2 })
    expect((await load()).complaints).toEqual([])
    expect(await verify(cache, analyzer, 'probe')).toEqual({ articles: 2, backlog: 0, faults: [] })
    expect(await buildSnapshot(cache, store, analyzer, 'probe')).toMatchObject({ written: false })
  }

  test('is the one in force, without complaints', async () => {
    const loaded = await load()
    expect(loaded).toMatchObject({ folder: join(cache, 'gen-2'), complaints: [] })
    expect(loaded.index.seqNo).toBe(2)
  })

  test.each<[string, (cache: string) => void]>([
    ['a file of it is damaged', (cache) => writeFileSync(join(cache, 'seg-2/postings.bin'), 'x')],
    ['its manifest is broken', (cache) => writeFileSync(join(cache, 'gen-2/manifest.json'), '{')],
    ['its manifest is missing', (cache) => rmSync(join(cache, 'gen-2/manifest.json'))],
    ['its folder is missing', (cache) => rmSync(join(cache, 'gen-2'), { recursive: true })],
    ['CURRENT names a missing one', (cache) => writeFileSync(join(cache, 'CURRENT'), 'gen-7\n')],
  ])('is the one before where %s; the fault is named and repaired', async (_, damage) => {
    damage(cache)
    expect((await verify(cache, analyzer, 'probe')).faults).toHaveLength(1)
    const loaded = await load()
    expect(loaded.complaints.map(({ code }) => code)).toContain('snapshot_unsound')
    expect([join(cache, 'gen-1'), join(cache, 'gen-2')]).toContain(loaded.folder)
    await expectSound(loaded.index)
    await expectRepaired()
  })

  test.each([
    ['empty', ''],
    ['garbage', '\0\u{ff}gen'],
    ['a path', '../gen-2'],
  ])('is found where CURRENT is %s; that is named and repaired', async (_, content) => {
    writeFileSync(join(cache, 'CURRENT'), content)
    expect((await verify(cache, analyzer, 'probe')).faults[0]?.message).toMatch(/CURRENT/)
    const loaded = await load()
    expect(loaded.complaints).toHaveLength(1)
    expect(loaded.complaints[0]?.message).toMatch(/CURRENT/)
    await expectSound(loaded.index)
    await expectRepaired()
  })

  test('is none where CURRENT is missing: all is built anew', async () => {
    rmSync(join(cache, 'CURRENT'))
    expect(await load()).toMatchObject({ folder: null, complaints: [] })
    await expectRepaired()
  })

  test('is none where both are damaged: all is built anew', async () => {
    for (const name of ['seg-1', 'seg-2']) writeFileSync(join(cache, name, 'forward.bin'), 'x')
    const loaded = await load()
    expect(loaded.folder).toBeNull()
    expect(loaded.complaints).toHaveLength(2)
    await expectSound(loaded.index)
    await expectRepaired()
  })

  test.each<[string, string[], string[]]>([
    ['is the one before, where the newest is damaged', ['seg-2'], ['gen-1', 'gen-3']],
    ['is none, where no one is sound', ['seg-1', 'seg-2'], ['gen-3']],
  ])('that the next is built on, and that stays beside it, %s', async (_, damaged, left) => {
    for (const name of damaged) writeFileSync(join(cache, name, 'forward.bin'), 'x')
    await buildSnapshot(cache, store, analyzer, 'probe')
    expect(folders()).toEqual(left)
    await expectSound((await load()).index)
    for (const folder of left.slice(0, -1)) {
      writeFileSync(join(cache, 'gen-3/manifest.json'), 'x')
      expect((await load()).folder).toBe(join(cache, folder))
    }
  })

  test('is found, without complaints, where builds remove what is being read; so it is verified', async () => {
    const { index } = await load()
    const buildTwice = (): void => {
      for (let i = 0; i < 2; i++) putInForce(cache, index, { fingerprint: 'probe', storeId: store.id })
    }
    const loading = load()
    buildTwice()
    expect(await loading).toMatchObject({ folder: join(cache, 'gen-4'), complaints: [] })
    const verifying = verify(cache, analyzer, 'probe')
    buildTwice()
    expect(await verifying).toEqual({ articles: 2, backlog: 0, faults: [] })
    expect(folders()).toEqual(['gen-5', 'gen-6'])
  })

  test('is looked for a few times only where builds go on and on', async () => {
    const { index } = await load()
    let reads = 0
    const loaded = await loadNewest(
      new Generations(cache),
      store,
      { fingerprint: 'probe', storeId: store.id },
      undefined,
      (name, segments, signal) => {
        if (name.change === 2) reads += 1
        for (let i = 0; i < 2; i++) putInForce(cache, index, { fingerprint: 'probe', storeId: store.id })
        return readFiles(name, segments, signal)
      },
    )
    expect(loaded.folder).toBeNull()
    expect(loaded.complaints).not.toEqual([])
    expect(reads).toBe(5)
  })

  test('is none where the analysis has changed, or the store is another one', async () => {
    const identities = [
      { fingerprint: 'neu', storeId: store.id },
      { fingerprint: 'probe', storeId: 'fremd' },
    ]
    for (const identity of identities) {
      const { folder, complaints } = await loadNewest(new Generations(cache), store, identity)
      expect(folder).toBeNull()
      expect(complaints).toHaveLength(2)
    }
  })

  test('is not one that is ahead of the store', async () => {
    const { index } = await load()
    index.seqNo = 99
    putInForce(cache, index, { fingerprint: 'probe', storeId: store.id })
    const loaded = await load()
    expect(loaded.complaints[0]?.detail('en')).toMatch(/ahead of the store/)
    expect(loaded.folder).toBe(join(cache, 'gen-2'))
    expect((await verify(cache, analyzer, 'probe')).faults[0]?.message).toMatch(/weiter als der Artikelspeicher/)
    await buildSnapshot(cache, store, analyzer, 'probe')
    expect(folders()).toEqual(['gen-2', 'gen-4'])
    expect((await load()).complaints).toEqual([])
  })

  test('is not one so old that removals it would need are purged', async () => {
    store.transaction(() => store.put(articleOf({ id: 'a', text: 'neu' }), null))
    store.purge(store.seqNo, Math.floor(Date.now() / 1000) + 10)
    expect(store.purgedSeqNo).toBe(3)
    const loaded = await load()
    expect(loaded.folder).toBeNull()
    expect(loaded.complaints.map((error) => error.detail('en')).join()).toMatch(/too old/)
  })

  test('is compacted when it is written with too many tombstones', async () => {
    for (let i = 0; i < 5; i++) store.transaction(() => store.put(articleOf({ id: 'a', text: `Fassung ${i}` }), null))
    await buildSnapshot(cache, store, analyzer, 'probe')
    const { index } = await load()
    expect(index.documents).toMatchObject({ size: 2, liveCount: 2 })
  })
})

describe('verify', () => {
  test('says the same while another process goes on writing', async () => {
    const store = ArticleStore.open(cache)
    onTestFinished(() => store.close())
    const put = (round: number): void => {
      store.transaction(() => {
        for (let i = 0; i < 100; i++) store.put(articleOf({ id: `a${i}`, text: `Haus Fassung ${round}` }), null)
      })
    }
    put(0)
    await buildSnapshot(cache, store, analyzer, 'probe')
    put(1)
    let round = 1
    let checking = true
    const writing = (async () => {
      while (checking) {
        put(++round)
        await new Promise((resolve) => setImmediate(resolve))
      }
    })()
    const verified = []
    for (let i = 0; i < 5; i++) verified.push(await verify(cache, analyzer, 'probe'))
    checking = false
    await writing
    expect(round).toBeGreaterThan(5)
    for (const { articles, faults } of verified) expect({ articles, faults }).toEqual({ articles: 100, faults: [] })
  })

  test('an empty cache is sound', async () => {
    expect(await verify(cache, analyzer, 'probe')).toEqual({ articles: 0, backlog: 0, faults: [] })
  })

  test('changes that are not in the snapshot yet are a backlog, no fault', async () => {
    const store = ArticleStore.open(cache)
    onTestFinished(() => store.close())
    for (const id of ['a', 'b', 'c']) {
      store.put(articleOf({ id, text: 'Haus' }), null)
      if (id === 'a') await buildSnapshot(cache, store, analyzer, 'probe')
    }
    expect(await verify(cache, analyzer, 'probe')).toEqual({ articles: 3, backlog: 2, faults: [] })
  })

  test('a snapshot that lacks an article is a fault', async () => {
    const store = ArticleStore.open(cache)
    onTestFinished(() => store.close())
    store.put(articleOf({ id: 'a', text: 'Haus' }), null)
    const index = indexOf([])
    index.seqNo = 1
    putInForce(cache, index, { fingerprint: 'probe', storeId: store.id })
    expect((await verify(cache, analyzer, 'probe')).faults[0]?.message).toMatch(/article a: got nothing/)
  })
})
