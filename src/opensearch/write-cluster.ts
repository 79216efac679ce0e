import { setTimeout as pause } from 'node:timers/promises'
import type { Analyzer } from '../analysis/analyzer.ts'
import type { ArticleStore } from '../store/article-store.ts'
import { feed } from '../store/change-feed.ts'
import { type ClusterIndex, type IndexState, UNNUMBERED } from './cluster-index.ts'
import { ClusterSink } from './cluster-sink.ts'
import { FencedCluster } from './fenced-cluster.ts'
import { type FoundBuild, IndexCollection } from './index-collection.ts'
import type { IndexSize } from './index-mappings.ts'
import { madeBy } from './made-by.ts'
import type { ClusterPlace } from './open-cluster.ts'
import type { WriterLease } from './writer-lease.ts'

/** What is written to an index in a cluster. */
export interface ClusterContent {
  readonly store: ArticleStore
  readonly analyzer: Analyzer
  /** Of the analysis. */
  readonly fingerprint: string
  /** Set where tasks write it from then on, and this store no more. */
  readonly isOfTasks?: true
}

export interface WritingOptions {
  /** Of this index. */
  readonly lease: Pick<WriterLease, 'epoch' | 'confirm' | 'valid'>
  /** Of a build that is made. */
  readonly size: IndexSize
  /** How long the build before stays after another one has taken its place: searches that have begun end with it. */
  readonly graceMs: number
  /** Is told how many changes were applied. */
  readonly onProgress?: (done: number) => void
  /** Is told once everybody reads the new build, where the one before is still kept. */
  readonly onSwitched?: () => void
  /** Is given what was written, before anybody reads it where it is built anew; what it throws keeps it from that. */
  readonly check?: (index: ClusterIndex) => Promise<void>
  readonly signal?: AbortSignal
}

/** Less than a request may take. */
const COPIES_TIMEOUT = '20s'

/**
 * Brings an index of a cluster in step with a store. One that is of another store, or was made by another analysis, is built anew beside it.
 * @throws FundstelleError `engine_unavailable`, `lease_lost`
 */
export function feedCluster(place: ClusterPlace, content: ClusterContent, options: WritingOptions): Promise<void> {
  return withCollection(place, options, async (collection) => {
    const { store, analyzer, fingerprint, isOfTasks } = content
    const found = await collection.current()
    const state = found?.state
    const isOurs =
      state?.storeId === store.id &&
      state.fingerprint === madeBy(fingerprint) &&
      state.position >= store.purgedSeqNo &&
      (isOfTasks === undefined || state.isOfTasks === true)
    if (found === null || !isOurs) return rebuild(collection, content, options)
    await deleteOthers(collection, [found.index])
    const taken = await takenOver(found.index, options.lease)
    await feed(store, new ClusterSink(found.index, analyzer, taken), options.onProgress, options.signal)
    await options.check?.(found.index)
  })
}

/**
 * Builds an index of a cluster anew from a store, beside the one that is read, and lets it take that one's place in one moment. A run that was
 * given up has changed nothing that is read: the next one goes on with what it left behind, where it builds just the same, or deletes it.
 * @throws FundstelleError `engine_unavailable`
 */
export function rebuildCluster(place: ClusterPlace, content: ClusterContent, options: WritingOptions): Promise<void> {
  return withCollection(place, options, (collection) => rebuild(collection, content, options))
}

async function withCollection(
  { address, name }: ClusterPlace,
  { lease, signal }: WritingOptions,
  work: (collection: IndexCollection) => Promise<void>,
): Promise<void> {
  const cluster = new FencedCluster(address, lease, signal)
  try {
    await work(new IndexCollection(cluster, name))
  } finally {
    await cluster.close()
  }
}

async function rebuild(
  collection: IndexCollection,
  { store, analyzer, fingerprint, isOfTasks }: ClusterContent,
  { lease, size, graceMs, onProgress, onSwitched, check, signal }: WritingOptions,
): Promise<void> {
  const before = (await collection.current())?.index ?? null
  const identity = { storeId: store.id, fingerprint: madeBy(fingerprint), ...(isOfTasks && { isOfTasks }) }
  const begun = await begunBuild(collection, before, store, { ...identity, size })
  // a number is never given twice: whoever still writes to a build that was given up writes to nothing that is read
  const last = Math.max(0, ...(await collection.builds()))
  await deleteOthers(collection, [before, begun?.index ?? null])
  const next = begun?.index ?? collection.build(last + 1)
  const state =
    begun === null ? await next.create(size, { ...identity, epoch: lease.epoch }) : await takenOver(next, lease)
  await feed(store, new ClusterSink(next, analyzer, state), onProgress, signal)
  await check?.(next)
  await copied(next)
  signal?.throwIfAborted()
  // one that fails may have been done nevertheless: what is read then must stay
  await collection.switchTo(next, before)
  if (before === null || before.build === UNNUMBERED) return
  onSwitched?.()
  await pause(graceMs, undefined, { signal }).catch(() => signal?.throwIfAborted())
  await before.delete()
}

/** Writes into the state whose it is now: from then on nothing that an earlier holder of the lease still writes becomes the state. */
async function takenOver(index: ClusterIndex, { epoch }: WritingOptions['lease']): Promise<IndexState> {
  const state = { ...((await index.state()) as IndexState), epoch }
  await index.writeState(state)
  return state
}

/** What earlier runs have left behind. */
async function deleteOthers(collection: IndexCollection, kept: readonly (ClusterIndex | null)[]): Promise<void> {
  for (const number of await collection.builds())
    if (!kept.some((index) => index?.build === number)) await collection.build(number).delete()
}

/** The build that an earlier run has begun in just this way and not ended. */
async function begunBuild(
  collection: IndexCollection,
  before: ClusterIndex | null,
  store: ArticleStore,
  {
    storeId,
    fingerprint,
    size,
    isOfTasks,
  }: Pick<Required<IndexState>, 'storeId' | 'fingerprint' | 'size'> & Pick<IndexState, 'isOfTasks'>,
): Promise<FoundBuild | null> {
  const number = (await collection.builds()).at(-1)
  if (number === undefined || number === UNNUMBERED || number <= (before?.build ?? UNNUMBERED)) return null
  const index = collection.build(number)
  const state = await index.state()
  // one that was never settled is fed from the first change on
  if (state === null || (state.generation > 0 && state.position < store.purgedSeqNo)) return null
  const isSame =
    state.storeId === storeId &&
    state.fingerprint === fingerprint &&
    state.isOfTasks === isOfTasks &&
    state.size?.shards === size.shards &&
    state.size.replicas === size.replicas
  return isSame ? { index, state } : null
}

/** Waits for copies that are being made: before there are any, one node that ends takes the build along. */
async function copied({ cluster, articles, vocabulary }: ClusterIndex): Promise<void> {
  const path = `/_cluster/health/${articles},${vocabulary}`
  const query = { wait_for_no_initializing_shards: true, timeout: COPIES_TIMEOUT }
  await cluster.send({ method: 'GET', path, query, expected: [408] })
}
