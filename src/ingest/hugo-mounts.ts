import { posix } from 'node:path'
import { type HugoConfig, withLowerNames } from './hugo-config.ts'
import { PAGE_ENDING } from './hugo-files.ts'
import { NOT, namesMeant } from './hugo-glob.ts'
import type { HugoGlob } from './hugo-pages.ts'
import { isObject, settingsBroken, textsOf } from './site-rule.ts'

/** A folder of contents, or a single file. */
export interface Mount {
  /** Absolute, with a slash at its end; without one a single file. */
  readonly source: string
  /** Where it lies in the contents, with a slash at its beginning; empty for all of them. */
  readonly target: string
  /** None where it is left out. */
  readonly languages: readonly string[]
  /** @param path in it, of a folder with a slash at its end */
  holds(path: string): boolean
}

const MOUNTS_MAX = 300
const CONTENT = /^\/?content(?=\/|$)/

/** The languages of a site. */
export interface SiteLanguages {
  /** That of files that name none. */
  readonly main: string
  /** All that are published. */
  readonly enabled: readonly string[]
  /** Those that the settings name, with what these say of each. */
  readonly declared: readonly (readonly [string, HugoConfig])[]
}

/** Takes a pattern that files are compared with. */
type Compile = (pattern: string) => HugoGlob

/**
 * Where the contents of a site lie: in the folders that are mounted, or else in one, and in those of languages.
 * @param folder of the site, absolute, with a slash at its end
 * @throws FundstelleError `site_settings_broken`
 */
export function mountsOf(
  folder: string,
  { module, contentdir }: HugoConfig,
  languages: SiteLanguages,
  compile: Compile,
): readonly Mount[] {
  const listed = isObject(module) ? [module['mounts']].flat().filter(isObject).map(withLowerNames) : []
  const mounted = listed.filter(({ target }) => typeof target === 'string' && CONTENT.test(target))
  if (mounted.length > MOUNTS_MAX)
    throw settingsBroken({ de: `mehr als ${MOUNTS_MAX} Ordner`, en: `more than ${MOUNTS_MAX} folders` }, null)
  // as soon as one is mounted the folders that are named otherwise are no contents
  if (mounted.length > 0) return mounted.map((one) => mountOf(folder, one, languages, compile))
  const { main, enabled, declared } = languages
  const parted = declared.flatMap(([name, { contentdir: own }]) =>
    typeof own === 'string' && own !== '' ? [{ name, own }] : [],
  )
  const areAllParted = enabled.every((name) => parted.some((one) => one.name === name))
  const contents = typeof contentdir === 'string' && contentdir !== '' ? contentdir : 'content'
  return [
    ...(areAllParted ? [] : [mountAt(folder, contents, [main])]),
    ...parted.map(({ name, own }) => mountAt(folder, own, enabled.includes(name) ? [name] : [])),
  ]
}

function mountOf(folder: string, mount: HugoConfig, { main, enabled }: SiteLanguages, compile: Compile): Mount {
  const { source, target, lang, sites, files, includefiles, excludefiles } = mount
  const named = textsOf(languagesOf(sites) ?? lang).map((one) => one.toLowerCase())
  const languages = named.length === 0 ? [main] : namesMeant(named)(enabled)
  const at = mountAt(folder, typeof source === 'string' ? source : '', languages)
  const patterns = [...textsOf(files), ...textsOf(includefiles), ...textsOf(excludefiles).map((one) => NOT + one)]
  const below = withoutLastSlashes(String(target).replace(CONTENT, ''))
  return { ...at, target: below, ...(patterns.length > 0 && { holds: filter(patterns, compile) }) }
}

/** `sites: {matrix: {languages: [en]}}`, as targets and mounts have it since 2025. */
export function languagesOf(sites: unknown): unknown {
  const matrix = isObject(sites) ? withLowerNames(sites)['matrix'] : undefined
  return isObject(matrix) ? withLowerNames(matrix)['languages'] : undefined
}

function mountAt(folder: string, source: string, languages: readonly string[]): Mount {
  const whole = posix.isAbsolute(source) ? posix.normalize(source) : posix.join(folder, source)
  const isFile = PAGE_ENDING.test(whole)
  return { source: isFile ? whole : `${withoutLastSlashes(whole)}/`, target: '', languages, holds: () => true }
}

/** The first of the patterns that means a file counts; where none does, the file is left out if one of them means what is not left out. */
function filter(patterns: readonly string[], compile: Compile): Mount['holds'] {
  const rules = patterns.map((pattern) => {
    const isNot = pattern.startsWith(NOT)
    const plain = `/${(isNot ? pattern.slice(NOT.length) : pattern).replace(/^\/+/, '')}`
    return { isNot, glob: compile(plain), folders: isNot ? [] : foldersTo(plain).map(compile) }
  })
  const isOpen = rules.every(({ isNot }) => isNot)
  return (path) => {
    if (path === '') return true
    const isFolder = path.endsWith('/')
    const plain = `/${isFolder ? path.slice(0, -1) : path}`.toLowerCase()
    const rule = rules.find(
      ({ glob, folders }) => glob.matches(plain) || (isFolder && folders.some((one) => one.matches(plain))),
    )
    return rule === undefined ? isOpen : !rule.isNot
  }
}

/** The folders in which something that a pattern means may lie, as patterns. */
function foldersTo(pattern: string): readonly string[] {
  // what is in brackets cannot be taken apart
  if (pattern.includes('{')) return ['/**']
  return foldersAround(pattern.slice(0, pattern.lastIndexOf('/') + 1)).map((one) => one.slice(0, -1))
}

/** A folder and those around it, the nearest first: `/a/b/`, `/a/` and `/`. */
export function foldersAround(folder: string): readonly string[] {
  const found: string[] = []
  for (let end = folder.length - 1; end >= 0; end = end === 0 ? -1 : folder.lastIndexOf('/', end - 1))
    found.push(folder.slice(0, end + 1))
  return found
}

/** Where a file or folder of a mount lies in the contents. */
export function pathIn({ source, target }: Mount, path: string): string {
  return source.endsWith('/') ? `${target}/${path.slice(source.length)}` : target
}

function withoutLastSlashes(path: string): string {
  let end = path.length
  while (path[end - 1] === '/') end -= 1
  return path.slice(0, end)
}
