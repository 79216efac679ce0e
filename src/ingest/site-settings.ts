import { partsSettings } from './docusaurus-site.ts'
import { eleventyIgnoreFile, eleventySettings } from './eleventy-site.ts'
import { hexoSettings, isOfHexo } from './hexo-site.ts'
import { HUGO_SETTINGS, MAYBE_HUGO_SETTINGS } from './hugo-files.ts'
import { jekyllSettings } from './jekyll-site.ts'
import { mkdocsSettings } from './mkdocs-site.ts'
import { quartoProfile, quartoSettings } from './quarto-site.ts'
import { patternRule, type SettingsPlace, type SiteSettings, settingsBroken } from './site-rule.ts'
import { settingsOf, valuesRule } from './site-values.ts'
import { zolaSection, zolaSettings } from './zola-site.ts'

/** Files by which a generator tells what it makes pages of, and which of these are published. */
interface Settings {
  readonly names: RegExp
  /** @throws FundstelleError `site_settings_broken`, `ignore_pattern` */
  read(text: string, place: SettingsPlace): SiteSettings
}

const NOTHING: SiteSettings = { rules: [] }
/** Of one file: each is tried on each file below. */
const RULES_MAX = 200

const SETTINGS: readonly Settings[] = [
  { names: MAYBE_HUGO_SETTINGS, read: maybeZola },
  { names: /^zola\.toml$/, read: (text, place) => zolaSettings(settingsOf(text, place)) },
  {
    names: /^_config\.(?:toml|ya?ml)$/,
    read: (text, place) => {
      const settings = settingsOf(text, place)
      return isOfHexo(settings) ? hexoSettings(settings) : jekyllSettings(settings)
    },
  },
  { names: /^mkdocs\.ya?ml$/, read: mkdocsSettings },
  {
    // the plugin `meta` of Material for MkDocs, and Quarto
    names: /^(?:\.meta|_metadata)\.ya?ml$/,
    read: (text, place) => ({ rules: [valuesRule(Object.entries(settingsOf(text, place)))] }),
  },
  { names: /^_(?:quarto|bookdown)\.ya?ml$/, read: quartoSettings },
  { names: /^_quarto-.+\.ya?ml$/, read: quartoProfile },
  {
    names: /^(?:astro|docusaurus|nuxt)\.config\.[cm]?[jt]s$/,
    read: (text, { name }) => partsSettings(text, name),
  },
  {
    // what lies beside the pages of a module is taken into these, or leads through them
    names: /^antora\.ya?ml$/,
    read: () => ({
      isSite: true,
      rules: [
        patternRule(['/modules/*/*', '!/modules/*/pages/', '!/modules/*/attachments/', '/modules/*/pages/**/_*'], null),
      ],
    }),
  },
  {
    names: /^(?:\.eleventy\.js|eleventy\.config\.[cm]?[jt]s)$/,
    read: eleventySettings,
  },
  { names: /^\.eleventyignore$/, read: eleventyIgnoreFile },
  // after the settings, which tell whose it is
  { names: /^_index\.(?:[^.]+\.)?md$/, read: zolaSection },
]

/** Which files of a folder are settings, in the order in which they are read. */
export function settingsAmong(names: readonly string[]): readonly string[] {
  const ranked = names.map((name) => ({ name, rank: rankOf(name) })).filter(({ rank }) => rank >= 0)
  return ranked.sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1)).map(({ name }) => name)
}

/** What a file of settings says. @throws FundstelleError `site_settings_broken`, `ignore_pattern` */
export function readSettings(text: string, place: SettingsPlace): SiteSettings {
  const settings = SETTINGS[rankOf(place.name)]?.read(text, place) ?? NOTHING
  const sources = settings.sources?.flatMap(({ rules }) => rules) ?? []
  if (settings.rules.length + sources.length > RULES_MAX)
    throw settingsBroken({ de: `mehr als ${RULES_MAX} Regeln`, en: `more than ${RULES_MAX} rules` }, null)
  return settings
}

/** The place of a file among the settings above; -1 for others. */
export const rankOf = (name: string): number => SETTINGS.findIndex(({ names }) => names.test(name))

/** The settings of Zola may be called as those of Hugo, or of any program; Hugo writes `baseURL`. */
function maybeZola(text: string, place: SettingsPlace): SiteSettings {
  if (!/base_url/.test(text) || HUGO_SETTINGS.test(place.name)) return NOTHING
  const settings = settingsOf(text, place)
  return 'base_url' in settings ? zolaSettings(settings) : NOTHING
}
