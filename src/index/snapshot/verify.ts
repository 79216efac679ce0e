import type { Analyzer } from '../../analysis/analyzer.ts'
import { type ErrorParam, FundstelleError } from '../../errors.ts'
import { ArticleStore } from '../../store/article-store.ts'
import { storeError } from '../../store/sqlite.ts'
import { ArticleIndex } from '../segment/segment.ts'
import { currentDamaged } from './catch-up.ts'
import { corruptBy } from './corrupt.ts'
import { differences } from './differences.ts'
import { Generations } from './generations.ts'
import { catchUp } from './index-sink.ts'
import { readManifest, type SnapshotIdentity } from './manifest.ts'
import { fileComplaints, readSnapshot } from './snapshot-reader.ts'

export interface Verification {
  readonly articles: number
  /** Changes of the store that the snapshot does not have yet; that is no fault. */
  readonly backlog: number
  /** What is wrong; empty where all is well. */
  readonly faults: readonly FundstelleError[]
}

/**
 * Verifies a cache folder: SQLite's own check of the store, every checksum and count of the snapshot in force, and that the
 * snapshot with the changes since says the same as an index rebuilt from the store, file by file.
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
  readonly faults: FundstelleError[]
}

async function readNewest(generations: Generations, identity: SnapshotIdentity): Promise<NewestSnapshot> {
  const faults = generations.isCurrentDamaged ? [currentDamaged(generations)] : []
  const folder = generations.candidates()[0]
  if (folder === undefined) return { folder: '', index: undefined, faults }
  try {
    const index = await readSnapshot(folder, identity)
    if (index.forward.tokens !== (await readManifest(folder)).tokens) {
      const reason = {
        de: 'die Zahl der Wörter ist nicht die im Verzeichnis',
        en: 'the number of tokens is not the manifest’s',
      }
      faults.push(fault(folder, reason))
    }
    return { folder, index, faults }
  } catch (error) {
    // reading ends at the first damaged file, but whoever looks for a bad disk wants to know all of them
    const complaints = await fileComplaints(folder).catch(() => [])
    return {
      folder,
      index: undefined,
      faults: [...faults, ...(complaints.length > 0 ? complaints : [corruptBy(folder, error)])],
    }
  }
}

async function compare(
  { folder, index, faults }: NewestSnapshot,
  store: ArticleStore,
  analyzer: Analyzer,
): Promise<Verification> {
  const complaints = store.integrityComplaints()
  faults.unshift(
    ...complaints.map((text) => fault(store.path, { de: `SQLite meldet: ${text}`, en: `SQLite says: ${text}` })),
  )
  const rebuilt = new ArticleIndex()
  for (const { seqNo, article } of store.articles()) rebuilt.add(seqNo, article, analyzer)
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
  await catchUp(index, store, analyzer)
  for (const text of differences(index, rebuilt)) {
    faults.push(
      fault(folder, { de: `anders als ein neu gebauter (${text})`, en: `other than a rebuilt one (${text})` }),
    )
  }
  return { articles, backlog, faults }
}

const fault = (path: string, reason: ErrorParam): FundstelleError =>
  new FundstelleError('index_fault', { path, reason })
