import { FundstelleError } from '../errors.ts'
import { withFallback } from './fallback-values.ts'
import { splitFrontMatter } from './front-matter.ts'
import { withLowerNames } from './hugo-config.ts'
import { ENVIRONMENT, isSectionName } from './hugo-files.ts'
import { hugoGlob, namesMeant, SitePatterns } from './hugo-glob.ts'
import { guessedPages } from './hugo-guess.ts'
import { languagesOf } from './hugo-mounts.ts'
import { type HugoPage, type HugoSite, KINDS, type Kind } from './hugo-pages.ts'
import { closingBracket, JSON_LENGTH_MAX } from './json-head.ts'
import { isObject, type Pairs, type SiteRule, settingsBroken, textsOf } from './site-rule.ts'

/** Tables of one `cascade`: each is tried on each file below. */
const TABLES_MAX = 200

/** What gives values to all below. */
export interface Giver {
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
export function cascadeRules(cascade: unknown, { site, base, section }: Giver): readonly SiteRule[] {
  const tables = [cascade].flat().filter(isObject)
  if (tables.length > TABLES_MAX)
    throw settingsBroken({ de: `mehr als ${TABLES_MAX} Regeln`, en: `more than ${TABLES_MAX} rules` }, null)
  const patterns = site ?? new SitePatterns()
  return tables.flatMap((table) => {
    const { target, _target, params, ...values } = withLowerNames(table)
    const { environment, kind, path, lang, sites } = withLowerNames([target, _target].find(isObject) ?? {})
    const named = patternOf(environment)
    if (named !== null && !hugoGlob(named).matches(ENVIRONMENT)) return []
    const isMeant = languageMeant(languagesOf(sites) ?? lang, site)
    const conditions = [kindMeant(kind), pathMeant(path, patterns)].filter((one) => one !== null)
    const holds = (page: HugoPage): boolean =>
      isBelow(page, { site, section, isMeant }) && conditions.every((condition) => condition(page))
    const given: Pairs = [...Object.entries(values), ...(isObject(params) ? Object.entries(params) : [])]
    return [{ values: given, applies: (file: string, page?: number) => isPage(holds, site, base + file, page) }]
  })
}

/** Of guesses one that holds is enough. @param page which of those that the file is */
function isPage(holds: (page: HugoPage) => boolean, site: HugoSite | null, file: string, page = 0): boolean {
  if (site === null) return guessedPages(file).some(holds)
  const pages = site.pagesOf(file)
  const found = pages[Math.min(page, pages.length - 1)]
  return found !== undefined && holds(found)
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
    const isSame = one.language === language
    // of itself a section speaks in its own language alone; a guess of the path is right in its folder
    const isInside = site === null || (path === one.path ? isSame : path.startsWith(one.path.replace(/\/?$/, '/')))
    return isInside && (isMeant === null ? isSame : isMeant(language))
  })
}

function languageMeant(languages: unknown, site: HugoSite | null): LanguageCondition | null {
  const patterns = textsOf(languages).filter((one) => one !== '')
  if (patterns.length === 0) return null
  const chosen = namesMeant(patterns)
  if (site === null) return (language) => chosen([language ?? '']).length > 0
  const meant = chosen(site.languages)
  // Hugo takes a target that means none for one of all
  return (language) => meant.length === 0 || (language !== null && meant.includes(language))
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

function pathMeant(path: unknown, patterns: Pick<HugoSite, 'glob'>): Condition | null {
  const pattern = patternOf(path)
  if (pattern === null) return null
  const glob = patterns.glob(pattern)
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

/** What the head of a page says under `cascade`. @throws FundstelleError where it cannot be read and may say something */
export function cascadeIn(text: string): unknown {
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

function withoutLanguages(table: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { target, _target, ...values } = withLowerNames(table)
  const { lang, sites, ...aim } = withLowerNames([target, _target].find(isObject) ?? {})
  return { ...values, target: aim }
}

/** What a page gives itself, as `cascade` in its head. @param path absolute @param head what stands in it */
export function ownCascade(path: string, head: Pairs): Pairs {
  const cascade = withLowerNames(Object.fromEntries(head))['cascade']
  // what a section says is known of its folder
  const isNone = (!isObject(cascade) && !Array.isArray(cascade)) || isSectionName(path.slice(path.lastIndexOf('/') + 1))
  if (isNone) return []
  try {
    // whether it is in a language that a target names is not known
    const tables = [cascade].flat().filter(isObject).map(withoutLanguages)
    const rules = cascadeRules(tables, { site: null, base: '', section: guessedPages(path) })
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
