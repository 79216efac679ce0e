import { canonicalField } from '../article/searched-fields.ts'
import type { RetrievalPlan } from '../search/engine/retrieval.ts'
import { prefixOf } from './field-values.ts'
import type { Hit, Order } from './hit-order.ts'

/** Hits in order, without those that were folded into others. */
export interface HitList {
  readonly hits: readonly Hit[]
  /** By the hit that stands for them how many were folded into it as duplicates. */
  readonly duplicates: ReadonlyMap<Hit, number>
  readonly folded: readonly Hit[]
}

/** Orders hits and folds them as the plan asks for. */
export function listed(hits: readonly Hit[], order: Order, { foldDuplicates, distinct }: RetrievalPlan): HitList {
  const sorted = [...hits].sort(order)
  const duplicates = new Map<Hit, number>()
  const folded: Hit[] = []
  const once = foldDuplicates === 'none' ? sorted : firstOfEach(sorted, ({ content }) => content, folded, duplicates)
  if (distinct === null) return { hits: once, duplicates, folded }
  return { hits: firstOfEach(once, firstValueOf(distinct), folded, null), duplicates, folded }
}

/** Of each group, told by its name, the first; who has no name stays. */
function firstOfEach(
  sorted: readonly Hit[],
  nameOf: (hit: Hit) => string | undefined,
  folded: Hit[],
  counts: Map<Hit, number> | null,
): Hit[] {
  const firsts = new Map<string, Hit>()
  return sorted.filter((hit) => {
    const name = nameOf(hit)
    const first = name === undefined ? undefined : firsts.get(name)
    if (first === undefined) {
      if (name !== undefined) firsts.set(name, hit)
      return true
    }
    counts?.set(first, (counts.get(first) ?? 0) + 1)
    folded.push(hit)
    return false
  })
}

/** The first of a field's values tells articles apart. */
function firstValueOf(name: string): (hit: Hit) => string | undefined {
  const prefix = prefixOf(canonicalField(name))
  return ({ first }) => first.find((value) => value.startsWith(prefix))
}
