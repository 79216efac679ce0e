import { existsSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type BackupOptions, backUp } from './back-up.ts'

/** Below the cache folder: what `/dumps` and `/snapshots` write. */
export const DUMPS_FOLDER = 'dumps'
export const SNAPSHOTS_FOLDER = 'snapshots'

/** Of each kind; the oldest go. */
export const KEPT_MAX = 5

const ENDING = '.tar.gz'

/**
 * Makes a backup within the cache folder itself, and removes the oldest of its kind beyond a number.
 * @param name the newer one has to stand later by the alphabet
 * @throws as `backUp`
 */
export async function keepBackup(
  cache: string,
  kind: typeof DUMPS_FOLDER | typeof SNAPSHOTS_FOLDER,
  name: string,
  options: BackupOptions = {},
): Promise<void> {
  const folder = join(cache, kind)
  if (!existsSync(folder)) await mkdir(folder)
  await removeRemains(folder)
  await backUp(cache, join(folder, `${name}${ENDING}`), options)
  const kept = (await readdir(folder)).filter((file) => file.endsWith(ENDING)).sort()
  for (const file of kept.slice(0, -KEPT_MAX)) await rm(join(folder, file), { force: true })
}

/** Of backups whose process ended before they were whole. */
async function removeRemains(folder: string): Promise<void> {
  for (const file of await readdir(folder))
    if (/\.tar\.gz\.parts?$/.test(file)) await rm(join(folder, file), { recursive: true, force: true })
}
