import {
  isObject,
  madeFolders,
  PARTS,
  patternRule,
  plainPath,
  type SettingsPlace,
  type SiteRule,
  type SiteSettings,
  textsOf,
} from './site-rule.ts'
import { settingsOf } from './site-values.ts'

/** Parts of a book that hold others. */
const DEPTH_MAX = 8

/**
 * What the settings of Quarto and bookdown say: what is rendered, which pages are drafts, and where the finished site lies.
 * @throws FundstelleError `site_settings_broken`, `ignore_pattern`
 */
export function quartoSettings(text: string, place: SettingsPlace): SiteSettings {
  // the last two are bookdown's
  const { book, website, project, output_dir, rmd_files } = settingsOf(text, place)
  const { 'output-dir': output = output_dir, render } = isObject(project) ? project : {}
  const isHidden = isObject(website) && website['draft-mode'] !== 'visible'
  const drafts = isHidden ? topFiles(website['drafts']) : []
  const targets = textsOf(render)
  const rules = [
    patternRule(PARTS, null),
    madeFolders(output),
    patternRule(drafts, [['draft', true]]),
    ...renderedAlone(targets.length > 0 ? targets : isObject(book) ? chaptersOf(book) : topFiles(ofWebsite(rmd_files))),
  ]
  return { isSite: true, rules }
}

const topFiles = (list: unknown): readonly string[] => textsOf(list).map((path) => `/${plainPath(path)}`)

/** A list, or a table of them by format. */
const ofWebsite = (files: unknown): unknown => (isObject(files) ? files['html'] : files)

/** The files of a book, which has no other pages. */
function chaptersOf(book: Readonly<Record<string, unknown>>): readonly string[] {
  const { appendices, chapters, references } = book
  const named = [chapters, appendices, references]
    .flatMap((one) => filesIn(one, 0))
    .map((path) => `/${plainPath(path)}`)
  return chapters === undefined ? [] : ['/index.*', ...named]
}

/** Chapters are files, or tables with a `file`, or with a `part` and its chapters. */
function filesIn(list: unknown, depth: number): readonly string[] {
  if (depth > DEPTH_MAX) return []
  return [list].flat().flatMap((one) => {
    if (typeof one === 'string') return [one]
    return isObject(one) ? ['href', 'file', 'part', 'chapters'].flatMap((key) => filesIn(one[key], depth + 1)) : []
  })
}

/** What Quarto is told to render, and with a `!` not to. @see https://quarto.org/docs/projects/quarto-projects.html#render-targets */
function renderedAlone(targets: readonly string[]): readonly SiteRule[] {
  const [out, only] = [true, false].map((isOut) =>
    targets
      .filter((one) => one.startsWith('!') === isOut)
      .map((one) => one.replace(/^!/, ''))
      .map((one) => `${one.startsWith('/') ? '' : '**'}/${plainPath(one)}${one.endsWith('/') ? '/' : ''}`),
  )
  const made = patternRule(only ?? [], null)
  return [
    patternRule(out ?? [], null),
    // a folder may hold what is made, at any depth
    { values: null, applies: (path) => only?.length !== 0 && !path.endsWith('/') && !made.applies(path) },
  ]
}
