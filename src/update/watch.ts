import { existsSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import chokidar from 'chokidar'
import { FundstelleError } from '../errors.ts'
import { type UpdateOptions, type UpdateReport, update } from './update.ts'

/** Changes so close together are taken in at once. */
const SETTLE_MS = 150
/** After another process held the store. */
const RETRY_MS = 1000

export interface Watch {
  /** Stops watching and waits for an update under way. */
  close(): Promise<void>
}

/**
 * Keeps the store in step with the PATHs: one update now, then one after every change on the disk. Resolves when the first
 * update is done and the watching has begun.
 */
export async function watch(
  options: UpdateOptions,
  onReport: (report: UpdateReport) => void,
  onError: (error: unknown) => void,
): Promise<Watch> {
  let pending = false
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  const run = (): void => {
    pending = false
    running = running.then(async () => {
      try {
        onReport(await update({ ...options, snapshot: 'deferred' }))
      } catch (error) {
        onError(error)
        if (error instanceof FundstelleError && error.code === 'store_busy') later(RETRY_MS)
      }
    })
  }
  const later = (ms: number): void => {
    if (pending || closed) return
    pending = true
    timer = setTimeout(run, ms)
  }

  const watcher = chokidar.watch(watchedPaths(options.paths), { ignoreInitial: true, followSymlinks: false })
  watcher.on('all', () => later(SETTLE_MS)).on('error', onError)
  await new Promise<void>((ready) => watcher.once('ready', () => ready()))
  // the first update comes after the watching has begun, so that no change falls between them; later ones wait for it
  const first = running.then(() => update({ ...options, snapshot: 'always' }))
  running = first.then(
    () => {},
    () => {},
  )
  try {
    onReport(await first)
  } catch (error) {
    await close()
    throw error
  }
  return { close }

  async function close(): Promise<void> {
    closed = true
    clearTimeout(timer)
    await watcher.close()
    await running
  }
}

/** Links inside the PATHs are not followed, but a PATH may be one itself: then it and what it points to are watched. */
function watchedPaths(paths: readonly string[]): string[] {
  const roots = paths.map((path) => resolve(path))
  return [...new Set(roots.flatMap((root) => (existsSync(root) ? [root, realpathSync(root)] : [root])))]
}
