import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { pino } from 'pino'
import type { Config } from '../config.ts'
import { FundstelleError } from '../errors.ts'
import { type Analysed, openAnalysis } from '../index/analysis.ts'
import type { Reading } from '../index/embedded-engine.ts'
import { type LiveEvent, LiveIndex } from '../index/live-index.ts'
import { createSearchService } from '../search/service.ts'
import { createApp } from '../server/app.ts'
import { readAssets } from '../server/assets.ts'
import { drainable } from '../server/drain.ts'
import { systemReason } from '../system-reason.ts'
import { type BackgroundWatch, buildInBackground, type WorkerMessage, watchInBackground } from '../update/background.ts'
import { watchDue } from '../update/due-watch.ts'
import type { Command } from './command.ts'
import { recencyOf } from './open.ts'
import { changedAt, watchRules } from './rules-watch.ts'
import { untilStopped } from './stop.ts'
import type { Terminal } from './terminal.ts'

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
  settings: ['port', 'host', 'cache', 'maxFileMb', 'drafts', 'rules', 'allowOrigin', 'recency', 'language'],
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

/** Serves until the process is asked to end. */
export async function runServer(config: Config, watched: readonly string[], terminal: Terminal): Promise<void> {
  const stopped = untilStopped()
  // standard output has the one line with the address; the log goes beside it
  const log = pino({ level: 'info' }, pino.destination({ dest: 2, sync: true }))
  const rulesSince = changedAt(config.rules)
  const analysed = openAnalysis(config.rules)
  const readingOf = ({ analyzer, fingerprint }: Analysed): Reading => ({
    analyzer,
    fingerprint,
    recency: recencyOf(config),
  })
  const due = await watchDue({
    cache: config.cache,
    onPublished: (published) => log.info(published, 'articles whose time had come'),
    onError: (error) => log.error({ err: error }, 'articles whose time has come could not be taken in'),
  })
  const live = await LiveIndex.open({
    cache: config.cache,
    reading: readingOf(analysed),
    build: (signal) => buildInBackground(config.cache, config.rules, signal),
    onEvent: (event) => logEvent(event, log),
  })
  let { rules } = analysed
  const app = createApp({
    service: createSearchService(live.engine, { analyzer: () => live.reading.analyzer, rules: () => rules }),
    ready: () => live.ready,
    assets: readAssets(),
    allowedOrigins: config.allowedOrigins,
    onRefusedOrigin: (origin) =>
      log.warn({ origin }, 'a page of another site asks in vain: see --allow-origin (FUNDSTELLE_ALLOW_ORIGIN)'),
    onError: (error, request) => log.error({ err: error, path: new URL(request.url).pathname }, 'request failed'),
  })
  const server = serve({ fetch: app.fetch, hostname: config.host, port: config.port }) as Server
  const drain = drainable(server)
  const address = await listening(server, config).catch(async (error: unknown) => {
    await due.close()
    await live.close()
    throw error
  })
  let background = startWatch(config, watched, log)
  /** How the thread that watches reads: by the rules there were when it was started. */
  let watchedWith = analysed.fingerprint
  const rulesWatch = watchRules(config.rules, log, rulesSince, async (changed) => {
    rules = changed.rules
    live.reread(readingOf(changed))
    if (changed.fingerprint === watchedWith || background === undefined) return
    // its thread would go on making snapshots the way before
    await background.close()
    background = startWatch(config, watched, log)
    watchedWith = changed.fingerprint
  })
  await Promise.race([live.firstReady, stopped])
  if (live.ready && live.articles === 0) {
    terminal.note(
      terminal.say({
        de: 'Der Index ist noch leer. Artikel kommen hinein mit: fundstelle index PFAD',
        en: 'The index is still empty. Articles get in with: fundstelle index PATH',
      }),
    )
  }
  if (live.ready) {
    terminal.out(
      terminal.say({
        de: `Fundstelle antwortet auf ${urlOf(address)}`,
        en: `Fundstelle answers at ${urlOf(address)}`,
      }),
    )
  }

  await stopped
  log.info('stopping')
  await rulesWatch.close()
  await drain()
  await background?.close()
  await due.close()
  await live.close()
}

/** @throws FundstelleError `address_in_use`, `address_unusable` */
function listening(server: Server, { host, port }: Config): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('listening', () => resolve(server.address() as AddressInfo))
    server.once('error', (error) => {
      const code = (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'address_in_use' : 'address_unusable'
      reject(new FundstelleError(code, { address: `${host}:${port}`, reason: systemReason(error) }, { cause: error }))
    })
  })
}

/** @throws FundstelleError as serving there would, before anything is done */
export async function addressMustBeFree(config: Config): Promise<void> {
  const server = createServer().listen(config.port, config.host)
  await listening(server, config)
  await new Promise((resolve) => server.close(resolve))
}

function startWatch(config: Config, watched: readonly string[], log: pino.Logger): BackgroundWatch | undefined {
  if (watched.length === 0) return undefined
  const { cache, rules, maxFileBytes, drafts } = config
  return watchInBackground(
    { cache, rules, paths: watched, maxFileBytes, drafts },
    (message) => logMessage(message, log),
    (error) => log.error({ err: error }, 'watching failed'),
  )
}

function logMessage(message: WorkerMessage, log: pino.Logger): void {
  if (message.kind === 'failed')
    log.error(
      { code: message.code, reason: message.params['reason'] },
      new FundstelleError(message.code, message.params).message,
    )
  if (message.kind !== 'report') return
  const { kind, refusals, complaints, ...counts } = message
  if (counts.added + counts.changed + counts.removed > 0) log.info(counts, 'files taken in')
  for (const { code, params } of complaints) log.warn({ code }, new FundstelleError(code, params).message)
  for (const { file, line, code, params } of refusals) {
    log.warn({ file, line, code }, new FundstelleError(code, params).message)
  }
}

function logEvent(event: LiveEvent, log: pino.Logger): void {
  if (event.kind === 'unsound') log.warn({ code: event.error.code }, event.error.message)
  else if (event.kind === 'rebuilding') log.warn('no usable snapshot: rebuilding the index from the store')
  else if (event.kind === 'failed') log.error({ err: event.error }, 'keeping the index up to date failed')
  else {
    const { kind, ...told } = event
    log.info(told, kind === 'loaded' ? 'index loaded' : 'index updated')
  }
}

function urlOf({ address, family, port }: AddressInfo): string {
  const host = family === 'IPv6' ? `[${address}]` : address
  return `http://${host}:${port}`
}
