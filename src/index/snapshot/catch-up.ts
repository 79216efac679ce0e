import { setImmediate } from 'node:timers/promises'
import type { Analyzer } from '../../analysis/analyzer.ts'
import { FundstelleError } from '../../errors.ts'
import type { ArticleStore } from '../../store/article-store.ts'
import { changed } from './changed.ts'
import { readCommit, type Segment, writeCommit } from './commit.ts'
import { type Fresh, hasArticles, seqNoOf, writeFresh } from './fresh-segment.ts'
import { Generations } from './generations.ts'
import type { HeadStart } from './head-start.ts'
import { clearParts, type LargeLimits } from './large-backlog.ts'
import type { SnapshotIdentity } from './manifest.ts'
import { newestOf } from './newest.ts'
import { type OpenSnapshot, openVerified } from './snapshot-reader.ts'
import { unwritable } from './unwritable.ts'

/** Rows that went less than this long ago stay: a server may still hold an index that needs them. */
const PURGE_AFTER_SECONDS = 600

export interface BuildReport {
  /** False where the newest snapshot already stood at the store's last change. */
  readonly written: boolean
  readonly complaints: readonly FundstelleError[]
  readonly articles: number
  readonly tokens: number
}

export interface BuildOptions {
  /** How many of the changes since the newest snapshot are in the index. */
  readonly progress?: ((done: number, total: number) => void) | undefined
  /** Aborted, no generation is made current any more; its reason is thrown. */
  readonly signal?: AbortSignal | undefined
  /** Where the index was begun with the store, whose first articles it has. */
  readonly head?: HeadStart | undefined
  /** How the segments of the newest snapshot are looked at that stay as they are; see `openVerified`. */
  readonly look?: 'whole' | 'sizes'
  readonly large?: LargeLimits
}

/**
 * Brings the snapshot up to date with the store: what came since the newest sound one becomes a segment, joined with as many of those before it as
 * the merge policy says; the others stay as they are, but for a list of what of them has gone.
 */
export async function buildSnapshot(
  cache: string,
  store: ArticleStore,
  analyzer: Analyzer,
  fingerprint: string,
  options: BuildOptions = {},
): Promise<BuildReport> {
  const { signal, look = 'whole', head } = options
  const generations = new Generations(cache)
  const identity = { fingerprint, storeId: store.id }
  signal?.throwIfAborted()
  const newest = await newestOf(generations, store, (folder) => openVerified(folder, identity, look, signal))
  const { found } = newest
  const complaints = [...newest.complaints]
  signal?.throwIfAborted()
  if (found !== null && complaints.length === 0 && found.seqNo === store.seqNo)
    return { written: false, complaints, articles: found.articles, tokens: found.tokens }
  const build = async (before: OpenSnapshot | null, base: string | null) => {
    const { kept, fresh } = await changed(before, cache, store, analyzer, { ...options, look })
    await setImmediate()
    signal?.throwIfAborted()
    return writeGeneration(cache, generations, base, kept, fresh, identity, signal)
  }
  // of one that was killed
  if (head?.hasBegun !== true) clearParts(cache)
  let written: Awaited<ReturnType<typeof build>>
  try {
    written = await build(found, newest.folder)
  } catch (error) {
    if (!(error instanceof FundstelleError) || error.code !== 'snapshot_unsound') throw error
    if (look === 'sizes') return await buildSnapshot(cache, store, analyzer, fingerprint, { ...options, look: 'whole' })
    // all its checksums are right, and it is of no use
    complaints.push(error)
    written = await build(null, null)
  } finally {
    clearParts(cache)
  }
  const { articles, tokens } = written
  await purge(store, generations)
  return { written: true, complaints, articles, tokens }
}

/**
 * Writes the next generation and puts it in force. What stays unfinished is cleared away: here where something fails, as the disk may be
 * full of it; by the next one after a kill, before it needs space itself.
 * @param base the folder of the generation that it is built on, which stays beside it
 * @param fresh becomes a segment of its own, unless it has no articles and there are others
 */
async function writeGeneration(
  cache: string,
  generations: Generations,
  base: string | null,
  kept: readonly Segment[],
  fresh: Fresh,
  identity: SnapshotIdentity,
  signal?: AbortSignal,
): Promise<{ readonly articles: number; readonly tokens: number }> {
  const number = generations.next()
  generations.clearUnfinished()
  try {
    const segments = [...kept]
    if (hasArticles(fresh) || kept.length === 0) {
      const { name, folder } = generations.segment(number)
      const written = await writeFresh(cache, folder, fresh, identity, signal)
      segments.push({ name, ...written, deletions: new Float64Array(0) })
    }
    const commit = writeCommit(generations.folder(number), segments, seqNoOf(fresh), identity)
    generations.makeCurrent(number, base)
    return commit
  } catch (error) {
    generations.clearUnfinished()
    throw unwritable(cache, error)
  }
}

/** Deletes removed rows that no kept snapshot needs any more. */
async function purge(store: ArticleStore, generations: Generations): Promise<void> {
  const commits = await Promise.allSettled(generations.candidates().map(readCommit))
  // an unsound snapshot is kept until the next one, but nobody will bring it up to date
  const kept = commits.flatMap((read) => (read.status === 'fulfilled' ? read.value : []))
  const changes = kept.filter(({ storeId }) => storeId === store.id).map(({ change }) => change)
  store.purge(Math.min(...changes), Math.floor(Date.now() / 1000) - PURGE_AFTER_SECONDS)
}
