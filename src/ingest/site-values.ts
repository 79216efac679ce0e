import type { Head } from './head.ts'
import {
  always,
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

/** The patterns in lines of settings. */
export function patternsIn(text: unknown): readonly string[] {
  return textsOf(text).flatMap((one) =>
    one.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#')),
  )
}

/** The same values for all that lies below. */
export const valuesRule = (values: Pairs): SiteRule => ({ applies: always, values })
