import type { Head } from './head.ts'
import {
  always,
  inFile,
  isObject,
  type Pairs,
  type SettingsPlace,
  type SiteRule,
  settingsBroken,
  textsOf,
} from './site-rule.ts'
import { parseToml } from './toml.ts'
import { parseYaml } from './yaml.ts'

/**
 * What stands in a file of settings.
 * @param name of the file, which tells its format
 * @throws FundstelleError `site_settings_broken`
 */
export function settingsOf(text: string, { name }: Pick<SettingsPlace, 'name'>): Readonly<Record<string, unknown>> {
  const read: Head = name.endsWith('.toml') ? parseToml(text) : parseYaml(text)
  if ('fault' in read) throw settingsBroken(read.fault.reason, read.fault.line)
  return isObject(read.value) ? read.value : {}
}

/**
 * What stands in another file of settings.
 * @param file by its path from the folder
 * @returns null where there is none
 * @throws FundstelleError `site_settings_broken` with the name of the file
 */
export function otherSettings(file: string, place: SettingsPlace): Readonly<Record<string, unknown>> | null {
  try {
    const text = place.textOf(file)
    return text === null ? null : settingsOf(text, { name: file })
  } catch (error) {
    throw inFile(error, file)
  }
}

/** The patterns in lines of settings. */
export function patternsIn(text: unknown): readonly string[] {
  return textsOf(text).flatMap((one) =>
    one.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#')),
  )
}

/** The same values for all that lies below. */
export const valuesRule = (values: Pairs): SiteRule => ({ applies: always, values })
