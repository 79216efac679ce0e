import { posix } from 'node:path'
import { FundstelleError } from '../errors.ts'
import { isDocumentEnding } from './document-format.ts'
import { withFallback } from './fallback-values.ts'
import { splitFrontMatter } from './front-matter.ts'
import { type FoundConfig, type HugoConfig, type HugoPlace, hugoConfig, withLowerNames } from './hugo-config.ts'
import { HugoContents, isForPublished, languagesOf } from './hugo-contents.ts'
import { isSectionName, PAGE_ENDING, ROOT_SETTINGS, SETTINGS_FOLDERS } from './hugo-files.ts'
import { hugoGlob, namesMeant } from './hugo-glob.ts'
import { guessedPages } from './hugo-guess.ts'
import { type HugoPage, type HugoSite, KINDS, type Kind } from './hugo-pages.ts'
import { closingBracket, JSON_LENGTH_MAX } from './json-head.ts'
import { anyHead } from './loose-head.ts'
import { named } from './settings-files.ts'
import {
  isObject,
  type Pairs,
  patternRule,
  type SiteFacts,
  type SiteRule,
  type SiteSettings,
  STATIC,
  settingsBroken,
  textsOf,
} from './site-rule.ts'

/** Tables of one `cascade`: each is tried on each file below. */
const TABLES_MAX = 200
/** So many folders beside each other are asked whether they are a site whose contents lie beside it. */
const BESIDE_MAX = 500

/**
 * What the settings of a folder, and of folders in it whose contents lie elsewhere, say of Hugo's sites.
 * @param names of all that lies in the folder
 * @returns null where there are none
 * @throws FundstelleError `site_settings_broken`
 */
export function hugoSettings(names: readonly string[], place: HugoPlace): SiteSettings | null {
  const own = hugoConfig(names, place)
  if (own !== null) {
    const copied = own.isCertain ? [patternRule([STATIC], null)] : []
    try {
      const site = new HugoContents(place.folder, own.values)
      const rules = siteRules(site, own.values, place.folder)
      return { isSite: true, rules: [...rules, ...copied], facts: { hugo: [site] } }
    } catch (error) {
      throw named(error, own.file)
    }
  }
  if (place.facts.hugo.length > 0) return null
  const sites = sitesBelow(names, place)
  if (sites.length === 0) return null
  const rules = sites.flatMap(({ site, values }) => siteRules(site, values, place.folder))
  return { rules, facts: { hugo: sites.map(({ site }) => site) } }
}

interface FoundSite {
  readonly site: HugoContents
  readonly values: HugoConfig
}

/** Sites in the folders of one whose contents lie outside of theirs: `contentDir = "../inhalt"`. */
function sitesBelow(names: readonly string[], place: HugoPlace): readonly FoundSite[] {
  const folders = names.filter((name) => !name.includes('.'))
  return folders.slice(0, BESIDE_MAX).flatMap((name) => {
    const isSite =
      ROOT_SETTINGS.some((file) => place.textOf(`${name}/${file}`) !== null) ||
      place.namesIn(`${name}/${SETTINGS_FOLDERS[0]}`).length > 0
    if (!isSite) return []
    const folder = `${place.folder}${name.normalize('NFC')}/`
    const textOf = (path: string) => place.textOf(`${name}/${path}`)
    const namesIn = (path: string) => place.namesIn(`${name}/${path}`)
    let found: FoundConfig | null
    try {
      found = hugoConfig(namesIn('.'), { folder, facts: place.facts, textOf, namesIn })
    } catch {
      // the folder itself is refused, then
      return []
    }
    if (found === null) return []
    const site = new HugoContents(folder, found.values)
    return site.leave(folder) ? [{ site, values: found.values }] : []
  })
}

/** @param base the folder that the paths of the rules begin at */
function siteRules(site: HugoSite, values: HugoConfig, base: string): readonly SiteRule[] {
  const languages = isObject(values['languages']) ? Object.entries(values['languages']) : []
  const cascades = [
    ...cascadeRules(values['cascade'], { site, base, section: null }),
    // the whole site's beat those of a language
    ...languages.flatMap(([name, of]) =>
      cascadeRules(isObject(of) ? of['cascade'] : undefined, { site, base, section: [{ path: '/', language: name }] }),
    ),
  ]
  const kinds = textsOf(values['disablekinds']).map((one) => one.toLowerCase())
  const isOut = (path: string): boolean => {
    if (site.leavesOut(path)) return true
    const pages = kinds.length === 0 || path.endsWith('/') ? [] : site.pagesOf(path)
    return pages.length > 0 && pages.every(({ kind }) => kinds.includes(kind))
  }
  return [...cascades, { values: null, applies: (path) => isOut(base + path) }]
}

/** What gives values to all below. */
interface Giver {
  /** Null where no settings are known. */
  readonly site: HugoSite | null
  /** The folder that the paths of the rules begin at. */
  readonly base: string
  /** As what its file is read; null for the settings. */
  readonly section: readonly Pick<HugoPage, 'language' | 'path'>[] | null
}

/**
 * The rules of `cascade`, by which a section of Hugo's, or its settings, give values to all pages below: one table of values, or a
 * list of them, each with the `target` it holds for (`_target` until 2022). Names are read whatever their capitals.
 * @throws FundstelleError `site_settings_broken`
 * @see https://gohugo.io/content-management/front-matter/#cascade
 */
function cascadeRules(cascade: unknown, { site, base, section }: Giver): readonly SiteRule[] {
  const tables = [cascade].flat().filter(isObject)
  if (tables.length > TABLES_MAX)
    throw settingsBroken({ de: `mehr als ${TABLES_MAX} Regeln`, en: `more than ${TABLES_MAX} rules` }, null)
  return tables.flatMap((table) => {
    const { target, _target, params, ...values } = withLowerNames(table)
    const { environment, kind, path, lang, sites } = withLowerNames([target, _target].find(isObject) ?? {})
    if (!isForPublished(environment)) return []
    const isMeant = languageMeant(languagesOf(sites) ?? lang, site)
    const conditions = [kindMeant(kind), pathMeant(path, site)].filter((one) => one !== null)
    const holds = (page: HugoPage): boolean =>
      isBelow(page, { site, section, isMeant }) && conditions.every((condition) => condition(page))
    const given: Pairs = [...Object.entries(values), ...(isObject(params) ? Object.entries(params) : [])]
    return [{ values: given, applies: (file: string) => isAllOf(holds, site, base + file) }]
  })
}

/** What is two pages is hidden where both are; of guesses one is enough. */
function isAllOf(holds: (page: HugoPage) => boolean, site: HugoSite | null, file: string): boolean {
  if (site === null) return guessedPages(file).some(holds)
  const pages = site.pagesOf(file)
  return pages.length > 0 && pages.every(holds)
}

type Condition = (page: HugoPage) => boolean
type LanguageCondition = (language: string | null) => boolean

/** @param isMeant null where a target names no language: then it is that of the section */
function isBelow(
  { path, language }: HugoPage,
  { site, section, isMeant }: Pick<Giver, 'section' | 'site'> & { readonly isMeant: LanguageCondition | null },
): boolean {
  if (section === null) return isMeant === null || isMeant(language)
  return section.some((one) => {
    // a guess of the path is right in the folder of the section
    const isInside = site === null || one.path === '/' || path === one.path || path.startsWith(`${one.path}/`)
    return isInside && (isMeant === null ? one.language === language : isMeant(language))
  })
}

function languageMeant(languages: unknown, site: HugoSite | null): LanguageCondition | null {
  const patterns = textsOf(languages).filter((one) => one !== '')
  if (patterns.length === 0) return null
  const chosen = namesMeant(patterns)
  if (site === null) return (language) => chosen([language ?? '']).length > 0
  // Hugo takes one that means none for all
  const meant = chosen(site.languages).length > 0 ? chosen(site.languages) : site.languages
  return (language) => language !== null && meant.includes(language)
}

function kindMeant(kind: unknown): Condition | null {
  const pattern = patternOf(kind)
  if (pattern === null) return null
  const glob = hugoGlob(pattern)
  const kinds: readonly Kind[] = KINDS.filter((one) => glob.matches(one))
  if (kinds.length === 0)
    throw settingsBroken(
      {
        de: `„${pattern.slice(0, 100)}“ ist keine Art von Seiten`,
        en: `“${pattern.slice(0, 100)}” is no kind of pages`,
      },
      null,
    )
  return (page) => kinds.includes(page.kind)
}

function pathMeant(path: unknown, site: HugoSite | null): Condition | null {
  const pattern = patternOf(path)
  if (pattern === null) return null
  const glob = site === null ? hugoGlob(pattern) : site.glob(pattern)
  return (page) => glob.matches(page.path)
}

/** @throws FundstelleError `site_settings_broken` where Hugo takes it for no pattern */
function patternOf(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null
  if (typeof value === 'string') return value
  throw settingsBroken(
    {
      de: 'unter „target“ steht kein Muster, sondern eine Liste oder Tabelle',
      en: '“target” has a list or table instead of a pattern',
    },
    null,
  )
}

/**
 * The rules of the sections of a folder, also of those that lie in other folders of the contents, and of pages that are called as a folder
 * beside them.
 * @param names of all that lies in the folder
 * @throws FundstelleError `site_settings_broken`, `front_matter_broken`
 */
export function sectionRules(names: readonly string[], place: HugoPlace): readonly SiteRule[] {
  const site = siteOf(place)
  const own = names.filter(isSectionName).flatMap((name) => rulesOf(name, place, site))
  if (site === null) return own
  const pages = names.filter((name) => PAGE_ENDING.test(name) && names.includes(name.slice(0, name.indexOf('.'))))
  const ofPages = pages.filter((name) => !isSectionName(name)).flatMap((name) => rulesOf(name, place, site))
  const besides = site.besides(place.folder).flatMap((folder) => {
    const way = posix.relative(place.folder, folder)
    return place
      .namesIn(way)
      .filter(isSectionName)
      .flatMap((name) => rulesOf(`${way}/${name}`, place, site))
  })
  return [...own, ...ofPages, ...besides]
}

/** The site whose contents a folder is of. */
const siteOf = ({ folder, facts }: { readonly folder: string; readonly facts: SiteFacts }): HugoSite | null =>
  facts.hugo.find((one) => one.hasIn(folder)) ?? null

/** @param path from the folder */
function rulesOf(path: string, place: HugoPlace, site: HugoSite | null): readonly SiteRule[] {
  const file = posix.join(place.folder, path)
  const isSection = isSectionName(posix.basename(path))
  const pages = site === null ? guessedPages(file) : site.pagesOf(file)
  const section = pages.filter(({ kind }) => !isSection || kind !== 'page')
  const text = section.length === 0 ? null : place.textOf(path)
  if (text === null) return []
  try {
    return cascadeRules(cascadeIn(text), { site, base: place.folder, section })
  } catch (error) {
    throw named(error, path)
  }
}

/** What the head of a page says under `cascade`. @throws FundstelleError where it cannot be read and may say something */
function cascadeIn(text: string): unknown {
  const head = text.trimStart()
  if (!/cascade/i.test(head)) return undefined
  return withLowerNames(Object.fromEntries(headOf(head)))['cascade']
}

/** Hugo takes a head in JSON whatever it says, and whatever follows it. */
function headOf(head: string): Pairs {
  if (!/^\{\s*["}]/.test(head)) {
    const { entries, warning } = splitFrontMatter(head)
    if (warning?.code === 'front_matter_open') throw warning
    return entries
  }
  try {
    return Object.entries(JSON.parse(head.slice(0, closingBracket(head.slice(0, JSON_LENGTH_MAX)))) as object)
  } catch {
    throw settingsBroken({ de: 'der Kopf ist kein JSON', en: 'the head is no JSON' }, null)
  }
}

/** What a page gives itself, as `cascade` in its head. @param path absolute @param head what stands in it */
export function ownCascade(path: string, head: Pairs): Pairs {
  const cascade = withLowerNames(Object.fromEntries(head))['cascade']
  if (!isObject(cascade) && !Array.isArray(cascade)) return []
  try {
    const rules = cascadeRules(cascade, { site: null, base: '', section: guessedPages(path) })
    return rules.reduce<Pairs>(
      (given, { values, applies }) => (applies(path) ? withFallback(given, values ?? []) : given),
      [],
    )
  } catch (error) {
    // no pattern of Hugo's: it is another program's
    if (error instanceof FundstelleError) return []
    throw error
  }
}

/** A page whose folder is its own, in one language. */
export interface IndexPage {
  /** Absolute. */
  readonly path: string
  readonly head: Pairs
}

/**
 * The pages of a folder that is one page, in some languages: what lies in it belongs to that page. Where no settings of Hugo's are known it may be
 * anything.
 * @param names of all that lies in the folder
 */
export function indexPages(names: readonly string[], place: HugoPlace): readonly IndexPage[] {
  const site = siteOf(place)
  if (site === null) return []
  const found = names.filter((name) => PAGE_ENDING.test(name) && site.isIndex(place.folder + name))
  // heads are looked at only where something may depend on them, be it in a folder
  const hasMore = names.some((name) => isDocumentEnding(name) || !name.includes('.'))
  return found.map((name) => {
    const path = place.folder + name
    const head = hasMore ? anyHead(place.textOf(name) ?? '') : []
    return { path, head: withFallback(head, ownCascade(path, head)) }
  })
}

/** Other sources in the folder of a page are no pages. @param names of those that are */
export function partsOfPage(names: readonly string[]): SiteRule {
  return {
    values: null,
    applies: (path) => !isDocumentEnding(path) && !path.endsWith('/') && !names.includes(path),
  }
}
