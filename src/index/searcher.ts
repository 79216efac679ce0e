import type { Analyzer } from '../analysis/analyzer.ts'
import type { ExpandedWord, ScoreParts } from '../search/engine/engine.ts'
import { type Facets, NO_FACETS } from '../search/engine/facets.ts'
import { phrasesWanted } from '../search/query/constraint.ts'
import type { Phrase } from '../search/query/phrase.ts'
import { type QueryPlan, withoutUnmatchedPhrases } from '../search/query/plan.ts'
import { inverseDocumentFrequency } from '../search/ranking/bm25.ts'
import { type Features, secondStage } from '../search/ranking/signals.ts'
import { WEIGHTS } from '../search/ranking/weights.ts'
import { COST, SHARE, WorkBudget } from '../work-budget.ts'
import { topOf } from './arrays/top-k.ts'
import { collapse, groupsByField } from './docset/collapse.ts'
import { notHidden, pinnedThen, pinsOf, withPinned } from './docset/curation.ts'
import { facetsOf } from './docset/facets.ts'
import { combined, type DocSet, emptyDocSet, filterDocSet, liveDocSet } from './docset/filter-docs.ts'
import { type Groups, NearDuplicates } from './docset/near-duplicates.ts'
import { type Order, orderBy, prepareOrder } from './docset/sort-order.ts'
import { QueryExpander } from './expand/query-expander.ts'
import { FormMatcher } from './match/form-matcher.ts'
import { PhraseMatcher } from './match/phrase-matcher.ts'
import { FeatureExtraction } from './rank/feature-extractor.ts'
import { type Recency, recencyFactor } from './rank/recency.ts'
import { scorePartsOf } from './rank/score-parts.ts'
import { Bm25Retriever, type RetrievalResult } from './retrieve/bm25-retriever.ts'
import { type ConstraintContext, Constraints } from './retrieve/constraints.ts'
import type { ArticleIndex } from './segment/segment.ts'

/** What a search found in an index. */
export interface Retrieved {
  /** The stretch the plan asked for, best first. */
  readonly hits: readonly RetrievedHit[]
  readonly totalHits: number
  /** The words of the plan, as the index reads them. */
  readonly words: readonly ExpandedWord[]
  readonly termWeights: readonly number[]
  readonly droppedWords: readonly number[]
  readonly facets: Facets
  /** Which forms match them. */
  readonly matches: FormMatcher
}

export interface RetrievedHit {
  readonly docId: number
  readonly score: number
  /** How many others were folded into it. */
  readonly duplicates: number
  readonly isPinned: boolean
  /** Null where the plan did not ask for them. */
  readonly parts: ScoreParts | null
}

/** So many of the best of the first stage are read for the second. */
export const CANDIDATES = 100

/** One of the best of the first stage. */
export interface Candidate {
  readonly docId: number
  readonly firstStage: number
  readonly features: Features
}

/** Words entered into the spelling index, and tokens signed, in one piece of work: a few milliseconds each. */
const WORDS_PREPARED = 512
const TOKENS_PREPARED = 10_000
/** Articles grouped in one piece. */
const ARTICLES_PREPARED = 10_000
/**
 * Searches one index, in two stages: every article that has a word of the query is scored by BM25 (bm25-retriever.ts), and the best
 * hundred are read and scored by everything else (signals.ts). One search at a time; what it needs for working is kept from one to
 * the next.
 */
export class Searcher {
  readonly index: ArticleIndex
  readonly phrases: PhraseMatcher
  readonly #recency: Recency | null
  readonly #expansions: QueryExpander
  readonly #firstStage: Bm25Retriever
  readonly #reader: FeatureExtraction
  readonly #constraints: Constraints
  readonly #duplicates: NearDuplicates

  constructor(index: ArticleIndex, analyzer: Analyzer, recency: Recency | null = null) {
    this.index = index
    this.phrases = new PhraseMatcher(index, analyzer)
    this.#recency = recency
    this.#expansions = new QueryExpander(index)
    this.#firstStage = new Bm25Retriever(index, this.#expansions, this.phrases)
    this.#reader = new FeatureExtraction(index)
    this.#constraints = new Constraints(index, analyzer, this.phrases)
    this.#duplicates = new NearDuplicates(index)
  }

  /**
   * Does, a piece at a time, what the first search with an unknown word, with folding, sorting, filters or for similar articles would
   * wait for. Between two pieces searches may run, and the index may change.
   */
  *preparation(): Generator<void> {
    const { documents, grams, fields } = this.index
    documents.norms()
    yield
    grams.rarities()
    yield
    while (!this.#expansions.prepare(WORDS_PREPARED)) yield
    while (!this.#duplicates.prepareNear(TOKENS_PREPARED)) yield
    documents.docIdsWithId('')
    yield
    for (const name of ['id', ...fields.names]) {
      prepareOrder(this.index, name)
      fields.column(name)?.codesWith('')
      yield
    }
  }

  /**
   * Only one search at a time: while one gives way to other requests, its working tables are in use.
   * @throws FundstelleError `request_costly`
   */
  async search(plan: QueryPlan, budget: WorkBudget = new WorkBudget()): Promise<Retrieved> {
    try {
      return await (plan.empty ? this.#newest(plan, budget) : this.#ranked(plan, budget))
    } catch (error) {
      this.#firstStage.restore()
      this.#reader.restore()
      throw error
    }
  }

  async #ranked(asked: QueryPlan, budget: WorkBudget): Promise<Retrieved> {
    this.phrases.begin(budget)
    await this.phrases.findAll(phrasesWanted(asked.constraint).filter(({ field }) => isInTokens(field)))
    const plan = withoutUnmatchedPhrases(asked, (phrase, field) => this.#isUnmatched(phrase, field))
    let allowed: DocSet | null = null
    const found = await this.#firstStage.search(plan, budget, async (context) => {
      allowed = await this.#allowed(plan, context, budget)
      return allowed
    })
    const { words, termWeights, totals } = found
    if (budget.isHolding) await budget.giveWay()
    const reading = this.#reader.begin(words, termWeights, plan.sequence, budget)
    const phrases = this.#addPhrases(plan, found.hits, totals)
    const factors = this.#recency === null ? null : recencyFactor(this.index.documents.times, this.#recency)
    if (factors !== null) for (const docId of found.hits) totals[docId] = (totals[docId] as number) * factors(docId)
    const byScore = this.#byScore(totals)
    budget.spend(COST.comparison * found.hits.length)
    const read = new Map<number, Features>()
    for (const docId of topOf(found.hits, CANDIDATES, byScore)) {
      if (budget.isHolding) await budget.giveWay()
      if (budget.isSpent(SHARE.ranking)) {
        budget.cut('ranking')
        break
      }
      const features = reading.features(docId)
      read.set(docId, features)
      const more = secondStage(features, WEIGHTS) * (factors?.(docId) ?? 1)
      totals[docId] = (totals[docId] as number) + more
    }
    const pins = pinsOf(this.index, plan, allowed)
    // who is there for the owner's sake alone has no score: nothing of it is written, or the next search would find it there
    const hits = withPinned(found.hits, pins)
    const order =
      plan.sort.length > 0 ? sortedThen(orderBy(this.index, plan.sort, budget), byScore) : pinnedThen(pins, byScore)
    const listed = await this.#list(hits, plan, order, budget)
    const [best] = listed.best
    const shares = plan.explain ? this.#sharesOf(listed.docIds, found, budget) : null
    return {
      hits: listed.docIds.map((docId, at) => ({
        docId,
        score: totals[docId] as number,
        duplicates: listed.duplicatesOf(docId),
        isPinned: pins.has(docId),
        parts: shares && scorePartsOf(shares[at] ?? [], read.get(docId), phrases.get(docId), factors?.(docId)),
      })),
      totalHits: listed.total,
      words,
      termWeights,
      droppedWords: best === undefined ? [] : found.lackedBy(best),
      facets: listed.facets,
      matches: reading.matches,
    }
  }

  /** The best of the first stage with what the second reads of them: for tuning and explaining. */
  async candidates(plan: QueryPlan): Promise<Candidate[]> {
    const budget = new WorkBudget(Number.POSITIVE_INFINITY)
    this.phrases.begin(budget)
    const { words, termWeights, hits, totals } = await this.#firstStage.search(plan, budget)
    const reading = this.#reader.begin(words, termWeights, plan.sequence, budget)
    return topOf(hits, CANDIDATES, this.#byScore(totals)).map((docId) => ({
      docId,
      firstStage: totals[docId] as number,
      features: reading.features(docId),
    }))
  }

  #byScore(totals: Float64Array): Order {
    const { compare } = this.index.documents
    return (a, b) => (totals[b] as number) - (totals[a] as number) || compare(a, b)
  }

  async #newest(plan: QueryPlan, budget: WorkBudget): Promise<Retrieved> {
    const { documents } = this.index
    const liveDocs = liveDocSet(this.index)
    const docSet =
      plan.filter === null ? liveDocs : combined('and', [await filterDocSet(this.index, plan.filter, budget), liveDocs])
    const hits = new Uint32Array(documents.size)
    let count = 0
    for (let docId = 0; docId < docSet.length; docId++) {
      hits[count] = docId
      count += docSet[docId] as number
    }
    const order =
      plan.sort.length > 0 ? sortedThen(orderBy(this.index, plan.sort, budget), documents.compare) : documents.compare
    const listed = await this.#list(hits.subarray(0, count), plan, order, budget)
    return {
      hits: listed.docIds.map((docId) => ({
        docId,
        score: 0,
        duplicates: listed.duplicatesOf(docId),
        isPinned: false,
        parts: plan.explain ? { words: [], signals: [] } : null,
      })),
      totalHits: listed.total,
      words: [],
      termWeights: [],
      droppedWords: [],
      facets: listed.facets,
      matches: new FormMatcher(this.index, []),
    }
  }

  /** Who may be a hit by the filter, the operators and the site owner's list; null where everyone may. */
  async #allowed(plan: QueryPlan, context: ConstraintContext, budget: WorkBudget): Promise<DocSet | null> {
    const docSets: DocSet[] = []
    if (plan.filter !== null) docSets.push(await filterDocSet(this.index, plan.filter, budget))
    if (plan.constraint !== null) docSets.push(await this.#constraints.docSet(plan.constraint, context, budget))
    if (plan.hidden.length > 0) docSets.push(notHidden(this.index, new Set(plan.hidden)))
    if (plan.excludeLike !== null) docSets.push(this.#unlike(plan.excludeLike, budget))
    return docSets.length === 0 ? null : combined('and', [...docSets, liveDocSet(this.index)])
  }

  /** All but an article, and what is the same or nearly so. */
  #unlike(id: string, budget: WorkBudget): DocSet {
    const docSet = emptyDocSet(this.index).fill(1)
    const docId = this.index.documents.docIdOfId(id)
    if (docId === undefined) return docSet
    docSet[docId] = 0
    for (const other of this.#duplicates.alike(docId, budget)) docSet[other] = 0
    return docSet
  }

  #isUnmatched(phrase: Phrase, field: string | null): boolean {
    if (!isInTokens(field)) return false
    return this.phrases.articles(phrase, field).size === 0
  }

  /** Lets those come first who have a phrase just as it is spelt; gives what it added. */
  #addPhrases(plan: QueryPlan, hits: Uint32Array, totals: Float64Array): ReadonlyMap<number, number> {
    const added = new Map<number, number>()
    for (const { phrase, field } of phrasesWanted(plan.constraint)) {
      const bonus = WEIGHTS.phrase * this.#phraseWeight(phrase)
      for (const [docId, isExact] of this.phrases.articles(phrase, field))
        if (isExact) added.set(docId, (added.get(docId) ?? 0) + bonus)
    }
    if (added.size === 0) return added
    for (const docId of hits) totals[docId] = (totals[docId] as number) + (added.get(docId) ?? 0)
    return added
  }

  #phraseWeight(phrase: Phrase): number {
    const { vocabulary, documents } = this.index
    return phrase.reduce(
      (sum, { term }) => sum + inverseDocumentFrequency(vocabulary.documentFrequency(term), documents.liveCount),
      0,
    )
  }

  /** Null where the budget is used up: shares that do not add up to the score explain nothing. */
  #sharesOf(docIds: readonly number[], { sharesOf }: RetrievalResult, budget: WorkBudget): number[][] | null {
    if (!budget.isSpent(SHARE.ranking)) return sharesOf(docIds)
    budget.cut('explanation')
    return null
  }

  /** Folds duplicates, counts facets, and gives the stretch the plan asked for. */
  async #list(hits: Uint32Array, plan: QueryPlan, order: Order, budget: WorkBudget): Promise<Listed> {
    const duplicates = new Map<number, number>()
    let kept = collapse(hits, await this.#groupsOf(plan, budget), order, duplicates)
    budget.spend(COST.foldedHit * hits.length)
    if (plan.distinct !== null) {
      budget.spend(COST.foldedHit * kept.length + COST.entry * this.index.documents.size)
      kept = collapse(kept, groupsByField(this.index, plan.distinct), order, null)
    }
    let facets = NO_FACETS
    if (plan.facets.length > 0) {
      const docSet = new Uint8Array(this.index.documents.size)
      for (const docId of kept) docSet[docId] = 1
      facets = await facetsOf(this.index, docSet, plan.facets, plan.maxValuesPerFacet, budget)
    }
    if (budget.isHolding) await budget.giveWay()
    const wanted = Math.max(1, plan.offset + plan.limit)
    const since = budget.spent
    // most hits are compared with the last of the page alone
    const listed = Math.min(wanted, kept.length)
    budget.spend(COST.comparison * (kept.length + listed * Math.ceil(Math.log2(2 + listed))))
    if (plan.sort.length > 0) budget.demand('sort', since)
    const best = topOf(kept, wanted, order)
    return {
      best,
      docIds: best.slice(plan.offset, plan.offset + plan.limit),
      total: kept.length,
      facets,
      duplicatesOf: (docId) => duplicates.get(docId) ?? 0,
    }
  }

  /** Where articles came or went since, the groups are found first, in pieces. */
  async #groupsOf({ foldDuplicates }: QueryPlan, budget: WorkBudget): Promise<Groups | null> {
    if (foldDuplicates === 'none') return null
    const goOn = (): boolean =>
      foldDuplicates === 'exact'
        ? this.#duplicates.prepareExact(ARTICLES_PREPARED)
        : this.#duplicates.prepareNear(TOKENS_PREPARED)
    while (!goOn()) if (budget.isHolding) await budget.giveWay()
    return foldDuplicates === 'exact' ? this.#duplicates.exact() : this.#duplicates.near()
  }
}

interface Listed {
  /** From the very first hit on to the end of the stretch. */
  readonly best: readonly number[]
  readonly docIds: readonly number[]
  readonly total: number
  readonly facets: Facets
  readonly duplicatesOf: (docId: number) => number
}

const sortedThen =
  (sort: Order, then: Order): Order =>
  (a, b) =>
    sort(a, b) || then(a, b)

/** Whether a field's words stand in the forward index, with their order. */
function isInTokens(field: string | null): boolean {
  return field === null || field === 'title' || field === 'text'
}
