import { posix } from 'node:path'
import { isDocumentEnding } from './document-format.ts'
import { withFallback } from './fallback-values.ts'
import { cascadeIn, cascadeRules, ownCascade } from './hugo-cascade.ts'
import { type FoundConfig, type HugoConfig, type HugoPlace, hugoConfig } from './hugo-config.ts'
import { HugoContents } from './hugo-contents.ts'
import { DEFAULT_SETTINGS, isSectionName, MAYBE_HUGO_SETTINGS, PAGE_ENDING, SETTINGS_FOLDER } from './hugo-files.ts'
import { guessedPages } from './hugo-guess.ts'
import type { HugoSite } from './hugo-pages.ts'
import { mayLeadOut } from './leads-out.ts'
import { anyHead } from './loose-head.ts'
import { named } from './settings-files.ts'
import {
  type FolderPlace,
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

/** Of the settings of a site: each is tried on each of its files. */
const RULES_MAX = 200

/**
 * What the settings of a folder, and of folders in it whose contents lie elsewhere, say of Hugo's sites.
 * @returns null where there are none
 * @throws FundstelleError `site_settings_broken`
 */
export function hugoSettings(place: FolderPlace): SiteSettings | null {
  const own = hugoConfig(place.names, place)
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
  return place.facts.hugo.length > 0 ? null : settingsBelow(place)
}

/**
 * What sites in the folders of one say whose contents lie outside of theirs: `contentDir = "../inhalt"`. Settings that cannot be read refuse their own
 * folder, and this one, too, where they may speak of contents outside.
 */
function settingsBelow(place: FolderPlace): SiteSettings | null {
  const rules: SiteRule[] = []
  const hugo: HugoSite[] = []
  for (const name of place.folders) {
    const found = siteIn(name, place)
    if (found === null) continue
    hugo.push(found.site)
    try {
      rules.push(...siteRules(found.site, found.values, place.folder))
    } catch (error) {
      throw named(error, `${name}/${found.file}`)
    }
  }
  return hugo.length === 0 ? null : { rules, facts: { hugo } }
}

/** The site in a folder, if its contents lie outside of it. */
function siteIn(name: string, place: HugoPlace): (FoundConfig & { readonly site: HugoSite }) | null {
  const names = place.namesIn(name)
  if (!names.some((one) => one === SETTINGS_FOLDER || MAYBE_HUGO_SETTINGS.test(one))) return null
  const folder = `${place.folder}${name}/`
  const textOf = (path: string) => place.textOf(`${name}/${path}`)
  const namesIn = (path: string) => place.namesIn(`${name}/${path}`)
  let found: FoundConfig | null = null
  try {
    found = hugoConfig(names, { folder, facts: place.facts, textOf, namesIn })
    const site = found === null ? null : new HugoContents(folder, found.values)
    return found !== null && site?.leaves(folder) === true ? { ...found, site } : null
  } catch (error) {
    const split = namesIn(DEFAULT_SETTINGS).map((one) => `${DEFAULT_SETTINGS}/${one}`)
    if ([...names, ...split].some((file) => SETTINGS.test(file) && mayLeadOut(textOrNone(file, textOf))))
      throw named(error, `${name}/${found?.file ?? SETTINGS_FOLDER}`)
    return null
  }
}

const SETTINGS = /^(?:hugo|config|config\/_default\/[^/]+)\.(?:toml|ya?ml|json)$/

function textOrNone(file: string, textOf: HugoPlace['textOf']): string {
  try {
    return textOf(file) ?? ''
  } catch {
    return ''
  }
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
  if (cascades.length > RULES_MAX)
    throw settingsBroken({ de: `mehr als ${RULES_MAX} Regeln`, en: `more than ${RULES_MAX} rules` }, null)
  const kinds = textsOf(values['disablekinds']).map((one) => one.toLowerCase())
  const isOut = (path: string): boolean => {
    if (site.leavesOut(path)) return true
    const pages = kinds.length === 0 || path.endsWith('/') ? [] : site.pagesOf(path)
    return pages.length > 0 && pages.every(({ kind }) => kinds.includes(kind))
  }
  return [...cascades, { values: null, applies: (path) => isOut(base + path) }]
}

/**
 * The rules of the sections of a folder, also of those that lie in other folders of the contents, and of pages that are called as a folder
 * beside them.
 * @throws FundstelleError `site_settings_broken`, `front_matter_broken`
 */
export function sectionRules(place: FolderPlace): readonly SiteRule[] {
  const site = siteOf(place)
  const { names } = place
  const sections = names.filter(isSectionName)
  if (site === null) return sections.flatMap((name) => rulesOf(name, place, null))
  const all = new Set(names)
  const pages = names.filter((name) => hasFolder(name, all))
  const besides = site.besides(place.folder).flatMap((folder) => {
    const way = posix.relative(place.folder, folder)
    return remembered(site, folder, () =>
      place.namesIn(way).flatMap((name) => (isSectionName(name) ? rulesOf(`${way}/${name}`, place, site) : [])),
    )
  })
  const own = remembered(site, place.folder, () => sections.flatMap((name) => rulesOf(name, place, site)))
  const rules = [...own, ...pages.flatMap((name) => rulesOf(name, place, site)), ...besides]
  return rules.map(({ values, applies }) => ({ values, applies: (path, page) => applies(place.folder + path, page) }))
}

/** What sections say, by the site and their folder: those of folders that are mounted at one path are asked for from each of these. */
const known = new WeakMap<HugoSite, Map<string, readonly SiteRule[]>>()

function remembered(site: HugoSite, folder: string, read: () => readonly SiteRule[]): readonly SiteRule[] {
  const folders = known.get(site) ?? new Map<string, readonly SiteRule[]>()
  known.set(site, folders)
  const rules = folders.get(folder) ?? read()
  folders.set(folder, rules)
  return rules
}

/** Whether a page, with a language in its name or without, is called as a folder beside it. */
function hasFolder(name: string, names: ReadonlySet<string>): boolean {
  if (!PAGE_ENDING.test(name) || isSectionName(name)) return false
  const plain = name.replace(PAGE_ENDING, '')
  return names.has(plain) || names.has(plain.replace(/\.[^.]+$/, ''))
}

/** The site whose contents a folder is of. */
const siteOf = ({ folder, facts }: { readonly folder: string; readonly facts: SiteFacts }): HugoSite | null =>
  facts.hugo.find((one) => one.hasIn(folder)) ?? null

/** @param path from the folder @returns rules for absolute paths where the site is known, else for those from the folder */
function rulesOf(path: string, place: HugoPlace, site: HugoSite | null): readonly SiteRule[] {
  const file = posix.join(place.folder, path)
  const section = site === null ? guessedPages(file) : site.pagesOf(file)
  const text = section.length === 0 ? null : place.textOf(path)
  if (text === null) return []
  try {
    return cascadeRules(cascadeIn(text), { site, base: site === null ? place.folder : '', section })
  } catch (error) {
    throw named(error, path)
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
 */
export function indexPages(place: FolderPlace): readonly IndexPage[] {
  const site = siteOf(place)
  const { names } = place
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
