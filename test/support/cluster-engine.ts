import { createHash } from 'node:crypto'
import type { Analyzer } from '../../src/analysis/analyzer.ts'
import type { Article } from '../../src/article/article.ts'
import { Cluster } from '../../src/opensearch/cluster.ts'
import { ClusterSink } from '../../src/opensearch/cluster-sink.ts'
import { IndexCollection } from '../../src/opensearch/index-collection.ts'
import type { IndexSize } from '../../src/opensearch/index-mappings.ts'
import { OpenSearchEngine } from '../../src/opensearch/opensearch-engine.ts'
import type { Engine } from '../../src/search/engine/engine.ts'
import type { Change } from '../../src/store/change-log.ts'

/** Where the cluster of these tests is: `npm run test:cluster` starts one. Undefined where there is none. */
export const CLUSTER_URL = process.env['FUNDSTELLE_TEST_OPENSEARCH_URL']

/** In the names of tests that are skipped. */
export const NEEDS_CLUSTER = CLUSTER_URL === undefined ? ' (skipped: needs a cluster, npm run test:cluster)' : ''

/** Collections that are there at once; the oldest goes when another one comes. */
const COLLECTIONS_MAX = 20
const FINGERPRINT = 'probe'
const STORE = 'probe'

let cluster: Cluster | undefined
const open = new Map<string, OpenSearchEngine>()
let made = 0

/** Of a test that is the only one to write. */
export const ONLY_WRITER = { epoch: 1, confirm: async (): Promise<void> => {}, valid: new AbortController().signal }

export const testCluster = (): Cluster => {
  cluster ??= new Cluster({ urls: [CLUSTER_URL as string] })
  return cluster
}

/** Removes everything that servers of tests have in the cluster: tasks, keys, and the indexes that tasks write. */
export async function clearTaskIndexes(): Promise<void> {
  const found = await testCluster().body<Record<string, unknown>>({
    ...{ method: 'GET', path: '/fundstelle-*/_alias', query: { expand_wildcards: 'all' } },
  })
  const isTheirs = (name: string): boolean => /^fundstelle-(?:system$|tasks$|payloads$|[^.]*\.\d+-)/.test(name)
  for (const name of Object.keys(found).filter(isTheirs))
    await testCluster().send({ method: 'DELETE', path: `/${name}`, expected: [404] })
}

/** Makes a collection anew, with an empty build that is read. */
export async function emptyCollection(
  collection: IndexCollection,
  size: IndexSize,
  identity = { storeId: STORE, fingerprint: FINGERPRINT },
): Promise<IndexCollection> {
  await collection.delete()
  const index = collection.build(1)
  await index.create(size, identity)
  await collection.switchTo(index, null)
  return collection
}

export const addedOf = (articles: readonly Article[], first = 1): Change[] =>
  articles.map((article, at) => ({ kind: 'added', seqNo: first + at, article }))

export async function sinkOf(collection: IndexCollection, analyzer: Analyzer): Promise<ClusterSink> {
  const found = await collection.current()
  if (found === null) throw new Error(`no index ${collection.aliases.articles}`)
  return new ClusterSink(found.index, analyzer, found.state)
}

/** Gives changes to a sink as the store does. */
export async function feedAll(sink: ClusterSink, changes: Iterable<Change>, position: number): Promise<void> {
  const iterator = changes[Symbol.iterator]()
  while ((await sink.apply(iterator)) > 0);
  await sink.settle(position)
}

export const engineOn = (collection: IndexCollection, analyzer: Analyzer): OpenSearchEngine =>
  new OpenSearchEngine(collection, { analyzer, fingerprint: FINGERPRINT, staleMsMax: 0 })

/** An engine over these articles, whose index is made when it is first asked. */
export function clusterEngineOf(articles: readonly Article[], analyzer: Analyzer): Engine {
  let opening: Promise<OpenSearchEngine> | undefined
  const engine = (): Promise<OpenSearchEngine> => {
    opening ??= opened(articles, analyzer)
    return opening
  }
  return {
    read: async (work, budget) => (await engine()).read(work, budget),
    article: async (id, budget) => (await engine()).article(id, budget),
    idWithUrl: async (urls, budget) => (await engine()).idWithUrl(urls, budget),
    suggestTerms: async (typed, most, budget) => (await engine()).suggestTerms(typed, most, budget),
    facetValues: async (wanted, budget) => (await engine()).facetValues(wanted, budget),
    state: async () => (await engine()).state(),
  }
}

/** The indexes that are used one after the other, each emptied for the next collection as a store would be: creating one takes a second. */
interface Place {
  readonly collection: IndexCollection
  articles: readonly Article[]
  position: number
}
const places: Place[] = []

async function opened(articles: readonly Article[], analyzer: Analyzer): Promise<OpenSearchEngine> {
  const content = createHash('sha256')
    .update(JSON.stringify([articles, analyzer.indexRules]))
    .digest('hex')
  const known = open.get(content)
  if (known !== undefined) return known
  const place = await nextPlace()
  const first = place.position + 1
  const removed = place.articles.map(
    (_, at): Change => ({
      kind: 'removed',
      seqNo: place.position - place.articles.length + at + 1,
      removalSeqNo: first + at,
      successor: null,
    }),
  )
  const position = place.position + removed.length + articles.length
  const added = addedOf(articles, first + removed.length)
  await feedAll(await sinkOf(place.collection, analyzer), [...removed, ...added], position)
  place.articles = articles
  place.position = position
  const engine = engineOn(place.collection, analyzer)
  open.set(content, engine)
  for (const [oldest, replaced] of open) {
    if (open.size < COLLECTIONS_MAX) break
    open.delete(oldest)
    await replaced.close()
  }
  return engine
}

async function nextPlace(): Promise<Place> {
  const at = made % COLLECTIONS_MAX
  made += 1
  const known = places[at]
  if (known !== undefined) return known
  const collection = new IndexCollection(testCluster(), `test-${process.pid}-${at}`)
  // answers are the same whatever shards an index has
  await emptyCollection(collection, { shards: at % 2 === 0 ? 1 : 3, replicas: 0 })
  places[at] = { collection, articles: [], position: 0 }
  return places[at]
}

/** How many articles have each term, and how many terms each n-gram: all that is counted. */
export async function countsOf(collection: IndexCollection): Promise<ReadonlyMap<string, number>> {
  const { cluster, aliases } = collection
  const body = {
    size: 10_000,
    query: { bool: { should: [{ exists: { field: 'term' } }, { exists: { field: 'gram' } }] } },
  }
  const { hits } = await cluster.body<{ hits: { hits: { _source: CountedDocument }[] } }>({
    ...{ method: 'POST', path: `/${aliases.vocabulary}/_search`, body },
  })
  return countsIn(hits.hits.map(({ _source }) => _source))
}

/** The same in documents that are written at once. */
export function countsIn(documents: readonly CountedDocument[]): ReadonlyMap<string, number> {
  const counts = documents.flatMap(({ term, documents: articles, gram, gramTerms, gramDocuments }) =>
    term === undefined
      ? [
          [`terms of ${gram}`, gramTerms],
          [`articles of ${gram}`, gramDocuments],
        ]
      : [[term, articles]],
  ) as [string, number][]
  return new Map(counts.filter(([, count]) => count > 0).sort())
}

interface CountedDocument {
  readonly term?: string
  readonly documents?: number
  readonly gram?: string
  readonly gramTerms?: number
  readonly gramDocuments?: number
}
