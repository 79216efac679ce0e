import { serve } from '@hono/node-server'
import { pino } from 'pino'
import type { ClusterSettings, Config } from '../config.ts'
import { FundstelleError, type Localized } from '../errors.ts'
import { analysedBy } from '../index/open-analysis.ts'
import { Metrics } from '../metrics/metrics.ts'
import { readRules } from '../rules-file.ts'
import { createSearchService } from '../search/service.ts'
import { searchSettingsOf } from '../search/version.ts'
import { createApp } from '../server/app.ts'
import { readAssets } from '../server/http/assets.ts'
import { clientAddress } from '../server/http/client-address.ts'
import { CONNECTION_LIMITS, endSilentConnections, tellHowLongKept } from '../server/http/connection-limits.ts'
import { drainable } from '../server/http/drain.ts'
import { loggedPath } from '../server/http/logged-path.ts'
import { openForServing } from './cluster-place.ts'
import { listening, urlOf } from './listening.ts'
import { logIfSlow } from './serve-log.ts'
import { stopSignal } from './stop.ts'
import type { Terminal } from './terminal.ts'
import { programVersion } from './version.ts'

/** A search takes at most so long, with all its requests to the cluster; one of these takes no longer than a part of that. */
const SEARCH_TIMEOUT_MS = 20_000
const REQUEST_TIMEOUT_MS = 6_000
/** The state of the index is asked for again after so long, until there is one. */
const FIRST_STATE_POLL_MS = 1_000

/**
 * Answers searches in an index of a cluster until the process is asked to end. It keeps nothing that others need: any number of such processes may stand behind
 * one address, and each may end at any time.
 */
export async function serveOnCluster(place: ClusterSettings, config: Config, terminal: Terminal): Promise<void> {
  mustBeReading(config)
  const stop = stopSignal()
  const log = pino({ level: 'info' }, pino.destination({ dest: 2, sync: true }))
  const { analyzer, fingerprint, rules } = analysedBy(readRules(config.rules))
  const limits = { timeoutMs: SEARCH_TIMEOUT_MS, searches: config.queue }
  const cluster = await openForServing(place, config.index, { analyzer, fingerprint }, REQUEST_TIMEOUT_MS, limits)
  const { engine } = cluster
  const service = createSearchService(engine, {
    analyzer: () => analyzer,
    rules: () => rules,
    settings: searchSettingsOf(config.answers),
  })
  const monitor = cluster.monitor((status, before) => {
    const told = { status, ...(before !== undefined && { before }) }
    if (status === 'green') log.info(told, 'the index in the cluster has all its copies')
    else if (status === 'yellow') log.warn(told, 'the index in the cluster lacks copies; searches are answered')
    else log.error(told, 'the index in the cluster does not answer, or not whole: searches are refused')
  })
  let hasIndex = false
  const metrics = new Metrics({
    waiting: () => engine.waiting,
    refused: () => engine.refused,
    tasks: () => ({}),
    indexes: () => Number(hasIndex),
    articles: () => cluster.articles,
    ready: () => hasIndex,
    cluster: () => monitor.status,
  })
  const app = createApp({
    service,
    indexInUse: config.index,
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
    const address = await listening(server, config)
    await monitor.first
    hasIndex = await firstState(engine, stop, (error) =>
      log.warn({ err: error }, 'waiting for the index in the cluster'),
    )
    if (hasIndex)
      terminal.out(
        terminal.say({
          de: `Fundstelle antwortet auf ${urlOf(address)}`,
          en: `Fundstelle answers at ${urlOf(address)}`,
        }),
      )
    if (!stop.aborted) await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }))
    log.info('stopping')
  } finally {
    await drain()
    await monitor.close()
    await cluster.close()
  }
}

/**
 * Waits until the index can be read; whether it can, rather than that the process is to end.
 * @throws FundstelleError where waiting is of no use
 */
async function firstState(
  { state }: { state(): Promise<string> },
  stop: AbortSignal,
  onWaiting: (error: unknown) => void,
): Promise<boolean> {
  let told = ''
  while (!stop.aborted) {
    try {
      await state()
      return true
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      if (message !== told) onWaiting(error)
      told = message
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, FIRST_STATE_POLL_MS)
      stop.addEventListener(
        'abort',
        () => {
          clearTimeout(timer)
          resolve()
        },
        { once: true },
      )
    })
  }
  return false
}

/**
 * What is not there on a cluster is refused, rather than left out: who sets it relies on it.
 * @throws FundstelleError `usage`
 */
function mustBeReading({ masterKey, masterKeyFile, private: isPrivate, processes }: Config): void {
  const refuse = (problem: Localized): never => {
    throw new FundstelleError('usage', { problem })
  }
  if (masterKey !== null || masterKeyFile !== null || isPrivate)
    refuse({
      de: 'Schlüssel (FUNDSTELLE_MASTER_KEY, --private) gibt es mit FUNDSTELLE_ENGINE=opensearch noch nicht: dieser Server beantwortet Suchen allen, die ihn erreichen',
      en: 'there are no keys (FUNDSTELLE_MASTER_KEY, --private) with FUNDSTELLE_ENGINE=opensearch yet: this server answers searches to everybody who reaches it',
    })
  if (processes > 1)
    refuse({
      de: '--processes gibt es mit FUNDSTELLE_ENGINE=opensearch nicht: starten Sie „serve“ mehrmals, hinter einem Proxy',
      en: '--processes is not for FUNDSTELLE_ENGINE=opensearch: start “serve” several times, behind a proxy',
    })
}
