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
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { FundstelleError } from '../errors.ts'
import { decode } from './decode.ts'
import { IGNORE_FILE, IGNORE_FILE_MAX, IgnoreRules } from './ignore-rules.ts'
import { isLayoutFolder } from './places.ts'
import { isKnownEnding } from './read-file.ts'
import { isReadInPieces } from './read-in-pieces.ts'
import { namesIn } from './settings-files.ts'
import type { Pairs } from './site-rule.ts'
import { SiteRules } from './site-rules.ts'
import { tooLarge } from './too-large.ts'
import { unreadable } from './unreadable.ts'

/** Describes a folder to those who keep it; no article. As a PATH of its own it is read. */
const README = /(^|\/)readme(\.[^/]*)?$/i
/** What sites tell programs that visit them. */
const FOR_ROBOTS =
  /(^|\/)(?:(?:robots|humans|ads|app-ads|security|llms|llms-full)\.txt|(?:google|yandex_)[0-9a-f]{16}\.html|BingSiteAuth\.xml)$/i
/** Settings of programs, under names that nothing else has. */
const FOR_PROGRAMS =
  /^(?:(?:package|package-lock|npm-shrinkwrap|composer|[jt]sconfig|deno|biome|lerna|angular|hugo|renovate|vercel|firebase|_category_|_meta)\.json|[jt]sconfig\.[\w-]{1,40}\.json|.{1,200}\.11tydata\.json|(?:(?:dev|docs?|test|build|prod)[_-])?requirements(?:[_.-](?:dev|docs?|test|build|prod|base))?\.txt|CMakeLists\.txt)$/

/** Why an entry is passed over: no reader knows its ending, it is a README, it speaks to programs that visit a site, it holds a program's settings, it is no ordinary file, a pattern leaves it out, a folder with all that is in it, its site's generator makes no page of it, or it is a link to what is hidden. */
export type Skipped = 'ending' | 'readme' | 'robots' | 'program' | 'special' | 'excluded' | 'generator' | 'hidden'

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
      /** What its site's generator says of it, for where its own head says nothing else. */
      readonly siteValues: Pairs
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
  /** What was read of the folders above PATHs, to be shared by walks of the same moment; without it each reads it anew. */
  readonly sites?: SitesAbove
}

/** What the settings of a folder and of all above it say, by the folder. */
export type SitesAbove = Map<string, SiteRules>

/**
 * Finds the files below a folder, or the one file PATH is, in the order of their relative paths by code unit; reads no
 * contents. Entries beginning with a dot and `node_modules` are passed over, folders of layouts are named instead. A link to something inside the folder is
 * passed over too, its target being found at its own place; links are never followed, so there are no loops. A `.fundstelleignore` of a folder above PATH counts, too, and may leave out PATH itself. A folder whose `.fundstelleignore` cannot be
 * used is refused: nobody knows what of it may be read. Settings of site generators count, also those above PATH, and refuse
 * their folder where they cannot be read; what is named as PATH itself is read, whether or not they make a page of it.
 * @param path a folder or a file, or a symbolic link to one
 * @throws FundstelleError `path_not_found`, or `path_unreadable` where PATH itself cannot be reached; `ignore_pattern`
 */
export function* walk(path: string, options: WalkOptions): Generator<WalkEntry> {
  // checked before anything is looked at
  IgnoreRules.of(options.exclude)
  const { root, stats } = rootOf(path)
  const name = basename(path).normalize('NFC')
  const isFolder = stats.isDirectory()
  let around: Around | null
  try {
    // a link in a folder may be left out, and what it leads to
    const spelled = resolve(path)
    const isLeftOut = spelled !== root && rulesFor(spelled, isFolder, options) === null
    const rules = isLeftOut ? null : rulesFor(root, isFolder, options)
    around = rules === null ? null : { rules, site: siteAbove(root, isFolder, options.sites ?? new Map()) }
  } catch (error) {
    const refused = error instanceof FundstelleError ? error : unreadable(error)
    yield refusal(root, isFolder ? '.' : name, refused)
    return
  }
  if (around === null) yield { kind: 'skipped', path: isFolder ? '.' : name, why: 'excluded' }
  else if (isFolder) yield* walkFolder({ root, base: slashed(root), options }, root, '', around)
  else yield fileFound(root, name, stats, options, around.site.valuesFor(slashed(root).slice(0, -1)))
}

/** What stays the same on a walk. */
interface Walk {
  readonly root: string
  /** The same with slashes, one at its end: the rules speak of whole paths. */
  readonly base: string
  readonly options: WalkOptions
}

/** What counts in a folder of it. */
interface Around {
  readonly rules: IgnoreRules
  readonly site: SiteRules
}

/** What generators' settings in the folders above a PATH say. What they leave out was named, and is read. */
function siteAbove(absolute: string, isFolder: boolean, sites: SitesAbove): SiteRules {
  const names = absolute.split(sep)
  let site = SiteRules.NONE
  for (let depth = 1; depth < names.length; depth++) {
    const folder = names.slice(0, depth).join(sep) + sep
    site = sites.get(folder) ?? site.above(slashed(folder), folder)
    sites.set(folder, site)
  }
  const below = names.map((_, depth) => slashed(names.slice(0, depth + 1).join(sep)))
  const isOut = below.some((path, depth) =>
    site.leavesOut(depth === names.length - 1 && !isFolder ? path.slice(0, -1) : path),
  )
  return isOut ? site.withoutExclusions() : site
}

/** A path as rules have it, with a slash at its end. */
function slashed(path: string): string {
  return `${path.split(sep).join('/').replace(/\/$/, '')}/`.normalize('NFC')
}

/**
 * The rules for a PATH by the ignore files of all folders above it: `index docs/*` leaves out what `index docs` does.
 * @returns null where they leave out the PATH itself
 */
function rulesFor(absolute: string, isFolder: boolean, { exclude }: WalkOptions): IgnoreRules | null {
  const base = slashed(isFolder ? absolute : dirname(absolute))
  let rules = IgnoreRules.of(exclude, base)
  const names = absolute.split(sep)
  for (let depth = 1; depth < names.length; depth++) {
    const folder = names.slice(0, depth).join(sep) + sep
    rules = withIgnoreFile(rules, folder, slashed(folder))
    const below = slashed(names.slice(0, depth + 1).join(sep))
    const isFile = depth === names.length - 1 && !isFolder
    if (rules.leavesOut(isFile ? below.slice(0, -1) : below)) return null
  }
  return rules
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

function* walkFolder(walk: Walk, folder: string, prefix: string, above: Around): Generator<WalkEntry> {
  const { root, base, options } = walk
  let entries: Dirent[]
  let names: readonly string[]
  let rules: IgnoreRules
  let site: SiteRules
  try {
    entries = readdirSync(folder, { withFileTypes: true })
    names = entries.map(({ name }) => name)
    rules = entries.some(({ name }) => name === IGNORE_FILE)
      ? withIgnoreFile(above.rules, folder, base + prefix)
      : above.rules
    site = above.site.within(base + prefix, folder, entries)
  } catch (error) {
    const refused = error instanceof FundstelleError ? error : unreadable(error)
    yield refusal(folder, prefix === '' ? '.' : prefix.slice(0, -1), refused)
    return
  }
  const named = entries
    .filter(({ name }) => !isHiddenName(name))
    .map((entry) => ({ entry, path: prefix + entry.name.normalize('NFC') + (entry.isDirectory() ? '/' : '') }))
  // With its slash a folder sorts where the paths of its files do
  named.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  for (const { entry, path } of named) {
    const absolute = join(folder, entry.name)
    if (rules.leavesOut(base + path)) yield { kind: 'skipped', path: path.replace(/\/$/, ''), why: 'excluded' }
    else if (entry.isDirectory() && isLayoutFolder(path.slice(0, -1), names, (below) => namesIn(join(folder, below))))
      yield { kind: 'layout', path: path.slice(0, -1) }
    else if ((entry.isDirectory() || isKnownEnding(path)) && site.leavesOut(base + path))
      yield { kind: 'skipped', path: path.replace(/\/$/, ''), why: 'generator' }
    else if (entry.isDirectory()) yield* walkFolder(walk, absolute, path, { rules, site })
    else if (entry.isSymbolicLink()) yield* linkFound(root, absolute, path)
    else yield entryFound(absolute, path, options, { site, whole: base + path })
  }
}

const isHiddenName = (name: string): boolean => name.startsWith('.') || name === 'node_modules'

/** The rules with those of the ignore file in a folder. @param slashedFolder the folder as rules have it */
function withIgnoreFile(rules: IgnoreRules, folder: string, slashedFolder: string): IgnoreRules {
  const path = join(folder, IGNORE_FILE)
  const stats = statSync(path, { throwIfNoEntry: false })
  // a folder may be called so, too
  if (stats?.isFile() !== true) return rules
  if (stats.size > IGNORE_FILE_MAX)
    throw new FundstelleError('ignore_file_large', { file: IGNORE_FILE, bytes: stats.size, max: IGNORE_FILE_MAX })
  return rules.within(slashedFolder, decode(readFileSync(path)).text)
}

function* linkFound(root: string, absolutePath: string, path: string): Generator<WalkEntry> {
  try {
    const target = realpathSync(absolutePath)
    const way = relative(root, target)
    const isOutside = way === '..' || way.startsWith(`..${sep}`) || way === target
    if (isOutside) yield refusal(absolutePath, path, new FundstelleError('link_outside', { target }))
    // where its target is it is passed over
    else if (way.split(sep).some(isHiddenName)) yield { kind: 'skipped', path, why: 'hidden' }
  } catch {
    yield refusal(absolutePath, path, new FundstelleError('link_broken'))
  }
}

/** @param place the rules of its site, and its path as these have it */
function entryFound(
  absolutePath: string,
  path: string,
  options: WalkOptions,
  { site, whole }: { readonly site: SiteRules; readonly whole: string },
): WalkEntry {
  if (README.test(path) && !site.takesReadme(whole)) return { kind: 'skipped', path, why: 'readme' }
  if (FOR_ROBOTS.test(path)) return { kind: 'skipped', path, why: 'robots' }
  if (FOR_PROGRAMS.test(path.slice(path.lastIndexOf('/') + 1))) return { kind: 'skipped', path, why: 'program' }
  if (!isKnownEnding(path)) return { kind: 'skipped', path, why: 'ending' }
  try {
    return fileFound(absolutePath, path, lstatSync(absolutePath, { bigint: true }), options, site.valuesFor(whole))
  } catch (error) {
    return refusal(absolutePath, path, unreadable(error))
  }
}

function fileFound(
  absolutePath: string,
  path: string,
  stats: BigIntStats,
  options: WalkOptions,
  siteValues: Pairs,
): WalkEntry {
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
  const [mtimeNs, ctimeNs] = [String(stats.mtimeNs), String(stats.ctimeNs)]
  return { kind: 'file', path, absolutePath, size, mtimeNs, ctimeNs, siteValues }
}

function refusal(absolutePath: string, path: string, error: FundstelleError): WalkEntry {
  return { kind: 'refusal', path, absolutePath, error }
}
