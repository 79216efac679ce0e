import { posix } from 'node:path'
import { mayLeadOut } from './leads-out.ts'
import { named } from './settings-files.ts'
import { type FolderPlace, type SettingsPlace, type SiteRule, type SiteSettings, settingsBroken } from './site-rule.ts'
import { readSettings, settingsAmong } from './site-settings.ts'

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
    const pages = pathFrom(place.folder, folder)
    if (!pages.startsWith(around) && place.namesIn(posix.relative(place.folder, pages)).length > 0) throw tooFar(folder)
  }
  return placed(settings, place.folder, place, (folder) => folder.startsWith(place.folder))
}

/**
 * What settings in the folders of one say of pages outside of theirs; null for nothing. Those that cannot be read refuse their own folder.
 * @throws FundstelleError `site_settings_broken` where such settings may speak of pages outside
 */
export function settingsBeside(place: FolderPlace): SiteSettings | null {
  let all: SiteSettings = NOTHING
  for (const name of place.folders) {
    const own = `${place.folder}${name}/`
    const leadsOut = (folder: string): boolean => folder.startsWith(place.folder) && !folder.startsWith(own)
    for (const file of settingsAmong(place.namesIn(name).filter((one) => MAY_LEAD_OUT.test(one)))) {
      const { sources = [], made = [] } = settingsIn(name, file, { ...place, folder: own })
      const facts = { ...place.facts, ...all.facts }
      const found = placed({ rules: [], sources, made }, own, { ...place, facts }, leadsOut)
      all = { rules: [...all.rules, ...found.rules], facts: { ...all.facts, ...found.facts } }
    }
  }
  return all.rules.length === 0 ? null : all
}

/** @param place of the folder of the settings, but what lies in it is asked for by the path from the one around */
function settingsIn(name: string, file: string, place: Omit<SettingsPlace, 'name'>): SiteSettings {
  const textOf = (path: string) => place.textOf(`${name}/${path}`)
  const namesIn = (path: string) => place.namesIn(`${name}/${path}`)
  let text: string | null = null
  try {
    text = textOf(file)
    return text === null ? NOTHING : readSettings(text, { ...place, name: file, textOf, namesIn })
  } catch (error) {
    if (text !== null && mayLeadOut(text)) throw named(error, `${name}/${file}`)
    return NOTHING
  }
}

const NOTHING: SiteSettings = { rules: [] }

/**
 * The settings with the rules of those of their folders that are meant.
 * @param from the folder that settings name them from
 * @param place the folder that paths of rules begin at
 */
function placed(
  { sources = [], made = [], ...settings }: SiteSettings,
  from: string,
  { folder, facts }: Pick<SettingsPlace, 'folder' | 'facts'>,
  isMeant: (folder: string) => boolean,
): SiteSettings {
  const rules: SiteRule[] = [...settings.rules]
  const readmes: string[] = []
  const pages = sources.map((source) => ({ ...source, at: pathFrom(from, source.folder) }))
  // who names a folder with all pages in it does not mean that there are none
  const finished = made
    .map((one) => pathFrom(from, one))
    .filter((one) => isMeant(one) && !from.startsWith(one) && !pages.some(({ at }) => at.startsWith(one)))
  if (finished.length > 0) rules.push({ values: null, applies: isBelow(finished, folder) })
  for (const { at, rules: own, hasReadmes } of pages) {
    if (!isMeant(at)) continue
    rules.push(...rulesWithin(at.slice(folder.length), own))
    if (hasReadmes) readmes.push(at)
  }
  if (readmes.length === 0) return { ...settings, rules }
  return { ...settings, rules, facts: { ...settings.facts, readmes: [...facts.readmes, ...readmes] } }
}

/** The rules of a folder that lies below. @param folder without a slash at its beginning, with one at its end; empty for none */
function rulesWithin(folder: string, rules: readonly SiteRule[]): readonly SiteRule[] {
  if (folder === '') return rules
  return rules.map(({ applies, values }) => ({
    applies: (path) => path.length > folder.length && path.startsWith(folder) && applies(path.slice(folder.length)),
    values,
  }))
}

/** Whether a path from a folder is that of one of some, or lies in it. @param folders absolute, with a slash at their ends */
function isBelow(folders: readonly string[], folder: string): SiteRule['applies'] {
  const below = folders.map((one) => one.slice(folder.length))
  return (path) => below.some((one) => path.startsWith(one))
}

const pathFrom = (from: string, folder: string): string => slashed(posix.resolve(from, folder))

const slashed = (folder: string): string => (folder.endsWith('/') ? folder : `${folder}/`)

const tooFar = (folder: string): Error =>
  settingsBroken(
    {
      de: `die Seiten liegen in „${folder}“; möglich sind Ordner neben den Einstellungen und darunter`,
      en: `the pages are in “${folder}”; they may be in folders beside the settings and below`,
    },
    null,
  )
