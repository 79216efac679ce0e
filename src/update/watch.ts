import { FundstelleError } from '../errors.ts'
import { GrowingPause } from '../growing-pause.ts'
import { Lane } from './coalesce.ts'
import type { UpdateOptions } from './options.ts'
import type { Refusal, UpdateReport } from './report.ts'
import { TellOnce } from './tell-once.ts'
import { systemTimers } from './timers.ts'
import { update } from './update.ts'
import { type FolderParts, WatchedFolders } from './watched-folders.ts'

/** Changes so close together are taken in at once. */
const SETTLE_MS = 150
/** After another process held the store, for which an update waits by itself. */
const BUSY_RETRY_MS = 1000
/** After an update that failed otherwise; then twice as long, and so on. */
const RETRY_MS = 1000
const RETRY_MS_MAX = 60_000

export interface Watch {
  /** Stops watching; an update under way ends after the file that is being read. */
  close(): Promise<void>
}

/** What tests put in the place of the system's. */
export interface WatchParts extends FolderParts {
  readonly update?: typeof update
}

/**
 * Keeps the store in step with the PATHs: one update now, then one after changes on the disk, at most one under way and one
 * waiting. Resolves when the first update is done and the watching has begun. From then on no error ends it: updates that fail
 * are repeated, PATHs that cannot be read are watched anew when they can.
 * @param options with a signal the update under way ends when that is aborted, and none follows; closing is for the caller
 * @param onReport gets, beside each report, those of its refusals that the report before did not have; of its warnings the
 * report itself has only such
 * @param onError is told of an error once, and again when it lasts for an hour or comes back
 * @throws FundstelleError what the first update throws; `stopped` where it was aborted
 */
export async function watch(
  options: UpdateOptions,
  onReport: (report: UpdateReport, news: readonly Refusal[]) => void,
  onError: (error: unknown) => void,
  parts: WatchParts = {},
): Promise<Watch> {
  const { update: runUpdate = update, timers = systemTimers } = parts
  const errors = new TellOnce(onError, () => timers.now())
  const stopping = new AbortController()
  const { signal } = stopping
  const stop = (): void => stopping.abort()
  options.signal?.addEventListener('abort', stop)
  if (options.signal?.aborted === true) stop()

  let reported = new Set<string>()
  const report = (one: UpdateReport): void => {
    const before = reported
    reported = new Set([...one.refusals, ...one.warnings].map(keyOf))
    const newOf = (list: readonly Refusal[]) => list.filter((entry) => !before.has(keyOf(entry)))
    onReport({ ...one, warnings: newOf(one.warnings) }, newOf(one.refusals))
  }

  /** Of a failing update the next one comes no sooner, whatever changes. */
  let notBeforeMs = 0
  const failures = new GrowingPause(RETRY_MS, RETRY_MS_MAX)
  const updates = new Lane(updateAgain, timers)
  let begun = false
  const changed = (): void => {
    // what changes before the first update is seen by that one
    if (begun) updates.request(Math.max(SETTLE_MS, notBeforeMs - timers.now()))
  }
  const folders = new WatchedFolders(options.paths, changed, errors, parts)

  // the first update comes after the watching has begun, so that no change falls between them
  try {
    await folders.begin()
    begun = true
    report(await updates.begin(() => runUpdate({ ...options, signal })))
  } catch (error) {
    await close()
    throw error
  }
  return { close }

  async function updateAgain(): Promise<void> {
    if (signal.aborted) return
    try {
      report(await runUpdate({ ...options, signal, snapshot: 'deferred', isRepeated: true, mayBeMissing: 'any' }))
      failures.reset()
      errors.gone('update')
    } catch (error) {
      if (signal.aborted) return
      errors.tell('update', error)
      const isBusy = error instanceof FundstelleError && error.code === 'store_busy'
      const pauseMs = isBusy ? BUSY_RETRY_MS : failures.next()
      notBeforeMs = timers.now() + pauseMs
      updates.request(pauseMs)
    }
  }

  async function close(): Promise<void> {
    stop()
    options.signal?.removeEventListener('abort', stop)
    await Promise.all([folders.close(), updates.close()])
  }
}

const keyOf = ({ file, line, error }: Refusal): string => `${file}:${line} ${error.message}`
