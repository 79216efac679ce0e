import type { WorkBudget } from '../work-budget.ts'
import type { Query } from './filter-query.ts'
import type { FoundDocuments } from './found-documents.ts'
import { docIdOf, readHits } from './paging.ts'
import type { Snapshot } from './snapshot.ts'

/** Articles that are read to see whether they have what was asked for; of more only the newest are. */
export const LOOKED_THROUGH_MAX = 5_000
/** Read at once. */
const READ_MAX = 200

/** What looking through articles takes. */
export interface LookThrough {
  readonly snapshot: Snapshot
  readonly documents: FoundDocuments
  readonly budget: WorkBudget
}

/**
 * Reads the articles that a query finds, some at a time, the newest first.
 * @param what of them: what ranking takes, or they themselves
 * @returns whether all were read
 */
export async function lookThrough(
  { snapshot, documents, budget }: LookThrough,
  query: Query,
  what: 'read' | 'readArticles',
  visit: (docIds: readonly number[]) => void,
): Promise<boolean> {
  const sort = [{ time: 'desc' }, { id: 'asc' }]
  const asked = { query, sort, fields: ['seqNo'] }
  const { hits, total } = await readHits(snapshot, asked, LOOKED_THROUGH_MAX, budget.signal)
  const docIds = hits.map(docIdOf)
  for (let at = 0; at < docIds.length; at += READ_MAX) {
    const some = docIds.slice(at, at + READ_MAX)
    await documents[what](some)
    visit(some)
    if (budget.isHolding) await budget.giveWay()
  }
  return total <= docIds.length
}
