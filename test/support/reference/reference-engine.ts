import type { Analyzer } from '../../../src/analysis/analyzer.ts'
import type { Article } from '../../../src/article/article.ts'
import type { Engine, EngineReader, FacetQuery, FacetValue, Suggestion } from '../../../src/search/engine/engine.ts'
import { fulfils } from './conditions.ts'
import { countsOf } from './hit-list.ts'
import { ReferenceReader } from './reference-reader.ts'

/**
 * An engine that has no index: it goes through all articles for whatever is asked, by the definitions. Slow, and short enough to be
 * seen to be right. It knows no near duplicates, completes nothing, and has no budget.
 */
export class ReferenceEngine implements Engine {
  readonly #reader: ReferenceReader

  constructor(articles: readonly Article[], analyzer: Analyzer) {
    this.#reader = new ReferenceReader(articles, analyzer)
  }

  async state(): Promise<string> {
    return this.#reader.state
  }

  read<T>(work: (reader: EngineReader) => Promise<T>): Promise<T> {
    return work(this.#reader)
  }

  async article(id: string): Promise<Article | undefined> {
    return this.#reader.documents.find(({ article }) => article.id === id)?.article
  }

  async idWithUrl(urls: readonly string[]): Promise<string | undefined> {
    for (const url of urls) {
      const found = this.#reader.documents.find(({ article }) => article.url === url)
      if (found !== undefined) return found.article.id
    }
    return undefined
  }

  async suggestTerms(): Promise<readonly Suggestion[]> {
    return []
  }

  async facetValues({ field, text, filter, most }: FacetQuery): Promise<readonly FacetValue[]> {
    const documents = this.#reader.documents.filter(({ article }) => filter === null || fulfils(article, filter))
    const lowered = (value: string): string => value.normalize('NFC').toLowerCase()
    const placeIn = (value: string): number => lowered(value).indexOf(lowered(text))
    return [...countsOf(documents, field)]
      .map(([value, count]) => ({ value, count }))
      .filter(({ value }) => placeIn(value) >= 0)
      .sort(
        (a, b) =>
          Number(placeIn(a.value) > 0) - Number(placeIn(b.value) > 0) ||
          b.count - a.count ||
          (a.value < b.value ? -1 : 1),
      )
      .slice(0, most)
  }
}
