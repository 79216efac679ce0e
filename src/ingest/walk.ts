import {
  accessSync,
  type BigIntStats,
  constants,
  type Dirent,
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import { FundstelleError } from '../errors.ts'
import { IGNORE_FILE, IGNORE_FILE_MAX, IgnoreRules } from './ignore-rules.ts'
import { isLayoutFolder } from './places.ts'
import { isKnownEnding } from './read-file.ts'
import { isReadInPieces } from './read-in-pieces.ts'
import { tooLarge } from './too-large.ts'
import { unreadable } from './unreadable.ts'

/** Describes a folder to those who keep it; no article. As a PATH of its own it is read. */
const README = /(^|\/)readme(\.[^/]*)?$/i
/** What sites tell programs that visit them. */
const FOR_ROBOTS = /(^|\/)(?:robots|humans|ads|app-ads|security|llms|llms-full)\.txt$/i

/** Why an entry is passed over: no reader knows its ending, it is a README, it speaks to programs that visit a site, it is no ordinary file, or a pattern leaves it out, a folder with all that is in it. */
export type Skipped = 'ending' | 'readme' | 'robots' | 'special' | 'excluded'

/** What the walk finds. Every `path` is relative to the PATH walked, parted by `/` and in NFC. */
export type WalkEntry =
  | {
      readonly kind: 'file'
      readonly path: string
      readonly absolutePath: string
      /** In bytes. */
      readonly size: number
      /** Nanoseconds since 1970, in decimal: too many for a number. */
      readonly mtimeNs: string
      readonly ctimeNs: string
    }
  | {
      readonly kind: 'refusal'
      readonly path: string
      readonly absolutePath: string
      readonly error: FundstelleError
    }
  | { readonly kind: 'skipped'; readonly path: string; readonly why: Skipped }
  /** A folder of layouts or of programs, which is not looked into. */
  | { readonly kind: 'layout'; readonly path: string }

export interface WalkOptions {
  /** Larger files are refused, but for those that are read in pieces. */
  readonly maxFileBytes: number
  /** Patterns as in `.gitignore` of what is passed over; beside those of `.fundstelleignore`, which they beat. */
  readonly exclude?: readonly string[]
}

/**
 * Finds the files below a folder, or the one file PATH is, in the order of their relative paths by code unit; reads no
 * contents. Entries beginning with a dot and `node_modules` are passed over, folders of layouts are named instead. A link to something inside the folder is
 * passed over too, its target being found at its own place; links are never followed, so there are no loops. A folder whose `.fundstelleignore` cannot be
 * used is refused: nobody knows what of it may be read.
 * @param path a folder or a file, or a symbolic link to one
 * @throws FundstelleError `path_not_found`, or `path_unreadable` where PATH itself cannot be reached; `ignore_pattern`
 */
export function* walk(path: string, options: WalkOptions): Generator<WalkEntry> {
  const rules = IgnoreRules.of(options.exclude)
  const { root, stats } = rootOf(path)
  const name = basename(path).normalize('NFC')
  if (stats.isDirectory()) yield* walkFolder(root, root, '', options, rules)
  else if (rules.leavesOut(name)) yield { kind: 'skipped', path: name, why: 'excluded' }
  else yield fileFound(root, name, stats, options)
}

function rootOf(path: string): { root: string; stats: BigIntStats } {
  try {
    const root = realpathSync(path)
    return { root, stats: statSync(root, { bigint: true }) }
  } catch (error) {
    const gone = ['ENOENT', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')
    if (gone) throw new FundstelleError('path_not_found', { path }, { cause: error })
    throw unreadable(error)
  }
}

function* walkFolder(
  root: string,
  folder: string,
  prefix: string,
  options: WalkOptions,
  above: IgnoreRules,
): Generator<WalkEntry> {
  let entries: Dirent[]
  let rules: IgnoreRules
  try {
    entries = readdirSync(folder, { withFileTypes: true })
    rules = entries.some(({ name }) => name === IGNORE_FILE) ? above.within(prefix, ignoreFileIn(folder)) : above
  } catch (error) {
    const refused = error instanceof FundstelleError ? error : unreadable(error)
    yield refusal(folder, prefix === '' ? '.' : prefix.slice(0, -1), refused)
    return
  }
  const named = entries
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .map((entry) => ({ entry, path: prefix + entry.name.normalize('NFC') + (entry.isDirectory() ? '/' : '') }))
  // With its slash a folder sorts where the paths of its files do
  named.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  const names = entries.map(({ name }) => name)
  for (const { entry, path } of named) {
    const absolute = join(folder, entry.name)
    if (rules.leavesOut(path)) yield { kind: 'skipped', path: path.replace(/\/$/, ''), why: 'excluded' }
    else if (entry.isDirectory() && isLayoutFolder(path.slice(0, -1), names, () => namesIn(absolute)))
      yield { kind: 'layout', path: path.slice(0, -1) }
    else if (entry.isDirectory()) yield* walkFolder(root, absolute, path, options, rules)
    else if (entry.isSymbolicLink()) yield* linkFound(root, absolute, path)
    else yield entryFound(absolute, path, options)
  }
}

function ignoreFileIn(folder: string): string {
  const path = join(folder, IGNORE_FILE)
  const { size } = statSync(path)
  if (size > IGNORE_FILE_MAX) throw new FundstelleError('ignore_pattern', { pattern: IGNORE_FILE })
  return readFileSync(path, 'utf8').replace(/^\ufeff/, '')
}

/** What lies in a folder; nothing where it cannot be read, which is told when it is walked. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function* linkFound(root: string, absolutePath: string, path: string): Generator<WalkEntry> {
  try {
    const target = realpathSync(absolutePath)
    const way = relative(root, target)
    const isOutside = way === '..' || way.startsWith(`..${sep}`) || way === target
    if (isOutside) yield refusal(absolutePath, path, new FundstelleError('link_outside', { target }))
  } catch {
    yield refusal(absolutePath, path, new FundstelleError('link_broken'))
  }
}

function entryFound(absolutePath: string, path: string, options: WalkOptions): WalkEntry {
  if (README.test(path)) return { kind: 'skipped', path, why: 'readme' }
  if (FOR_ROBOTS.test(path)) return { kind: 'skipped', path, why: 'robots' }
  if (!isKnownEnding(path)) return { kind: 'skipped', path, why: 'ending' }
  try {
    return fileFound(absolutePath, path, lstatSync(absolutePath, { bigint: true }), options)
  } catch (error) {
    return refusal(absolutePath, path, unreadable(error))
  }
}

function fileFound(absolutePath: string, path: string, stats: BigIntStats, options: WalkOptions): WalkEntry {
  if (!stats.isFile()) return { kind: 'skipped', path, why: 'special' }
  if (!isKnownEnding(path)) return { kind: 'skipped', path, why: 'ending' }
  const size = Number(stats.size)
  if (size > options.maxFileBytes && !isReadInPieces(path, absolutePath))
    return refusal(absolutePath, path, tooLarge('file_too_large', size, options.maxFileBytes))
  try {
    accessSync(absolutePath, constants.R_OK)
  } catch (error) {
    return refusal(absolutePath, path, unreadable(error))
  }
  return { kind: 'file', path, absolutePath, size, mtimeNs: String(stats.mtimeNs), ctimeNs: String(stats.ctimeNs) }
}

function refusal(absolutePath: string, path: string, error: FundstelleError): WalkEntry {
  return { kind: 'refusal', path, absolutePath, error }
}
