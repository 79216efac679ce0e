import { type Facets, NO_FACETS } from '../../search/engine/facets.ts'
import type { RetrievalPlan } from '../../search/engine/retrieval.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import { topOf } from '../arrays/top-k.ts'
import { collapse, groupsByField } from '../docset/collapse.ts'
import { facetsOf } from '../docset/facets.ts'
import type { Groups, NearDuplicates } from '../docset/near-duplicates.ts'
import type { Order } from '../docset/sort-order.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/** Tokens signed, and articles grouped, in one piece of work: a few milliseconds each. */
const TOKENS_PREPARED = 10_000
const ARTICLES_PREPARED = 10_000

/** The hits that a plan asks for, with what was counted over all of them. */
export interface HitList {
  /** The very first hit; undefined where there is none. */
  readonly best: number | undefined
  readonly docIds: readonly number[]
  readonly total: number
  readonly facets: Facets
  readonly duplicatesOf: (docId: number) => number
}

/**
 * Folds duplicates, counts facets, and gives the stretch that the plan asks for.
 * @throws FundstelleError `request_costly`
 */
export async function listHits(
  index: ArticleIndex,
  near: NearDuplicates,
  hits: Uint32Array,
  plan: RetrievalPlan,
  order: Order,
  budget: WorkBudget,
): Promise<HitList> {
  const duplicates = new Map<number, number>()
  let kept = collapse(hits, await groupsOf(near, plan, budget), order, duplicates)
  budget.spend(COST.foldedHit * hits.length)
  if (plan.distinct !== null) {
    budget.spend(COST.foldedHit * kept.length + COST.entry * index.documents.size)
    kept = collapse(kept, groupsByField(index, plan.distinct), order, null)
  }
  let facets = NO_FACETS
  if (plan.facets.length > 0) {
    const docSet = new Uint8Array(index.documents.size)
    for (const docId of kept) docSet[docId] = 1
    facets = await facetsOf(index, docSet, plan.facets, plan.maxValuesPerFacet, budget)
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
    best: best[0],
    docIds: best.slice(plan.offset, plan.offset + plan.limit),
    total: kept.length,
    facets,
    duplicatesOf: (docId) => duplicates.get(docId) ?? 0,
  }
}

/** Where articles came or went since, the groups are found first, in pieces. */
async function groupsOf(
  duplicates: NearDuplicates,
  { foldDuplicates }: RetrievalPlan,
  budget: WorkBudget,
): Promise<Groups | null> {
  if (foldDuplicates === 'none') return null
  const goOn = (): boolean =>
    foldDuplicates === 'exact' ? duplicates.prepareExact(ARTICLES_PREPARED) : duplicates.prepareNear(TOKENS_PREPARED)
  while (!goOn()) if (budget.isHolding) await budget.giveWay()
  return foldDuplicates === 'exact' ? duplicates.exact() : duplicates.near()
}
