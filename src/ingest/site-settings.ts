import { fieldOf } from './fields.ts'
import { splitFrontMatter } from './front-matter.ts'
import { HUGO_SETTINGS, MAYBE_HUGO_SETTINGS } from './hugo-files.ts'
import { jekyllRules } from './jekyll-site.ts'
import {
  always,
  folderNamed,
  isObject,
  type Pairs,
  patternRule,
  rulesWithin,
  type SettingsPlace,
  type SiteFacts,
  type SiteRule,
  type SiteSettings,
  STATIC,
  settingsBroken,
  textsOf,
} from './site-rule.ts'
import { settingsOf, valuesRule } from './site-values.ts'

/** Files by which a generator tells what it makes pages of, and which of these are published. */
interface Settings {
  readonly names: RegExp
  /** @throws FundstelleError `site_settings_broken`, `ignore_pattern` */
  read(text: string, place: SettingsPlace): SiteSettings
}

const NOTHING: SiteSettings = { rules: [] }
/** What begins so is a part of pages to Astro, Docusaurus, Nuxt, Quarto and bookdown; not the posts of a Jekyll site among them. */
const PARTS = ['_*', '!_posts', '!_drafts']
/** Of one file: each is tried on each file below. */
const RULES_MAX = 200

const SETTINGS: readonly Settings[] = [
  { names: MAYBE_HUGO_SETTINGS, read: zolaSettings },
  {
    names: /^_config\.ya?ml$/,
    read: (text, place) => ({ rules: jekyllRules(settingsOf(text, place)) }),
  },
  { names: /^mkdocs\.ya?ml$/, read: mkdocsSettings },
  {
    // the plugin `meta` of Material for MkDocs, and Quarto
    names: /^(?:\.meta|_metadata)\.ya?ml$/,
    read: (text, place) => ({ rules: [valuesRule(Object.entries(settingsOf(text, place)))] }),
  },
  { names: /^_(?:quarto|bookdown)\.ya?ml$/, read: quartoSettings },
  {
    names: /^(?:astro|docusaurus|nuxt)\.config\.[cm]?[jt]s$/,
    read: (_, { folder, name, facts }) => ({
      rules: [patternRule([...PARTS, STATIC], null)],
      ...(name.startsWith('docusaurus') && { facts: { readmes: [...facts.readmes, `${folder}docs/`] } }),
    }),
  },
  {
    // what lies beside the pages of a module is taken into these
    names: /^antora\.ya?ml$/,
    read: () => ({
      rules: [patternRule(['/modules/*/partials/', '/modules/*/examples/', '/modules/*/pages/**/_*'], null)],
    }),
  },
  {
    names: /^(?:\.eleventy\.js|eleventy\.config\.[cm]?[jt]s)$/,
    read: () => ({ rules: [patternRule([STATIC], null)], facts: { isEleventy: true } }),
  },
  { names: /^\.eleventyignore$/, read: (text) => ({ rules: [patternRule(linesOf(text), null)] }) },
  // after the settings, which tell that it is Zola's
  { names: /^_index(?:\.[a-z]{2,3})?\.md$/, read: zolaSection },
]

/** Data of a folder or a page for Eleventy: named as that is. */
const DATA = /^(.+?)(\.11tydata)?\.json$/

/** Which files of a folder are settings, in the order in which they are read. */
export function settingsAmong(names: readonly string[]): readonly string[] {
  const ranked = names.map((name) => ({ name, rank: rankOf(name) })).filter(({ rank }) => rank >= 0)
  return ranked.sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1)).map(({ name }) => name)
}

/** Which are data of Eleventy that may hide pages: where nothing else tells that a site is Eleventy's, only those it alone would name so. */
export function dataAmong(names: readonly string[], folder: string, { isEleventy }: SiteFacts): readonly string[] {
  return names.filter((name) => {
    const [, page, isMarked] = DATA.exec(name) ?? []
    const isData = page !== undefined && (isMarked !== undefined || isEleventy || page === nameOf(folder))
    return isData && rankOf(name) < 0
  })
}

/** What a file of settings says. @throws FundstelleError `site_settings_broken`, `ignore_pattern` */
export function readSettings(text: string, place: SettingsPlace): SiteSettings {
  const read = SETTINGS[rankOf(place.name)]?.read ?? eleventyData
  const settings = read(text, place)
  if (settings.rules.length > RULES_MAX)
    throw settingsBroken({ de: `mehr als ${RULES_MAX} Regeln`, en: `more than ${RULES_MAX} rules` }, null)
  return settings
}

const rankOf = (name: string): number => SETTINGS.findIndex(({ names }) => names.test(name))

const nameOf = (folder: string): string => folder.slice(folder.lastIndexOf('/', folder.length - 2) + 1, -1)

/** The settings of Zola may be called as those of Hugo, or of any program; Hugo writes `baseURL`. */
function zolaSettings(text: string, place: SettingsPlace): SiteSettings {
  if (!/base_url/.test(text) || HUGO_SETTINGS.test(place.name)) return NOTHING
  return 'base_url' in settingsOf(text, place) ? { rules: [], facts: { isZola: true } } : NOTHING
}

function zolaSection(text: string, { facts }: SettingsPlace): SiteSettings {
  if (!facts.isZola) return NOTHING
  const { entries } = splitFrontMatter(text)
  const [drafts, hidden] = ['draft', 'in_search_index'].map((key) => entries.filter(([name]) => name === key))
  // a draft takes all below with it, the index for search only what lies in the section itself
  const own: SiteRule = { values: hidden ?? [], applies: (path) => !path.includes('/') }
  return { rules: [valuesRule(drafts ?? []), own] }
}

function mkdocsSettings(text: string, place: SettingsPlace): SiteSettings {
  let settings = settingsOf(text, place)
  const { INHERIT } = settings
  const base = typeof INHERIT === 'string' ? place.textOf(INHERIT) : null
  if (base !== null) settings = { ...settingsOf(base, place), ...settings }
  const { docs_dir, exclude_docs, draft_docs } = settings
  const folder = folderNamed(typeof docs_dir === 'string' ? docs_dir : 'docs')
  const rules = [
    patternRule([...linesOf(exclude_docs), STATIC], null),
    patternRule(linesOf(draft_docs), [['draft', true]]),
  ]
  return { rules: rulesWithin(folder, rules), facts: { readmes: [...place.facts.readmes, place.folder + folder] } }
}

function quartoSettings(text: string, place: SettingsPlace): SiteSettings {
  const { website, project } = settingsOf(text, place)
  const isHidden = isObject(website) && website['draft-mode'] !== 'visible'
  const drafts = isHidden ? textsOf(website['drafts']).map((path) => `/${path.replace(/^\//, '')}`) : []
  const rules = [patternRule(PARTS, null), patternRule(drafts, [['draft', true]])]
  return { rules: [...rules, ...renderedAlone(textsOf(isObject(project) ? project['render'] : []))] }
}

/** What Quarto is told to render, and with a `!` not to. @see https://quarto.org/docs/projects/quarto-projects.html#render-targets */
function renderedAlone(targets: readonly string[]): readonly SiteRule[] {
  const [out, only] = [true, false].map((isOut) =>
    targets
      .filter((one) => one.startsWith('!') === isOut)
      .map((one) => one.replace(/^!/, ''))
      .map((one) => (one.startsWith('/') ? one : `**/${one}`)),
  )
  const made = patternRule(only ?? [], null)
  return [
    patternRule(out ?? [], null),
    // a folder may hold what is made, at any depth
    { values: null, applies: (path) => only?.length !== 0 && !path.endsWith('/') && !made.applies(path) },
  ]
}

/** What data of Eleventy's say of a folder, or of the page beside them. */
function eleventyData(text: string, { folder, name, facts }: SettingsPlace): SiteSettings {
  const [, page = '', isMarked] = DATA.exec(name) ?? []
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    // else it is told where it is read itself
    if (isMarked === undefined && !facts.isEleventy) return NOTHING
    throw settingsBroken({ de: 'das ist kein JSON', en: 'this is no JSON' }, null)
  }
  // any list of articles may be called as its folder is, and an article, too
  const isData = isObject(data) && !Object.keys(data).some((key) => ['title', 'text'].includes(fieldOf(key) ?? ''))
  if (!isData && isMarked === undefined) return NOTHING
  const values: Pairs = isObject(data) ? Object.entries(data) : []
  const applies = page === nameOf(folder) ? always : (path: string) => path.startsWith(`${page}.`)
  return { rules: [{ values, applies }] }
}

function linesOf(text: unknown): readonly string[] {
  return textsOf(text).flatMap((one) => one.split(/\r?\n/))
}
