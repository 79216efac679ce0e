import {
  DEFAULT_SETTINGS,
  ENVIRONMENT_SETTINGS,
  HUGO_SETTINGS,
  OF_HUGO,
  ROOT_SETTINGS,
  SETTINGS_FOLDER,
  SPLIT_SETTINGS,
} from './hugo-files.ts'
import { named } from './settings-files.ts'
import { isObject, type SettingsPlace, settingsBroken } from './site-rule.ts'
import { settingsOf } from './site-values.ts'

/** Names of values are in lower case. */
export type HugoConfig = Readonly<Record<string, unknown>>

/** The folder of a site, and what lies in it. */
export type HugoPlace = Pick<SettingsPlace, 'folder' | 'facts' | 'textOf' | 'namesIn'>

/** What says which files are published; the rest is looks. */
const NAMES: ReadonlySet<string> = new Set([
  ...['baseurl', 'cascade', 'contentdir', 'defaultcontentlanguage', 'disablekinds', 'disablelanguages'],
  ...['languages', 'module', 'publishdir', 'taxonomies'],
])
/** Those by which settings of a name that any program may have are told to be Hugo's: any of the first alone, the second beside one of the third, or a folder of Hugo's. */
const HUGO_ALONE = [
  'cascade',
  'contentdir',
  'defaultcontentlanguage',
  'disablekinds',
  'disablelanguages',
  'languagecode',
]
const ADDRESS = 'baseurl'
const HUGO_BESIDE = [
  ...[
    'theme',
    'title',
    'params',
    'menu',
    'menus',
    'markup',
    'module',
    'outputs',
    'permalinks',
    'taxonomies',
    'languages',
  ],
  ...[
    'paginate',
    'pagination',
    'buildfuture',
    'builddrafts',
    'enablerobotstxt',
    'copyright',
    'publishdir',
    'summarylength',
  ],
]
const MAYBE_HUGO = /base_?url|cascade|contentdir/i
/** In how many folders below that of an environment. */
const FOLDERS_DEPTH_MAX = 4
/** Of one folder, and folders together: a link may lead to the one that it lies in. */
const FILES_MAX = 500
const FOLDERS_MAX = 100
/** Values are put together up to here; tables of languages and of their values lie less deep. */
const DEPTH_MAX = 5
const VALUES_MAX = 50_000

export interface FoundConfig {
  readonly values: HugoConfig
  /** Nothing else than Hugo calls its settings so. */
  readonly isCertain: boolean
  /** The file to look into. */
  readonly file: string
}

/**
 * The settings of a site of Hugo's, put together of all their files as for a site that is published: of the folder of the site one file, over it
 * those of `config/_default`, then those of `config/production`. In these a file says everything, or only what its name says.
 * @param names of all that lies in the folder
 * @returns null where there are none
 * @throws FundstelleError `site_settings_broken`, with the name of the file
 * @see https://gohugo.io/configuration/introduction/
 */
export function hugoConfig(names: readonly string[], place: HugoPlace): FoundConfig | null {
  const [general, ofEnvironment] = [DEFAULT_SETTINGS, ENVIRONMENT_SETTINGS].map((folder) =>
    names.includes(SETTINGS_FOLDER) ? filesIn(folder, place, { depth: 0, folders: { left: FOLDERS_MAX } }) : [],
  ) as [readonly string[], readonly string[]]
  // any program may have settings for production
  const isSplit = general.length > 0 || ofEnvironment.some((path) => HUGO_SETTINGS.test(nameOf(path)))
  const root = ROOT_SETTINGS.find((name) => names.includes(name) && place.textOf(name) !== null)
  const isCertain = isSplit || (root !== undefined && HUGO_SETTINGS.test(root))
  const values = root === undefined ? null : rootSettings(root, names, place, isCertain)
  if (values === null && !isSplit) return null
  const budget = { values: VALUES_MAX }
  let all: HugoConfig = values === null ? {} : naming(root ?? '', () => merged({}, values, budget))
  for (const path of [...general, ...ofEnvironment]) {
    const split = splitSettings(path, place)
    all = naming(path, () => merged(all, split, budget))
  }
  return { values: all, isCertain, file: values === null || root === undefined ? DEFAULT_SETTINGS : root }
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** @returns null where it is the file of another program */
function rootSettings(name: string, names: readonly string[], place: HugoPlace, isCertain: boolean): HugoConfig | null {
  const text = place.textOf(name) ?? ''
  let values: HugoConfig
  try {
    values = withLowerNames(settingsOf(text, { name }))
  } catch (error) {
    if (isCertain || MAYBE_HUGO.test(text)) throw named(error, name)
    return null
  }
  // Zola writes it so
  if (!isCertain && 'base_url' in values) return null
  const has = (one: string): boolean => one in values
  const isBeside = HUGO_BESIDE.some(has) || names.some((one) => OF_HUGO.has(one))
  return isCertain || HUGO_ALONE.some(has) || (has(ADDRESS) && isBeside) ? values : null
}

/** Settings by their paths, in the order in which Hugo reads them. */
function filesIn(
  folder: string,
  place: HugoPlace,
  { depth, folders }: { readonly depth: number; readonly folders: { left: number } },
): readonly string[] {
  if (depth > FOLDERS_DEPTH_MAX) return []
  const names = [...place.namesIn(folder)].sort((a, b) => (a < b ? -1 : 1))
  if (names.length > 0) folders.left -= 1
  if (names.length > FILES_MAX || folders.left < 0)
    throw named(settingsBroken({ de: 'zu viele Dateien', en: 'too many files' }, null), folder)
  return names.flatMap((name) => {
    const path = `${folder}/${name}`
    if (SPLIT_SETTINGS.test(name)) return [path]
    return name.includes('.') ? [] : filesIn(path, place, { depth: depth + 1, folders })
  })
}

/** `languages.toml` holds what `hugo.toml` has under `languages`, and `languages.en.toml` or `hugo.en.toml` what that has under `en`. */
function splitSettings(path: string, place: HugoPlace): HugoConfig {
  const [, name = '', language] = SPLIT_SETTINGS.exec(nameOf(path).toLowerCase()) ?? []
  const isWhole = name === 'hugo' || name === SETTINGS_FOLDER
  if (!isWhole && !NAMES.has(name)) return {}
  const values = naming(path, () => withLowerNames(settingsOf(place.textOf(path) ?? '', { name: path })))
  const said = isObject(values[name]) || Array.isArray(values[name]) ? values[name] : values
  if (language !== undefined) return { languages: { [language]: isWhole ? values : said } }
  return isWhole ? values : { [name]: said }
}

/** Values of which later ones count; tables are put together, lists are not. Only what speaks of publication. */
function merged(one: HugoConfig, other: HugoConfig, budget: { values: number }, depth = 0): HugoConfig {
  const all: Record<string, unknown> = { ...one }
  for (const [written, value] of Object.entries(other)) {
    const name = written.toLowerCase()
    if (depth === 0 && !NAMES.has(name)) continue
    budget.values -= 1
    if (budget.values < 0) throw settingsBroken({ de: 'zu viele Werte', en: 'too many values' }, null)
    const before = all[name]
    const isTable = isObject(value) && depth < DEPTH_MAX
    all[name] = isTable ? merged(isObject(before) ? before : {}, value, budget, depth + 1) : value
  }
  return all
}

/** What is done with a file; what is wrong with it tells its name. */
function naming<Result>(file: string, act: () => Result): Result {
  try {
    return act()
  } catch (error) {
    throw named(error, file)
  }
}

/** Hugo reads names whatever their capitals. */
export function withLowerNames(object: Readonly<Record<string, unknown>>): HugoConfig {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name.toLowerCase(), value]))
}
