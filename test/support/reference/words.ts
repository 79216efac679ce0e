import type { QueryWord } from '../../../src/search/query/words.ts'
import type { ReferenceDocument } from './documents.ts'

/** How often an article has a word whole: its term, and what stands for it at the weight of a part. */
export const wholeFrequencyOf = (document: ReferenceDocument, { word, alternatives }: QueryWord): number =>
  alternatives.reduce((sum, term) => sum + 0.5 * document.frequency(term), document.frequency(word.term))

const partsOf = ({ word }: QueryWord): string[] => word.parts.map(({ term }) => term)

export const hasAllParts = (document: ReferenceDocument, word: QueryWord): boolean =>
  word.word.parts.length > 0 && partsOf(word).every((term) => document.frequency(term) > 0)

export const hasSomePart = (document: ReferenceDocument, word: QueryWord): boolean =>
  partsOf(word).some((term) => document.frequency(term) > 0)

/** Whether an article has a word, by all its parts at least. */
export const hasWord = (document: ReferenceDocument, word: QueryWord): boolean =>
  wholeFrequencyOf(document, word) > 0 || hasAllParts(document, word)
