import { type Analyzer, createAnalyzer } from '../../src/analysis/analyzer.ts'
import type { Article } from '../../src/article/article.ts'
import { EmbeddedEngine } from '../../src/index/embedded-engine.ts'
import { ArticleIndex } from '../../src/index/segment/segment.ts'
import type { EngineAnswer } from '../../src/search/engine/engine.ts'
import { planQuery, type SearchOptions } from '../../src/search/query/plan.ts'
import type { ArticleStore } from '../../src/store/article-store.ts'

export const analyzer: Analyzer = createAnalyzer()

/** An index of these articles; the first gets sequence number 1, and so on. */
export function indexOf(articles: Iterable<Article>): ArticleIndex {
  const index = new ArticleIndex()
  let seqNo = 0
  for (const article of articles) {
    seqNo += 1
    index.add(seqNo, article, analyzer)
  }
  index.seqNo = seqNo
  return index
}

/** An engine over an index whose articles are not in SQLite but in a map by their sequence numbers. */
export function engineOf(index: ArticleIndex, articles: ReadonlyMap<number, Article>): EmbeddedEngine {
  const store = { id: 'probe', bySeqNo: (seqNo: number) => articles.get(seqNo) } as Pick<ArticleStore, 'id' | 'bySeqNo'>
  return new EmbeddedEngine(index, store as ArticleStore, { analyzer, fingerprint: 'probe' })
}

export type Asked = Partial<SearchOptions>

export function ask(engine: EmbeddedEngine, query: string, asked: Asked = {}): Promise<EngineAnswer> {
  return engine.search(planQuery(query, analyzer, { limit: 100, foldDuplicates: 'none', ...asked }))
}

/** Builds and asks at once. */
export function askOf(articles: readonly Article[], query: string, asked: Asked = {}): Promise<EngineAnswer> {
  const numbered = new Map(articles.map((article, i) => [i + 1, article]))
  return ask(engineOf(indexOf(articles), numbered), query, asked)
}

/** Everything of an answer that must not depend on how the index came about. */
export function comparable({ hits, totalHits, termWeights, droppedWords, facets }: EngineAnswer) {
  return {
    facets,
    totalHits,
    termWeights,
    droppedWords,
    hits: hits.map(({ article, score, title, text, duplicates, parts }) => ({
      id: article.id,
      score,
      duplicates,
      parts,
      located: [title, text].map(({ count, starts, ends, sentences, matches, matchedWords }) => ({
        ...{ count, matches, matchedWords },
        ...{ starts: [...starts], ends: [...ends], sentences: [...sentences] },
      })),
    })),
  }
}
