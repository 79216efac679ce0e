import { canonicalField } from '../article/searched-fields.ts'
import type { RetrievalPlan } from '../search/engine/retrieval.ts'
import { prefixOf } from './field-values.ts'
import type { Hit, Order } from './hit-order.ts'
import type { Groups } from './hit-search.ts'

/** Hits in order, without those that were folded into others. */
export interface HitList {
  readonly hits: readonly Hit[]
  /** By the hit that stands for them how many were folded into it as duplicates. */
  readonly duplicates: ReadonlyMap<Hit, number>
  /** Of the hits that were read. */
  readonly folded: readonly Hit[]
  /** Of all hits. */
  readonly foldedCount: number
}

/**
 * Orders hits and folds them as the plan asks for.
 * @param groups see `FoundHits`: what was not read stands behind what was
 */
export function listed(
  hits: readonly Hit[],
  order: Order,
  { foldDuplicates, distinct }: RetrievalPlan,
  groups: Groups | null,
): HitList {
  const sorted = [...hits].sort(order)
  const duplicates = new Map<Hit, number>()
  const folded: Hit[] = []
  const once = foldDuplicates === 'none' ? sorted : firstOfEach(sorted, ({ content }) => content, folded, duplicates)
  if (groups !== null) {
    for (const hit of once) duplicates.set(hit, (groups.get(hit.content ?? '') ?? 1) - 1)
    const foldedCount = [...groups.values()].reduce((sum, count) => sum + count - 1, 0)
    return { hits: once, duplicates, folded, foldedCount }
  }
  const shown = distinct === null ? once : firstOfEach(once, firstValueOf(distinct), folded, null)
  return { hits: shown, duplicates, folded, foldedCount: folded.length }
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
