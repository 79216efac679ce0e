import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import { pino } from 'pino'
import type { Config } from '../config.ts'
import { FundstelleError } from '../errors.ts'
import { keepHeapsSmall } from '../heap-limits.ts'
import { openRules } from '../index/open-analysis.ts'
import { SearchThreads } from '../search-threads/search-threads.ts'
import { type AppDependencies, createApp } from '../server/app.ts'
import { readAssets } from '../server/http/assets.ts'
import { clientAddress } from '../server/http/client-address.ts'
import { CONNECTION_LIMITS, endSilentConnections } from '../server/http/connection-limits.ts'
import { drainable } from '../server/http/drain.ts'
import { ArticleStore } from '../store/article-store.ts'
import { buildInBackground, watchInBackground } from '../update/background.ts'
import { watchDue } from '../update/due-watch.ts'
import { sourcesUnder } from '../update/left-out.ts'
import { Supervisor } from '../update/supervise.ts'
import type { Command } from './command.ts'
import { listening, urlOf } from './listening.ts'
import { masterKeyFor } from './master-key.ts'
import { tellOutdated } from './outdated.ts'
import { changedAt, watchRules } from './rules-watch.ts'
import { type ServedApi, serveApi } from './serve-api.ts'
import { logEnd, logEvent, logMessage } from './serve-log.ts'
import { warmedUp } from './serve-warm-up.ts'
import { stopSignal, whenAborted } from './stop.ts'
import type { Terminal } from './terminal.ts'

/** A search waits for its turn, and takes it, for at most so long. */
const ENGINE_TIMEOUT_MS = 30_000

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
  settings: [
    'port',
    'host',
    'cache',
    'maxFileMb',
    'drafts',
    'base',
    'rules',
    'allowOrigin',
    'recency',
    'preferGerman',
    'threads',
    'queue',
    'masterKey',
    'masterKeyFile',
    'private',
    'rateLimit',
    'trustedProxies',
    'language',
  ],
  arity: [0, Number.POSITIVE_INFINITY],
  async run({ config, args, options, terminal }) {
    const watching = options.has('watch')
    if (watching !== args.length > 0) {
      const problem = {
        de: '„serve“ nimmt PATHs nur zusammen mit --watch, und --watch braucht mindestens einen',
        en: '“serve” takes PATHs only together with --watch, and --watch needs at least one',
      }
      throw new FundstelleError('usage', { problem })
    }
    const missing = args.find((path) => !existsSync(path))
    if (missing !== undefined) throw new FundstelleError('path_not_found', { path: missing })
    await runServer(config, args, terminal)
    return 0
  },
}

/** Serves until the process is asked to end: until `stop` is aborted. */
export async function runServer(
  config: Config,
  watched: readonly string[],
  terminal: Terminal,
  stop: AbortSignal = stopSignal(),
): Promise<void> {
  // standard output has the one line with the address; the log goes beside it
  const log = pino({ level: 'info' }, pino.destination({ dest: 2, sync: true }))
  /** Closes what has been opened, the last first; a timer left over would keep the process from ending. */
  const closing: (() => unknown)[] = []
  try {
    await answer(config, watched, terminal, log, stop, closing)
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
): Promise<void> {
  // “start” has indexed until now
  keepHeapsSmall()
  const masterKey = masterKeyFor(config, terminal)
  const stopped = whenAborted(stop)
  const rulesSince = changedAt(config.rules)
  const rules = openRules(config.rules)
  const due = await watchDue({
    cache: config.cache,
    onPublished: (published) => log.info(published, 'articles whose time had come'),
    onError: (error) => log.error({ err: error }, 'articles whose time has come could not be taken in'),
    signal: stop,
  })
  closing.push(() => due.close())
  // what is watched is read again at once; a store that cannot be opened ends the server here
  withStore(config.cache, (store) => tellOutdated(store, terminal, sourcesUnder(store, watched)))
  const threads = new SearchThreads({
    cache: config.cache,
    rules: rules.own,
    answers: config.answers,
    threads: config.threads,
    queue: config.queue,
    timeoutMs: ENGINE_TIMEOUT_MS,
    build: (signal) => buildInBackground(config.cache, config.rules, signal),
    buildIndex: ({ folder, rules: own }, signal) => buildInBackground(folder, own, signal),
    onEvent: (event) => logEvent(event, log),
    onEnd: ({ error, ends, againMs }) =>
      log.error(
        { err: error, ends, againSeconds: Math.round(againMs / 1000) },
        'a thread that searches has ended and is started again',
      ),
    warmUp: (service, samples) => warmedUp(dependencies, service, samples, log, stop),
  })
  closing.push(() => threads.close())
  const api: ServedApi = serveApi({ ...config, masterKey }, rules.own, threads, log)
  closing.push(() => api.close())
  let background: Supervisor | undefined
  closing.push(() => background?.close())
  /** At the start all threads are waited for; later on one that answers is enough. */
  let hasBegun = false
  const dependencies: AppDependencies = {
    service: threads.service,
    api: api.context,
    ready: () => hasBegun && threads.ready,
    watching: () => background?.state,
    assets: readAssets(),
    allowedOrigins: config.allowedOrigins,
    isPrivate: config.private,
    rateLimit: config.rateLimit,
    addressOf: clientAddress(config.trustedProxies),
    onRefusedOrigin: (origin) =>
      log.warn({ origin }, 'a page of another site asks in vain: see --allow-origin (FUNDSTELLE_ALLOW_ORIGIN)'),
    onDegraded: (request) => log.warn(request, 'a request takes too much work: its answer was cut short'),
    onError: (error, request) => log.error({ err: error, path: new URL(request.url).pathname }, 'request failed'),
  }
  const app = createApp(dependencies)
  const { host: hostname, port } = config
  const server = serve({ fetch: app.fetch, hostname, port, serverOptions: CONNECTION_LIMITS }) as Server
  endSilentConnections(server)
  const drain = drainable(server)
  const address = await listening(server, config)
  closing.push(drain)
  background = startWatch(config, watched, log)
  /** How the thread that watches reads: by the rules there were when it was started. */
  let watchedWith = rules.fingerprint
  const rulesWatch = watchRules(config.rules, log, rulesSince, async (changed) => {
    await api.reconfigure(changed.own)
    if (changed.fingerprint === watchedWith || background === undefined) return
    // its thread would go on making snapshots the way before
    await background.close()
    background = startWatch(config, watched, log)
    watchedWith = changed.fingerprint
  })
  closing.push(() => rulesWatch.close())
  await Promise.race([threads.firstReady, stopped])
  hasBegun = true
  if (threads.ready && threads.articles === 0 && !stop.aborted) {
    terminal.note(
      terminal.say({
        de: 'Der Index ist noch leer. Artikel kommen hinein mit: fundstelle index PFAD',
        en: 'The index is still empty. Articles get in with: fundstelle index PATH',
      }),
    )
  }
  if (!stop.aborted) {
    terminal.out(
      terminal.say({
        de: `Fundstelle antwortet auf ${urlOf(address)}`,
        en: `Fundstelle answers at ${urlOf(address)}`,
      }),
    )
  }

  await stopped
  log.info('stopping')
}

function withStore(cache: string, use: (store: ArticleStore) => void): void {
  const store = ArticleStore.open(cache)
  try {
    use(store)
  } finally {
    store.close()
  }
}

/** The thread that watches, started again whenever it ends. */
function startWatch(config: Config, watched: readonly string[], log: pino.Logger): Supervisor | undefined {
  if (watched.length === 0) return undefined
  const { cache, rules, maxFileBytes, drafts, base } = config
  return new Supervisor(
    (began, ended) =>
      watchInBackground(
        { cache, rules, paths: watched, maxFileBytes, drafts, base },
        {
          message(message) {
            if (message.kind === 'started') began()
            logMessage(message, log)
          },
          ended,
        },
      ),
    (end) => logEnd(end, log),
  )
}
