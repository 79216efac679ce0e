import { createAnalyzer } from '../../src/analysis/analyzer.ts'
import type { Word } from '../../src/analysis/word/word.ts'
import { analyzeQuery } from '../../src/search/query/analyze.ts'
import { distinctWords } from '../../src/search/query/distinct-words.ts'
import type { ExpandedWord } from '../../src/search/query/resolved-query.ts'

const analyzer = createAnalyzer()

/** A word as the analysis knows it that stands alone. */
export const analyzeWord = (surface: string): Word => analyzer.word(surface)

/** The words of a query, where no article has any of them joined and nothing stands for them. */
export function queryWords(query: string): ExpandedWord[] {
  const plan = analyzeQuery(query, analyzer, { offset: 0, limit: 20, matchingStrategy: 'last' })
  return distinctWords(plan.tokens, () => false).map((word) => ({ ...word, expansions: [], phrases: [] }))
}
