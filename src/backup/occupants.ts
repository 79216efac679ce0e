import { mkdir, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { FundstelleError } from '../errors.ts'
import { REGISTRY } from '../registry/schema.ts'
import { STORE_FILE } from '../store/article-store.ts'
import { UNFINISHED_RESTORE } from '../store/database.ts'

/** Begins the names of folders with what was there before a restore. */
export const PUT_ASIDE = 'before-restore-'

/** What stays where it is: nothing of it is an article, a setting or a task. */
const STAYING =
  /^(?:\..*|writer\.lock(?:-journal)?|reserve|restore|backup|dumps|snapshots|README\.md|lost\+found|before-restore-.*)$/

/** One of these is in every cache folder that is in use. */
const OURS = [STORE_FILE, REGISTRY.file, UNFINISHED_RESTORE]

/** What of a cache folder a restore would take the place of. */
export async function occupants(cache: string): Promise<string[]> {
  return (await namesIn(cache)).filter((name) => !STAYING.test(name))
}

/**
 * A wrong name on the command line must not put a home folder aside.
 * @throws FundstelleError `restore_foreign`
 */
export async function throwIfForeign(cache: string): Promise<void> {
  const names = await occupants(cache)
  if (names.length > 0 && !OURS.some((name) => names.includes(name)))
    throw new FundstelleError('restore_foreign', { path: cache, names: shown(names) })
}

/** The first of many names. */
export const shown = (names: readonly string[]): string =>
  names.length > NAMES_SHOWN ? `${names.slice(0, NAMES_SHOWN).join(', ')}, …` : names.join(', ')

const NAMES_SHOWN = 5

/** Moves what is in the way of a restore to another folder of the same disk. */
export async function putAside(cache: string, aside: string): Promise<void> {
  await mkdir(aside, { recursive: true })
  for (const name of await occupants(cache))
    if (name !== UNFINISHED_RESTORE) await rename(join(cache, name), join(aside, name))
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
