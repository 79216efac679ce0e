import { canonicalField } from '../../article/searched-fields.ts'
import type { SortKey } from '../../search/query/sorting.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/** Negative where the first article comes before the second. */
export type Order = (a: number, b: number) => number

/** Stands last. */
const MISSING = -1

/**
 * The order that sort keys ask for, the first first; equals are left to whatever comes after. Of several values of an article the
 * least counts, the greatest where the order is descending. Numbers stand before texts, texts in the order of a German dictionary
 * (DIN 5007-1: ä like a, ß like ss, case last).
 * @throws FundstelleError `request_costly`
 */
export function orderBy(index: ArticleIndex, keys: readonly SortKey[], budget: WorkBudget): Order {
  const since = budget.spent
  const orders = keys.map((key) => {
    const order = orderByKey(index, key, budget)
    budget.demand('sort', since)
    return order
  })
  return (a, b) => {
    for (const order of orders) {
      const result = order(a, b)
      if (result !== 0) return result
    }
    return 0
  }
}

function orderByKey(index: ArticleIndex, { field: name, descending }: SortKey, budget: WorkBudget): Order {
  const ranks = ranksOf(index, canonicalField(name), descending, budget)
  if (ranks === null) return () => 0
  const sign = descending ? -1 : 1
  return (a, b) => {
    const [rankA, rankB] = [ranks[a] as number, ranks[b] as number]
    if (rankA === rankB) return 0
    if (rankA === MISSING) return 1
    if (rankB === MISSING) return -1
    return sign * (rankA - rankB)
  }
}

/** By docId the rank of an article's value; null where no article has the field. */
function ranksOf(index: ArticleIndex, field: string, descending: boolean, budget: WorkBudget): Float64Array | null {
  const ranks = new Float64Array(index.documents.size).fill(MISSING)
  if (field === 'id') {
    budget.spend(COST.entry * ranks.length)
    ranks.set(index.documents.idOrder.ranks())
    return ranks
  }
  const column = index.fields.column(field)
  if (column === undefined) return null
  const valueRanks = column.order.ranks()
  const { docIds, entries, length } = column
  budget.spend(COST.entry * length + COST.document * ranks.length)
  for (let entry = 0; entry < length; entry++) {
    const code = entries[entry] as number
    const docId = docIds[entry] as number
    const rank = valueRanks[code] as number
    const before = ranks[docId] as number
    if (before === MISSING || (descending ? rank > before : rank < before)) ranks[docId] = rank
  }
  return ranks
}

/** Does what the first search sorted by a field would wait for. */
export function prepareOrder(index: ArticleIndex, field: string): void {
  if (field === 'id') index.documents.idOrder.ranks()
  index.fields.column(field)?.order.ranks()
}
