import type { Server } from 'node:http'
import { createAdaptorServer, serve } from '@hono/node-server'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { textOfAll } from '../metrics/metrics.ts'
import type { Parent } from '../processes/parent.ts'
import type { Rules } from '../rules.ts'
import type { SearchThreads, ThreadsOptions } from '../search-threads/search-threads.ts'
import { type AppDependencies, createApp } from '../server/app.ts'
import { readAssets } from '../server/http/assets.ts'
import { clientAddress } from '../server/http/client-address.ts'
import { CONNECTION_LIMITS, endSilentConnections, tellHowLongKept } from '../server/http/connection-limits.ts'
import { drainable } from '../server/http/drain.ts'
import { loggedPath } from '../server/http/logged-path.ts'
import type { StageTimes } from '../work-budget.ts'
import { listening, urlOf } from './listening.ts'
import { prepareRegistry, type ServedApi, serveApi } from './serve-api.ts'
import { logIfSlow } from './serve-log.ts'
import { countedBy } from './serve-metrics.ts'
import { takeConnections } from './serve-parts.ts'
import { warmedUp } from './serve-warm-up.ts'
import type { Terminal } from './terminal.ts'
import { programVersion } from './version.ts'
import type { Watching } from './watching.ts'

/** What a server is made of before it talks HTTP. */
export interface ServedParts {
  readonly config: Config
  readonly masterKey: string | null
  /** The site owner’s rules. */
  readonly own: Rules
  readonly threads: SearchThreads
  /** Of a process that is one of several. */
  readonly parent: Parent | null
  readonly log: Logger
  readonly terminal: Terminal
  readonly stop: AbortSignal
  /** Gets what is to be closed, the last first. */
  readonly closing: (() => unknown)[]
  /** Whether the threads have been ready once: at the start all of them are waited for; later on one that answers is enough. */
  readonly hasBegun: () => boolean
  readonly watching: () => Watching['state']
}

/** What talks HTTP. */
export interface ServedHttp {
  readonly api: ServedApi
  readonly searched: (times: StageTimes) => void
  readonly warmUp: NonNullable<ThreadsOptions['warmUp']>
  /** @returns the address; null where a parent takes the connections */
  listen(): Promise<string | null>
}

/** Everything that requests go through on their way to the threads. */
export function serveHttp(parts: ServedParts): ServedHttp {
  const { config, masterKey, own, threads, parent, log, terminal, stop, closing, hasBegun } = parts
  if (parent === null) prepareRegistry(config.root, masterKey, terminal)
  const api: ServedApi = serveApi({ ...config, masterKey }, own, threads, log)
  closing.push(() => api.close())
  const metrics = countedBy(threads, api.registry)
  parent?.tellMetrics(() => metrics.counted())
  const dependencies: AppDependencies = {
    service: api.service,
    api: api.context,
    serviceFor: (uid) => api.serviceFor(uid),
    indexInUse: config.index,
    ready: () => hasBegun() && threads.ready,
    watching: () => (parent === null ? parts.watching() : parent.watching),
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
  return {
    api,
    searched: (times) => metrics.searched(times),
    warmUp: (service, samples) => warmedUp(dependencies, service, samples, log, stop),
    async listen() {
      const { host: hostname, port } = config
      const options = { fetch: createApp(dependencies).fetch, hostname, port, serverOptions: CONNECTION_LIMITS }
      const server = (parent === null ? serve(options) : createAdaptorServer(options)) as Server
      endSilentConnections(server)
      tellHowLongKept(server)
      const drain = drainable(server)
      const address = parent === null ? await listening(server, config) : null
      if (parent !== null) takeConnections(server, parent)
      closing.push(drain)
      return address === null ? null : urlOf(address)
    },
  }
}
