import { posix } from 'node:path'
import type { HugoConfig } from './hugo-config.ts'
import { ENVIRONMENT, PAGE_ENDING } from './hugo-files.ts'
import { hugoGlob, NOT, namesMeant } from './hugo-glob.ts'
import type { HugoGlob, HugoPage, HugoSite } from './hugo-pages.ts'
import { isObject, settingsBroken, textsOf } from './site-rule.ts'

/** A folder of contents, or a single file. */
interface Mount {
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
/** Of patterns in the settings and sections of a site, in characters: each file may be compared with all of them. */
const PATTERNS_LENGTH_MAX = 20_000
const LANGUAGES_MAX = 300

/** What the settings of a site of Hugo's tell about its files. */
export class HugoContents implements HugoSite {
  readonly languages: readonly string[]
  readonly #mounts: readonly Mount[]
  readonly #disabled: readonly string[]
  readonly #language: string
  readonly #taxonomies: readonly string[]
  /** Hugo takes nothing of it that no mount holds. */
  readonly #contents: string
  #patternsLength = 0
  #last: { readonly path: string; readonly pages: readonly HugoPage[] } = { path: '', pages: [] }

  /** @param folder of the site, absolute, with a slash at its end @throws FundstelleError `site_settings_broken` */
  constructor(folder: string, config: HugoConfig) {
    const declared = tablesIn(config['languages'])
    const off = new Set(textsOf(config['disablelanguages']).map((one) => one.toLowerCase()))
    for (const [name, of] of declared) if (of['disabled'] === true) off.add(name)
    const enabled = declared.filter(([name]) => !off.has(name))
    const given = config['defaultcontentlanguage']
    const chosen = typeof given === 'string' && given !== '' ? given.toLowerCase() : 'en'
    const names = enabled.map(([name]) => name)
    this.#language = names.length === 0 || names.includes(chosen) ? chosen : firstOf(enabled)
    this.languages = names.length === 0 ? [this.#language] : names
    if (declared.length > LANGUAGES_MAX) throw tooMany()
    this.#disabled = [...off]
    this.#contents = `${folder}content/`
    this.#taxonomies = isObject(config['taxonomies'])
      ? textsOf(Object.values(config['taxonomies'])).map((one) => `/${one.toLowerCase()}`)
      : TAXONOMIES
    this.#mounts = this.#mountsOf(folder, config, declared)
  }

  /** Whether contents lie elsewhere than in a folder. */
  leave(folder: string): boolean {
    return this.#mounts.some(({ source }) => !source.startsWith(folder))
  }

  glob(pattern: string): HugoGlob {
    this.#patternsLength += pattern.length
    if (this.#patternsLength > PATTERNS_LENGTH_MAX)
      throw settingsBroken(
        {
          de: `die Muster der Website haben zusammen über ${PATTERNS_LENGTH_MAX} Zeichen`,
          en: `the patterns of the site have more than ${PATTERNS_LENGTH_MAX} characters together`,
        },
        null,
      )
    return hugoGlob(pattern)
  }

  hasIn(path: string): boolean {
    return this.#mounts.some(({ source, languages }) => languages.length > 0 && path.startsWith(source))
  }

  pagesOf(path: string): readonly HugoPage[] {
    // each rule asks for the same file
    if (this.#last.path !== path) this.#last = { path, pages: this.#pagesOf(path) }
    return this.#last.pages
  }

  #pagesOf(path: string): readonly HugoPage[] {
    const name = languageIn(path, [...this.languages, ...this.#disabled])
    return this.#mountsWith(path)
      .filter(({ source, holds }) => holds(path.slice(source.length)))
      .flatMap((mount) => {
        const whole = pathIn(mount, path)
        const languages = name === null ? mount.languages : this.languages.filter((one) => one === name)
        const plain = logicalPath(name === null ? whole : withoutLanguage(whole))
        return languages.map((language) => ({ language, ...this.#placed(plain) }))
      })
  }

  isIndex(path: string): boolean {
    return this.pagesOf(path).length > 0 && /\/index\.[^./]+$/i.test(this.#unnamed(path))
  }

  /** A path without what tells its language. */
  #unnamed(path: string): string {
    return languageIn(path, this.languages) === null ? path : withoutLanguage(path)
  }

  leavesOut(path: string): boolean {
    // what is mounted may lie in it
    if (
      path.endsWith('/') &&
      this.#mounts.some(({ source, languages }) => languages.length > 0 && source.startsWith(path))
    )
      return false
    const mounts = this.#mountsWith(path)
    if (mounts.length === 0) return path.startsWith(this.#contents)
    if (!mounts.some(({ source, languages, holds }) => languages.length > 0 && holds(path.slice(source.length))))
      return true
    return languageIn(path, this.#disabled) !== null
  }

  besides(folder: string): readonly string[] {
    return this.#mountsWith(folder).flatMap((mount) => {
      const target = `${pathIn(mount, folder).replace(/\/$/, '')}/`
      const isTop = mount.source === folder
      const others = this.#mounts.filter(({ source }) => source.endsWith('/') && source !== mount.source)
      return (isTop ? stepsTo(target) : [target]).flatMap((step) =>
        others
          .filter((other) => step.startsWith(`${other.target}/`))
          .map((other) => other.source + step.slice(other.target.length + 1))
          .filter((other) => !folder.startsWith(other)),
      )
    })
  }

  /** The innermost mounts that hold a path. */
  #mountsWith(path: string): readonly Mount[] {
    const all = this.#mounts.filter(({ source }) => (source.endsWith('/') ? path.startsWith(source) : path === source))
    const read = all.filter(({ languages }) => languages.length > 0)
    const innermost = read.reduce((length, { source }) => Math.max(length, source.length), 0)
    return read.length === 0 ? all : read.filter(({ source }) => source.length === innermost)
  }

  #placed(path: string): Pick<HugoPage, 'kind' | 'path'> {
    if (!path.endsWith(SECTION)) return { kind: 'page', path: path.replace(/\/index$/, '') || '/' }
    const section = path.slice(0, -SECTION.length)
    const kind = this.#taxonomies.includes(section)
      ? 'taxonomy'
      : this.#taxonomies.some((one) => section.startsWith(`${one}/`))
        ? 'term'
        : 'section'
    return section === '' ? { kind: 'home', path: '/' } : { kind, path: section }
  }

  #mountsOf(folder: string, config: HugoConfig, declared: Tables): readonly Mount[] {
    const { module, contentdir } = config
    const listed = isObject(module) ? [module['mounts']].flat().filter(isObject) : []
    const ofContents = listed.filter(({ target }) => typeof target === 'string' && CONTENT.test(target))
    if (ofContents.length > MOUNTS_MAX) throw tooMany()
    // as soon as one is listed the folders that are named otherwise are no contents
    if (ofContents.length > 0) return ofContents.map((one) => this.#mountOf(folder, one))
    const contents = typeof contentdir === 'string' && contentdir !== '' ? contentdir : 'content'
    const parted = declared.flatMap(([name, { contentdir: own }]) =>
      typeof own === 'string' && own !== '' ? [{ name, own }] : [],
    )
    const areParted = this.languages.every((name) => parted.some((one) => one.name === name))
    return [
      ...(areParted ? [] : [mountAt(folder, contents, [this.#language])]),
      ...parted.map(({ name, own }) => mountAt(folder, own, this.#disabled.includes(name) ? [] : [name])),
    ]
  }

  #mountOf(folder: string, mount: Readonly<Record<string, unknown>>): Mount {
    const { source, target, lang, sites, files, includefiles, excludefiles } = lowered(mount)
    const languages = languagesOf(sites) ?? lang
    const named = textsOf(languages).map((one) => one.toLowerCase())
    const at = mountAt(
      folder,
      typeof source === 'string' ? source : '',
      named.length === 0 ? [this.#language] : namesMeant(named)(this.languages),
    )
    const below = String(target).replace(CONTENT, '').replace(/\/+$/, '')
    const patterns = [...textsOf(files), ...textsOf(includefiles), ...textsOf(excludefiles).map((one) => NOT + one)]
    return { ...at, target: below, holds: patterns.length === 0 ? at.holds : this.#filter(patterns) }
  }

  /** The first of the patterns that means a file counts; where none does, the file is left out if one of them means what is not left out. */
  #filter(patterns: readonly string[]): Mount['holds'] {
    const rules = patterns.map((pattern) => {
      const isNot = pattern.startsWith(NOT)
      const plain = `/${(isNot ? pattern.slice(NOT.length) : pattern).replace(/^\/+/, '')}`
      return { isNot, glob: this.glob(plain), folders: isNot ? [] : foldersTo(plain).map((one) => this.glob(one)) }
    })
    const isOpen = rules.every(({ isNot }) => isNot)
    return (path) => {
      const plain = `/${path}`.replace(/(?<=.)\/$/, '')
      const isFolder = path.endsWith('/') || path === ''
      const rule = rules.find(
        ({ glob, folders }) => glob.matches(plain) || (isFolder && folders.some((one) => one.matches(plain))),
      )
      return rule === undefined ? isOpen || path === '' : !rule.isNot
    }
  }
}

const TAXONOMIES = ['/tags', '/categories']
const SECTION = '/_index'
const CONTENT = /^\/?content(?=\/|$)/

/** `sites: {matrix: {languages: [en]}}`, as targets and mounts have it since 2025. */
export function languagesOf(sites: unknown): unknown {
  const matrix = isObject(sites) ? lowered(sites)['matrix'] : undefined
  return isObject(matrix) ? lowered(matrix)['languages'] : undefined
}

function mountAt(folder: string, source: string, languages: readonly string[]): Mount {
  const whole = posix.isAbsolute(source) ? posix.normalize(source) : posix.join(folder, source)
  const isFile = PAGE_ENDING.test(whole)
  return { source: isFile ? whole : `${whole.replace(/\/+$/, '')}/`, target: '', languages, holds: () => true }
}

/** Where a file or folder of a mount lies in the contents. */
function pathIn({ source, target }: Mount, path: string): string {
  return source.endsWith('/') ? `${target}/${path.slice(source.length)}` : target
}

/** `/a/b/` is reached by `/`, `/a/` and itself. The nearest first. */
function stepsTo(folder: string): readonly string[] {
  const steps: string[] = []
  for (let end = folder.length - 1; end >= 0; end = end === 0 ? -1 : folder.lastIndexOf('/', end - 1))
    steps.push(folder.slice(0, end + 1))
  return steps
}

/** The folders in which something that a pattern means may lie, as patterns. */
function foldersTo(pattern: string): readonly string[] {
  // what is in brackets cannot be taken apart
  if (/\{[^}]*\//.test(pattern)) return ['/**']
  return stepsTo(pattern.slice(0, pattern.lastIndexOf('/') + 1)).map((one) => one.slice(0, -1))
}

/** The last word of a name before its ending: `_index.de.md`. */
const LAST_WORD = /\.([^./]+)\.[^./]+$/

/** Which of some languages the name of a file tells. */
function languageIn(path: string, languages: readonly string[]): string | null {
  const name = LAST_WORD.exec(path)?.[1]?.toLowerCase()
  return name !== undefined && languages.includes(name) ? name : null
}

/** `beitrag.de.md` as `beitrag.md`. */
export const withoutLanguage = (path: string): string => path.replace(/\.[^./]+(?=\.[^./]+$)/, '')

/** A path as targets have it. */
export const logicalPath = (path: string): string =>
  path
    .replace(/\.[^./]+$/, '')
    .toLowerCase()
    .replaceAll(' ', '-')

type Tables = readonly (readonly [string, Readonly<Record<string, unknown>>])[]

function tablesIn(value: unknown): Tables {
  return isObject(value)
    ? Object.entries(value).flatMap(([name, of]) => (isObject(of) ? [[name, of] as const] : []))
    : []
}

/** The language that Hugo takes where no other is named: of the least weight, if it has one, then of the first name. */
function firstOf(languages: Tables): string {
  const weightOf = ({ weight }: Readonly<Record<string, unknown>>): number => Number(weight) || Number.POSITIVE_INFINITY
  const [first] = [...languages].sort(([a, one], [b, other]) => {
    const [weight, otherWeight] = [weightOf(one), weightOf(other)]
    return weight === otherWeight ? (a < b ? -1 : 1) : weight - otherWeight
  })
  return first?.[0] ?? ''
}

const lowered = (object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name.toLowerCase(), value]))

const tooMany = (): Error =>
  settingsBroken({ de: 'zu viele Sprachen oder Ordner', en: 'too many languages or folders' }, null)

/** Whether a condition holds where sites are published. */
export const isForPublished = (environment: unknown): boolean =>
  typeof environment !== 'string' || environment === '' || hugoGlob(environment).matches(ENVIRONMENT)
