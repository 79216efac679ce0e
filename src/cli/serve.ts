import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import { createAdaptorServer, serve } from '@hono/node-server'
import { pino } from 'pino'
import type { Config, SettingName } from '../config.ts'
import { FundstelleError } from '../errors.ts'
import { keepHeapsSmall } from '../heap-limits.ts'
import { openRules } from '../index/open-analysis.ts'
import { textOfAll } from '../metrics/metrics.ts'
import type { BuildRules } from '../processes/messages.ts'
import type { Parent } from '../processes/parent.ts'
import { SearchThreads } from '../search-threads/search-threads.ts'
import { type AppDependencies, createApp } from '../server/app.ts'
import { readAssets } from '../server/http/assets.ts'
import { clientAddress } from '../server/http/client-address.ts'
import { CONNECTION_LIMITS, endSilentConnections, tellHowLongKept } from '../server/http/connection-limits.ts'
import { drainable } from '../server/http/drain.ts'
import { loggedPath } from '../server/http/logged-path.ts'
import { buildInBackground } from '../update/background.ts'
import { sourcesUnder } from '../update/left-out.ts'
import { mustBeEmbedded } from './cluster-place.ts'
import type { Command } from './command.ts'
import { placed, placedToServe, rulesAt } from './index-place.ts'
import { listening, urlOf } from './listening.ts'
import { masterKeyFor } from './master-key.ts'
import { tellOutdated } from './outdated.ts'
import { changedAt, watchRules } from './rules-watch.ts'
import { prepareRegistry, type ServedApi, serveApi } from './serve-api.ts'
import { serveOnCluster } from './serve-cluster.ts'
import { logEvent, logIfSlow } from './serve-log.ts'
import { countedBy } from './serve-metrics.ts'
import { publishing, takeConnections, tellServing, withStore } from './serve-parts.ts'
import { serveInProcesses } from './serve-processes.ts'
import { warmedUp } from './serve-warm-up.ts'
import { stopSignal, whenAborted } from './stop.ts'
import type { Terminal } from './terminal.ts'
import { programVersion } from './version.ts'
import { Watching } from './watching.ts'

/** A search waits for its turn, and takes it, for at most so long. */
const ENGINE_TIMEOUT_MS = 30_000

/** Settings of whatever serves. */
export const SERVING: readonly SettingName[] = [
  'port',
  'host',
  'cache',
  'index',
  'maxFileMb',
  'drafts',
  'base',
  'rules',
  'allowOrigin',
  'recency',
  'preferGerman',
  'threads',
  'processes',
  'queue',
  'slowMs',
  'logQueries',
  'masterKey',
  'masterKeyFile',
  'private',
  'rateLimit',
  'trustedProxies',
  'language',
]

export const serveCommand: Command = {
  name: 'serve',
  usage: '[--watch PATH…]',
  summary: { de: 'beantwortet Suchen über HTTP', en: 'answers searches over HTTP' },
  options: [
    {
      name: 'watch',
      value: null,
      help: { de: 'nimmt jede Änderung unter den PATHs auf', en: 'takes in every change under the PATHs' },
    },
  ],
  settings: SERVING,
  arity: [0, Number.POSITIVE_INFINITY],
  async run({ config: given, args, options, terminal }) {
    const watching = options.has('watch')
    if (watching) mustBeEmbedded(given, 'serve --watch')
    if (watching !== args.length > 0) {
      const problem = {
        de: '„serve“ nimmt PATHs nur zusammen mit --watch, und --watch braucht mindestens einen',
        en: '“serve” takes PATHs only together with --watch, and --watch needs at least one',
      }
      throw new FundstelleError('usage', { problem })
    }
    if (given.cluster !== null) {
      await serveOnCluster(given.cluster, given, terminal)
      return 0
    }
    const config = watching ? placed(given, true) : placedToServe(given)
    const missing = args.find((path) => !existsSync(path))
    if (missing !== undefined) throw new FundstelleError('path_not_found', { path: missing })
    await runServer(config, args, terminal)
    return 0
  },
}

/**
 * Serves until the process is asked to end: until `stop` is aborted.
 * @param parent of a process that is one of several
 */
export async function runServer(
  config: Config,
  watched: readonly string[],
  terminal: Terminal,
  stop: AbortSignal = stopSignal(),
  parent: Parent | null = null,
): Promise<void> {
  // standard output has the one line with the address; the log goes beside it
  const log = pino({ level: 'info' }, pino.destination({ dest: 2, sync: true }))
  /** Closes what has been opened, the last first; a timer left over would keep the process from ending. */
  const closing: (() => unknown)[] = []
  try {
    if (parent === null && config.processes > 1) await serveInProcesses(config, watched, terminal, log, stop, closing)
    else await answer(config, watched, terminal, log, stop, closing, parent)
  } catch (error) {
    // what is given up when the process is asked to end has not failed
    if (!stop.aborted || error !== stop.reason) throw error
    log.info('stopping')
  } finally {
    for (const close of closing.reverse()) await close()
  }
}

async function answer(
  config: Config,
  watched: readonly string[],
  terminal: Terminal,
  log: pino.Logger,
  stop: AbortSignal,
  closing: (() => unknown)[],
  parent: Parent | null,
): Promise<void> {
  // “start” has indexed until now
  keepHeapsSmall()
  const masterKey = masterKeyFor(config, terminal)
  const stopped = whenAborted(stop)
  const rulesSince = changedAt(config.rules)
  const rules = openRules(config.rules)
  // of several processes the parent does what only one may do
  if (parent === null) closing.push(await publishing(config.root, log, stop))
  // what is watched is read again at once; a store that cannot be opened ends the server here
  withStore(config.cache, (store) => tellOutdated(store, terminal, sourcesUnder(store, watched)))
  const build = (folder: string, by: BuildRules, signal: AbortSignal): Promise<void> =>
    parent === null ? buildInBackground(folder, by, signal) : parent.build(folder, by, signal)
  const threads = new SearchThreads({
    cache: config.cache,
    rules: rulesAt(config),
    answers: config.answers,
    threads: config.threads,
    queue: config.queue,
    timeoutMs: ENGINE_TIMEOUT_MS,
    build: (signal) => build(config.cache, api.rulesOfMain(), signal),
    buildIndex: ({ folder, rules: own }, signal) => build(folder, own, signal),
    onEvent: (event) => {
      logEvent(event, log)
      if ('articles' in event && event.articles > 0) api.haveArticles()
    },
    onEnd: ({ error, ends, againMs }) =>
      log.error(
        { err: error, ends, againSeconds: Math.round(againMs / 1000) },
        'a thread that searches has ended and is started again',
      ),
    // those of the start nobody asked for
    onTimes: (times) => {
      if (hasBegun) metrics.searched(times)
    },
    warmUp: (service, samples) => warmedUp(dependencies, service, samples, log, stop),
  })
  closing.push(() => threads.close())
  if (parent === null) prepareRegistry(config.root, masterKey, terminal)
  const api: ServedApi = serveApi({ ...config, masterKey }, rules.own, threads, log)
  closing.push(() => api.close())
  const metrics = countedBy(threads, api.context.registry)
  parent?.tellMetrics(() => metrics.counted())
  let background: Watching | undefined
  closing.push(() => background?.close())
  /** At the start all threads are waited for; later on one that answers is enough. */
  let hasBegun = false
  const dependencies: AppDependencies = {
    service: api.service,
    api: api.context,
    serviceFor: (uid) => api.serviceFor(uid),
    indexInUse: config.index,
    ready: () => hasBegun && threads.ready,
    watching: () => (parent === null ? background?.state : parent.watching),
    assets: readAssets(),
    allowedOrigins: config.allowedOrigins,
    isPrivate: config.private,
    rateLimit: config.rateLimit,
    addressOf: clientAddress(config.trustedProxies),
    onRefusedOrigin: (origin) =>
      log.warn({ origin }, 'a page of another site asks in vain: see --allow-origin (FUNDSTELLE_ALLOW_ORIGIN)'),
    onDegraded: (request) => log.warn(request, 'a request takes too much work: its answer was cut short'),
    version: programVersion(),
    metrics: async () => (parent === null ? metrics.text() : textOfAll(await parent.allMetrics())),
    onAnswered(request) {
      metrics.answered({ ...request, seconds: request.ms / 1000 })
      logIfSlow(request, config, log)
    },
    onError: (error, request, id) =>
      log.error({ err: error, request: id, path: loggedPath(request.url) }, 'request failed'),
  }
  const app = createApp(dependencies)
  const { host: hostname, port } = config
  const options = { fetch: app.fetch, hostname, port, serverOptions: CONNECTION_LIMITS }
  const server = (parent === null ? serve(options) : createAdaptorServer(options)) as Server
  endSilentConnections(server)
  tellHowLongKept(server)
  const drain = drainable(server)
  const address = parent === null ? await listening(server, config) : null
  if (parent !== null) takeConnections(server, parent)
  closing.push(drain)
  background = new Watching(config, watched, log)
  /** How the thread that watches reads: by the rules there were when it was started. */
  let watchedWith = rules.fingerprint
  const rulesWatch = watchRules(config.rules, log, rulesSince, async (changed) => {
    await api.reconfigure(changed.own)
    if (changed.fingerprint === watchedWith || background === undefined) return
    await background.restart()
    watchedWith = changed.fingerprint
  })
  closing.push(() => rulesWatch.close())
  await Promise.race([threads.firstReady, stopped])
  hasBegun = true
  if (!stop.aborted) {
    const articles = threads.ready ? threads.articles : Number.NaN
    if (address !== null) tellServing(terminal, urlOf(address), articles)
    else parent?.serving(articles)
  }

  await stopped
  log.info('stopping')
}
