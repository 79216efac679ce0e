import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { FundstelleError } from '../errors.ts'
import { unpackError } from '../packed-error.ts'
import type { ThreadEvent } from '../search-threads/messages.ts'
import type { AnsweredRequest } from '../server/watch-requests.ts'
import type { WorkerMessage } from '../update/background.ts'
import type { UnexpectedEnd } from '../update/supervise.ts'

/** The thread that watches has ended. */
export function logEnd({ error, ends, againMs, state }: UnexpectedEnd, log: Logger): void {
  const fields = { ...(error !== undefined && { err: error }), ends, againSeconds: Math.round(againMs / 1000) }
  if (state === 'restarting') log.warn(fields, 'watching ended unexpectedly and is started again')
  else
    log.error(
      fields,
      'watching keeps ending: new and changed files are NOT taken in, searches are answered as before. The error above or beside this line says why; where memory ran out, give the process more or index smaller files (--max-file-mb). It is tried again, and a restart of the server tries at once.',
    )
}

/** What the thread that watches tells. */
export function logMessage(message: WorkerMessage, log: Logger): void {
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

/** What becomes of the index in service. */
export function logEvent(event: ThreadEvent, log: Logger): void {
  if (event.kind === 'unsound')
    log.warn({ ...('code' in event.error && { code: event.error.code }) }, unpackError(event.error).message)
  else if (event.kind === 'rebuilding') log.warn('no usable snapshot: rebuilding the index from the store')
  else if (event.kind === 'failed') {
    const { error, retryMs } = event
    const again = retryMs === undefined ? {} : { againSeconds: Math.round(retryMs / 1000) }
    log.error({ err: unpackError(error), ...again }, 'keeping the index up to date failed')
  } else {
    const { kind, ...fields } = event
    log.info(fields, kind === 'loaded' ? 'index loaded' : 'index updated')
  }
}

/** A request took long. What was searched for is nobody's business, unless the site's owner says so. */
export function logIfSlow(
  { query, ...request }: AnsweredRequest,
  { slowMs, logQueries }: Pick<Config, 'slowMs' | 'logQueries'>,
  log: Logger,
): void {
  if (slowMs === 0 || request.ms < slowMs) return
  const ms = Math.round(request.ms)
  log.info({ ...request, ms, times: rounded(request.times), ...(logQueries && { query: query() }) }, 'a slow request')
}

const rounded = (times: AnsweredRequest['times']): Record<string, number> =>
  Object.fromEntries(Object.entries(times).map(([stage, ms]) => [stage, Math.round(ms)]))
