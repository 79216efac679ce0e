import { fieldOf } from './fields.ts'
import { PICOMATCH } from './glob-parts.ts'
import { globRule } from './path-glob.ts'
import { quotedIn, withoutRemarks } from './settings-code.ts'
import {
  inFile,
  isObject,
  type Pairs,
  patternRule,
  plainPath,
  type SettingsPlace,
  type SiteFacts,
  type SiteRule,
  type SiteSettings,
  STATIC,
  settingsBroken,
} from './site-rule.ts'
import { patternsIn, valuesRule } from './site-values.ts'

/** Data of a folder or a page: named as that is. */
const DATA = /^(.+?)(\.11tydata)?\.json$/

/** Which files are data that may hide pages: where nothing else tells that a site is Eleventy's, only those it alone would name so. */
export function dataAmong(names: readonly string[], folder: string, { isEleventy }: SiteFacts): readonly string[] {
  const own = nameOf(folder)
  let pages: ReadonlySet<string> | undefined
  return names.filter((name) => {
    const [, page, isMarked] = DATA.exec(name) ?? []
    if (page === undefined) return false
    if (isMarked !== undefined || page === own) return true
    pages ??= new Set(isEleventy ? names.filter((one) => !one.endsWith('.json')).map(withoutEnding) : [])
    return pages.has(page)
  })
}

/** What Eleventy alone calls so, in data that anything else may be. */
const OWN_VALUES: ReadonlySet<string> = new Set(['permalink', 'eleventyExcludeFromCollections', 'draft'])

/** What data say of a folder, or of the page beside them. @throws FundstelleError `site_settings_broken` */
export function eleventyData(text: string, { folder, name, facts }: SettingsPlace): SiteSettings {
  const [, page = '', isMarked] = DATA.exec(name) ?? []
  const isCertain = isMarked !== undefined || facts.isEleventy
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    // else it is told where it is read itself
    if (!isCertain) return { rules: [] }
    throw settingsBroken({ de: 'das ist kein JSON', en: 'this is no JSON' }, null)
  }
  if (!isObject(data)) return { rules: [] }
  // an article may be called as its folder is, and any list of them
  const fields = new Set(Object.keys(data).map(fieldOf))
  if (isMarked === undefined && fields.has('title') && fields.has('text')) return { rules: [] }
  const values: Pairs = Object.entries(data).filter(([key]) => isCertain || OWN_VALUES.has(key))
  return page === nameOf(folder) ? { rules: [valuesRule(values)] } : { rules: [], pages: [[page, values]] }
}

const GIT_IGNORE = '.gitignore'
/** Patterns in the program, under whatever condition. */
const IGNORED = /\bignores\.add\(\s*("[^"\n]{1,500}"|'[^'\n]{1,500}'|`[^`$\n]{1,500}`)/g

/** What the program says that sets Eleventy up, as far as it can be told without running it. @throws FundstelleError `site_settings_broken` */
export function eleventySettings(text: string, place: SettingsPlace): SiteSettings {
  const code = withoutRemarks(text)
  const isGitFree = /setUseGitIgnore\(\s*(?:false|!1)/.test(code)
  const ignored = [...code.matchAll(IGNORED)].flatMap(([, pattern = '']) => quotedIn(pattern))
  return {
    isSite: true,
    rules: [patternRule([STATIC], null), eleventyIgnores(ignored), ...(isGitFree ? [] : gitIgnores(place))],
    facts: { isEleventy: true },
  }
}

/** What is ignored without such a program. @throws FundstelleError `site_settings_broken` */
export function eleventyIgnoreFile(text: string, place: SettingsPlace): SiteSettings {
  const rules = [eleventyIgnores(patternsIn(text)), ...(place.facts.isEleventy ? [] : gitIgnores(place))]
  return { rules, facts: { isEleventy: true } }
}

/** What is not kept in Git Eleventy makes no pages of. */
function gitIgnores(place: SettingsPlace): readonly SiteRule[] {
  try {
    const text = place.textOf(GIT_IGNORE)
    return text === null ? [] : [eleventyIgnores(patternsIn(text))]
  } catch (error) {
    throw inFile(error, GIT_IGNORE)
  }
}

/**
 * What Eleventy ignores. It reads patterns as paths from the folder of their file, in the patterns of `picomatch`; exceptions with `!` it does not know.
 * @see https://www.11ty.dev/docs/ignores/
 */
function eleventyIgnores(patterns: readonly string[]): SiteRule {
  const named = patterns.map((one) => one.trim()).filter((one) => !one.startsWith('!'))
  const plain = named.map(plainPath).filter((one) => one !== '')
  return globRule(plain, PICOMATCH, null)
}

/** The name of a page without that of its format; data know no other endings. */
export const withoutEnding = (name: string): string => name.replace(/\.[^./]*$/, '')

const nameOf = (folder: string): string => folder.slice(folder.lastIndexOf('/', folder.length - 2) + 1, -1)
