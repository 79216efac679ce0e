// The room `index/match`: which articles have a phrase, and token streams from the forward index. It reads `segment`; how tokens match
// is decided in `search/match`.

import type { Analyzer } from '../../analysis/analyzer.ts'
import { type PhraseSpans, phraseSpansOf } from '../../search/match/phrase-spans.ts'
import type { Phrase, PhraseWord } from '../../search/query/phrase.ts'
import type { FieldPhrase } from '../../search/query/resolved-query.ts'
import { COST, SHARE, WorkBudget } from '../../work-budget.ts'
import { OCCURRENCE_KINDS } from '../segment/posting-list.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import { tokenStreamOf } from './token-stream.ts'

/** By docId of the articles that have a phrase whether it is spelt just so there. */
export type PhraseDocs = ReadonlyMap<number, boolean>

/**
 * Finds the articles that have a phrase, by the forward index. Each phrase of a query is looked for once, whoever asks: the rewriting
 * for their number, operators for the articles, scores for those where it is spelt just so.
 */
export class PhraseMatcher {
  readonly spans: PhraseSpans
  readonly #index: ArticleIndex
  // of the query that is being answered: what it may cost still, and what was found
  #budget = new WorkBudget()
  #found = new Map<Phrase, Map<string | null, PhraseDocs>>()
  /** By article how many words of a phrase were found in it, in turn; all zero between uses. */
  #stages = new Uint8Array(0)

  constructor(index: ArticleIndex, analyzer: Analyzer) {
    this.#index = index
    this.spans = phraseSpansOf(index.vocabulary, analyzer)
  }

  /** Forgets what was found: articles may have come or gone. */
  reset(budget: WorkBudget): void {
    this.#budget = budget
    this.#found = new Map()
  }

  /**
   * Finds the phrases of a query that were not found yet. Each gets an equal part of the budget, and articles that have the words of all
   * of them are looked through first: where the budget does not reach, an article that has all phrases is still found.
   */
  async findAll(wanted: readonly FieldPhrase[]): Promise<readonly PhraseDocs[]> {
    const budget = this.#budget
    const open = wanted.filter(({ phrase, field }) => this.#found.get(phrase)?.get(field) === undefined)
    const candidates = open.map(({ phrase }) => this.#candidates(phrase, budget))
    const common = open.length > 1 ? inAll(candidates, budget) : new Set<number>()
    const begun = Math.min(SHARE.phrases, budget.spent / budget.limit)
    for (const [at, { phrase, field }] of open.entries()) {
      const share = begun + ((SHARE.phrases - begun) * (at + 1)) / open.length
      const others = (candidates[at] as number[]).filter((docId) => !common.has(docId))
      await this.find(phrase, field, budget, share, [...common, ...others])
    }
    return wanted.map(({ phrase, field }) => this.articles(phrase, field))
  }

  /**
   * The living articles that have a phrase; those found so far where its part of the budget is used up. Takes time in proportion to
   * the posting lists of its words and the tokens of the articles that have them all; once for each query. Gives way meanwhile.
   * @param field only in this one: `title` or `text`; null for anywhere
   * @param share how much of the budget may be used up
   * @param candidates the living articles that have all its words, in the order they are looked through
   */
  async find(
    phrase: Phrase,
    field: string | null,
    budget: WorkBudget,
    share: number,
    candidates: readonly number[] = this.#candidates(phrase, budget),
  ): Promise<PhraseDocs> {
    const known = this.#found.get(phrase)?.get(field)
    if (known !== undefined) return known
    const docs = new Map<number, boolean>()
    for (let at = 0; at < candidates.length; ) {
      at = this.#lookThrough(phrase, field, budget, share, candidates, at, docs)
      if (budget.isHolding) await budget.giveWay()
    }
    return this.#remember(phrase, field, docs)
  }

  /** The same for what is looked for within a step of a search, and what was found already. */
  articles(phrase: Phrase, field: string | null): PhraseDocs {
    const known = this.#found.get(phrase)?.get(field)
    if (known !== undefined) return known
    const budget = this.#budget
    const candidates = this.#candidates(phrase, budget)
    const docs = new Map<number, boolean>()
    for (let at = 0; at < candidates.length; )
      at = this.#lookThrough(phrase, field, budget, SHARE.phrases, candidates, at, docs)
    return this.#remember(phrase, field, docs)
  }

  #remember(phrase: Phrase, field: string | null, docs: PhraseDocs): PhraseDocs {
    const byField = this.#found.get(phrase) ?? new Map<string | null, PhraseDocs>()
    this.#found.set(phrase, byField.set(field, docs))
    return docs
  }

  /** Looks through candidates from a place on until others should get their turn; gives where to go on. */
  #lookThrough(
    phrase: Phrase,
    field: string | null,
    budget: WorkBudget,
    share: number,
    candidates: readonly number[],
    from: number,
    docs: Map<number, boolean>,
  ): number {
    return this.spans.finding(phrase, budget, (find) => {
      if (find === null) return candidates.length
      for (let at = from; at < candidates.length; at++) {
        const docId = candidates[at] as number
        if (budget.isSpent(share)) {
          budget.cut('phrases')
          return candidates.length
        }
        let isExact: boolean | undefined
        // one that is spelt just so is all there is to know
        find(tokenStreamOf(this.#index, docId), field, budget, (span) => {
          isExact = span.isExact
          return isExact
        })
        if (isExact !== undefined) docs.set(docId, isExact)
        if (budget.isHolding) return at + 1
      }
      return candidates.length
    })
  }

  /** The living articles that have all words of a phrase. */
  #candidates(phrase: Phrase, budget: WorkBudget): number[] {
    const { vocabulary, postings, documents } = this.#index
    if (this.#stages.length < documents.size) this.#stages = new Uint8Array(Math.ceil(documents.size * 1.25))
    const stages = this.#stages
    const termsOf = ({ term, units }: PhraseWord): string[] => {
      if (units.length === 1) return [term]
      const rarest = units.reduce((a, b) =>
        vocabulary.documentFrequency(b.term) < vocabulary.documentFrequency(a.term) ? b : a,
      )
      return [term, rarest.term]
    }
    const words = phrase
      .map((word) => ({ terms: termsOf(word) }))
      .map(({ terms }) => ({ terms, count: terms.reduce((sum, one) => sum + vocabulary.documentFrequency(one), 0) }))
      .sort((a, b) => a.count - b.count)
    const touched: number[] = []
    try {
      for (const [stage, { terms }] of words.entries()) {
        for (const term of terms) {
          for (let kind = 0; kind < OCCURRENCE_KINDS; kind++) {
            for (const { docIds, start, end } of postings.lists(vocabulary.termNumber(term), kind)) {
              budget.spend(COST.posting * (end - start))
              for (let i = start; i < end; i++) {
                const docId = docIds[i] as number
                if (stages[docId] !== stage) continue
                stages[docId] = stage + 1
                if (stage === 0) touched.push(docId)
              }
            }
          }
        }
      }
      return touched.filter((docId) => stages[docId] === words.length && documents.deletedDocs[docId] === 0)
    } finally {
      for (const docId of touched) stages[docId] = 0
    }
  }
}

/** Which articles are in every list, in the order of the first. */
function inAll(lists: readonly (readonly number[])[], budget: WorkBudget): Set<number> {
  const [first = [], ...others] = lists
  const sets = others.map((docIds) => new Set(docIds))
  budget.spend(COST.value * lists.reduce((sum, { length }) => sum + length, 0))
  return new Set(first.filter((docId) => sets.every((set) => set.has(docId))))
}
