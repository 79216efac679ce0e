import { readFileSync } from 'node:fs'
import type { AnswerSettings, ClusterSettings, Config } from '../config.ts'
import { FundstelleError, type Localized } from '../errors.ts'
import { analysedBy } from '../index/open-analysis.ts'
import { type ClusterNamedIndex, enterIndex, mustBeUnnamed } from '../opensearch/cluster-registry.ts'
import type { Migrated } from '../opensearch/migrate.ts'
import type { ClusterPlace } from '../opensearch/open-cluster.ts'
import type { ClusterContent } from '../opensearch/write-cluster.ts'
import type { WriterLease } from '../opensearch/writer-lease.ts'
import { rulesOf } from '../registry/index-rules.ts'
import type { NamedIndex } from '../registry/index-table.ts'
import { Registry } from '../registry/registry.ts'
import type { ServedRegistry } from '../registry/served-registry.ts'
import { readRules } from '../rules-file.ts'
import { createSearchService, type SearchService } from '../search/service.ts'
import { searchSettingsOf } from '../search/version.ts'
import { ArticleStore } from '../store/article-store.ts'
import { withWriterLock } from '../store/writer-lock.ts'
import type { Terminal } from './terminal.ts'

const FEED = { de: 'schreibe in den Cluster', en: 'writing to the cluster' }

const COPY = { de: 'kopiere Artikel', en: 'copying articles' }
const COMPARE = { de: 'vergleiche Artikel', en: 'comparing articles' }

const UNFINISHED = {
  de: 'was im Cluster fehlt oder übrig ist, bringt der nächste Lauf in Ordnung',
  en: 'what is missing in the cluster, or left over there, the next run sees to',
}

/** A server sees within half a second that another build is read, and a search that it has begun takes 20 s at most. */
export const GRACE_MS = 30_000

/** The client of a cluster is loaded where a cluster was asked for, and nowhere else. */
export const loadedCluster = () => import('../opensearch/open-cluster.ts')

/** What the names of the indexes begin with that an index has in a cluster: such names are in small letters. */
export const clusterNameOf = (uid: string): string => `fundstelle-${uid.toLowerCase()}`

/** Which cluster; a request to it may take so long. */
export const addressOf = ({ urls, apiKey, caFile }: ClusterSettings, timeoutMs?: number): ClusterPlace['address'] => ({
  urls,
  ...(apiKey === null ? {} : { apiKey }),
  ...(caFile === null ? {} : { ca: readCertificate(caFile) }),
  ...(timeoutMs === undefined ? {} : { timeoutMs }),
})

const placeOf = (settings: ClusterSettings, index: string): ClusterPlace => ({
  address: addressOf(settings),
  name: clusterNameOf(index),
})

/** The same of one that may have been given another name, or that tasks write. */
const placeThere = async (settings: ClusterSettings, index: string): Promise<ClusterPlace> => {
  const { address, name } = placeOf(settings, index)
  const known = await withClusterRegistry(settings, async ({ indexes }) => indexes.get(index))
  return { address, name: known?.folder ?? name }
}

function readCertificate(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const expected = { de: 'eine lesbare Datei (PEM)', en: 'a readable file (PEM)' }
    throw new FundstelleError('bad_value', { name: 'FUNDSTELLE_OPENSEARCH_CA', got: path, expected }, { cause: error })
  }
}

/** Runs `work` with the registry of a cluster as it is now. */
export async function withClusterRegistry<T>(
  settings: ClusterSettings,
  work: (registry: ServedRegistry) => Promise<T>,
): Promise<T> {
  const { openClusterRegistry } = await loadedCluster()
  const { registry, close } = openClusterRegistry(addressOf(settings))
  try {
    await registry.read()
    return await work(registry)
  } finally {
    await close()
  }
}

export interface OpenedCluster {
  readonly service: SearchService
  close(): Promise<void>
}

/** Opens an index of a cluster for searching, by the settings that it has there. */
export async function openOnCluster(
  place: ClusterSettings,
  config: Config,
  answers: AnswerSettings,
): Promise<OpenedCluster> {
  const { openClusterEngine } = await loadedCluster()
  const own = readRules(config.rules)
  const index = await withClusterRegistry(place, async ({ indexes }) => indexes.get(config.index))
  const { analyzer, fingerprint, rules } = analysedBy(index === undefined ? own : rulesOf(index, own, config.index))
  const { address, name } = placeOf(place, config.index)
  const { engine, close } = openClusterEngine({ address, name: index?.folder ?? name }, { analyzer, fingerprint })
  const settings = searchSettingsOf(answers)
  return { service: createSearchService(engine, { analyzer: () => analyzer, rules: () => rules, settings }), close }
}

/**
 * Runs `work` as the only writer of an index of a cluster.
 * @throws FundstelleError `index_leased` where another process is that, `index_of_tasks`
 */
export async function asOnlyWriter<T>(
  settings: ClusterSettings,
  index: string,
  terminal: Pick<Terminal, 'note' | 'say'>,
  signal: AbortSignal,
  work: (lease: WriterLease) => Promise<T>,
): Promise<T> {
  const opened = await loadedCluster()
  const onWaiting = ({ host, pid, since }: { host: string; pid: number; since: string }): void =>
    terminal.note(
      terminal.say({
        de: `In den Index schreibt ${pid} auf ${host}, seit ${since}; es wird gewartet, ob es diesen Vorgang noch gibt`,
        en: `${pid} on ${host} writes to the index, since ${since}; waiting to see whether that process is still there`,
      }),
    )
  try {
    return await opened.asOnlyWriter(placeOf(settings, index), { signal, onWaiting }, async (lease) => {
      // told before anything is read
      await withClusterRegistry(settings, async ({ indexes }) => mustBeOfFolder(indexes.get(index)))
      return work(lease)
    })
  } catch (error) {
    throw asStopped(error, signal)
  }
}

/**
 * Brings the index of a cluster in step with the articles in the cache folder, by the settings that it has in the cluster. A new one gets those of the cache folder.
 * @param how `feed` writes what has changed, and builds the index anew only where it must; `rebuild` always does
 * @param graceMs how long a build that is read no more stays
 */
export async function writeToCluster(
  how: 'feed' | 'rebuild',
  settings: ClusterSettings,
  config: Config,
  lease: WriterLease,
  terminal: Terminal,
  signal: AbortSignal,
  graceMs = GRACE_MS,
): Promise<void> {
  const { feedCluster, rebuildCluster } = await import('../opensearch/write-cluster.ts')
  const write = how === 'feed' ? feedCluster : rebuildCluster
  await writing(settings, config, signal, (place, content) =>
    write(place, content, {
      ...{ lease, size: settings, graceMs, signal },
      onProgress: (done) => terminal.progress(FEED, done, Math.max(done, content.store.articleCount)),
      onSwitched: () => terminal.note(terminal.say(switchedWords(graceMs))),
    }),
  )
}

/**
 * Writes an index with the articles of the cache folder, by the settings that it has in the cluster, and enters it there.
 * @param moves whether the articles live in the cluster from then on: what came over HTTP is written over HTTP there, too
 */
async function writing<T>(
  settings: ClusterSettings,
  config: Config,
  signal: AbortSignal,
  write: (place: ClusterPlace, content: ClusterContent) => Promise<T>,
  moves = false,
): Promise<T> {
  const { openClusterRegistry } = await loadedCluster()
  const { index: uid } = config
  const place = placeOf(settings, uid)
  const own = readRules(config.rules)
  const store = ArticleStore.open(config.cache)
  const { registry, close } = openClusterRegistry(place.address)
  try {
    await registry.read(signal)
    const known = registry.indexes.get(uid)
    mustBeOfFolder(known)
    mustBeUnnamed(registry.indexes.all(), uid, place.name)
    const index: Pick<NamedIndex, 'primaryKey' | 'set'> | undefined = known ?? localIndex(config)
    const { primaryKey = 'id', set = {} } = index ?? {}
    const { analyzer, fingerprint } = analysedBy(rulesOf({ uid, set }, own, uid))
    const { hasFiles, hasDocuments } = store
    const ofTasks =
      moves && known === undefined && !hasFiles && (hasDocuments || index !== undefined)
        ? { isOfTasks: true as const }
        : {}
    const result = await write(place, { store, analyzer, fingerprint, ...ofTasks })
    await enterIndex(registry, { uid, folder: place.name, primaryKey, set, hasFiles, hasDocuments, ...ofTasks })
    return result
  } finally {
    await close()
    store.close()
  }
}

/** @throws FundstelleError `index_of_tasks` */
function mustBeOfFolder(index: NamedIndex | undefined): void {
  if ((index as ClusterNamedIndex | undefined)?.isOfTasks === true)
    throw new FundstelleError('index_of_tasks', { index: index?.uid ?? '' })
}

/** An index has in the cache folder what it has in a cluster: its primary key and its settings. */
function takeSettings({ root, index: uid }: Config, there: NamedIndex | undefined): void {
  if (there === undefined) return
  const registry = Registry.open(root)
  try {
    const now = new Date().toISOString()
    registry.transaction(() => {
      if (registry.indexes.get(uid) === undefined) registry.indexes.create(uid, there.primaryKey, now)
      else if (there.primaryKey !== null) registry.indexes.setPrimaryKey(uid, there.primaryKey, now)
      registry.indexes.setSettings(uid, there.set, now)
    })
  } finally {
    registry.close()
  }
}

function localIndex({ root, index }: Config): NamedIndex | undefined {
  if (!Registry.exists(root)) return undefined
  const registry = Registry.open(root)
  try {
    return registry.indexes.get(index)
  } finally {
    registry.close()
  }
}

/** Copies the articles of one index between the cache folder and a cluster. */
export async function migrateArticles(
  to: 'opensearch' | 'embedded',
  settings: ClusterSettings,
  config: Config,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Migrated> {
  if (to === 'opensearch' && !ArticleStore.exists(config.cache))
    throw new FundstelleError('cache_missing', { path: config.cache })
  const { migrateToCluster, migrateToStore } = await import('../opensearch/migrate.ts')
  const progress = {
    onCopied: (done: number, total: number) => terminal.progress(COPY, done, total),
    onVerified: (done: number, total: number) => terminal.progress(COMPARE, done, total),
    signal,
  }
  if (to === 'opensearch') {
    const onSwitched = (): void => terminal.note(terminal.say(switchedWords(GRACE_MS)))
    return asOnlyWriter(settings, config.index, terminal, signal, (lease) =>
      writing(
        settings,
        config,
        signal,
        (place, content) =>
          migrateToCluster(place, content, { ...progress, lease, size: settings, graceMs: GRACE_MS, onSwitched }),
        true,
      ),
    )
  }
  const store = ArticleStore.open(config.cache)
  try {
    const place = await placeThere(settings, config.index)
    const copied = async (): Promise<Migrated> => {
      const migrated = await migrateToStore(place, store, progress)
      takeSettings(config, await withClusterRegistry(settings, async ({ indexes }) => indexes.get(config.index)))
      return migrated
    }
    return await withWriterLock(config.cache, copied, signal)
  } catch (error) {
    throw asStopped(error, signal)
  } finally {
    store.close()
  }
}

/** That it was asked to end is what keeps a run from going on, not a failure. */
export const asStopped = (error: unknown, { aborted }: AbortSignal): unknown =>
  aborted && !(error instanceof FundstelleError) ? new FundstelleError('stopped', { what: UNFINISHED }) : error

export const switchedWords = (graceMs: number): Localized => ({
  de: `Suchen lesen jetzt den neuen Index; der alte bleibt noch ${graceMs / 1000} s, für Suchen, die schon laufen`,
  en: `searches read the new index now; the old one stays for ${graceMs / 1000} s, for searches that have begun`,
})
