import { posix } from 'node:path'
import { pathspecRule } from './pathspec.ts'
import {
  isObject,
  patternRule,
  type SettingsPlace,
  type SiteSettings,
  STATIC,
  settingsBroken,
  textsOf,
} from './site-rule.ts'
import { otherSettings, patternsIn, settingsOf } from './site-values.ts'

type Settings = Readonly<Record<string, unknown>>

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
  const {
    docs_dir,
    exclude_docs,
    draft_docs,
    site_dir = 'site',
    theme,
  } = inherited(settingsOf(text, place), place, place.name, 0)
  const rules = [
    pathspecRule([TEMPLATES, ...patternsIn(exclude_docs)], null),
    patternRule([STATIC], null),
    pathspecRule(patternsIn(draft_docs), [['draft', true]]),
  ]
  const folder = textIn(docs_dir) ?? 'docs'
  const made = textsOf([site_dir, isObject(theme) ? theme['custom_dir'] : null])
  return { isSite: true, rules: [], made, sources: [{ folder, rules, hasReadmes: true }] }
}

/** A text, or the last of a list: `!ENV [NAME, docs]` has what counts where the environment says nothing at its end. */
const textIn = (value: unknown): string | undefined => textsOf(value).at(-1)

/** Settings with those that they inherit. @param file theirs, by its path from the folder of the site */
function inherited(settings: Settings, place: SettingsPlace, file: string, depth: number): Settings {
  const { INHERIT, theme } = settings
  const name = textIn(INHERIT)
  if (name === undefined || depth === DEPTH_MAX) return settings
  const base = posix.relative(place.folder, posix.resolve(place.folder, posix.dirname(file), name))
  const found = otherSettings(base, place)
  if (found === null) throw settingsBroken({ de: `„${name}“ gibt es nicht`, en: `there is no “${name}”` }, null)
  const all = inherited(found, place, base, depth + 1)
  // tables are put together; of those that are asked for here that is one
  const themes = isObject(theme) && isObject(all['theme']) ? { theme: { ...all['theme'], ...theme } } : {}
  return { ...all, ...settings, ...themes }
}
