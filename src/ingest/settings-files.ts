import { type Dirent, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { FundstelleError } from '../errors.ts'
import { decode } from './decode.ts'
import { PAGE_ENDING } from './hugo-files.ts'
import { lineNamed, settingsBroken } from './site-rule.ts'
import { unreadable } from './unreadable.ts'

/** In bytes: larger settings are nobody's. */
const SETTINGS_BYTES_MAX = 1 << 20

/** Names that other programs may have as well: what cannot be read is nobody's settings. Of pages the beginning counts. */
const OTHERS = /^config\.|(?<!\.11tydata|^hugo)\.json$/i

/**
 * The text of a file of settings, or the beginning of a page that may have some; in NFC. Null where there is none.
 * @throws FundstelleError `site_settings_broken` with the name of the file, where it cannot be read and can be nothing else
 */
export function textOf(path: string): string | null {
  const name = basename(path)
  try {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats === undefined && lstatSync(path, { throwIfNoEntry: false }) !== undefined)
      throw new FundstelleError('link_broken')
    if (stats?.isFile() !== true) return null
    if (stats.size > SETTINGS_BYTES_MAX && !PAGE_ENDING.test(name)) throw tooLarge(stats.size)
    return decode(readFileSync(path).subarray(0, SETTINGS_BYTES_MAX)).text.normalize('NFC')
  } catch (error) {
    // what is wrong with them is told where they are read themselves
    if (PAGE_ENDING.test(name) || OTHERS.test(name)) return null
    // a file called as the folder of Hugo's settings is
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return null
    throw named(error instanceof FundstelleError ? error : unreadable(error), name)
  }
}

function tooLarge(size: number): FundstelleError {
  return settingsBroken({ de: `${size} Bytes sind zu viel`, en: `${size} bytes are too many` }, null)
}

/** The error with the name of its file. */
export function named(error: unknown, file: string): unknown {
  if (!(error instanceof FundstelleError)) return error
  const { params } = error
  if (error.code !== 'site_settings_broken') {
    const reason = { de: error.detail('de'), en: error.detail('en') }
    return new FundstelleError(
      'site_settings_broken',
      { file, where: lineNamed(params['line']), reason },
      { cause: error },
    )
  }
  const other = params['file'] === '' ? file : join(dirname(file), String(params['file']))
  return new FundstelleError('site_settings_broken', { ...params, file: other }, { cause: error })
}

/** What lies in a folder; nothing of one that cannot be listed, which is told when it is walked. */
export function entriesIn(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

/** The names of these. */
export const namesIn = (folder: string): readonly string[] => entriesIn(folder).map(({ name }) => name)
