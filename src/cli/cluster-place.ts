import { readFileSync } from 'node:fs'
import type { AnswerSettings, ClusterSettings, Config } from '../config.ts'
import { FundstelleError, type Localized } from '../errors.ts'
import { type Analysed, analysedBy } from '../index/open-analysis.ts'
import type { Migrated } from '../opensearch/migrate.ts'
import type { ClusterLimits, ClusterPlace } from '../opensearch/open-cluster.ts'
import { createSearchService, type SearchService } from '../search/service.ts'
import { searchSettingsOf } from '../search/version.ts'
import { ArticleStore } from '../store/article-store.ts'
import { withWriterLock } from '../store/writer-lock.ts'
import { rulesAt } from './index-place.ts'
import type { Terminal } from './terminal.ts'

const FEED = { de: 'schreibe in den Cluster', en: 'writing to the cluster' }

const COPY = { de: 'kopiere Artikel', en: 'copying articles' }
const COMPARE = { de: 'vergleiche Artikel', en: 'comparing articles' }

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
  const place = placeOf(settings, config.index)
  const progress = {
    onCopied: (done: number, total: number) => terminal.progress(COPY, done, total),
    onVerified: (done: number, total: number) => terminal.progress(COMPARE, done, total),
    signal,
  }
  const store = ArticleStore.open(config.cache)
  try {
    if (to === 'embedded')
      return await withWriterLock(config.cache, () => migrateToStore(place, store, progress), signal)
    const onSwitched = (): void => terminal.note(terminal.say(switchedWords(GRACE_MS)))
    const options = { ...progress, size: settings, graceMs: GRACE_MS, onSwitched }
    return await migrateToCluster(place, { store, ...analysedBy(rulesAt(config)) }, options)
  } catch (error) {
    throw asStopped(error, signal)
  } finally {
    store.close()
  }
}

/** That it was asked to end is what keeps a run from going on, not a failure. */
const asStopped = (error: unknown, { aborted }: AbortSignal): unknown =>
  aborted && !(error instanceof FundstelleError) ? new FundstelleError('stopped', { what: UNFINISHED }) : error

const switchedWords = (graceMs: number): Localized => ({
  de: `Suchen lesen jetzt den neuen Index; der alte bleibt noch ${graceMs / 1000} s, für Suchen, die schon laufen`,
  en: `searches read the new index now; the old one stays for ${graceMs / 1000} s, for searches that have begun`,
})
