import { isDocumentEnding } from './document-format.ts'
import { globMatches } from './glob.ts'
import { anyHead } from './loose-head.ts'
import {
  always,
  isObject,
  notTooMany,
  type Pairs,
  type SettingsPlace,
  type SiteRule,
  settingsBroken,
} from './site-rule.ts'

/** Of one pattern with alternatives in brackets, as in `{/blog/**,/news/**}`. */
const ALTERNATIVES_MAX = 64
const PATTERN_LENGTH_MAX = 1000
/** The language in the name of a file: `_index.de.md`, `beitrag.pt-br.md`. */
const LANGUAGE = /\.([a-z]{2}(?:-[a-z]{2,4})?)\.[a-z]+$/i
const LANGUAGE_FOLDER = /^\/([a-z]{2}(?:-[a-z]{2})?)(?=\/)/
const SECTION = /(?:^|\/)_index(?:\.[^/]*)?$/i
/** The taxonomies that Hugo has without settings. */
const TAXONOMY = /^\/(?:tags|categories)(?=\/|$)/

/**
 * The rules of `cascade`, by which a section of Hugo's, or its settings, give values to all pages below: one table of values, or a
 * list of them, each with the `target` it holds for (`_target` until 2022). Names are read whatever their capitals.
 * @throws FundstelleError `site_settings_broken`
 * @see https://gohugo.io/content-management/front-matter/#cascade
 */
export function cascadeRules(cascade: unknown, place: SettingsPlace): readonly SiteRule[] {
  const ofSettings = SECTION.test(place.name) ? ofLanguages([languageOf(place.name)], place) : always
  return [cascade].flat().flatMap((one) => {
    if (!isObject(one)) return []
    const { target, _target, ...values } = withLowerNames(one)
    const aim = [target, _target].find(isObject)
    const { environment = 'production', kind, path, ...more } = aim === undefined ? {} : withLowerNames(aim)
    const lang = more['lang'] ?? languagesOf(more['sites'])
    if (!alternatives(environment).some((name) => /^(?:production|\*+)$/.test(name))) return []
    const conditions = [
      // a target may be in another language
      lang === undefined ? ofSettings : ofLanguages(alternatives(lang), place),
      ...(kind === undefined ? [] : [ofKinds(alternatives(kind), place)]),
      ...(path === undefined ? [] : [ofPaths(alternatives(path), place)]),
    ]
    const given: Pairs = Object.entries(values)
    return [{ values: given, applies: (file: string) => conditions.every((holds) => holds(file)) }]
  })
}

/** `sites: {matrix: {languages: [en]}}`, as targets have it since 2025. */
function languagesOf(sites: unknown): unknown {
  const matrix = isObject(sites) ? sites['matrix'] : undefined
  return isObject(matrix) ? matrix['languages'] : undefined
}

type Condition = (path: string) => boolean

/** @param languages null for the one of files that name none */
function ofLanguages(languages: readonly (string | null)[], { facts, folder }: SettingsPlace): Condition {
  const named = languages.map((language) => language ?? facts.language)
  return (path) => named.includes(languageOf(path) ?? folderLanguage(folder + path, facts.contents) ?? facts.language)
}

/** The language of `content/de/`, where its contents are parted so. */
function folderLanguage(path: string, contents: string | null): string | null {
  const below = contents !== null && path.startsWith(contents) ? path.slice(contents.length - 1) : null
  return below === null ? null : (LANGUAGE_FOLDER.exec(below)?.[1] ?? null)
}

function ofKinds(kinds: readonly string[], place: SettingsPlace): Condition {
  const holds = (kind: string): boolean => kinds.some((one) => globMatches(one, kind))
  return (path) => {
    if (!SECTION.test(path)) return holds('page')
    const paths = logicalPaths(place, path)
    if (paths.includes('/')) return holds('home')
    if (paths.some((one) => TAXONOMY.test(one))) return holds('taxonomy') || holds('term')
    return holds('section')
  }
}

function ofPaths(patterns: readonly string[], place: SettingsPlace): Condition {
  notTooMany(patterns.length)
  return (path) => logicalPaths(place, path).some((one) => patterns.some((pattern) => globMatches(pattern, one)))
}

/**
 * What patterns of Hugo may mean a file by: its path below the contents, in lower case, without the ending and the language. Where the
 * folder of the contents is not known, it is one called `content`, or any.
 */
function logicalPaths({ folder, facts: { contents } }: SettingsPlace, path: string): readonly string[] {
  const whole = folder + path
  const plain = whole
    .toLowerCase()
    .replace(LANGUAGE, '')
    .replace(/\.[a-z]+$/, '')
  const logical = plain.replace(/\/_?index$/, '').replaceAll(' ', '-')
  const roots = contents !== null && whole.startsWith(contents) ? [contents.length - 1] : slashesAfterContent(whole)
  return roots.flatMap((root) => {
    const below = logical.slice(root) || '/'
    return [below, below.replace(LANGUAGE_FOLDER, '')]
  })
}

function slashesAfterContent(path: string): readonly number[] {
  const name = '/content'
  const found = [...path.matchAll(/\/content(?=\/)/g)].map(({ index }) => index + name.length)
  return found.length > 0 ? found : [...path.matchAll(/\//g)].map(({ index }) => index)
}

function languageOf(path: string): string | null {
  return LANGUAGE.exec(path)?.[1]?.toLowerCase() ?? null
}

/** The patterns that those with brackets stand for, in lower case. @throws FundstelleError `site_settings_broken` */
function alternatives(patterns: unknown): readonly string[] {
  let found = [patterns]
    .flat()
    .filter((one) => typeof one === 'string')
    .map((one) => one.toLowerCase())
  if (found.some((one) => one.length > PATTERN_LENGTH_MAX)) throw tooMany()
  while (found.some((one) => GROUP.test(one))) {
    found = found.flatMap((one) => {
      const group = GROUP.exec(one)
      if (group === null) return [one]
      const [before, after] = [one.slice(0, group.index), one.slice(group.index + group[0].length)]
      return (group[1] ?? '').split(',').map((part) => before + part.trim() + after)
    })
    if (found.length > ALTERNATIVES_MAX) throw tooMany()
  }
  return found
}

const GROUP = /\{([^{}]*)\}/
const tooMany = (): Error =>
  settingsBroken(
    {
      de: 'ein Muster ist zu lang oder hat zu viele Alternativen',
      en: 'a pattern is too long or has too many alternatives',
    },
    null,
  )

const BUNDLE = /^index(?:\.[a-z]{2}(?:-[a-z]{2,4})?)?\.(?:md|markdown|html|adoc|org)$/i

/**
 * What lies beside the `index.md` of a page belongs to that page: sources are none themselves, documents are public as it is. Where no
 * settings of Hugo's are known both may be anything.
 * @param names of all that lies in the folder
 */
export function bundleRules(names: readonly string[], { folder, facts, textOf }: BundlePlace): readonly SiteRule[] {
  const index =
    facts.contents !== null && folder.startsWith(facts.contents) ? names.find((name) => BUNDLE.test(name)) : undefined
  if (index === undefined) return []
  const isDocument = (path: string): boolean => isDocumentEnding(path) || path.endsWith('/')
  const sources: SiteRule = { values: null, applies: (path) => !isDocument(path) && !BUNDLE.test(path) }
  // its head is looked at only where something may depend on it, be it in a folder
  const head = names.some((name) => isDocumentEnding(name) || !name.includes('.')) ? anyHead(textOf(index) ?? '') : []
  return [sources, { values: head, applies: isDocument }]
}

type BundlePlace = Pick<SettingsPlace, 'folder' | 'facts' | 'textOf'>

/** Hugo reads names whatever their capitals. */
export function withLowerNames(object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name.toLowerCase(), value]))
}
