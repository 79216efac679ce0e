import { NO_RULES, type Rules } from '../rules.ts'
import { MAIN_INDEX, type NamedIndex, settingsOf } from './index-table.ts'

/**
 * By which rules an index is made and read: its settings, and for the articles' own index the site owner's file as well.
 * @param own what the file says
 */
export function rulesOf(index: NamedIndex, own: Rules): Rules {
  const { dictionary, stopWords, synonyms } = settingsOf(index)
  const rules = index.uid === MAIN_INDEX ? own : NO_RULES
  const isPlain = dictionary.length === 0 && stopWords.length === 0 && Object.keys(synonyms).length === 0
  if (isPlain) return rules
  return {
    ...rules,
    words: [...rules.words, ...dictionary],
    stopWords: [...rules.stopWords, ...stopWords],
    synonyms: [...rules.synonyms, ...Object.entries(synonyms).map(([word, others]) => ({ from: [word], to: others }))],
  }
}
