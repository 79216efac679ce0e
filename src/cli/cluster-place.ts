import { readFileSync } from 'node:fs'
import type { AnswerSettings, ClusterSettings, Config } from '../config.ts'
import { FundstelleError } from '../errors.ts'
import { analysedBy } from '../index/open-analysis.ts'
import { enterIndex } from '../opensearch/cluster-registry.ts'
import type { ClusterPlace } from '../opensearch/open-cluster.ts'
import type { WriterLease } from '../opensearch/writer-lease.ts'
import { rulesOf } from '../registry/index-rules.ts'
import type { NamedIndex } from '../registry/index-table.ts'
import { Registry } from '../registry/registry.ts'
import type { ServedRegistry } from '../registry/served-registry.ts'
import { readRules } from '../rules-file.ts'
import { createSearchService, type SearchService } from '../search/service.ts'
import { searchSettingsOf } from '../search/version.ts'
import { ArticleStore } from '../store/article-store.ts'
import type { Terminal } from './terminal.ts'

const FEED = { de: 'schreibe in den Cluster', en: 'writing to the cluster' }

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
  const { engine, close } = openClusterEngine(placeOf(place, config.index), { analyzer, fingerprint })
  const settings = searchSettingsOf(answers)
  return { service: createSearchService(engine, { analyzer: () => analyzer, rules: () => rules, settings }), close }
}

/**
 * Runs `work` as the only writer of an index of a cluster.
 * @throws FundstelleError `index_leased` where another process is that
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
    return await opened.asOnlyWriter(placeOf(settings, index), { signal, onWaiting }, work)
  } catch (error) {
    if (!signal.aborted || error instanceof FundstelleError) throw error
    throw new FundstelleError('stopped', { what: WHAT_STAYS }, { cause: error })
  }
}

const WHAT_STAYS = {
  de: 'Was im Cluster zu finden war, bleibt; was fehlt, schreibt der nächste Lauf',
  en: 'what was found in the cluster stays; what is missing the next run writes',
}

/** Brings the index of a cluster in step with the articles in the cache folder, by the settings that it has in the cluster. A new one gets those of the cache folder. */
export async function writeToCluster(
  settings: ClusterSettings,
  config: Config,
  lease: WriterLease,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const { feedCluster, openClusterRegistry } = await loadedCluster()
  const { index: uid } = config
  const place = placeOf(settings, uid)
  const own = readRules(config.rules)
  const store = ArticleStore.open(config.cache)
  const { registry, close } = openClusterRegistry(place.address)
  try {
    await registry.read(signal)
    const index: Pick<NamedIndex, 'primaryKey' | 'set'> | undefined = registry.indexes.get(uid) ?? localIndex(config)
    const { primaryKey = 'id', set = {} } = index ?? {}
    const { analyzer, fingerprint } = analysedBy(rulesOf({ uid, set }, own, uid))
    const progress = (done: number): void => terminal.progress(FEED, done, Math.max(done, store.articleCount))
    await feedCluster(place, lease, store, analyzer, fingerprint, { progress, signal })
    const { hasFiles, hasDocuments } = store
    await enterIndex(registry, { uid, folder: place.name, primaryKey, set, hasFiles, hasDocuments })
  } finally {
    await close()
    store.close()
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
