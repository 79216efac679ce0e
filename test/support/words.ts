import { createAnalyzer } from '../../src/analysis/analyzer.ts'
import type { Word } from '../../src/analysis/word.ts'
import { planQuery, type QueryWord, wordsOf } from '../../src/search/plan.ts'

const analyzer = createAnalyzer()

/** A word as the analysis knows it that stands alone. */
export const analyzeWord = (surface: string): Word => analyzer.word(surface)

/** The words of a query, where no article has any of them joined. */
export function queryWords(query: string): QueryWord[] {
  return wordsOf(planQuery(query, analyzer, { offset: 0, limit: 20, matchingStrategy: 'last' }), () => false)
}
