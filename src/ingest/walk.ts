import {
  accessSync,
  type BigIntStats,
  constants,
  type Dirent,
  lstatSync,
  readdirSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import { FundstelleError } from '../errors.ts'
import { isLayoutFolder } from './places.ts'
import { isKnownEnding } from './read-file.ts'
import { isReadInPieces } from './read-in-pieces.ts'
import { tooLarge } from './too-large.ts'
import { unreadable } from './unreadable.ts'

/** Describes a folder to those who keep it; no article. As a PATH of its own it is read. */
const README = /(^|\/)readme(\.[^/]*)?$/i

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
  /** A file no reader knows by its ending, a README, or no ordinary file. */
  | { readonly kind: 'skipped'; readonly path: string }
  /** A folder of layouts or of programs, which is not looked into. */
  | { readonly kind: 'layout'; readonly path: string }

export interface WalkOptions {
  /** Larger files are refused, but for those that are read in pieces. */
  readonly maxFileBytes: number
}

/**
 * Finds the files below a folder, or the one file PATH is, in the order of their relative paths by code unit; reads no
 * contents. Entries beginning with a dot and `node_modules` are passed over, folders of layouts are named instead. A link to something inside the folder is
 * passed over too, its target being found at its own place; links are never followed, so there are no loops.
 * @param path a folder or a file, or a symbolic link to one
 * @throws FundstelleError `path_not_found`, or `path_unreadable` where PATH itself cannot be reached
 */
export function* walk(path: string, options: WalkOptions): Generator<WalkEntry> {
  const { root, stats } = rootOf(path)
  if (stats.isDirectory()) yield* walkFolder(root, root, '', options)
  else yield fileFound(root, basename(path).normalize('NFC'), stats, options)
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

function* walkFolder(root: string, folder: string, prefix: string, options: WalkOptions): Generator<WalkEntry> {
  let entries: Dirent[]
  try {
    entries = readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    yield refusal(folder, prefix === '' ? '.' : prefix.slice(0, -1), unreadable(error))
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
    if (entry.isDirectory() && isLayoutFolder(path.slice(0, -1), names, () => namesIn(absolute)))
      yield { kind: 'layout', path: path.slice(0, -1) }
    else if (entry.isDirectory()) yield* walkFolder(root, absolute, path, options)
    else if (entry.isSymbolicLink()) yield* linkFound(root, absolute, path)
    else yield entryFound(absolute, path, options)
  }
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
  if (!isKnownEnding(path) || README.test(path)) return { kind: 'skipped', path }
  try {
    return fileFound(absolutePath, path, lstatSync(absolutePath, { bigint: true }), options)
  } catch (error) {
    return refusal(absolutePath, path, unreadable(error))
  }
}

function fileFound(absolutePath: string, path: string, stats: BigIntStats, options: WalkOptions): WalkEntry {
  if (!stats.isFile() || !isKnownEnding(path)) return { kind: 'skipped', path }
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
