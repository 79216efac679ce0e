import { anyOf, type Query } from './filter-query.ts'
import { FREQUENCIES_REMEMBERED, GatheredLookups, RememberedAnswers } from './gathered-lookups.ts'
import type { Snapshot } from './snapshot.ts'
import { storedTerm } from './stored-terms.ts'

/** Terms counted in one search. */
const COUNTED_MAX = 500

const known = new WeakMap<Snapshot, ArticleCounts>()

/** How many articles of one state have something; what was asked for once is remembered for all searches of this state. */
export class ArticleCounts {
  readonly #snapshot: Snapshot
  readonly #remembered = new RememberedAnswers<number>(FREQUENCIES_REMEMBERED)
  readonly #byField = new Map<string, GatheredLookups<number>>()

  private constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot
  }

  static of(snapshot: Snapshot): ArticleCounts {
    const counts = known.get(snapshot) ?? new ArticleCounts(snapshot)
    known.set(snapshot, counts)
    return counts
  }

  /** The articles of a query. */
  of(query: Query): Promise<number> {
    return this.#remembered.of(JSON.stringify(query), () => this.#count(query, true))
  }

  /** Whether there are any. */
  async has(query: Query): Promise<boolean> {
    return (await this.#remembered.of(`any ${JSON.stringify(query)}`, () => this.#count(query, 1))) > 0
  }

  async #count(query: Query, most: true | number): Promise<number> {
    const { hits } = await this.#snapshot.searchArticles<{ hits: { total: { value: number } } }>({
      size: 0,
      query,
      track_total_hits: most,
    })
    return hits.total.value
  }

  /** For terms that few articles have in a field: all are counted in one search, which looks at every article with any of them. */
  having(field: string, terms: readonly string[]): Promise<number[]> {
    let lookups = this.#byField.get(field)
    if (lookups === undefined) {
      const beforeNext = (gather: () => void): void => this.#snapshot.beforeNextRequest(gather)
      lookups = new GatheredLookups((some) => this.#countTerms(field, some), beforeNext, 0, FREQUENCIES_REMEMBERED)
      this.#byField.set(field, lookups)
    }
    return lookups.of(terms)
  }

  async #countTerms(field: string, terms: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>()
    for (let at = 0; at < terms.length; at += COUNTED_MAX) {
      const some = terms.slice(at, at + COUNTED_MAX)
      const filters = some.map((term) => ({ term: { [field]: storedTerm(term) } }))
      const { aggregations } = await this.#snapshot.searchArticles<{
        aggregations: { counts: { buckets: { doc_count: number }[] } }
      }>({ size: 0, track_total_hits: false, query: anyOf(filters), aggs: { counts: { filters: { filters } } } })
      for (const [i, { doc_count }] of aggregations.counts.buckets.entries()) counts.set(some[i] as string, doc_count)
    }
    return counts
  }
}
