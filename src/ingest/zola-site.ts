import { splitFrontMatter } from './front-matter.ts'
import type { Dialect } from './glob-parts.ts'
import { globRule } from './path-glob.ts'
import {
  isObject,
  plainPath,
  type SettingsPlace,
  type SiteRule,
  type SiteSettings,
  textsOf,
  type ZolaLanguages,
} from './site-rule.ts'
import { valuesRule } from './site-values.ts'

/** The folder of Zola's contents; it knows no other. */
const CONTENTS = 'content'
/** A name for drafts that no head of Zola's has, so that none takes back what a section above says. */
const DRAFT = 'entwurf'
/** The language of what does not name another. */
const MAIN = ''

/** The patterns of Rust's `globset`. */
const GLOBSET: Dialect = { crossesSlashes: true, hasFolders: true, hasBraces: true }

/** What the settings of Zola say. @see https://www.getzola.org/documentation/getting-started/configuration/ */
export function zolaSettings(settings: Readonly<Record<string, unknown>>): SiteSettings {
  const { default_language: main = 'en', ignored_content, languages, output_dir = 'public' } = settings
  const patterns = textsOf(ignored_content).map((one) => `**/${plainPath(one)}`)
  const ignored = globRule(patterns, GLOBSET, null)
  const others = new Set(isObject(languages) ? Object.keys(languages).filter((one) => one !== main) : [])
  // neither a section nor a page
  const strange: SiteRule = { values: null, applies: (path) => !isSection(nameOf(path), { others }) }
  const made = textsOf([output_dir, 'templates', 'themes', 'sass'])
  const sources = [{ folder: CONTENTS, rules: [ignored, strange] }]
  return { isSite: true, rules: [], made, sources, facts: { zola: { others } } }
}

/**
 * What the head of a section of Zola says of what lies below: a draft in any language takes all with it, the index for search only the
 * pages of the section itself in its own language. A page with a folder of its own is one of them.
 */
export function zolaSection(text: string, { name, facts: { zola } }: SettingsPlace): SiteSettings {
  if (zola === null || !isSection(name, zola)) return { rules: [] }
  const { entries } = splitFrontMatter(text)
  const isDraft = entries.some(([key, value]) => key === 'draft' && value === true)
  const hidden = entries.filter(([key]) => key === 'in_search_index')
  const language = languageOf(name, zola)
  const ofSection: SiteRule = {
    values: hidden,
    applies: (path) => {
      const page = nameOf(path)
      const isIn = page === path || (/^index\./.test(page) && path.indexOf('/') === path.length - page.length - 1)
      return isIn && languageOf(page, zola) === language
    },
  }
  return { rules: [...(isDraft ? [valuesRule([[DRAFT, true]])] : []), ofSection] }
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Of a file that is called as sections are: whether its language is one of those that Zola reads; of others, always. */
const isSection = (name: string, { others }: ZolaLanguages): boolean =>
  !name.startsWith('_index.') || name === '_index.md' || others.has(name.slice('_index.'.length, -'.md'.length))

/** What stands behind the first dot of a name, if that is a language. */
function languageOf(name: string, { others }: ZolaLanguages): string {
  const language = /^[^.]*\.(.+)\.[^.]+$/.exec(name)?.[1] ?? MAIN
  return others.has(language) ? language : MAIN
}
