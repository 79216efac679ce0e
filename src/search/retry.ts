import type { Analyzer } from '../analysis/analyzer.ts'
import type { EngineReader } from './engine/engine.ts'
import type { Retry } from './present/no-hits.ts'
import type { Searcher } from './searcher.ts'

/** Further searches on the state of the index that had no hits. */
export const retryOn = (searcher: Searcher, reader: EngineReader, analyzer: Analyzer): Retry => ({
  count: async (query, budget) => (await searcher.search(query, reader.withBudget(budget), analyzer, budget)).totalHits,
  nearestWords: (word, most, budget) =>
    reader.withBudget(budget).dictionary.surfaceForms(
      word.expansions.map(({ term }) => term),
      most,
    ),
})
