import { readFileSync } from 'node:fs'
import type { AnswerSettings, ClusterSettings, Config } from '../config.ts'
import { FundstelleError, type Localized } from '../errors.ts'
import type { Analysed } from '../index/open-analysis.ts'
import type { ClusterLimits, ClusterPlace } from '../opensearch/open-cluster.ts'
import { createSearchService, type SearchService } from '../search/service.ts'
import { searchSettingsOf } from '../search/version.ts'
import { ArticleStore } from '../store/article-store.ts'
import type { Terminal } from './terminal.ts'

const FEED = { de: 'schreibe in den Cluster', en: 'writing to the cluster' }

const UNFINISHED = {
  de: 'was im Cluster fehlt oder übrig ist, bringt der nächste Lauf in Ordnung',
  en: 'what is missing in the cluster, or left over there, the next run sees to',
}

/** A server sees within half a second that another build is read, and a search that it has begun takes 20 s at most. */
const GRACE_MS = 30_000

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
 * Brings the index of a cluster in step with the articles in the cache folder.
 * @param how `feed` writes what has changed, and builds the index anew only where it must; `rebuild` always does
 * @param graceMs how long a build that is read no more stays
 */
export async function writeToCluster(
  how: 'feed' | 'rebuild',
  settings: ClusterSettings,
  config: Config,
  { analyzer, fingerprint }: Pick<Analysed, 'analyzer' | 'fingerprint'>,
  terminal: Terminal,
  signal: AbortSignal,
  graceMs = GRACE_MS,
): Promise<void> {
  const { feedCluster, rebuildCluster } = await import('../opensearch/write-cluster.ts')
  const store = ArticleStore.open(config.cache)
  try {
    const write = how === 'feed' ? feedCluster : rebuildCluster
    await write(
      placeOf(settings, config.index),
      { store, analyzer, fingerprint },
      {
        size: settings,
        graceMs,
        onProgress: (done) => terminal.progress(FEED, done, Math.max(done, store.articleCount)),
        onSwitched: () => terminal.note(terminal.say(switchedWords(graceMs))),
        signal,
      },
    )
  } catch (error) {
    if (signal.aborted && !(error instanceof FundstelleError))
      throw new FundstelleError('stopped', { what: UNFINISHED })
    throw error
  } finally {
    store.close()
  }
}

const switchedWords = (graceMs: number): Localized => ({
  de: `Suchen lesen jetzt den neuen Index; der alte bleibt noch ${graceMs / 1000} s, für Suchen, die schon laufen`,
  en: `searches read the new index now; the old one stays for ${graceMs / 1000} s, for searches that have begun`,
})
