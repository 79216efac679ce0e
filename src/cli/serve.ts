import { existsSync } from 'node:fs'
import { pino } from 'pino'
import type { Config, SettingName } from '../config.ts'
import { FundstelleError } from '../errors.ts'
import { keepHeapsSmall } from '../heap-limits.ts'
import { openRules } from '../index/open-rules.ts'
import type { BuildRules } from '../processes/messages.ts'
import type { Parent } from '../processes/parent.ts'
import { SearchThreads } from '../search-threads/search-threads.ts'
import { buildInBackground } from '../update/background.ts'
import { sourcesUnder } from '../update/left-out.ts'
import type { Command } from './command.ts'
import { mustBeEmbedded } from './embedded-only.ts'
import { placed, placedToServe, rulesAt } from './index-place.ts'
import { masterKeyFor } from './master-key.ts'
import { tellOutdated } from './outdated.ts'
import { changedAt, watchRules } from './rules-watch.ts'
import type { ServedParts } from './serve-http.ts'
import { logEvent } from './serve-log.ts'
import { publishing, tellServing, withStore } from './serve-parts.ts'
import { stopSignal, whenAborted } from './stop.ts'
import type { Terminal } from './terminal.ts'
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
      const { serveOnCluster } = await import('./serve-cluster.ts')
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
    if (parent === null && config.processes > 1) {
      const { serveInProcesses } = await import('./serve-processes.ts')
      await serveInProcesses(config, watched, terminal, log, stop, closing)
    } else await answer(config, watched, terminal, log, stop, closing, parent)
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
  let hasBegun = false
  const threads = new SearchThreads({
    cache: config.cache,
    rules: rulesAt(config),
    answers: config.answers,
    threads: config.threads,
    queue: config.queue,
    timeoutMs: ENGINE_TIMEOUT_MS,
    build: async (signal) => build(config.cache, (await http).api.rulesOfMain(), signal),
    buildIndex: ({ folder, rules: own }, signal) => build(folder, own, signal),
    onEvent: (event) => {
      logEvent(event, log)
      if ('articles' in event && event.articles > 0)
        http.then(
          ({ api }) => api.haveArticles(),
          // told below
          () => {},
        )
    },
    onEnd: ({ error, ends, againMs }) =>
      log.error(
        { err: error, ends, againSeconds: Math.round(againMs / 1000) },
        'a thread that searches has ended and is started again',
      ),
    // those of the start nobody asked for
    onTimes: (times) => {
      if (hasBegun) searched(times)
    },
    warmUp: async (service, samples) => (await http).warmUp(service, samples),
  })
  closing.push(() => threads.close())
  let background: Watching | undefined
  closing.push(() => background?.close())
  const parts: ServedParts = {
    ...{ config, masterKey, own: rules.own, threads, parent, log, terminal, stop, closing },
    hasBegun: () => hasBegun,
    watching: () => background?.state,
  }
  // it is loaded while the threads load what they are made of, which takes as long
  const http = import('./serve-http.ts').then(({ serveHttp }) => serveHttp(parts))
  const { api, searched, listen } = await http
  const url = await listen()
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
    if (url !== null) tellServing(terminal, url, articles)
    else parent?.serving(articles)
  }

  await stopped
  log.info('stopping')
}
