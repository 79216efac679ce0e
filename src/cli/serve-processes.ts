import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type pino from 'pino'
import type { Config } from '../config.ts'
import { openRules } from '../index/open-rules.ts'
import { Children, type ServingProcess } from '../processes/children.ts'
import { Handover } from '../processes/handover.ts'
import { SharedPort } from '../processes/port.ts'
import { buildInBackground } from '../update/background.ts'
import { sourcesUnder } from '../update/left-out.ts'
import { listening, urlOf } from './listening.ts'
import { masterKeyFor } from './master-key.ts'
import { tellOutdated } from './outdated.ts'
import { changedAt, watchRules } from './rules-watch.ts'
import { prepareRegistry } from './serve-api.ts'
import { publishing, tellServing, withStore } from './serve-parts.ts'
import { whenAborted } from './stop.ts'
import type { Terminal } from './terminal.ts'
import { Watching } from './watching.ts'

const SCRIPT = fileURLToPath(new URL('./serve-child.js', import.meta.url))

/**
 * Serves in several processes. This one answers nothing: it hands connections over to the others in turn, and does what only one may do.
 * Resolves when the process is asked to end; `closing` closes what has been opened.
 */
export async function serveInProcesses(
  config: Config,
  watched: readonly string[],
  terminal: Terminal,
  log: pino.Logger,
  stop: AbortSignal,
  closing: (() => unknown)[],
): Promise<void> {
  // whatever is wrong is told once, before there are processes that it is wrong for
  const masterKey = masterKeyFor(config, terminal)
  const stopped = whenAborted(stop)
  const rulesSince = changedAt(config.rules)
  let watchedWith = openRules(config.rules).fingerprint
  closing.push(await publishing(config.root, log, stop))
  withStore(config.cache, (store) => tellOutdated(store, terminal, sourcesUnder(store, watched)))
  prepareRegistry(config.root, masterKey, terminal)

  const connections = new Handover()
  const port = new SharedPort(connections)
  port.server.listen(config.port, config.host)
  const url = urlOf(await listening(port.server, config))
  const children = new Children({
    config,
    connections,
    count: config.processes,
    start: () => fork(SCRIPT, [], { serialization: 'advanced' }) as ServingProcess,
    build: (folder, rules) => buildInBackground(folder, rules, stop),
    onServing: (process) => log.info({ process }, 'a process serves'),
    onEnd: ({ error, ends, againMs }) => {
      // who ends a group of processes at once reaches each of them
      if (stop.aborted) return
      log.error(
        { err: error, ends, againSeconds: Math.round(againMs / 1000) },
        'a process that serves has ended and is started again',
      )
    },
  })
  closing.push(() => children.close())
  closing.push(() => port.close())
  const background: Watching = new Watching(config, watched, log, () => children.tellWatching(background.state))
  closing.push(() => background.close())
  const rulesWatch = watchRules(config.rules, log, rulesSince, async ({ fingerprint }) => {
    if (fingerprint === watchedWith || watched.length === 0) return
    await background.restart()
    watchedWith = fingerprint
  })
  closing.push(() => rulesWatch.close())
  children.tellWatching(background.state)
  const serving = await Promise.race([children.firstServing, stopped])
  if (serving !== undefined) tellServing(terminal, url, serving.articles)
  await stopped
  log.info('stopping')
}
