import { FundstelleError } from '../errors.ts'
import type { ArticleStore } from '../store/article-store.ts'
import { documentId } from './article-document.ts'
import type { ClusterIndex } from './cluster-index.ts'
import { ArticleChecksum, articlesIn } from './copied-articles.ts'
import { type FoundBuild, IndexCollection } from './index-collection.ts'
import type { ClusterPlace } from './open-cluster.ts'
import { PatientCluster } from './patience.ts'
import { type ClusterContent, feedCluster, type WritingOptions } from './write-cluster.ts'

/** Articles looked up, or written, at once. */
const LOT = 200

/** What was copied, and found to be the same on both sides. */
export interface Migrated {
  readonly articles: number
  readonly checksum: string
}

export interface MigrationProgress {
  readonly onCopied?: (done: number, total: number) => void
  readonly onVerified?: (done: number, total: number) => void
}

/**
 * Writes what a store has to a cluster, and reads all of it back, before anybody reads it where it is new there. A run that was ended goes on where it stood.
 * @throws FundstelleError `engine_unavailable`; `copy_differs`
 */
export async function migrateToCluster(
  place: ClusterPlace,
  content: ClusterContent,
  { onCopied, onVerified, ...options }: WritingOptions & MigrationProgress,
): Promise<Migrated> {
  const { store } = content
  let migrated: Migrated = { articles: 0, checksum: '' }
  const check = async (index: ClusterIndex): Promise<void> => {
    migrated = await verified(index, store, onVerified, options.signal)
  }
  const onProgress = (done: number): void => onCopied?.(done, Math.max(done, store.articleCount))
  await feedCluster(place, content, { ...options, onProgress, check })
  return migrated
}

/**
 * Copies the articles of a cluster's index into a store, and compares all of them. What an earlier run has copied is not written again. Where the index was made
 * from this store nothing is copied.
 * @throws FundstelleError `engine_unavailable`; `copy_differs`; `copy_in_use` where the store has articles of its own
 */
export async function migrateToStore(
  { address, name }: ClusterPlace,
  store: ArticleStore,
  { onCopied, onVerified, signal }: MigrationProgress & { readonly signal?: AbortSignal },
): Promise<Migrated> {
  const cluster = new PatientCluster(address)
  try {
    const collection = new IndexCollection(cluster, name)
    const { index, state } = await settledBuild(collection)
    if (store.id !== state.storeId) {
      await mustBeForThis(store, index)
      const total = await countIn(index)
      let done = 0
      for await (const page of articlesIn(index, signal)) {
        store.transaction(() => {
          for (const { article } of page) store.putDocument(article)
        })
        done += page.length
        onCopied?.(done, Math.max(done, total))
      }
    } else if (store.seqNo !== state.position) throw behind()
    const migrated = await verified(index, store, onVerified, signal)
    const after = await settledBuild(collection)
    if (after.index.build !== index.build || after.state.generation !== state.generation) throw changed()
    return migrated
  } finally {
    await cluster.close()
  }
}

/** The build that is read; one that is being written to has articles that may not stay. */
async function settledBuild(collection: IndexCollection): Promise<FoundBuild> {
  const found = await collection.current()
  if (found === null) throw unavailable('es gibt dort noch keinen Index', 'there is no index yet')
  if (found.state.isChanging) throw changed()
  return found
}

/** An article that the cluster does not have, or one that was read from a file, an earlier run of this has not put there. */
async function mustBeForThis(store: ArticleStore, { cluster, articles }: ClusterIndex): Promise<void> {
  if (store.hasFiles) throw new FundstelleError('copy_in_use', {})
  const all = store.ids()
  for (let at = 0; at < all.length; at += LOT) {
    const ids = all.slice(at, at + LOT).map(documentId)
    const { docs } = await cluster.body<{ docs: { found?: boolean }[] }>({
      ...{ method: 'POST', path: `/${articles}/_mget`, query: { _source: false }, body: { ids } },
    })
    if (docs.some(({ found }) => found !== true)) throw new FundstelleError('copy_in_use', {})
  }
}

async function countIn({ cluster, articles }: ClusterIndex): Promise<number> {
  return (await cluster.body<{ count: number }>({ method: 'GET', path: `/${articles}/_count` })).count
}

async function verified(
  index: ClusterIndex,
  store: ArticleStore,
  onVerified: MigrationProgress['onVerified'],
  signal: AbortSignal | undefined,
): Promise<Migrated> {
  const [there, here] = [new ArticleChecksum(), new ArticleChecksum()]
  const total = store.articleCount
  for await (const page of articlesIn(index, signal)) {
    for (const { article } of page) there.add(article)
    onVerified?.(there.count, Math.max(there.count, total))
  }
  for (const { article } of store.articles()) here.add(article)
  if (!here.equals(there)) throw new FundstelleError('copy_differs', { here: here.count, there: there.count })
  return { articles: here.count, checksum: here.text }
}

const unavailable = (de: string, en: string): FundstelleError =>
  new FundstelleError('engine_unavailable', { why: { de, en } })

const changed = (): FundstelleError => unavailable('es wird gerade in ihn geschrieben', 'it is being written to')

const behind = (): FundstelleError =>
  unavailable(
    'er ist aus diesem Cache-Ordner gebaut und hat noch nicht alles daraus („fundstelle index“ schreibt den Rest)',
    'it was built from this cache folder and lacks some of it (“fundstelle index” writes the rest)',
  )
