import { NO_RULES, type Rules } from '../rules.ts'
import type { IndexSettings } from './index-settings.ts'

/** A word that can be kept whole: as in the owner's own rules. */
const WORD = /^\p{L}{3,80}$/u
/** Something with a letter or a figure in it. */
const NAME = /^(?=.*[\p{L}\p{N}]).{1,200}$/u

/**
 * The rules that the settings of an index come to, together with those that its owner has in a file. A word of the dictionary is never
 * taken apart; what the owner says of a word counts more. Entries of the dictionary that are several words, or no words, come to
 * nothing here (docs/MEILISEARCH.md).
 */
export function rulesOfSettings(
  settings: Pick<IndexSettings, 'stopWords' | 'synonyms' | 'dictionary'>,
  ownerRules: Rules = NO_RULES,
): Rules {
  const parts = new Set(ownerRules.words.map((word) => word.toLowerCase()))
  const whole = nfc(settings.dictionary).filter((word) => WORD.test(word) && !parts.has(word.toLowerCase()))
  const stopWords = nfc(settings.stopWords).filter((word) => NAME.test(word) && !/\s/.test(word))
  const synonyms = Object.entries(settings.synonyms)
    .map(([from, to]) => ({ from: nfc([from]), to: nfc(to).filter((side) => NAME.test(side)) }))
    .filter(({ from, to }) => from.every((side) => NAME.test(side)) && to.length > 0)
  return {
    ...ownerRules,
    unsplit: union(ownerRules.unsplit, whole),
    stopWords: union(ownerRules.stopWords, stopWords),
    synonyms: [...ownerRules.synonyms, ...synonyms],
  }
}

const nfc = (words: readonly string[]): string[] => words.map((word) => word.trim().normalize('NFC'))

const union = (one: readonly string[], other: readonly string[]): string[] => [...new Set([...one, ...other])].sort()
