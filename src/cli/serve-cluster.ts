import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { type Logger, pino } from 'pino'
import type { ClusterSettings, Config } from '../config.ts'
import { FundstelleError, type Localized } from '../errors.ts'
import { Metrics } from '../metrics/metrics.ts'
import { type ClusterNamedIndex, enterIndex } from '../opensearch/cluster-registry.ts'
import type { OpenedRegistry } from '../opensearch/open-cluster.ts'
import { readRules } from '../rules-file.ts'
import { createApp } from '../server/app.ts'
import { readAssets } from '../server/http/assets.ts'
import { clientAddress } from '../server/http/client-address.ts'
import { CONNECTION_LIMITS, endSilentConnections, tellHowLongKept } from '../server/http/connection-limits.ts'
import { drainable } from '../server/http/drain.ts'
import { loggedPath } from '../server/http/logged-path.ts'
import { makeDefaultKeys } from '../server/meilisearch/default-keys.ts'
import type { TaskThread } from '../tasks/task-thread.ts'
import { clusterApi } from './cluster-api.ts'
import { ClusterIndexes } from './cluster-indexes.ts'
import { addressOf, clusterNameOf, loadedCluster } from './cluster-place.ts'
import { clusterTaskThread } from './cluster-task-thread.ts'
import { listening, urlOf } from './listening.ts'
import { masterKeyFor } from './master-key.ts'
import { warnOfVainKeys } from './serve-api.ts'
import { logIfSlow } from './serve-log.ts'
import { stopSignal, whenAborted } from './stop.ts'
import type { Terminal } from './terminal.ts'
import { toldReason } from './told-reason.ts'
import { programVersion } from './version.ts'

/** A search takes at most so long, with all its requests to the cluster; one of these takes no longer than a part of that. */
const SEARCH_TIMEOUT_MS = 20_000
const REQUEST_TIMEOUT_MS = 6_000
const NO_ANSWER: Localized = {
  de: 'der OpenSearch-Cluster ist nicht zu erreichen',
  en: 'the OpenSearch cluster cannot be reached',
}
/** What is not there yet is asked for again after so long. */
const FIRST_STATE_POLL_MS = 1_000

/**
 * Answers searches in the indexes of a cluster until the process is asked to end. It keeps nothing that others need: any number of such processes may stand behind
 * one address, and each may end at any time.
 */
export async function serveOnCluster(place: ClusterSettings, config: Config, terminal: Terminal): Promise<void> {
  mustBeOneProcess(config)
  const masterKey = masterKeyFor(config, terminal)
  const stop = stopSignal()
  const log = pino({ level: 'info' }, pino.destination({ dest: 2, sync: true }))
  const { openClusterEngine, openClusterRegistry, serverLimits } = await loadedCluster()
  const address = addressOf(place, REQUEST_TIMEOUT_MS)
  const own = readRules(config.rules)
  const limits = serverLimits(SEARCH_TIMEOUT_MS, config.queue)
  const opened = openClusterRegistry(address)
  const { registry } = opened
  const indexes = new ClusterIndexes({
    open: (name, analysed) => openClusterEngine({ address, name }, analysed, limits),
    ...{ registry, inUse: config.index, own, answers: config.answers },
  })
  const uploads = await mkdtemp(join(tmpdir(), 'fundstelle-uploads-'))
  let hasRegistry = false
  let hasIndex = false
  const inUse = (): ClusterNamedIndex | undefined =>
    hasRegistry ? (registry.indexes.get(config.index) as ClusterNamedIndex | undefined) : undefined
  // where indexes are written over HTTP there may be none of that name
  const watched = (): string | null => inUse()?.folder ?? (masterKey === null ? clusterNameOf(config.index) : null)
  const monitor = opened.monitor(watched, (status, before) => {
    const told = { status, ...(before !== undefined && { before }) }
    if (status === 'green') log.info(told, 'the index in the cluster has all its copies')
    else if (status === 'yellow') log.warn(told, 'the index in the cluster lacks copies; searches are answered')
    else log.error(told, 'the index in the cluster does not answer, or not whole: searches are refused')
  })
  let thread: TaskThread | undefined
  const metrics = new Metrics({
    waiting: () => limits.load.waiting,
    refused: () => limits.load.refused,
    tasks: () => ({}),
    indexes: () => (hasIndex ? registry.indexes.all().length : 0),
    articles: () => (hasIndex ? indexes.articles : Number.NaN),
    ready: () => hasIndex,
    cluster: () => monitor.status,
  })
  const app = createApp({
    service: indexes.searchIn(config.index),
    serviceFor: (uid) => (registry.indexes.get(uid) === undefined ? undefined : indexes.searchIn(uid)),
    api: clusterApi({
      ...{ opened, indexes, config, masterKey, uploads },
      mustAnswer() {
        if (monitor.status === 'unreachable') throw new FundstelleError('engine_unavailable', { why: NO_ANSWER })
      },
      onAdded: () => thread?.wake(),
    }),
    indexInUse: config.index,
    // once it is known what there is, what is not entered is none
    hasIndexInUse: () => !hasIndex || inUse() !== undefined,
    isPrivate: config.private,
    // what keeps a search from being answered later on is told by the search
    ready: () => hasIndex,
    cluster: () => monitor.status,
    assets: readAssets(),
    allowedOrigins: config.allowedOrigins,
    rateLimit: config.rateLimit,
    addressOf: clientAddress(config.trustedProxies),
    onRefusedOrigin: (origin) =>
      log.warn({ origin }, 'a page of another site asks in vain: see --allow-origin (FUNDSTELLE_ALLOW_ORIGIN)'),
    onDegraded: (request) => log.warn(request, 'a request takes too much work: its answer was cut short'),
    version: programVersion(),
    metrics: () => metrics.text(),
    onAnswered(request) {
      metrics.answered({ ...request, seconds: request.ms / 1000 })
      metrics.searched(request.times)
      logIfSlow(request, config, log)
    },
    onError: (error, request, id) =>
      log.error({ err: error, request: id, path: loggedPath(request.url) }, 'request failed'),
  })
  const { host: hostname, port } = config
  const server = serve({ fetch: app.fetch, hostname, port, serverOptions: CONNECTION_LIMITS }) as Parameters<
    typeof drainable
  >[0]
  endSilentConnections(server)
  tellHowLongKept(server)
  const drain = drainable(server)
  try {
    const at = await listening(server, config)
    await monitor.first
    const read = async (): Promise<void> => {
      await registry.read(stop)
      hasRegistry = true
      if (masterKey !== null) await registry.changeKeys((keys) => makeDefaultKeys(keys, new Date()))
    }
    if (await untilDone(read, log, stop)) {
      registry.follow(toldOnce(log, 'what the cluster knows of indexes and keys cannot be read; what was known stays'))
      // without a key nobody can add any
      if (masterKey !== null)
        thread = clusterTaskThread({ ...{ opened, indexes, address, own, log }, size: place, inUse: config.index })
    }
    const prepare = async (): Promise<void> => {
      const folder = clusterNameOf(config.index)
      // one that has another name by now is not this one
      const isOther = registry.indexes.all().some((one) => one.folder === folder && one.uid !== config.index)
      const isEmpty = inUse() === undefined && (isOther || (await opened.isEmpty(folder)))
      if (isEmpty && masterKey !== null) return
      await indexes.state()
      await enterMain(opened, config.index)
    }
    hasIndex = await untilDone(prepare, log, stop)
    if (hasIndex) {
      warnOfVainKeys(registry.keys.count, masterKey, terminal)
      const url = urlOf(at)
      terminal.out(terminal.say({ de: `Fundstelle antwortet auf ${url}`, en: `Fundstelle answers at ${url}` }))
    }
    await whenAborted(stop)
    log.info('stopping')
  } finally {
    await drain()
    await thread?.close()
    await monitor.close()
    await indexes.close()
    await opened.close()
    await rm(uploads, { recursive: true, force: true })
  }
}

/** Enters the index in use where it was written before there were entries. */
async function enterMain({ registry }: OpenedRegistry, uid: string): Promise<void> {
  if (registry.indexes.get(uid) !== undefined) return
  await enterIndex(registry, {
    uid,
    folder: clusterNameOf(uid),
    primaryKey: 'id',
    set: {},
    hasFiles: true,
    hasDocuments: true,
  })
}

/** Tries until it succeeds; whether it did, rather than that the process is to end. */
async function untilDone(work: () => Promise<void>, log: Logger, stop: AbortSignal): Promise<boolean> {
  const tell = toldOnce(log, 'waiting for the index in the cluster')
  while (!stop.aborted) {
    try {
      await work()
      return true
    } catch (error) {
      tell(error)
    }
    await pause(FIRST_STATE_POLL_MS, undefined, { signal: stop }).catch(() => {})
  }
  return false
}

/** Tells each reason once, as long as it is the same. */
function toldOnce(log: Logger, words: string): (error: unknown) => void {
  let told = ''
  return (error) => {
    const reason = toldReason(error)
    if (reason !== told) log.warn({ err: error }, words)
    told = reason
  }
}

/**
 * What is not there on a cluster is refused, rather than left out: who sets it relies on it.
 * @throws FundstelleError `usage`
 */
function mustBeOneProcess({ processes }: Config): void {
  if (processes === 1) return
  const problem = {
    de: '--processes gibt es mit FUNDSTELLE_ENGINE=opensearch nicht: starten Sie „serve“ mehrmals, hinter einem Proxy',
    en: '--processes is not for FUNDSTELLE_ENGINE=opensearch: start “serve” several times, behind a proxy',
  }
  throw new FundstelleError('usage', { problem })
}
