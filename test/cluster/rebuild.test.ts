import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { analyseArticle } from '../../src/opensearch/analysed-article.ts'
import { ClusterSink } from '../../src/opensearch/cluster-sink.ts'
import { HeldVocabulary } from '../../src/opensearch/held-vocabulary.ts'
import { IndexCollection } from '../../src/opensearch/index-collection.ts'
import { madeBy } from '../../src/opensearch/made-by.ts'
import { OpenSearchEngine } from '../../src/opensearch/opensearch-engine.ts'
import { feedCluster, rebuildCluster, type WritingOptions } from '../../src/opensearch/write-cluster.ts'
import { ArticleStore } from '../../src/store/article-store.ts'
import { feed } from '../../src/store/change-feed.ts'
import { WorkBudget } from '../../src/work-budget.ts'
import { articleOf } from '../support/articles.ts'
import { CLUSTER_URL, countsIn, countsOf, NEEDS_CLUSTER, ONLY_WRITER, testCluster } from '../support/cluster-engine.ts'
import { analyzer, ask } from '../support/memory-index.ts'

const NAME = `rebuild-${process.pid}`
const SIZE = { shards: 1, replicas: 0 }
const OPTIONS: WritingOptions = { lease: ONLY_WRITER, size: SIZE, graceMs: 0 }
const FOR_EVER_MS = 2 ** 31 - 1

describe.skipIf(CLUSTER_URL === undefined)(`an index in a cluster that is built anew${NEEDS_CLUSTER}`, () => {
  let cache = ''
  let store: ArticleStore
  let collection: IndexCollection
  const engines: OpenSearchEngine[] = []

  const place = { address: { urls: [CLUSTER_URL as string] }, name: NAME }
  const engineBy = (fingerprint: string): OpenSearchEngine => {
    const config = { analyzer, fingerprint: madeBy(fingerprint), staleMsMax: 0 }
    const engine = new OpenSearchEngine(collection, config)
    engines.push(engine)
    return engine
  }
  const contentBy = (fingerprint: string) => ({ store, analyzer, fingerprint })
  const rebuild = (fingerprint = 'one', options = OPTIONS) => rebuildCluster(place, contentBy(fingerprint), options)
  const giveUpAfter = async (changes: number): Promise<void> => {
    const stop = new AbortController()
    const onProgress = (done: number): void => {
      if (done >= changes) stop.abort()
    }
    await expect(rebuild('one', { ...OPTIONS, onProgress, signal: stop.signal })).rejects.toThrow()
  }
  const put = (id: string, text: string) => store.putDocument(articleOf({ id, text }))
  const totalOf = async (engine: OpenSearchEngine, query = 'Haus'): Promise<number> =>
    (await ask(engine, query)).totalHits

  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'fundstelle-rebuild-'))
    store = ArticleStore.open(cache)
    collection = new IndexCollection(testCluster(), NAME)
    put('a', 'Haus am See')
    put('b', 'Häuser im Wald')
  })
  afterEach(async () => {
    for (const engine of engines.splice(0)) await engine.close()
    store.close()
    rmSync(cache, { recursive: true, force: true })
    await collection.delete()
  })

  it('has the next number, and the one before is gone', async () => {
    await feedCluster(place, contentBy('one'), OPTIONS)
    const engine = engineBy('one')
    const before = await engine.state()
    expect([await collection.builds(), await totalOf(engine)]).toEqual([[1], 2])
    await rebuild()
    expect([await collection.builds(), await totalOf(engine)]).toEqual([[2], 2])
    expect(await engine.state()).not.toBe(before)
    put('c', 'Noch ein Haus')
    await feedCluster(place, contentBy('one'), OPTIONS)
    expect([await collection.builds(), await totalOf(engine)]).toEqual([[2], 3])
  })

  it('is no other one that is called like its beginning', async () => {
    const other = new IndexCollection(testCluster(), `${NAME}-articles`)
    await feedCluster({ ...place, name: `${NAME}-articles` }, contentBy('one'), OPTIONS)
    await rebuild()
    expect([await collection.builds(), await other.builds()]).toEqual([[1], [1]])
    await other.delete()
  })

  it('takes over one from before there were numbers, and its place once it is built anew', async () => {
    const old = collection.build(0)
    const state = await old.create(SIZE, { storeId: store.id, fingerprint: madeBy('one') })
    await feed(store, new ClusterSink(old, analyzer, state))
    const engine = engineBy('one')
    expect(await totalOf(engine)).toBe(2)
    put('c', 'Noch ein Haus')
    await feedCluster(place, contentBy('one'), OPTIONS)
    expect([await collection.builds(), await totalOf(engine)]).toEqual([[0], 3])
    await rebuild()
    expect([await collection.builds(), await totalOf(engine)]).toEqual([[1], 3])
  })

  it('goes on with what a run that was given up has begun, if it builds just the same', async () => {
    await rebuild()
    for (let at = 0; at < 1_200; at++) put(`more-${at}`, `Haus ${at}`)
    await giveUpAfter(600)
    expect((await collection.build(2).state())?.written).toBeGreaterThan(0)
    // an article that was written goes, one changes, one comes
    store.removeById('a')
    put('b', 'Burg')
    put('c', 'Noch ein Haus')
    await rebuild()
    const engine = engineBy('one')
    expect([await collection.builds(), await totalOf(engine), await totalOf(engine, 'Burg')]).toEqual([[2], 1201, 1])
    const held = new HeldVocabulary()
    held.add(Array.from(store.articles(), ({ article }) => analyseArticle(article, analyzer)))
    const documents = [...held.operations('')].map(({ document }) => document as object)
    expect(await countsOf(collection)).toEqual(countsIn(documents))
  })

  it('leaves nothing of a run that was given up', async () => {
    await rebuild()
    await giveUpAfter(0)
    expect(await collection.builds()).toEqual([1, 2])
    await feedCluster(place, contentBy('one'), OPTIONS)
    expect(await collection.builds()).toEqual([1])
    await giveUpAfter(0)
    await rebuild('two')
    expect([await collection.builds(), await totalOf(engineBy('two'))]).toEqual([[3], 2])
  })

  it('lets a search that has begun read on what it began with', async () => {
    await rebuild()
    const engine = engineBy('one')
    const stop = new AbortController()
    const budget = new WorkBudget()
    await engine.read(async (reader) => {
      const frequencies = (of: typeof reader) => of.withBudget(budget).dictionary.documentFrequencies(['haus'])
      const before = await frequencies(reader)
      put('c', 'Noch ein Haus')
      const isSwitched = new Promise<void>((onSwitched) => {
        rebuild('one', { lease: ONLY_WRITER, size: SIZE, graceMs: FOR_EVER_MS, onSwitched, signal: stop.signal }).catch(
          () => {},
        )
      })
      await isSwitched
      expect(await totalOf(engine)).toBe(3)
      expect(await frequencies(reader)).toEqual(before)
    }, budget)
    stop.abort()
  })

  it('is read by those that were there, as long as it stays, where another analysis has built it anew', async () => {
    await rebuild('one')
    const engine = engineBy('one')
    expect(await totalOf(engine)).toBe(2)
    put('c', 'Noch ein Haus')
    const stop = new AbortController()
    const options = { lease: ONLY_WRITER, size: SIZE, graceMs: FOR_EVER_MS, signal: stop.signal }
    let rebuilding: Promise<void> = Promise.resolve()
    await new Promise<void>((onSwitched) => {
      rebuilding = rebuild('two', { ...options, onSwitched })
    })
    expect([await totalOf(engine), await totalOf(engineBy('two'))]).toEqual([2, 3])
    const refused = {
      code: 'engine_unavailable',
      params: { why: { en: expect.stringContaining('fundstelle reindex') } },
    }
    await expect(ask(engineBy('one'), 'Haus')).rejects.toMatchObject(refused)
    stop.abort()
    await expect(rebuilding).rejects.toThrow()
    await feedCluster(place, contentBy('two'), OPTIONS)
    expect(await collection.builds()).toEqual([2])
    await expect(ask(engine, 'Haus')).rejects.toMatchObject(refused)
  })

  it('is switched by the one that came first', async () => {
    await rebuild()
    const [one, other] = [collection.build(2), collection.build(3)]
    const before = collection.build(1)
    for (const index of [one, other]) await index.create(SIZE, { storeId: store.id, fingerprint: madeBy('one') })
    await collection.switchTo(one, before)
    // a request whose answer was lost is sent again
    await collection.switchTo(one, before)
    await expect(collection.switchTo(other, before)).rejects.toMatchObject({ code: 'engine_unavailable' })
    expect((await collection.current())?.index.build).toBe(2)
  })
})
