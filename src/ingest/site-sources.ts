import { posix } from 'node:path'
import { rulesWithin, type SettingsPlace, type SiteRule, type SiteSettings, settingsBroken } from './site-rule.ts'
import { readSettings, settingsAmong } from './site-settings.ts'

/** So many folders beside each other are asked whether they hold settings of pages beside them. */
const BESIDE_MAX = 500

/** Settings that may name a folder of pages outside of theirs. */
const MAY_LEAD_OUT = /^(?:_config\.(?:toml|ya?ml)|mkdocs\.ya?ml|docusaurus\.config\.[cm]?[jt]s)$/

/**
 * What a file of settings says of what lies in its folder. What it says of pages beside that is told from the folder around.
 * @throws FundstelleError `site_settings_broken` also where it speaks of pages further away: nobody would look for it from there
 */
export function settingsHere(text: string, place: SettingsPlace): SiteSettings {
  const settings = readSettings(text, place)
  const around = slashed(posix.dirname(place.folder))
  for (const { folder } of settings.sources ?? []) {
    const pages = pagesOf(place.folder, folder)
    if (!pages.startsWith(around) && place.namesIn(posix.relative(place.folder, pages)).length > 0) throw tooFar(folder)
  }
  return placed(settings, place.folder, place, (pages) => pages.startsWith(place.folder))
}

/**
 * What settings in the folders of one say of pages outside of theirs. Those that cannot be read refuse their own folder.
 * @param names of all that lies in the folder
 */
export function settingsBeside(names: readonly string[], place: Omit<SettingsPlace, 'name'>): SiteSettings {
  const found: SiteSettings[] = []
  for (const name of names.filter((one) => !one.includes('.')).slice(0, BESIDE_MAX)) {
    const folder = `${place.folder}${name}/`
    const leadsOut = (pages: string): boolean => pages.startsWith(place.folder) && !pages.startsWith(folder)
    for (const file of settingsAmong(place.namesIn(name).filter((one) => MAY_LEAD_OUT.test(one)))) {
      const { sources } = settingsIn(name, file, { ...place, folder })
      found.push(placed({ rules: [], sources: sources ?? [] }, folder, place, leadsOut))
    }
  }
  const readmes = found.flatMap(({ facts }) => facts?.readmes?.slice(place.facts.readmes.length) ?? [])
  return {
    rules: found.flatMap(({ rules }) => rules),
    ...(readmes.length > 0 && { facts: { readmes: [...place.facts.readmes, ...readmes] } }),
  }
}

/** @param place of the folder of the settings, but what lies in it is asked for by the path from the one around */
function settingsIn(name: string, file: string, place: Omit<SettingsPlace, 'name'>): SiteSettings {
  const textOf = (path: string) => place.textOf(`${name}/${path}`)
  const namesIn = (path: string) => place.namesIn(`${name}/${path}`)
  try {
    const text = textOf(file)
    return text === null ? NOTHING : readSettings(text, { ...place, name: file, textOf, namesIn })
  } catch {
    return NOTHING
  }
}

const NOTHING: SiteSettings = { rules: [] }

/**
 * The settings with the rules of those of their folders of pages that are meant.
 * @param from the folder that settings name them from
 * @param place the folder that paths of rules begin at
 */
function placed(
  { sources = [], ...settings }: SiteSettings,
  from: string,
  { folder, facts }: Pick<SettingsPlace, 'folder' | 'facts'>,
  isMeant: (pages: string) => boolean,
): SiteSettings {
  const rules: SiteRule[] = [...settings.rules]
  const readmes: string[] = []
  for (const source of sources) {
    const pages = pagesOf(from, source.folder)
    if (!isMeant(pages)) continue
    rules.push(...rulesWithin(pages.slice(folder.length), source.rules))
    if (source.hasReadmes) readmes.push(pages)
  }
  if (readmes.length === 0) return { ...settings, rules }
  return { ...settings, rules, facts: { ...settings.facts, readmes: [...facts.readmes, ...readmes] } }
}

const pagesOf = (from: string, folder: string): string => slashed(posix.resolve(from, folder))

const slashed = (folder: string): string => (folder.endsWith('/') ? folder : `${folder}/`)

const tooFar = (folder: string): Error =>
  settingsBroken(
    {
      de: `die Seiten liegen in „${folder}“; möglich sind Ordner neben den Einstellungen und darunter`,
      en: `the pages are in “${folder}”; they may be in folders beside the settings and below`,
    },
    null,
  )
