// The room `index/retrieve`: a plan of terms and weights to scored hits, and these to the page that is asked for. It reads `segment`
// through `docset`, `dictionary` and `match`, and scores by the formulas of `search/ranking`.

import type { Collected, Retrieval, RetrievalPlan, ScoreShares } from '../../search/engine/retrieval.ts'
import { dateFactor } from '../../search/ranking/recency.ts'
import { COST, SHARE, type WorkBudget } from '../../work-budget.ts'
import { topOf } from '../arrays/top-k.ts'
import { combined, filterDocSet, liveDocSet } from '../docset/filter-docs.ts'
import type { NearDuplicates } from '../docset/near-duplicates.ts'
import { pinnedThen, pinsOf, withPinned } from '../docset/pins.ts'
import { type Order, orderBy } from '../docset/sort-order.ts'
import type { PhraseMatcher } from '../match/phrase-matcher.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import type { AllowedDocs } from './allowed-docs.ts'
import type { Bm25Retriever } from './bm25-retriever.ts'
import { listHits } from './hit-list.ts'
import { articlesInOtherLanguages } from './other-languages.ts'

/** What retrieving needs of an index, made once for all queries. */
export interface RetrievalParts {
  readonly index: ArticleIndex
  readonly retriever: Bm25Retriever
  readonly phrases: PhraseMatcher
  readonly allowed: AllowedDocs
  readonly duplicates: NearDuplicates
}

/** Scores the articles that match, with what phrases and dates add. */
export async function retrieveScored(
  parts: RetrievalParts,
  plan: RetrievalPlan & { readonly words: NonNullable<RetrievalPlan['words']> },
  budget: WorkBudget,
): Promise<Retrieval> {
  const { index, retriever, phrases } = parts
  const { words, dateBoost } = plan
  const allowed = await parts.allowed.of(plan, budget)
  const { hits, byTitle, totals, isHit, lackedBy, sharesOf } = await retriever.score(words, plan, allowed)
  if (budget.isHolding) await budget.giveWay()
  const boosts = phraseBoosts(plan, phrases)
  if (boosts.size > 0) for (const docId of hits) totals[docId] = (totals[docId] as number) + (boosts.get(docId) ?? 0)
  const { times } = index.documents
  const inOthers = plan.otherLanguageFactor === 1 ? null : articlesInOtherLanguages(index)
  const dateFactorOf = (docId: number): number =>
    dateBoost === null ? 1 : dateFactor(times[docId] as number, dateBoost)
  const languageFactorOf = (docId: number): number => (inOthers?.[docId] === 1 ? plan.otherLanguageFactor : 1)
  const factorOf = (docId: number): number => dateFactorOf(docId) * languageFactorOf(docId)
  if (dateBoost !== null || inOthers !== null)
    for (const docId of hits) totals[docId] = (totals[docId] as number) * factorOf(docId)
  const compare = tieOrder(index, plan)
  const byScore: Order = (a, b) => (totals[b] as number) - (totals[a] as number) || compare(a, b)
  budget.spend(COST.comparison * hits.length)
  return {
    candidates: [...new Set([...topOf(hits, plan.candidates, byScore), ...byTitle])],
    async collect(added) {
      for (const [docId, more] of added) totals[docId] = (totals[docId] as number) + more * factorOf(docId)
      const pins = pinsOf(index, plan.pinned, allowed)
      // a pinned article that is no hit has no score: nothing is written for it, or the next search would find it there
      const sufficient = plan.scoreMin > 0 ? hits.filter((docId) => (totals[docId] as number) >= plan.scoreMin) : hits
      const listed = withPinned(sufficient, pins)
      const order = plan.sort.length > 0 ? sortedThen(plan, byScore) : pinnedThen(pins, byScore)
      const list = await listHits(index, parts.duplicates, listed, plan, order, budget)
      const shares = plan.explain ? shownShares(list.docIds) : null
      return {
        hits: list.docIds.map((docId, i) => ({
          docId,
          score: isHit(docId) ? (totals[docId] as number) : 0,
          duplicates: list.duplicatesOf(docId),
          isPinned: pins.has(docId),
          shares:
            shares &&
            (isHit(docId)
              ? {
                  words: shares[i] ?? [],
                  phrases: boosts.get(docId) ?? 0,
                  dateFactor: dateFactorOf(docId),
                  languageFactor: languageFactorOf(docId),
                }
              : { ...NO_SHARES, words: words.map(() => 0) }),
        })),
        totalHits: list.total,
        droppedWords: list.best === undefined ? [] : lackedBy(list.best),
        facets: list.facets,
      }
    },
  }

  /** Null where the budget is used up: shares that do not add up to the score explain nothing. */
  function shownShares(docIds: readonly number[]): number[][] | null {
    if (!budget.isSpent(SHARE.ranking)) return sharesOf(docIds)
    budget.cut('explanation')
    return null
  }

  function sortedThen({ sort }: RetrievalPlan, then: Order): Order {
    const byFields = orderBy(index, sort, budget)
    return (a, b) => byFields(a, b) || then(a, b)
  }
}

const NO_SHARES: ScoreShares = { words: [], phrases: 0, dateFactor: 1, languageFactor: 1 }

/** All articles that the filter lets through, the newest first. */
export async function retrieveAll(
  { index, duplicates }: RetrievalParts,
  plan: RetrievalPlan,
  budget: WorkBudget,
): Promise<Retrieval> {
  const { documents } = index
  const liveDocs = liveDocSet(index)
  const docSet =
    plan.filter === null ? liveDocs : combined('and', [await filterDocSet(index, plan.filter, budget), liveDocs])
  const hits = new Uint32Array(documents.size)
  let count = 0
  for (let docId = 0; docId < docSet.length; docId++) {
    hits[count] = docId
    count += docSet[docId] as number
  }
  return {
    candidates: [],
    async collect(): Promise<Collected> {
      const byFields = orderBy(index, plan.sort, budget)
      const compare = tieOrder(index, plan)
      const order: Order = (a, b) => byFields(a, b) || compare(a, b)
      const list = await listHits(index, duplicates, hits.subarray(0, count), plan, order, budget)
      return {
        hits: list.docIds.map((docId) => ({
          docId,
          score: 0,
          duplicates: list.duplicatesOf(docId),
          isPinned: false,
          shares: plan.explain ? NO_SHARES : null,
        })),
        totalHits: list.total,
        droppedWords: [],
        facets: list.facets,
      }
    },
  }
}

/** The order of articles that are equal otherwise. */
const tieOrder = ({ documents }: ArticleIndex, { ties }: RetrievalPlan): Order => {
  if (ties === 'newest') return documents.compare
  const { seqNos } = documents
  return (a, b) => (seqNos[a] as number) - (seqNos[b] as number)
}

/** By docId what phrases add that stand there just as they are spelt: such articles come first. */
function phraseBoosts(plan: RetrievalPlan, phrases: PhraseMatcher): ReadonlyMap<number, number> {
  const boosts = new Map<number, number>()
  for (const { phrase, field, boost } of plan.phraseBoosts)
    for (const [docId, isExact] of phrases.articles(phrase, field))
      if (isExact) boosts.set(docId, (boosts.get(docId) ?? 0) + boost)
  return boosts
}
