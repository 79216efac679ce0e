import { DUMPS_FOLDER, keepBackup, SNAPSHOTS_FOLDER } from '../backup/kept-backups.ts'

/** What the tasks of `/dumps` and `/snapshots` do. */
export interface Backups {
  /** @param uid the name of the file */
  readonly dump: (uid: string) => Promise<void>
  readonly snapshot: () => Promise<void>
}

/** Backups in the cache folder itself. */
export const backupsOf = (cache: string, signal: AbortSignal): Backups => ({
  dump: (uid) => keepBackup(cache, DUMPS_FOLDER, uid, { signal }),
  snapshot: () => keepBackup(cache, SNAPSHOTS_FOLDER, new Date().toISOString().replaceAll(':', '-'), { signal }),
})
