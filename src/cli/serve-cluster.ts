import { setTimeout as pause } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { type Logger, pino } from 'pino'
import type { ClusterSettings, Config } from '../config.ts'
import { FundstelleError } from '../errors.ts'
import { Metrics } from '../metrics/metrics.ts'
import { enterIndex } from '../opensearch/cluster-registry.ts'
import type { OpenedRegistry } from '../opensearch/open-cluster.ts'
import type { TaskType } from '../registry/task.ts'
import { readRules } from '../rules-file.ts'
import { createApp } from '../server/app.ts'
import { readAssets } from '../server/http/assets.ts'
import { clientAddress } from '../server/http/client-address.ts'
import { CONNECTION_LIMITS, endSilentConnections, tellHowLongKept } from '../server/http/connection-limits.ts'
import { drainable } from '../server/http/drain.ts'
import { loggedPath } from '../server/http/logged-path.ts'
import { ApiError } from '../server/meilisearch/api-error.ts'
import type { ApiContext } from '../server/meilisearch/context.ts'
import { makeDefaultKeys } from '../server/meilisearch/default-keys.ts'
import { ClusterIndexes } from './cluster-indexes.ts'
import { addressOf, clusterNameOf, loadedCluster } from './cluster-place.ts'
import { changeSettings } from './cluster-settings.ts'
import { listening, urlOf } from './listening.ts'
import { masterKeyFor } from './master-key.ts'
import { warnOfVainKeys } from './serve-api.ts'
import { logIfSlow } from './serve-log.ts'
import { stopSignal, whenAborted } from './stop.ts'
import type { Terminal } from './terminal.ts'
import { programVersion } from './version.ts'

/** A search takes at most so long, with all its requests to the cluster; one of these takes no longer than a part of that. */
const SEARCH_TIMEOUT_MS = 20_000
const REQUEST_TIMEOUT_MS = 6_000
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
  const monitor = opened.monitor(clusterNameOf(config.index), (status, before) => {
    const told = { status, ...(before !== undefined && { before }) }
    if (status === 'green') log.info(told, 'the index in the cluster has all its copies')
    else if (status === 'yellow') log.warn(told, 'the index in the cluster lacks copies; searches are answered')
    else log.error(told, 'the index in the cluster does not answer, or not whole: searches are refused')
  })
  let hasIndex = false
  let runner: ReturnType<typeof opened.runTasks> | undefined
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
    api: apiOn(opened, indexes, config, masterKey, () => runner?.wake()),
    indexInUse: config.index,
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
    // without one nobody can add any
    if (masterKey !== null)
      runner = opened.runTasks({
        carryOut: (task) => changeSettings(registry, task, own, config.index, new Date().toISOString()),
        now: () => new Date(),
        onHeldUp: (error) => log.error({ err: error }, 'tasks wait; it is tried again'),
        onFailed: (error) => log.error({ err: error }, 'a task has failed'),
      })
    const prepare = async (): Promise<void> => {
      await registry.read(stop)
      if (masterKey !== null) await registry.changeKeys((keys) => makeDefaultKeys(keys, new Date()))
      await indexes.state()
      await enterMain(opened, config.index)
    }
    hasIndex = await untilDone(prepare, log, stop)
    if (hasIndex) {
      warnOfVainKeys(registry.keys.count, masterKey, terminal)
      registry.follow(toldOnce(log, 'what the cluster knows of indexes and keys cannot be read; what was known stays'))
      const url = urlOf(at)
      terminal.out(terminal.say({ de: `Fundstelle antwortet auf ${url}`, en: `Fundstelle answers at ${url}` }))
    }
    await whenAborted(stop)
    log.info('stopping')
  } finally {
    await drain()
    await runner?.close()
    await monitor.close()
    await indexes.close()
    await opened.close()
  }
}

/** Tasks that are carried out on a cluster. */
const CARRIED_OUT: ReadonlySet<TaskType> = new Set(['settingsUpdate', 'taskCancelation', 'taskDeletion'])

/**
 * What Meilisearch's routes work with: reading, keys, settings. No documents are written over HTTP.
 * @param onAdded a task is there
 */
function apiOn(
  { registry, tasks, factsOf, isIndexing }: OpenedRegistry,
  indexes: ClusterIndexes,
  { trustedProxies }: Pick<Config, 'trustedProxies'>,
  masterKey: string | null,
  onAdded: () => void,
): ApiContext {
  return {
    ...{ registry, factsOf, isIndexing, masterKey },
    tasks: {
      taskLists: tasks.taskLists,
      tasks: {
        async get(uid) {
          const task = await tasks.tasks.get(uid)
          // who is told that a change is made finds it made
          if (task !== undefined && task.finishedAt !== null) await registry.refresh()
          return task
        },
      },
    },
    searchIn: ({ uid }) => indexes.searchIn(uid),
    async enqueue(uid, work, details, { customMetadata = null } = {}) {
      if (!CARRIED_OUT.has(work.type)) throw new FundstelleError('not_on_cluster')
      const task = await tasks.enqueue(uid, work, details, customMetadata, new Date().toISOString())
      if (task === null) throw new ApiError('too_many_requests', 'The queue of tasks is full.', { 'retry-after': '1' })
      onAdded()
      return task
    },
    // asked before documents are read
    mustHaveRoom() {
      throw new FundstelleError('not_on_cluster')
    },
    payloads: '',
    bodyBytesMax: 0,
    now: () => new Date(),
    addressOf: clientAddress(trustedProxies),
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
    const message = error instanceof Error ? error.message : String(error)
    if (message !== told) log.warn({ err: error }, words)
    told = message
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
