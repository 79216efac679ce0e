import { setImmediate } from 'node:timers/promises'
import type { Analyzer } from '../../analysis/analyzer.ts'
import { FundstelleError } from '../../errors.ts'
import type { ArticleStore } from '../../store/article-store.ts'
import { ArticleIndex } from '../segment/segment.ts'
import { catchUpFromHead } from './catch-up-from-head.ts'
import { catchUpInParts } from './catch-up-in-parts.ts'
import { corrupt } from './corrupt.ts'
import { Generations } from './generations.ts'
import type { HeadStart } from './head-start.ts'
import { readManifest, type SnapshotIdentity } from './manifest.ts'
import type { ReadFiles } from './read-files.ts'
import { readSnapshot } from './snapshot-reader.ts'
import { writeSnapshotInThreads } from './snapshot-writer.ts'
import { unwritable } from './unwritable.ts'

/** Rows that went less than this long ago stay: a server may still hold an index that needs them. */
const PURGE_AFTER_SECONDS = 600

export interface Loaded {
  /** An empty one where no snapshot could be used. */
  readonly index: ArticleIndex
  /** The folder it was read from. */
  readonly folder: string | null
  /** What was found unsound on the way; empty also where there was nothing. */
  readonly complaints: readonly FundstelleError[]
}

/**
 * Loads the newest sound snapshot that can be brought up to date with the store.
 * @param signal aborted, it ends within a piece of work and throws the signal's reason
 * @param read where the files of a snapshot come from: from the disk, where nothing else is given
 */
export async function loadNewest(
  generations: Generations,
  store: ArticleStore,
  identity: SnapshotIdentity,
  signal?: AbortSignal,
  read?: ReadFiles,
): Promise<Loaded> {
  const complaints: FundstelleError[] = []
  if (generations.isCurrentDamaged) complaints.push(currentDamaged(generations))
  for (const folder of generations.candidates()) {
    try {
      const index = await readSnapshot(folder, identity, signal, read)
      if (index.seqNo > store.seqNo) throw aheadOfStore(folder)
      if (index.seqNo < store.purgedSeqNo) throw tooOld(folder)
      return { index, folder, complaints }
    } catch (error) {
      if (!(error instanceof FundstelleError)) throw error
      complaints.push(error)
    }
  }
  return { index: new ArticleIndex(), folder: null, complaints }
}

export const currentDamaged = (generations: Generations): FundstelleError =>
  corrupt(generations.currentPath, { de: 'nennt kein Index-Abbild', en: 'names no generation' })

const aheadOfStore = (folder: string): FundstelleError =>
  corrupt(folder, { de: 'weiter als der Artikelspeicher', en: 'ahead of the store' })

const tooOld = (folder: string): FundstelleError =>
  corrupt(folder, { de: 'zu alt, um nachgeführt zu werden', en: 'too old to be brought up to date' })

export interface BuildReport {
  /** False where the newest snapshot already stood at the store's last change. */
  readonly written: boolean
  readonly complaints: readonly FundstelleError[]
  readonly articles: number
  readonly tokens: number
}

/**
 * Brings the snapshot up to date with the store: loads the newest sound one, applies the changes, writes the next generation.
 * @param signal aborted, no generation is made current any more; its reason is thrown
 * @param head where it was begun with the store, whose first articles it has
 */
export async function buildSnapshot(
  cache: string,
  store: ArticleStore,
  analyzer: Analyzer,
  fingerprint: string,
  progress?: (done: number) => void,
  signal?: AbortSignal,
  head?: HeadStart,
): Promise<BuildReport> {
  const generations = new Generations(cache)
  const identity = { fingerprint, storeId: store.id }
  signal?.throwIfAborted()
  const loaded = await loadNewest(generations, store, identity, signal)
  signal?.throwIfAborted()
  let index = loaded.index
  const report = (written: boolean): BuildReport => ({
    written,
    complaints: loaded.complaints,
    articles: index.documents.liveCount,
    tokens: index.forward.tokens,
  })
  if (loaded.folder !== null && loaded.complaints.length === 0 && index.seqNo === store.seqNo) return report(false)
  if (loaded.index.documents.size === 0 && head?.hasBegun === true)
    index = await catchUpFromHead(head, cache, store, analyzer, { progress, signal })
  else await catchUpInParts(index, cache, store, analyzer, { progress, signal })
  await setImmediate()
  signal?.throwIfAborted()
  if (index.needsCompaction) {
    index = index.compacted()
    await setImmediate()
    signal?.throwIfAborted()
  }
  await writeGeneration(cache, generations, index, identity, signal)
  await purge(store, generations)
  return report(true)
}

/**
 * Writes the next generation and puts it in force. What stays unfinished is cleared away: here where something fails, as the disk may be
 * full of it; by the next one after a kill, before it needs space itself.
 */
async function writeGeneration(
  cache: string,
  generations: Generations,
  index: ArticleIndex,
  identity: SnapshotIdentity,
  signal?: AbortSignal,
): Promise<void> {
  const number = generations.next()
  generations.clearUnfinished()
  try {
    await writeSnapshotInThreads(cache, generations.folder(number), index, identity, { signal })
    generations.makeCurrent(number)
  } catch (error) {
    generations.clearUnfinished()
    throw unwritable(cache, error)
  }
}

/** Deletes removed rows that neither of the two kept snapshots needs any more. */
async function purge(store: ArticleStore, generations: Generations): Promise<void> {
  const manifests = await Promise.allSettled(generations.candidates().map(readManifest))
  // an unsound snapshot is kept until the next one, but nobody will bring it up to date
  const kept = manifests.flatMap((read) => (read.status === 'fulfilled' ? read.value : []))
  const changes = kept.filter(({ storeId }) => storeId === store.id).map(({ change }) => change)
  store.purge(Math.min(...changes), Math.floor(Date.now() / 1000) - PURGE_AFTER_SECONDS)
}
