import { pathspecRule } from './pathspec.ts'
import {
  inFile,
  isObject,
  madeFolders,
  patternRule,
  type SettingsPlace,
  type SiteSettings,
  STATIC,
} from './site-rule.ts'
import { patternsIn, settingsOf } from './site-values.ts'

/** Settings that inherit from others that do, and so on. */
const DEPTH_MAX = 8
/** What MkDocs makes no pages of, unless its settings say otherwise. */
const TEMPLATES = '/templates/'

/**
 * What the settings of MkDocs say of drafts, and of what is no page.
 * @throws FundstelleError `site_settings_broken`
 * @see https://www.mkdocs.org/user-guide/configuration/#exclude_docs
 */
export function mkdocsSettings(text: string, place: SettingsPlace): SiteSettings {
  const { docs_dir, exclude_docs, draft_docs, site_dir = 'site', theme } = inherited(text, place, place.name, 0)
  const rules = [
    pathspecRule([TEMPLATES, ...patternsIn(exclude_docs)], null),
    patternRule([STATIC], null),
    pathspecRule(patternsIn(draft_docs), [['draft', true]]),
  ]
  const folder = typeof docs_dir === 'string' ? docs_dir : 'docs'
  const made = madeFolders(site_dir, isObject(theme) ? theme['custom_dir'] : null)
  return { isSite: true, rules: [made], sources: [{ folder, rules, hasReadmes: true }] }
}

/** The settings of a file with those that it inherits. @param file by its path from the folder of the site */
function inherited(text: string, place: SettingsPlace, file: string, depth: number): Readonly<Record<string, unknown>> {
  const settings = settingsNamed(text, file, place)
  const { INHERIT } = settings
  if (typeof INHERIT !== 'string' || depth === DEPTH_MAX) return settings
  const base = `${file.slice(0, file.lastIndexOf('/') + 1)}${INHERIT}`
  const found = place.textOf(base)
  return found === null ? settings : { ...inherited(found, place, base, depth + 1), ...settings }
}

function settingsNamed(text: string, file: string, { name }: SettingsPlace): Readonly<Record<string, unknown>> {
  try {
    return settingsOf(text, { name: file })
  } catch (error) {
    throw file === name ? error : inFile(error, file)
  }
}
