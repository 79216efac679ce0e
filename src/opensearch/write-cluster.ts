import { setTimeout as pause } from 'node:timers/promises'
import type { Analyzer } from '../analysis/analyzer.ts'
import type { ArticleStore } from '../store/article-store.ts'
import { feed } from '../store/change-feed.ts'
import { Cluster } from './cluster.ts'
import { type ClusterIndex, UNNUMBERED } from './cluster-index.ts'
import { ClusterSink } from './cluster-sink.ts'
import { IndexCollection } from './index-collection.ts'
import type { IndexSize } from './index-mappings.ts'
import { madeBy } from './made-by.ts'
import type { ClusterPlace } from './open-cluster.ts'

/** What is written to an index in a cluster. */
export interface ClusterContent {
  readonly store: ArticleStore
  readonly analyzer: Analyzer
  /** Of the analysis. */
  readonly fingerprint: string
}

export interface WritingOptions {
  /** Of a build that is made. */
  readonly size: IndexSize
  /** How long the build before stays after another one has taken its place: searches that have begun end with it. */
  readonly graceMs: number
  /** Is told how many changes were applied. */
  readonly onProgress?: (done: number) => void
  /** Is told once everybody reads the new build, where the one before is still kept. */
  readonly onSwitched?: () => void
  readonly signal?: AbortSignal
}

/** Less than a request may take. */
const COPIES_TIMEOUT = '20s'

/**
 * Brings an index of a cluster in step with a store. One that is of another store, or was made by another analysis, is built anew beside it.
 * @throws FundstelleError `engine_unavailable`
 */
export function feedCluster(place: ClusterPlace, content: ClusterContent, options: WritingOptions): Promise<void> {
  return withCollection(place, async (collection) => {
    const { store, analyzer, fingerprint } = content
    const found = await collection.current()
    const state = found?.state
    const isOurs =
      state?.storeId === store.id && state.fingerprint === madeBy(fingerprint) && state.position >= store.purgedSeqNo
    if (found === null || !isOurs) return rebuild(collection, content, options)
    await deleteOthers(collection, found.index)
    await feed(store, new ClusterSink(found.index, analyzer, found.state), options.onProgress, options.signal)
  })
}

/**
 * Builds an index of a cluster anew from a store, beside the one that is read, and lets it take that one's place in one moment. A run that was
 * given up has changed nothing that is read, and what it left behind goes with the next one.
 * @throws FundstelleError `engine_unavailable`
 */
export function rebuildCluster(place: ClusterPlace, content: ClusterContent, options: WritingOptions): Promise<void> {
  return withCollection(place, (collection) => rebuild(collection, content, options))
}

async function withCollection(
  { address, name }: ClusterPlace,
  work: (collection: IndexCollection) => Promise<void>,
): Promise<void> {
  const cluster = new Cluster(address)
  try {
    await work(new IndexCollection(cluster, name))
  } finally {
    await cluster.close()
  }
}

async function rebuild(
  collection: IndexCollection,
  { store, analyzer, fingerprint }: ClusterContent,
  { size, graceMs, onProgress, onSwitched, signal }: WritingOptions,
): Promise<void> {
  const before = (await collection.current())?.index ?? null
  // a number is never given twice: whoever still writes to a build that was given up writes to nothing that is read
  const last = Math.max(0, ...(await collection.builds()))
  await deleteOthers(collection, before)
  const next = collection.build(last + 1)
  try {
    const state = await next.create(size, { storeId: store.id, fingerprint: madeBy(fingerprint) })
    await feed(store, new ClusterSink(next, analyzer, state), onProgress, signal)
    await copied(next)
  } catch (error) {
    // where this cannot be done either the next run does it
    await next.delete().catch(() => {})
    throw error
  }
  // one that fails may have been done nevertheless: what is read then must stay
  await collection.switchTo(next, before)
  if (before === null || before.build === UNNUMBERED) return
  onSwitched?.()
  await pause(graceMs, undefined, { signal }).catch(() => signal?.throwIfAborted())
  await before.delete()
}

/** What earlier runs have left behind. */
async function deleteOthers(collection: IndexCollection, kept: ClusterIndex | null): Promise<void> {
  for (const number of await collection.builds()) if (number !== kept?.build) await collection.build(number).delete()
}

/** Waits for copies that are being made: before there are any, one node that ends takes the build along. */
async function copied({ cluster, articles, vocabulary }: ClusterIndex): Promise<void> {
  const path = `/_cluster/health/${articles},${vocabulary}`
  const query = { wait_for_no_initializing_shards: true, timeout: COPIES_TIMEOUT }
  await cluster.send({ method: 'GET', path, query, expected: [408] })
}
