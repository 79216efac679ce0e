import { type Analyzer, createAnalyzer } from '../../src/analysis/analyzer.ts'
import type { Article } from '../../src/article/article.ts'
import { EmbeddedEngine } from '../../src/index/embedded-engine.ts'
import { EmbeddedReader } from '../../src/index/embedded-reader.ts'
import { ArticleIndex } from '../../src/index/segment/segment.ts'
import { SurfaceForms } from '../../src/index/suggest/surface-forms.ts'
import type { Engine, EngineReader } from '../../src/search/engine/engine.ts'
import { analyzeQuery } from '../../src/search/query/analyze.ts'
import type { AnalyzedQuery, SearchOptions } from '../../src/search/query/analyzed-query.ts'
import type { SearchResult } from '../../src/search/rank/search-result.ts'
import type { Recency } from '../../src/search/ranking/recency.ts'
import { Searcher } from '../../src/search/searcher.ts'
import { WorkBudget } from '../../src/work-budget.ts'
import { articleOf } from './articles.ts'

export const analyzer: Analyzer = createAnalyzer()

/** An index of these articles; the first gets number 1, and so on. */
export function indexOf(articles: Iterable<Article>, by: Analyzer = analyzer): ArticleIndex {
  const index = new ArticleIndex()
  let seqNo = 0
  for (const article of articles) {
    seqNo += 1
    index.add(seqNo, article, by)
  }
  index.seqNo = seqNo
  return index
}

/** An engine over an index whose articles are not in SQLite but in a map by their numbers. */
export function engineOf(
  index: ArticleIndex,
  articles: ReadonlyMap<number, Article>,
  by: Analyzer = analyzer,
): EmbeddedEngine {
  const byId = (id: string): Article | undefined => [...articles.values()].find((article) => article.id === id)
  const source = { id: 'probe', bySeqNo: (number: number) => articles.get(number), byId }
  return new EmbeddedEngine(index, source, { analyzer: by, fingerprint: 'probe' })
}

/** Articles that have nothing but their ids: what is found does not depend on what is shown. */
const textless =
  (index: ArticleIndex) =>
  (number: number): Article =>
    articleOf({ id: index.documents.ids.at(index.documents.seqNos.indexOf(number)) as string })

export const textlessEngine = (index: ArticleIndex): EmbeddedEngine => {
  const articleOfNumber = textless(index)
  return new EmbeddedEngine(
    index,
    { id: 'probe', bySeqNo: articleOfNumber, byId: () => undefined },
    { analyzer, fingerprint: 'probe' },
  )
}

/** A reader of an index, without texts. */
export function readerOf(index: ArticleIndex): EmbeddedReader {
  const articleOfNumber = textless(index)
  return new EmbeddedReader(
    index,
    analyzer,
    new SurfaceForms(index, articleOfNumber),
    { bySeqNo: articleOfNumber },
    () => 'probe',
  )
}

export function searchReader(
  reader: EngineReader,
  plan: AnalyzedQuery,
  budget: WorkBudget = new WorkBudget(),
): Promise<SearchResult> {
  return new Searcher().search(plan, reader.withBudget(budget), analyzer, budget)
}

/** A search on an engine, as the service makes it. */
export function search(
  engine: Engine,
  plan: AnalyzedQuery,
  budget: WorkBudget = new WorkBudget(),
  recency: Recency | null = null,
  prefersGerman = true,
): Promise<SearchResult> {
  return engine.read(
    (reader) => new Searcher({ recency, prefersGerman }).search(plan, reader, analyzer, budget),
    budget,
  )
}

export type Asked = Partial<SearchOptions>

export function ask(
  engine: Engine,
  query: string,
  asked: Asked = {},
  recency: Recency | null = null,
): Promise<SearchResult> {
  const analyzed = analyzeQuery(query, analyzer, { limit: 100, foldDuplicates: 'none', ...asked })
  return search(engine, analyzed, undefined, recency)
}

/** Builds and asks at once. */
export function askOf(articles: readonly Article[], query: string, asked: Asked = {}): Promise<SearchResult> {
  const numbered = new Map(articles.map((article, i) => [i + 1, article]))
  return ask(engineOf(indexOf(articles), numbered), query, asked)
}

/** Everything of an answer that must not depend on how the index came about. */
export function comparable({ hits, totalHits, words, droppedWords, facets }: SearchResult) {
  return {
    facets,
    totalHits,
    termWeights: words.map(({ termWeight }) => termWeight),
    droppedWords,
    hits: hits.map(({ article, score, title, text, duplicates, parts }) => ({
      id: article.id,
      score,
      duplicates,
      parts,
      located: [title, text].map((field) => ({
        ...{ count: field.count, matches: field.matches, matchedWords: field.matchedWords },
        tokens: Array.from({ length: field.count }, (_, token) => [
          field.startOf(token),
          field.endOf(token),
          field.beginsSentence(token),
        ]),
      })),
    })),
  }
}
