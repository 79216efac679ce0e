import { FundstelleError } from '../errors.ts'
import { splitFrontMatter } from './front-matter.ts'
import type { Head } from './head.ts'
import { cascadeRules } from './hugo-cascade.ts'
import { IgnoreRules } from './ignore-rules.ts'
import { plainKey } from './plain-key.ts'
import { isPublicationField } from './publication-words.ts'
import { everything, type Pairs, type SettingsPlace, type SiteRule } from './site-rule.ts'
import { parseToml } from './toml.ts'
import { parseYaml } from './yaml.ts'

/** Files by which a generator tells what it makes pages of, and which of these are published. */
interface Settings {
  /** Whether a file of this name is one; folders above a PATH are not listed, but asked for `examples`. */
  readonly names: RegExp
  readonly examples: readonly string[]
  /** @throws FundstelleError `site_settings_broken`, `ignore_pattern` */
  read(text: string, place: SettingsPlace): readonly SiteRule[]
}

/** What generators copy as it is, beside the pages they make. */
const STATIC = '*.txt'
/** What begins with this is a part of pages to Astro, Docusaurus, Nuxt, Quarto and bookdown. */
const PARTS = '_*'
const SECTION_KEYS = ['draft', 'in_search_index']

const SETTINGS: readonly Settings[] = [
  {
    // Hugo and Zola
    names: /^_index(?:\.[a-z]{2,3}(?:-[a-z]{2,4})?)?\.(?:md|markdown|html|adoc)$/i,
    examples: ['_index.md', '_index.de.md', '_index.en.md', '_index.html'],
    read(text, place) {
      // what is wrong with its head is told where it is read itself
      const entries = quietly(() => splitFrontMatter(text).entries) ?? []
      const ofSection = entries.filter(([name]) => place.isZola && SECTION_KEYS.includes(name))
      return [
        ...cascadeRules(Object.fromEntries(entries)['cascade'], place),
        ...(ofSection.length > 0 ? [{ applies: everything, values: ofSection }] : []),
      ]
    },
  },
  {
    names: /^(?:hugo|config)\.(?:toml|ya?ml|json)$/,
    examples: ['hugo.toml', 'hugo.yaml', 'config.toml', 'config.yaml'],
    read(text, place) {
      const isHugo = place.name.startsWith('hugo.')
      // any program may have a config.json
      const settings = isHugo ? settingsOf(text, place) : (quietly(() => settingsOf(text, place)) ?? {})
      const contents = { ...place, folder: `${place.folder}content/` }
      const rules = cascadeRules(settings['cascade'], contents)
      return [...within('content/', rules), ...(isHugo ? [without([STATIC])] : [])]
    },
  },
  {
    // Jekyll
    names: /^_config\.ya?ml$/,
    examples: ['_config.yml', '_config.yaml'],
    read(text, place) {
      const { defaults, exclude } = settingsOf(text, place)
      // without a star a name is that of something at the top
      const patterns = textsOf(exclude).map((one) => (one.includes('*') ? one : `/${one.replace(/^\.?\//, '')}`))
      const rules = [defaults].flat().flatMap(jekyllDefaults)
      return [...rules.reverse(), ...(patterns.length > 0 ? [without(patterns)] : [])]
    },
  },
  {
    names: /^mkdocs\.ya?ml$/,
    examples: ['mkdocs.yml', 'mkdocs.yaml'],
    read(text, place) {
      const { docs_dir, exclude_docs, draft_docs } = settingsOf(text, place)
      const folder = typeof docs_dir === 'string' ? docs_dir.replace(/^\.\/?|\/$/g, '') : 'docs'
      const drafts = linesOf(draft_docs)
      return within(folder === '' ? '' : `${folder}/`, [
        without([...linesOf(exclude_docs), STATIC]),
        ...(drafts.length > 0 ? [rule(drafts, [['draft', true]])] : []),
      ])
    },
  },
  {
    // the plugin `meta` of Material for MkDocs, and Quarto
    names: /^(?:\.meta|_metadata)\.ya?ml$/,
    examples: ['.meta.yml', '_metadata.yml'],
    read: (text, place) => [{ applies: everything, values: Object.entries(settingsOf(text, place)) }],
  },
  {
    names: /^_(?:quarto|bookdown)\.ya?ml$/,
    examples: ['_quarto.yml', '_bookdown.yml'],
    read(text, place) {
      const { website } = settingsOf(text, place)
      const drafts = isObject(website) ? textsOf(website['drafts']).map((path) => `/${path.replace(/^\//, '')}`) : []
      return [without([PARTS]), ...(drafts.length > 0 ? [rule(drafts, [['draft', true]])] : [])]
    },
  },
  {
    names: /^(?:astro|docusaurus|nuxt)\.config\.[cm]?[jt]s$/,
    examples: ['astro', 'docusaurus', 'nuxt'].flatMap((name) =>
      ['js', 'mjs', 'ts'].map((end) => `${name}.config.${end}`),
    ),
    read: () => [without([PARTS, STATIC])],
  },
  {
    // what lies beside the pages of a module is taken into these
    names: /^antora\.ya?ml$/,
    examples: ['antora.yml'],
    read: () => [without(['/modules/*/partials/', '/modules/*/examples/', '/modules/*/pages/**/_*'])],
  },
  {
    names: /^(?:\.eleventy\.js|eleventy\.config\.[cm]?[jt]s)$/,
    examples: ['.eleventy.js', 'eleventy.config.js', 'eleventy.config.mjs'],
    read: () => [without([STATIC])],
  },
  {
    names: /^\.eleventyignore$/,
    examples: ['.eleventyignore'],
    read: (text) => [without(linesOf(text))],
  },
]

/** Data of a folder for Eleventy: named as the folder is. */
const FOLDER_DATA = /^(.+?)(?:\.11tydata)?\.json$/

/** Settings that files of other generators are told by, too, are read to this length. */
export const SETTINGS_BYTES_MAX = 1 << 20
/** Of one file: each is tried on each file below. */
const RULES_MAX = 200

/** The names under which a folder above a PATH may have settings; that it holds many files costs nothing then. */
export const SETTINGS_NAMES: readonly string[] = SETTINGS.flatMap(({ examples }) => examples)

/** Whether a file of this name may have rules for what lies beside it. */
export function isSettings(name: string, folder: string): boolean {
  return readerOf(name, folder) !== null
}

/** What a file of settings says. @throws FundstelleError `site_settings_broken`, `ignore_pattern` */
export function rulesOf(text: string, place: SettingsPlace): readonly SiteRule[] {
  const rules = readerOf(place.name, place.folder)?.(text, place) ?? []
  if (rules.length > RULES_MAX)
    throw broken({ de: `mehr als ${RULES_MAX} Regeln`, en: `more than ${RULES_MAX} rules` }, 1)
  return rules
}

/** Whether settings are those of Zola: Hugo writes `baseURL`. */
export function isOfZola(text: string, name: string): boolean {
  return name === 'config.toml' && /^base_url\s*=/m.test(text)
}

function readerOf(name: string, folder: string): Settings['read'] | null {
  const known = SETTINGS.find(({ names }) => names.test(name))
  if (known !== undefined) return known.read
  return FOLDER_DATA.exec(name)?.[1] === folder.slice(folder.lastIndexOf('/', folder.length - 2) + 1, -1)
    ? eleventyData
    : null
}

function eleventyData(text: string): readonly SiteRule[] {
  const data = quietly((): unknown => JSON.parse(text))
  // any list of articles may be called as its folder is
  const values = isObject(data) ? Object.entries(data).filter(([name]) => isPublicationField(plainKey(name))) : []
  return values.length === 0 ? [] : [{ applies: everything, values }]
}

/** @see https://jekyllrb.com/docs/configuration/front-matter-defaults/ */
function jekyllDefaults(one: unknown): readonly SiteRule[] {
  if (!isObject(one) || !isObject(one['values'])) return []
  const { path, type } = isObject(one['scope']) ? one['scope'] : {}
  const scope = typeof path === 'string' ? path.replace(/^\.?\/|\/$/g, '') : ''
  const rules = scope === '' ? null : IgnoreRules.of([`/${scope}`])
  const isOfType = (file: string): boolean => {
    if (typeof type !== 'string' || type === '') return true
    return type === 'pages' ? !/(?:^|\/)_/.test(file) : `/${file}`.includes(`/_${type}/`)
  }
  const values: Pairs = Object.entries(one['values'])
  return [{ applies: (file) => isOfType(file) && rules?.leavesOut(`/${file}`) !== false, values }]
}

/** @throws FundstelleError `site_settings_broken` */
function settingsOf(text: string, { name }: SettingsPlace): Readonly<Record<string, unknown>> {
  const read: Head = name.endsWith('.toml') ? parseToml(text) : parseYaml(text)
  if ('fault' in read) throw broken(read.fault.reason, read.fault.line)
  return isObject(read.value) ? read.value : {}
}

function broken(reason: NonNullable<FundstelleError['params'][string]>, line: number): FundstelleError {
  return new FundstelleError('site_settings_broken', { reason, line })
}

function without(patterns: readonly string[]): SiteRule {
  return rule(patterns, null)
}

function rule(patterns: readonly string[], values: Pairs | null): SiteRule {
  const rules = IgnoreRules.of(patterns)
  return { applies: (path) => rules.leavesOut(`/${path}`), values }
}

/** The rules of a folder that lies below. */
function within(folder: string, rules: readonly SiteRule[]): readonly SiteRule[] {
  return rules.map(({ applies, values }) => ({
    applies: (path) => path.length > folder.length && path.startsWith(folder) && applies(path.slice(folder.length)),
    values,
  }))
}

function linesOf(text: unknown): readonly string[] {
  return typeof text === 'string' ? text.split(/\r?\n/) : []
}

function textsOf(list: unknown): readonly string[] {
  return [list].flat().filter((one) => typeof one === 'string')
}

function quietly<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
