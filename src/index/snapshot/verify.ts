import { dirname, join } from 'node:path'
import type { Analyzer } from '../../analysis/analyzer.ts'
import { type ErrorParam, FundstelleError } from '../../errors.ts'
import { ArticleStore } from '../../store/article-store.ts'
import { storeError } from '../../store/sqlite.ts'
import { ArticleIndex } from '../segment/segment.ts'
import { readCommit } from './commit.ts'
import { corruptBy } from './corrupt.ts'
import { differences } from './differences.ts'
import { Generations } from './generations.ts'
import { catchUp } from './index-sink.ts'
import { readManifest, type SnapshotIdentity } from './manifest.ts'
import { currentDamaged, readInForce } from './newest.ts'
import { fileComplaints } from './segment-reader.ts'
import { joinedIndex, openSnapshot, readSnapshot } from './snapshot-reader.ts'

export interface Verification {
  readonly articles: number
  /** Changes of the store that the snapshot does not have yet; that is no fault. */
  readonly backlog: number
  /** What is wrong; empty where all is well. */
  readonly faults: readonly FundstelleError[]
}

/**
 * Verifies a cache folder: SQLite's own check of the store, every checksum and count of the snapshot in force, and that the
 * snapshot with the changes since says the same as an index rebuilt from the store, file by file; each segment after the first one by itself, too, of which
 * a search reads only what was joined.
 * @throws FundstelleError `store_broken` where the store cannot be read at all
 */
export async function verify(cache: string, analyzer: Analyzer, fingerprint: string): Promise<Verification> {
  const store = ArticleStore.open(cache)
  try {
    // the snapshot first: another process may be writing, and the store never falls behind its snapshots
    const snapshot = await readNewest(new Generations(cache), { fingerprint, storeId: store.id })
    return await store.readTransaction(() => compare(snapshot, store, analyzer))
  } catch (error) {
    throw storeError(error, store.path)
  } finally {
    store.close()
  }
}

interface NewestSnapshot {
  readonly folder: string
  readonly index: ArticleIndex | undefined
  /** Those after the first one: of them only what is joined onto that is in `index`. */
  readonly laterSegments: readonly ReadSegment[]
  readonly faults: FundstelleError[]
}

interface ReadSegment {
  readonly folder: string
  /** Without what has gone up to the snapshot's change. */
  readonly index: ArticleIndex
  /** It has articles that were added after this change, up to `last`. */
  readonly after: number
  readonly last: number
}

const readNewest = (generations: Generations, identity: SnapshotIdentity): Promise<NewestSnapshot> =>
  readInForce(
    generations,
    () => readNow(generations, identity),
    ({ index, faults }) => index !== undefined && faults.length === 0,
  )

async function readNow(generations: Generations, identity: SnapshotIdentity): Promise<NewestSnapshot> {
  const faults = generations.isCurrentDamaged ? [currentDamaged(generations)] : []
  const folder = generations.candidates()[0]
  if (folder === undefined) return { folder: '', index: undefined, laterSegments: [], faults }
  try {
    const index = await readSnapshot(folder, identity)
    const { segments, seqNo, name } = await openSnapshot(folder, identity)
    const laterSegments: ReadSegment[] = []
    for (const [at, segment] of segments.entries()) {
      const read = await joinedIndex(name, [segment])
      read.seqNo = seqNo
      const { folder, change: last, tokens } = segment
      if (read.forward.tokens !== tokens || segment.manifest.tokens !== tokens) faults.push(wrongTokens(folder))
      const before = segments[at - 1]
      if (before !== undefined) laterSegments.push({ folder, index: read, after: before.change, last })
    }
    return { folder, index, laterSegments, faults }
  } catch (error) {
    // reading ends at the first damaged file, but whoever looks for a bad disk wants to know all of them
    const complaints = await allComplaints(folder).catch(() => [])
    return {
      folder,
      index: undefined,
      laterSegments: [],
      faults: [...faults, ...(complaints.length > 0 ? complaints : [corruptBy(folder, error)])],
    }
  }
}

/** What is wrong with the files of a generation and of its segments. */
async function allComplaints(folder: string): Promise<FundstelleError[]> {
  const commit = await readCommit(folder)
  const complaints = await fileComplaints({ folder, manifest: commit })
  for (const { name } of commit.segments) {
    const segment = join(dirname(folder), name)
    try {
      complaints.push(...(await fileComplaints({ folder: segment, manifest: await readManifest(segment) })))
    } catch (error) {
      complaints.push(corruptBy(segment, error))
    }
  }
  return complaints
}

const wrongTokens = (folder: string): FundstelleError =>
  fault(folder, {
    de: 'die Zahl der Wörter ist nicht die im Verzeichnis',
    en: 'the number of tokens is not the manifest’s',
  })

async function compare(
  { folder, index, laterSegments, faults }: NewestSnapshot,
  store: ArticleStore,
  analyzer: Analyzer,
): Promise<Verification> {
  const complaints = store.integrityComplaints()
  faults.unshift(
    ...complaints.map((text) => fault(store.path, { de: `SQLite meldet: ${text}`, en: `SQLite says: ${text}` })),
  )
  const rebuilt = rebuiltOf(store, analyzer, 0, Number.MAX_SAFE_INTEGER)
  const articles = store.articleCount
  const { liveCount } = rebuilt.documents
  if (liveCount !== articles) {
    const reason = {
      de: `${articles} Artikel, davon lesbar: ${liveCount}`,
      en: `${articles} articles, ${liveCount} of them readable`,
    }
    faults.push(fault(store.path, reason))
  }
  if (index === undefined) return { articles, backlog: store.seqNo, faults }
  const backlog = store.changesAfter(index.seqNo)
  if (backlog < 0) {
    const reason = {
      de: `${-backlog} Änderungen weiter als der Artikelspeicher`,
      en: `${-backlog} changes ahead of the store`,
    }
    faults.push(fault(folder, reason))
  }
  const laterFaults: FundstelleError[] = []
  for (const later of laterSegments) {
    await catchUp(later.index, store, analyzer, undefined, undefined, undefined, later.last)
    laterFaults.push(
      ...differenceFaults(later.folder, later.index, rebuiltOf(store, analyzer, later.after, later.last)),
    )
  }
  faults.push(...laterFaults)
  // what was joined with a wrong one is wrong, too
  if (laterFaults.length > 0) return { articles, backlog, faults }
  await catchUp(index, store, analyzer)
  faults.push(...differenceFaults(folder, index, rebuilt))
  return { articles, backlog, faults }
}

/** The index of the living articles that were added after a change, up to another one. */
function rebuiltOf(store: ArticleStore, analyzer: Analyzer, after: number, last: number): ArticleIndex {
  const rebuilt = new ArticleIndex()
  for (const { seqNo } of store.sizesAfter(after)) {
    const article = seqNo > last ? undefined : store.bySeqNo(seqNo)
    if (article !== undefined) rebuilt.add(seqNo, article, analyzer)
  }
  return rebuilt
}

const differenceFaults = (folder: string, index: ArticleIndex, rebuilt: ArticleIndex): FundstelleError[] =>
  differences(index, rebuilt).map((text) =>
    fault(folder, { de: `anders als ein neu gebauter (${text})`, en: `other than a rebuilt one (${text})` }),
  )

const fault = (path: string, reason: ErrorParam): FundstelleError =>
  new FundstelleError('index_fault', { path, reason })
