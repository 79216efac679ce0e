import { canonicalField } from '../../article/searched-fields.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import { ALONE, type Groups } from './near-duplicates.ts'
import type { Order } from './sort-order.ts'

/** Articles by their value in a field, the first of several; those without one are each their own. */
export function groupsByField(index: ArticleIndex, name: string): Groups {
  const groups = new Int32Array(index.documents.size).fill(ALONE)
  const column = index.fields.column(canonicalField(name))
  if (column === undefined) return { of: groups, count: 0 }
  const { docIds, entries, length } = column
  for (let entry = length - 1; entry >= 0; entry--) groups[docIds[entry] as number] = entries[entry] as number
  return { of: groups, count: column.values.length }
}

/**
 * Of each group of hits the first in order.
 * @param folded where to tell how many went into each that stays; null where nobody asks
 */
export function collapse(
  hits: Uint32Array,
  groups: Groups | null,
  order: Order,
  folded: Map<number, number> | null,
): Uint32Array {
  if (groups === null) return hits
  const { of: groupOf } = groups
  // by group: the first in order, and how many
  const first = new Map<number, number>()
  const sizes = new Map<number, number>()
  let isFolded = false
  for (let i = 0; i < hits.length; i++) {
    const docId = hits[i] as number
    const group = groupOf[docId] as number
    if (group === ALONE) continue
    const before = first.get(group)
    sizes.set(group, (sizes.get(group) ?? 0) + 1)
    if (before === undefined) first.set(group, docId)
    else {
      isFolded = true
      if (order(docId, before) < 0) first.set(group, docId)
    }
  }
  if (!isFolded) return hits
  const kept = new Uint32Array(hits.length)
  let end = 0
  for (let i = 0; i < hits.length; i++) {
    const docId = hits[i] as number
    const group = groupOf[docId] as number
    if (group !== ALONE && first.get(group) !== docId) continue
    kept[end++] = docId
    if (group !== ALONE) folded?.set(docId, (sizes.get(group) as number) - 1)
  }
  return kept.subarray(0, end)
}
