import { describe, expect, it } from 'vitest'
import { type Config, readConfig, SETTINGS, type SettingName } from '../../src/config.ts'
import { programFingerprint } from '../../src/fingerprint.ts'
import { nameOf, type SearchSettings, searchSettingsOf } from '../../src/search/version.ts'

/**
 * Of each setting whether answers depend on it, and another value of it where they do. What is new must be decided on here: a
 * setting that answers depend on belongs into `AnswerSettings`, else clients are told that nothing changed.
 */
const SETTLED: Readonly<Record<SettingName, { readonly other: string } | 'not' | 'by the content of its file'>> = {
  port: 'not',
  host: 'not',
  // another store has another name
  cache: 'not',
  index: 'not',
  articles: 'not',
  maxFileMb: 'not',
  drafts: 'not',
  base: 'not',
  rules: 'by the content of its file',
  // headers of an answer, which has `vary: origin`
  allowOrigin: 'not',
  recency: { other: '30' },
  preferGerman: { other: '0' },
  threads: 'not',
  processes: 'not',
  queue: 'not',
  slowMs: 'not',
  logQueries: 'not',
  masterKey: 'not',
  masterKeyFile: 'not',
  // who may not ask gets no answer at all
  private: 'not',
  rateLimit: 'not',
  trustedProxies: 'not',
  // its states have names of their own
  engine: 'not',
  opensearchUrl: 'not',
  opensearchApiKey: 'not',
  opensearchCa: 'not',
  // counts are those of all shards together
  opensearchShards: 'not',
  opensearchReplicas: 'not',
  // of the command line
  language: 'not',
}

const configWith = (options: Record<string, string>): Config => readConfig(options, {})
const nameWith = (options: Record<string, string>): string => nameOf(searchSettingsOf(configWith(options).answers))

describe('what a version is named by', () => {
  it.each(Object.entries(SETTLED))('--%s: %o', (name, kind) => {
    const { option } = SETTINGS[name as SettingName]
    if (typeof kind === 'string') return expect(Object.keys(configWith({}).answers).join()).not.toContain(name)
    return expect(nameWith({ [option as string]: kind.other })).not.toBe(nameWith({}))
  })

  it('every setting has been decided on', () => {
    expect(Object.keys(SETTLED).sort()).toEqual(Object.keys(SETTINGS).sort())
  })

  it('the program', () => {
    const settings = searchSettingsOf(configWith({}).answers)
    expect(settings.program).toBe(programFingerprint())
    expect(nameOf({ ...settings, program: 'other' })).not.toBe(nameOf(settings))
  })

  it('whatever is added to the settings later', () => {
    const settings = searchSettingsOf(configWith({}).answers)
    const later = { ...settings, further: true } as SearchSettings
    expect(nameOf(later)).not.toBe(nameOf(settings))
  })
})
