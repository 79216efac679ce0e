import { posix } from 'node:path'
import { type HugoConfig, withLowerNames } from './hugo-config.ts'
import { OF_HUGO } from './hugo-files.ts'
import { SitePatterns } from './hugo-glob.ts'
import { foldersAround, type Mount, mountsOf, pathIn, type SiteLanguages } from './hugo-mounts.ts'
import type { HugoGlob, HugoPage, HugoSite } from './hugo-pages.ts'
import { isObject, settingsBroken, textsOf } from './site-rule.ts'

const LANGUAGES_MAX = 300
const TAXONOMIES = ['/tags', '/categories']
const SECTION = '/_index'
const CONTENT = 'content'
/** Beside those that tell Hugo, folders with data, scripts and texts for templates, and what Hugo has made of pictures. */
const FOR_PAGES = ['data', 'assets', 'i18n', 'resources']
/** Where Hugo puts the finished site. */
const FINISHED = 'public'

/** What the settings of a site of Hugo's tell about its files. */
export class HugoContents implements HugoSite {
  readonly languages: readonly string[]
  /** Those that are switched off. */
  readonly #disabled: readonly string[]
  readonly #declared: readonly string[]
  readonly #mounts: readonly Mount[]
  readonly #taxonomies: readonly string[]
  /** Hugo makes no pages of what lies in these and no mount holds. */
  readonly #others: readonly string[]
  readonly #patterns = new SitePatterns()
  #last: { readonly path: string; readonly pages: readonly HugoPage[] } = { path: '', pages: [] }

  /** @param folder of the site, absolute, with a slash at its end @throws FundstelleError `site_settings_broken` */
  constructor(folder: string, config: HugoConfig) {
    const languages = languagesIn(config)
    this.languages = languages.enabled
    this.#disabled = languages.disabled
    this.#declared = [...languages.enabled, ...languages.disabled]
    const { contentdir, publishdir = FINISHED, taxonomies } = config
    // where folders are mounted the one that is named otherwise is none of them
    const others = [CONTENT, ...OF_HUGO, ...FOR_PAGES, ...textsOf([contentdir, publishdir])]
    this.#others = others
      .map((name) => posix.join(posix.isAbsolute(name) ? '' : folder, name, '/'))
      .filter((one) => !folder.startsWith(one))
    this.#taxonomies = isObject(taxonomies)
      ? textsOf(Object.values(taxonomies)).map((one) => `/${one.toLowerCase()}`)
      : TAXONOMIES
    this.#mounts = mountsOf(folder, config, languages, (pattern) => this.glob(pattern))
  }

  /** Whether contents lie elsewhere than in a folder, or the finished site does. */
  leaves(folder: string): boolean {
    const isElsewhere = (one: string): boolean => !one.startsWith(folder)
    return this.#mounts.some(({ source }) => isElsewhere(source)) || this.#others.some(isElsewhere)
  }

  glob(pattern: string): HugoGlob {
    return this.#patterns.glob(pattern)
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
    const name = languageIn(path, this.#declared)
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
    if (mounts.length === 0) return this.#others.some((one) => path.startsWith(one))
    if (!mounts.some(({ source, languages, holds }) => languages.length > 0 && holds(path.slice(source.length))))
      return true
    return languageIn(path, this.#disabled) !== null
  }

  besides(folder: string): readonly string[] {
    return this.#mountsWith(folder).flatMap((mount) => {
      const target = `${pathIn(mount, folder).replace(/\/$/, '')}/`
      const isTop = mount.source === folder
      const others = this.#mounts.filter(({ source }) => source.endsWith('/') && source !== mount.source)
      return (isTop ? foldersAround(target) : [target]).flatMap((step) =>
        others
          .filter((other) => step.startsWith(`${other.target}/`))
          .map((other) => other.source + step.slice(other.target.length + 1))
          .filter((other) => !folder.startsWith(other)),
      )
    })
  }

  /** The mounts that a path lies in: Hugo reads it once for each. */
  #mountsWith(path: string): readonly Mount[] {
    const all = this.#mounts.filter(({ source }) => (source.endsWith('/') ? path.startsWith(source) : path === source))
    const read = all.filter(({ languages }) => languages.length > 0)
    return read.length === 0 ? all : read
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

type Declared = SiteLanguages['declared']

/** Which languages a site has, by its settings. @throws FundstelleError `site_settings_broken` */
function languagesIn(config: HugoConfig): SiteLanguages & { readonly disabled: readonly string[] } {
  const { defaultcontentlanguage, disablelanguages, languages } = config
  const declared: Declared = isObject(languages)
    ? Object.entries(withLowerNames(languages)).flatMap(([name, of]) => (isObject(of) ? [[name, of] as const] : []))
    : []
  if (declared.length > LANGUAGES_MAX)
    throw settingsBroken({ de: `mehr als ${LANGUAGES_MAX} Sprachen`, en: `more than ${LANGUAGES_MAX} languages` }, null)
  const off = new Set(textsOf(disablelanguages).map((one) => one.toLowerCase()))
  for (const [name, { disabled }] of declared) if (disabled === true) off.add(name)
  const on = declared.filter(([name]) => !off.has(name))
  const names = on.map(([name]) => name)
  const chosen =
    textsOf(defaultcontentlanguage)
      .find((one) => one !== '')
      ?.toLowerCase() ?? 'en'
  const main = names.length === 0 || names.includes(chosen) ? chosen : firstOf(on)
  return { main, enabled: names.length === 0 ? [main] : names, disabled: [...off], declared }
}

/** The language that Hugo takes where no other is named: of the least weight, if it has one, then of the first name. */
function firstOf(languages: Declared): string {
  const weightOf = ({ weight }: HugoConfig): number => Number(weight) || Number.POSITIVE_INFINITY
  const [first] = [...languages].sort(([a, one], [b, other]) => {
    const [weight, otherWeight] = [weightOf(one), weightOf(other)]
    return weight === otherWeight ? (a < b ? -1 : 1) : weight - otherWeight
  })
  return first?.[0] ?? ''
}
