import type { Analyzer } from '../analysis/analyzer.ts'
import { documentOfArticle } from '../article/document-of-article.ts'
import type { WorkBudget } from '../work-budget.ts'
import { rawJson } from './documents/raw-json.ts'
import { valuesAt } from './documents/sort-values.ts'
import { WordMarks } from './documents/word-marks.ts'
import type { EngineReader } from './engine/engine.ts'
import type { AnalyzedQuery } from './query/analyzed-query.ts'
import { carriedWeight, hitRuleOf, minimumWeight } from './ranking/hit-rule.ts'
import type { Searcher } from './searcher.ts'

/** So many of the best hits are looked at: as many as can be paged through by default. */
const LOOKED_AT_MAX = 1000

/**
 * The ids of the documents that have the words of a query in some of their attributes: the best hits of the query are read, and the words
 * looked for there. The same rule says which are hits as for whole documents.
 */
export async function idsByAttributes(
  query: AnalyzedQuery,
  attributes: readonly string[],
  searcher: Searcher,
  reader: EngineReader,
  analyzer: Analyzer,
  budget: WorkBudget,
): Promise<readonly string[]> {
  const wide = { ...query, offset: 0, limit: LOOKED_AT_MAX, facets: [], sort: [], distinct: null, explain: false }
  const { resolved, collected } = await searcher.find(wide, reader, budget)
  if (resolved === null) return []
  const { words } = resolved
  const articleOf = await reader.articles(collected.hits.map(({ docId }) => docId))
  const marks = new WordMarks(words, analyzer, budget)
  const found: { readonly id: string; readonly weight: number }[] = []
  for (const { docId } of collected.hits) {
    if (budget.isHolding) await budget.giveWay()
    const hit = articleOf(docId)
    if (hit === undefined) continue
    const document = rawJson(documentOfArticle(hit.article, hit.document))
    const matched = new Set<number>()
    for (const attribute of attributes)
      for (const value of valuesAt(document, attribute))
        for (const { word } of marks.in(String(value), [])) matched.add(word)
    if (matched.size === 0) continue
    const weight = [...matched].reduce((sum, at) => sum + carriedWeight(words[at] as (typeof words)[number]), 0)
    found.push({ id: hit.article.id, weight })
  }
  const descending = found.map(({ weight }) => weight).sort((a, b) => b - a)
  const rule = hitRuleOf(query.matchingStrategy)
  const least = minimumWeight(rule, words, query.constraint !== null, (n) => descending[n - 1] ?? 0)
  return found.flatMap(({ id, weight }) => (weight >= least ? [id] : []))
}
