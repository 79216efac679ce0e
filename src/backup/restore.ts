import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { FundstelleError } from '../errors.ts'
import { makeFolder } from '../make-folder.ts'
import { payloadFolder } from '../registry/payload-folder.ts'
import { Registry } from '../registry/registry.ts'
import { ArticleStore } from '../store/article-store.ts'
import { UNFINISHED_RESTORE } from '../store/database.ts'
import { withWriterLock } from '../store/writer-lock.ts'
import { systemReason } from '../system-reason.ts'
import { BackupFault, unpack } from './archive-reader.ts'
import { syncFolder } from './archive-writer.ts'
import { occupants, PUT_ASIDE, putAside, shown, throwIfForeign } from './occupants.ts'

export interface RestoreReport {
  readonly indexes: number
  readonly documents: number
  /** Tasks that the next server carries out. */
  readonly waitingTasks: number
  /** ISO 8601: the moment whose state it is. */
  readonly madeAt: string
  /** Where what was there before lies now; null where there was nothing. */
  readonly putAside: string | null
}

export interface RestoreOptions {
  /** Whether what the folder has is put aside; else nothing is done where it has something. */
  readonly force?: boolean
  /** Bytes of the backup, and how many of them have been read. */
  readonly progress?: (done: number, total: number) => void
  /** Aborted before anything has been put in its place, the restore is given up and its reason thrown. */
  readonly signal?: AbortSignal
}

/** Within the cache folder: what has been unpacked and is being verified. */
const UNPACKED = 'restore'

/**
 * Makes a cache folder what a backup says. Nothing is touched before all of it is unpacked, verified and on the disk; from then on until all is in
 * its place the folder is refused by whoever opens it, so that half of it is never served. Its indexes are made when they are next opened.
 * @throws FundstelleError `backup_broken`, `backup_unreadable`, `restore_occupied`, `restore_foreign`, `restore_served` where a server works with
 * the folder, `store_busy` where somebody else does, `cache_unwritable`
 */
export async function restore(cache: string, file: string, options: RestoreOptions = {}): Promise<RestoreReport> {
  const { force = false, progress = () => {}, signal = new AbortController().signal } = options
  const { size } = await stat(file).catch((error: unknown) => {
    throw new FundstelleError('backup_unreadable', { path: file, reason: systemReason(error) }, { cause: error })
  })
  const target = resolve(cache)
  await throwIfForeign(target)
  const names = await occupants(target)
  if (names.length > 0 && !force) throw new FundstelleError('restore_occupied', { path: cache, names: shown(names) })
  const existed = existsSync(target)
  const unpacked = join(target, UNPACKED)
  try {
    return await asOnlyOne(target, signal, async () => {
      await rm(unpacked, { recursive: true, force: true })
      makeFolder(unpacked)
      let done = 0
      const onBytes = (bytes: number): void => {
        done += bytes
        progress(done, size)
      }
      const { madeAt } = await unpack(file, unpacked, onBytes, signal)
      const counts = await verified(unpacked, signal)
      await syncFolders(unpacked)
      const aside = await putInPlace(target, unpacked)
      return { ...counts, madeAt, putAside: aside }
    })
  } catch (error) {
    await rm(unpacked, { recursive: true, force: true }).catch(() => {})
    if (!existed && (await occupants(target)).length === 0 && !signal.aborted)
      await rm(target, { recursive: true, force: true })
    if (error instanceof BackupFault)
      throw new FundstelleError('backup_broken', { path: file, reason: error.reason }, { cause: error })
    const { code, syscall, path } = error as NodeJS.ErrnoException
    if (signal.aborted || code === undefined || error instanceof FundstelleError) throw error
    const params = { path: path ?? (syscall === 'read' ? file : cache), reason: systemReason(error) }
    throw new FundstelleError(syscall === 'read' ? 'backup_unreadable' : 'cache_unwritable', params, { cause: error })
  }
}

/** Keeps out whoever indexes into the folder, and who carries out tasks there: only servers do. */
function asOnlyOne<T>(cache: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const tasks = payloadFolder(cache)
  const withoutServers = async (): Promise<T> => {
    try {
      return await withWriterLock(tasks, work, signal)
    } catch (error) {
      const isServed = error instanceof FundstelleError && error.code === 'store_busy' && error.params['path'] === tasks
      throw isServed ? new FundstelleError('restore_served', { path: cache }, { cause: error }) : error
    }
  }
  return withWriterLock(cache, () => (existsSync(tasks) ? withoutServers() : work()), signal)
}

/**
 * Opens everything that was unpacked, and makes the stores others than those they were copied from.
 * @throws BackupFault
 */
async function verified(
  folder: string,
  signal: AbortSignal,
): Promise<Pick<RestoreReport, 'indexes' | 'documents' | 'waitingTasks'>> {
  let documents = 0
  const visit = async (path: string): Promise<void> => {
    if (!ArticleStore.exists(path)) return
    documents += sound(path)
    await setImmediate()
    signal.throwIfAborted()
  }
  await visit(folder)
  if (!Registry.exists(folder)) return { indexes: 0, documents, waitingTasks: 0 }
  const registry = opened(() => Registry.open(folder))
  try {
    throwIfBroken(registry.integrityComplaints())
    const indexes = registry.indexes.all()
    for (const index of indexes) if (index.folder !== '') await visit(join(folder, index.folder))
    for (const payload of registry.tasks.payloads())
      if (!existsSync(join(payloadFolder(folder), payload)))
        throw new BackupFault({ de: `die Dokumente ${payload} fehlen`, en: `the documents ${payload} are missing` })
    return { indexes: indexes.length, documents, waitingTasks: registry.tasks.waiting().count }
  } finally {
    registry.close()
  }
}

/** The number of documents of a store that is sound. */
function sound(path: string): number {
  const store = opened(() => ArticleStore.open(path))
  try {
    throwIfBroken(store.integrityComplaints())
    store.giveNewId()
    return store.articleCount
  } finally {
    store.close()
  }
}

function opened<T>(open: () => T): T {
  try {
    return open()
  } catch (error) {
    if (!(error instanceof FundstelleError) || !['store_broken', 'store_format'].includes(error.code)) throw error
    throw new BackupFault({ de: error.detail('de'), en: error.detail('en') }, { cause: error })
  }
}

function throwIfBroken([complaint]: readonly string[]): void {
  if (complaint !== undefined)
    throw new BackupFault({ de: `SQLite meldet: ${complaint}`, en: `SQLite says: ${complaint}` })
}

/** Files that are on the disk already have their names there, too. */
async function syncFolders(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory()) await syncFolders(join(folder, entry.name))
  await syncFolder(folder)
}

/** Where what was there before lies now. */
async function putInPlace(cache: string, unpacked: string): Promise<string | null> {
  const unfinished = join(cache, UNFINISHED_RESTORE)
  // one that was broken off is a part of what is put aside
  const earlier = existsSync(unfinished)
  const before = await occupants(cache)
  const aside = before.length === 0 ? null : join(cache, `${PUT_ASIDE}${new Date().toISOString().replaceAll(':', '-')}`)
  if (aside !== null) await mkdir(aside)
  if (earlier && aside !== null) await rename(unfinished, join(aside, UNFINISHED_RESTORE))
  await rename(unpacked, unfinished)
  await syncFolder(cache)
  if (aside !== null) await putAside(cache, aside)
  for (const name of await readdir(unfinished)) await rename(join(unfinished, name), join(cache, name))
  await syncFolder(cache)
  await rm(unfinished, { recursive: true })
  await syncFolder(cache)
  await syncFolder(dirname(cache))
  return aside
}
