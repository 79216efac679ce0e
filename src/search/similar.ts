import type { Analyzer } from '../analysis/analyzer.ts'
import type { EngineReader } from './engine/engine.ts'
import { type AnalyzedQuery, DEFAULT_OPTIONS, type SearchOptions } from './query/analyzed-query.ts'
import { readWord } from './query/words.ts'

/** An article is looked for by so many of its words. */
const WORDS_MAX = 20

/** A search for what is like an article, by the words that tell most about it; undefined where there is no such article. */
export async function analyzeSimilar(
  reader: EngineReader,
  id: string,
  analyzer: Analyzer,
  options: Partial<SearchOptions>,
): Promise<AnalyzedQuery | undefined> {
  const words = await reader.significantTerms(id, WORDS_MAX)
  if (words === undefined) return undefined
  return {
    ...DEFAULT_OPTIONS,
    ...options,
    tokens: words.map((word) => readWord(word, analyzer)),
    sequence: [],
    droppedStopWords: [],
    hasCaseSignal: false,
    isQuestion: false,
    isInOtherLanguage: false,
    empty: false,
    constraint: null,
    excludeLike: id,
  }
}
