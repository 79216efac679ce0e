import { existsSync, realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import chokidar, { type FSWatcher } from 'chokidar'
import { FundstelleError } from '../errors.ts'
import { systemReason } from '../system-reason.ts'
import { type Refusal, type UpdateOptions, type UpdateReport, update } from './update.ts'

/** Changes so close together are taken in at once. */
const SETTLE_MS = 150
/** After another process held the store. */
const RETRY_MS = 1000
/** How often the PATHs themselves are looked at. */
const PATHS_MS = 500

export interface Watch {
  /** Stops watching and waits for an update under way. */
  close(): Promise<void>
}

/**
 * Keeps the store in step with the PATHs: one update now, then one after every change on the disk. Resolves when the first
 * update is done and the watching has begun.
 * @param onReport gets, beside each report, those of its refusals that the report before did not have; of its warnings the
 * report itself has only such
 */
export async function watch(
  options: UpdateOptions,
  onReport: (report: UpdateReport, news: readonly Refusal[]) => void,
  onError: (error: unknown) => void,
): Promise<Watch> {
  let pending = false
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  let told = new Set<string>()
  const report = (one: UpdateReport): void => {
    const before = told
    told = new Set([...one.refusals, ...one.warnings].map(keyOf))
    const newOf = (list: readonly Refusal[]) => list.filter((entry) => !before.has(keyOf(entry)))
    onReport({ ...one, warnings: newOf(one.warnings) }, newOf(one.refusals))
  }
  const run = (): void => {
    pending = false
    running = running.then(async () => {
      try {
        report(await update({ ...options, snapshot: 'deferred', mayBeMissing: 'any' }))
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

  let identity = identityOf(options.paths)
  let watcher = await open()
  // a folder that is removed and comes back, or a link that is turned elsewhere, is nothing a watcher of folders sees
  const looking = setInterval(() => {
    const now = identityOf(options.paths)
    if (now === identity) return
    identity = now
    running = running.then(reopen)
  }, PATHS_MS)

  // the first update comes after the watching has begun, so that no change falls between them; later ones wait for it
  const first = running.then(() => update({ ...options, snapshot: 'always' }))
  running = first.then(
    () => {},
    () => {},
  )
  try {
    report(await first)
  } catch (error) {
    await close()
    throw error
  }
  return { close }

  async function open(): Promise<FSWatcher> {
    const opened = chokidar.watch(watchedPaths(options.paths), { ignoreInitial: true, followSymlinks: false })
    opened.on('all', () => later(SETTLE_MS)).on('error', (error) => onError(watchError(error)))
    await new Promise<void>((ready) => opened.once('ready', () => ready()))
    return opened
  }

  async function reopen(): Promise<void> {
    if (closed) return
    await watcher.close()
    watcher = await open()
    later(SETTLE_MS)
  }

  async function close(): Promise<void> {
    closed = true
    clearInterval(looking)
    clearTimeout(timer)
    await running
    await watcher.close()
  }
}

/** A watcher that may open no more folders says that the disk is full. */
function watchError(error: unknown): FundstelleError {
  const isLimit = ['ENOSPC', 'EMFILE'].includes((error as NodeJS.ErrnoException).code ?? '')
  const limit = {
    de: 'das Betriebssystem beobachtet nicht so viele Ordner (fs.inotify.max_user_watches erhöhen)',
    en: 'the operating system does not watch so many folders (raise fs.inotify.max_user_watches)',
  }
  return new FundstelleError('watch_failed', { reason: isLimit ? limit : systemReason(error) }, { cause: error })
}

const keyOf = ({ file, line, error }: Refusal): string => `${file}:${line} ${error.message}`

/** Links inside the PATHs are not followed; of a PATH that is one itself, what it points to is watched. */
function watchedPaths(paths: readonly string[]): string[] {
  return paths.map((path) => (existsSync(path) ? realpathSync(path) : resolve(path)))
}

/** Tells whether the PATHs are still the same folders. */
function identityOf(paths: readonly string[]): string {
  return watchedPaths(paths)
    .map((path) => {
      const stats = statSync(path, { throwIfNoEntry: false })
      return stats === undefined ? path : `${path} ${stats.dev} ${stats.ino} ${stats.birthtimeMs}`
    })
    .join('\n')
}
