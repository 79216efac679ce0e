import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Article } from '../../src/article/article.ts'
import { IndexCollection } from '../../src/opensearch/index-collection.ts'
import type { OpenSearchEngine } from '../../src/opensearch/opensearch-engine.ts'
import type { SearchResult } from '../../src/search/rank/search-result.ts'
import type { Change } from '../../src/store/change-log.ts'
import { WorkBudget } from '../../src/work-budget.ts'
import { articleOf } from '../support/articles.ts'
import {
  addedOf,
  CLUSTER_URL,
  countsOf,
  emptyCollection,
  engineOn,
  feedAll,
  NEEDS_CLUSTER,
  sinkOf,
  testCluster,
} from '../support/cluster-engine.ts'
import { analyzer, ask, askOf } from '../support/memory-index.ts'

const text = (id: string, value: string, more: Partial<Article> = {}): Article =>
  articleOf({ id, text: value, ...more })
const ids = ({ hits }: SearchResult): string[] => hits.map(({ article }) => article.id)
const scores = ({ hits }: SearchResult): number[] => hits.map(({ score }) => score)
const removal = (seqNo: number, removalSeqNo: number, successor: number | null = null): Change => ({
  ...{ kind: 'removed', seqNo, removalSeqNo, successor },
})
const added = (seqNo: number, article: Article): Change => ({ kind: 'added', seqNo, article })

describe.skipIf(CLUSTER_URL === undefined)(`writing to a cluster${NEEDS_CLUSTER}`, () => {
  let collection: IndexCollection
  let engine: OpenSearchEngine

  const feedOf = async (changes: readonly Change[], position: number): Promise<void> =>
    feedAll(await sinkOf(collection, analyzer), changes, position)

  /** That searches find what they would if just these articles had ever been written. */
  const mustBeAs = async (articles: readonly Article[], query: string): Promise<void> => {
    const [one, other] = [await ask(engine, query), await askOf(articles, query)]
    expect(ids(one)).toEqual(ids(other))
    for (const [at, score] of scores(one).entries()) expect(score).toBeCloseTo(scores(other)[at] as number, 5)
  }

  beforeEach(async () => {
    collection = new IndexCollection(testCluster(), `writing-${process.pid}`)
    await emptyCollection(collection, { shards: 3, replicas: 0 })
    engine = engineOn(collection, analyzer)
  })
  afterEach(async () => {
    await engine.close()
    await collection.delete()
  })

  const articles = [text('a', 'Haus am See'), text('b', 'Häuser im Wald'), text('c', 'Hausboote und ein Haus')]

  it('finds what was written, whatever shard it is on', async () => {
    await feedOf(addedOf(articles), 3)
    await mustBeAs(articles, 'Haus')
    await mustBeAs(articles, '')
    await mustBeAs(articles, 'Hausbot')
  })

  it('finds nothing of an article that went, and its words count no more', async () => {
    await feedOf(addedOf(articles), 3)
    await ask(engine, 'Haus')
    await feedOf([removal(1, 4)], 4)
    await mustBeAs(articles.slice(1), 'Haus')
    await mustBeAs(articles.slice(1), 'See')
  })

  it('finds an article that changed by its new words alone', async () => {
    await feedOf(addedOf(articles), 3)
    const changed = text('a', 'Garten am Fluss')
    await feedOf([removal(1, 4, 5), added(5, changed)], 5)
    const now = [changed, ...articles.slice(1)]
    for (const query of ['Haus', 'Garten', 'See', 'Gartn']) await mustBeAs(now, query)
  })

  it('shows nothing of a feed that was not settled, and all of it once the same changes came again', async () => {
    await feedOf(addedOf(articles), 3)
    const before = await ask(engine, 'Haus')
    const more = [added(4, text('d', 'Haus Haus Haus')), removal(2, 5), added(6, text('c', 'Nur noch ein Baum'))]
    const interrupted = await sinkOf(collection, analyzer)
    await interrupted.apply(more[Symbol.iterator]())
    await interrupted.settle(null)
    expect(ids(await ask(engine, 'Haus'))).toEqual(ids(before))
    await feedOf(more, 6)
    await mustBeAs([articles[0] as Article, text('d', 'Haus Haus Haus'), text('c', 'Nur noch ein Baum')], 'Haus')
    expect((await collection.current())?.state.position).toBe(6)
  })

  it.each([
    ['a word that only the replaced version had', [removal(1, 4, 5), added(5, text('a', 'Garten am Fluss'))], [], 5],
    ['a word that only the removed article had', [removal(2, 4)], [], 4],
    [
      'an article that went meanwhile',
      [added(4, text('d', 'Leuchtturm'))],
      // what came and went the store does not tell
      [added(6, text('e', 'Burg'))],
      6,
    ],
    ['a version that was replaced meanwhile', [added(4, text('d', 'Turm'))], [added(5, text('d', 'Burg'))], 5],
  ] as const)('counts %s as if nobody had been interrupted', async (_, changes, instead, position) => {
    await feedOf(addedOf(articles), 3)
    const interrupted = await sinkOf(collection, analyzer)
    await interrupted.apply([...changes][Symbol.iterator]())
    await feedOf(instead.length > 0 ? instead : changes, position)
    const now = new Map(articles.map((article) => [article.id, article]))
    for (const change of instead.length > 0 ? instead : changes) {
      if (change.kind === 'added') now.set(change.article.id, change.article)
      else if (change.successor === null) now.delete(articles[change.seqNo - 1]?.id as string)
    }
    const counts = await countsOf(collection)
    const plain = new IndexCollection(testCluster(), `writing-${process.pid}-plain`)
    await emptyCollection(plain, { shards: 1, replicas: 0 })
    await feedAll(await sinkOf(plain, analyzer), addedOf([...now.values()]), now.size)
    expect(counts).toEqual(await countsOf(plain))
    for (const query of ['Haus', 'See', 'Wald', 'Leuchtturm', 'Turm', 'Burg']) await mustBeAs([...now.values()], query)
    await plain.delete()
  })

  it('has another state after a change, and the same one until then', async () => {
    await feedOf(addedOf(articles), 3)
    const state = await engine.state()
    expect(await engine.state()).toBe(state)
    await feedOf([removal(1, 4)], 4)
    expect(await engine.state()).not.toBe(state)
  })

  it('lets a search that has begun read the state it began with', async () => {
    await feedOf(addedOf(articles), 3)
    const budget = new WorkBudget()
    await engine.read(async (reader) => {
      const frequencies = () => reader.withBudget(budget).dictionary.documentFrequencies(['haus'])
      const before = await frequencies()
      await feedOf([removal(1, 4)], 4)
      await ask(engine, 'Haus')
      expect(await frequencies()).toEqual(before)
    }, budget)
    await mustBeAs(articles.slice(1), 'Haus')
  })

  it('searches on where the cluster has forgotten the state that it kept', async () => {
    await feedOf(addedOf(articles), 3)
    await mustBeAs(articles, 'Haus')
    await testCluster().send({ method: 'DELETE', path: '/_search/point_in_time/_all' })
    await mustBeAs(articles, 'Haus')
  })

  it('refuses to search what another analysis has written', async () => {
    await emptyCollection(collection, { shards: 1, replicas: 0 }, { storeId: 'probe', fingerprint: 'another' })
    await expect(ask(engine, 'Haus')).rejects.toMatchObject({ code: 'engine_unavailable' })
  })

  it('tells that it cannot be reached where nobody listens', async () => {
    const { Cluster } = await import('../../src/opensearch/cluster.ts')
    const nobody = new IndexCollection(new Cluster({ urls: ['http://127.0.0.1:1'], timeoutMs: 1000 }), 'x')
    await expect(ask(engineOn(nobody, analyzer), 'Haus')).rejects.toMatchObject({ code: 'engine_unavailable' })
  })
})
