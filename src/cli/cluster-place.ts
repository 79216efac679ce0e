import { readFileSync } from 'node:fs'
import type { AnswerSettings, ClusterSettings, Config } from '../config.ts'
import { FundstelleError } from '../errors.ts'
import type { Analysed } from '../index/open-analysis.ts'
import type { ClusterLimits, ClusterPlace } from '../opensearch/open-cluster.ts'
import type { WriterLease } from '../opensearch/writer-lease.ts'
import { createSearchService, type SearchService } from '../search/service.ts'
import { searchSettingsOf } from '../search/version.ts'
import { ArticleStore } from '../store/article-store.ts'
import type { Terminal } from './terminal.ts'

const FEED = { de: 'schreibe in den Cluster', en: 'writing to the cluster' }

/** The client of a cluster is loaded where a cluster was asked for, and nowhere else. */
const loaded = () => import('../opensearch/open-cluster.ts')

/** Names of indexes in a cluster are in small letters. */
const placeOf = ({ urls, apiKey, caFile }: ClusterSettings, index: string, timeoutMs?: number): ClusterPlace => ({
  address: {
    urls,
    ...(apiKey === null ? {} : { apiKey }),
    ...(caFile === null ? {} : { ca: readCertificate(caFile) }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  },
  name: `fundstelle-${index.toLowerCase()}`,
})

function readCertificate(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const expected = { de: 'eine lesbare Datei (PEM)', en: 'a readable file (PEM)' }
    throw new FundstelleError('bad_value', { name: 'FUNDSTELLE_OPENSEARCH_CA', got: path, expected }, { cause: error })
  }
}

export interface OpenedCluster {
  readonly service: SearchService
  close(): Promise<void>
}

/** Opens an index of a cluster for searching. */
export async function openOnCluster(
  place: ClusterSettings,
  config: Config,
  { analyzer, fingerprint, rules }: Analysed,
  answers: AnswerSettings,
): Promise<OpenedCluster> {
  const { openClusterEngine } = await loaded()
  const { engine, close } = openClusterEngine(placeOf(place, config.index), { analyzer, fingerprint })
  const settings = searchSettingsOf(answers)
  return { service: createSearchService(engine, { analyzer: () => analyzer, rules: () => rules, settings }), close }
}

/**
 * Opens the engine for a server.
 * @param requestTimeoutMs that a request to the cluster may take
 */
export async function openForServing(
  settings: ClusterSettings,
  index: string,
  { analyzer, fingerprint }: Pick<Analysed, 'analyzer' | 'fingerprint'>,
  requestTimeoutMs: number,
  limits: ClusterLimits,
) {
  const { openClusterEngine } = await loaded()
  return openClusterEngine(placeOf(settings, index, requestTimeoutMs), { analyzer, fingerprint }, limits)
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
  const opened = await loaded()
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

/** Brings the index of a cluster in step with the articles in the cache folder. */
export async function writeToCluster(
  settings: ClusterSettings,
  config: Config,
  lease: WriterLease,
  { analyzer, fingerprint }: Pick<Analysed, 'analyzer' | 'fingerprint'>,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const { feedCluster } = await loaded()
  const store = ArticleStore.open(config.cache)
  try {
    const progress = (done: number): void => terminal.progress(FEED, done, Math.max(done, store.articleCount))
    await feedCluster(placeOf(settings, config.index), lease, store, analyzer, fingerprint, { progress, signal })
  } finally {
    store.close()
  }
}
