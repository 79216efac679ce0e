import type { AnswerSettings } from '../config.ts'
import { digestOf, programFingerprint } from '../fingerprint.ts'
import type { Recency } from './ranking/recency.ts'

/** Everything that answers depend on beside the articles, the index, the owner's rules and the request. */
export interface SearchSettings {
  /** Of the program that answers, see `programFingerprint`. */
  readonly program?: string
  /** The owner's settings that shape answers: all of them, so that none is forgotten. */
  readonly answers?: AnswerSettings
  /** How much newer articles are preferred; null for not at all. */
  readonly recency?: Recency | null
  /** Whether articles in other languages count less; true unless it says otherwise. */
  readonly prefersGerman?: boolean
}

/** How this program answers with these settings. */
export function searchSettingsOf(answers: AnswerSettings): SearchSettings {
  const { recencyDays, prefersGerman } = answers
  const recency = recencyDays === null ? null : { halfLifeDays: recencyDays, now: Date.now }
  return { program: programFingerprint(), answers, recency, prefersGerman }
}

/** Characters of a digest's name in a version. */
const ID_LENGTH = 8

/** Names all settings, whatever is added to them later. */
export const nameOf = (settings: SearchSettings): string => digestOf(JSON.stringify(settings)).slice(0, ID_LENGTH)

/**
 * The name of everything that the answer to a request depends on: the state of the index, the settings, the day where newer articles
 * are preferred, as that goes by days (UTC), and the owner's rules.
 */
export function versionOf(state: string, settings: SearchSettings, rules: string, name = nameOf(settings)): string {
  const { recency } = settings
  const day = recency ? new Date(recency.now()).toISOString().slice(0, 10) : ''
  return [state, name, day, rules].filter((part) => part !== '').join('-')
}
