import { PICOMATCH } from './glob-parts.ts'
import { globRule, pathGlobs } from './path-glob.ts'
import {
  isObject,
  PARTS,
  patternRule,
  plainPath,
  type SettingsPlace,
  type SiteRule,
  type SiteSettings,
  settingsBroken,
  textsOf,
} from './site-rule.ts'
import { otherSettings, settingsOf } from './site-values.ts'

type Table = Readonly<Record<string, unknown>>

/** Parts of a book that hold others. */
const DEPTH_MAX = 8
/** Settings that take in others. */
const FILES_MAX = 50

/**
 * What the settings of Quarto and bookdown say, with those that they take in: what is rendered, which pages are drafts, and where the finished site
 * lies.
 * @throws FundstelleError `site_settings_broken`
 */
export function quartoSettings(text: string, place: SettingsPlace): SiteSettings {
  const own = settingsOf(text, place)
  const files = [...textsOf(own['metadata-file']), ...textsOf(own['metadata-files'])]
  if (files.length > FILES_MAX) throw settingsBroken({ de: 'zu viele Dateien', en: 'too many files' }, null)
  const all = [own, ...files.map((file) => otherSettings(plainPath(file), place) ?? {})]
  const [book, project] = [tableIn(all, 'book'), tableIn(all, 'project')]
  // the last two are bookdown's
  const { 'output-dir': output = own['output_dir'], render } = project
  const chapters = book['chapters'] === undefined ? textsOf(ofWebsite(own['rmd_files'])) : chaptersOf(book)
  const targets = textsOf(render).length > 0 ? textsOf(render) : chapters
  return { isSite: true, rules: [patternRule(PARTS, null), draftsIn(all), ...rendered(targets)], made: textsOf(output) }
}

/** What the settings of a profile say, which may be that of the published site. @throws FundstelleError `site_settings_broken` */
export function quartoProfile(text: string, place: SettingsPlace): SiteSettings {
  return { rules: [draftsIn([settingsOf(text, place)])] }
}

/** A table that some settings have together. */
const tableIn = (all: readonly Table[], name: string): Table =>
  Object.assign({}, ...all.map((settings) => settings[name]).filter(isObject))

/** The drafts that any of the settings list, unless they are shown. */
function draftsIn(all: readonly Table[]): SiteRule {
  const websites = all.flatMap(({ site, website = site }) => (isObject(website) ? [website] : []))
  const areShown = websites.some((one) => one['draft-mode'] === 'visible')
  const listed = areShown ? [] : websites.flatMap(({ drafts }) => textsOf(drafts))
  return globRule(listed.map(plainPath), PICOMATCH, [['draft', true]])
}

/** A list, or a table of them by format. */
const ofWebsite = (files: unknown): unknown => (isObject(files) ? files['html'] : files)

/** The files of a book, which has no other pages. */
function chaptersOf({ appendices, chapters, references }: Table): readonly string[] {
  return ['/index.*', ...[chapters, appendices, references].flatMap((one) => filesIn(one, 0))]
}

/** Chapters are files, or tables with a `file`, or with a `part` and its chapters. */
function filesIn(list: unknown, depth: number): readonly string[] {
  if (depth > DEPTH_MAX) return []
  return [list].flat().flatMap((one) => {
    if (typeof one === 'string') return [one]
    return isObject(one) ? ['href', 'file', 'part', 'chapters'].flatMap((key) => filesIn(one[key], depth + 1)) : []
  })
}

/**
 * What Quarto is told to render, and with a `!` not to, be it a folder or a file. A name without stars and the like is a path from the top, a
 * pattern means what lies anywhere, and so does all that is not to be rendered.
 * @see https://quarto.org/docs/projects/quarto-projects.html#render-targets
 */
function rendered(targets: readonly string[]): readonly SiteRule[] {
  const isNot = (one: string): boolean => one.startsWith('!')
  const only = targets.filter((one) => !isNot(one))
  const shown = pathGlobs(
    only.map((one) => targetPattern(one, /[*?[{]/.test(one))),
    PICOMATCH,
  )
  const not = targets.filter(isNot).map((one) => targetPattern(one.slice(1), true))
  return [
    globRule(not, PICOMATCH, null),
    // a folder may hold what is rendered, at any depth
    { values: null, applies: (path) => only.length > 0 && !path.endsWith('/') && !shown.matches(path) },
  ]
}

/** A target with all that lies in it. @param isAnywhere in any folder, unless it begins at the top */
function targetPattern(target: string, isAnywhere: boolean): string {
  const path = plainPath(target)
  if (path === '') return '**'
  return `${isAnywhere && !target.startsWith('/') ? '**/' : ''}${path}/**`
}
