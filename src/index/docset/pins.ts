import type { ArticleIndex } from '../segment/segment.ts'
import type { DocSet } from './filter-docs.ts'
import type { Order } from './sort-order.ts'

/**
 * Which articles stand at the top whatever their score, and at which place.
 * @param pinned their ids in order
 * @param allowed null where every article may be a hit
 */
export function pinsOf(
  index: ArticleIndex,
  pinned: readonly string[],
  allowed: DocSet | null,
): ReadonlyMap<number, number> {
  const pins = new Map<number, number>()
  for (const id of pinned) {
    const docId = index.documents.docIdOfId(id)
    // by the place among those that are there
    if (docId !== undefined && allowed?.[docId] !== 0 && !pins.has(docId)) pins.set(docId, pins.size)
  }
  return pins
}

/** Hits with the pinned articles that are none by themselves. */
export function withPinned(hits: Uint32Array, pins: ReadonlyMap<number, number>): Uint32Array {
  if (pins.size === 0) return hits
  return Uint32Array.from(new Set([...hits, ...pins.keys()]))
}

/** Pinned articles first, each at its place. */
export function pinnedThen(pins: ReadonlyMap<number, number>, then: Order): Order {
  if (pins.size === 0) return then
  const place = (docId: number): number => pins.get(docId) ?? pins.size
  return (a, b) => place(a) - place(b) || then(a, b)
}
