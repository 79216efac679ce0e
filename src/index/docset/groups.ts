import { EqualKeys } from '../arrays/equal-keys.ts'
import { BANDS, bandKey, mayBeNear } from './minhash.ts'
import type { Steps } from './stepwise.ts'

/** Which articles are the same. */
export interface Groups {
  /** By docId the least docId of its group, or ALONE. */
  readonly of: Int32Array
  /** All numbers are below. */
  readonly count: number
}
export const ALONE = -1

/** An article is compared with so many before it that have the same band: one that thousands share tells nothing. */
export const COMPARED_MAX = 32
/** One that was compared with so many it is not like is one of many made from the same form; more comparisons tell nothing. */
export const MISSES_MAX = 16

/** Articles looked at between two steps. */
const STEP = 256

/**
 * Groups of equal contents, in linear time.
 * @param contents by docId a whole number below 2^53 that names title and text
 * @param docIds those to group, ascending
 */
export function* equalGroups(contents: ArrayLike<number>, docIds: Int32Array, size: number): Steps<Groups> {
  const of = new Int32Array(size).fill(ALONE)
  const equal = new EqualKeys(size, docIds.length)
  for (let at = 0; at < docIds.length; at++) {
    const docId = docIds[at] as number
    const head = equal.add(docId, contents[docId] as number)
    if (head !== docId) {
      of[head] = head
      of[docId] = head
    }
    if (at % STEP === STEP - 1) yield STEP
  }
  return { of, count: size }
}

export interface NearOptions {
  /** Of articles whose contents are the same. */
  readonly exact: Groups
  /** By docId HASHES numbers. */
  readonly signatures: Uint32Array
  /** Those to compare, ascending: living and signed. */
  readonly docIds: Int32Array
  /** Compares two articles word for word. */
  readonly isNear: (a: number, b: number) => boolean
  /** What comparing one costs. */
  readonly costOf: (docId: number) => number
}

/**
 * Groups of nearly equal articles: what shares a band is compared. What is nearly the same as one of a group belongs to it. Takes linear
 * time, and for each article at most MISSES_MAX comparisons in vain.
 */
export function* nearGroups({ exact, signatures, docIds, isNear, costOf }: NearOptions): Steps<Groups> {
  const size = exact.count
  const parents = exact.of.slice()
  for (let docId = 0; docId < size; docId++) if (parents[docId] === ALONE) parents[docId] = docId
  const misses = new Map<number, number[]>()
  const equal = new EqualKeys(size, docIds.length)
  const isHead = new Uint8Array(size)
  for (let band = 0; band < BANDS; band++) {
    equal.clear()
    for (let at = 0; at < docIds.length; at++) {
      const docId = docIds[at] as number
      isHead[docId] = equal.add(docId, bandKey(signatures, docId, band)) === docId ? 1 : 0
      if (at % STEP === STEP - 1) yield STEP
    }
    for (let at = 0; at < docIds.length; at++) {
      if (at % STEP === STEP - 1) yield STEP
      const head = docIds[at] as number
      if (isHead[head] === 0 || equal.next(head) === ALONE) continue
      yield* joinNeighbours(head)
    }
  }
  return groupsOf(parents)

  /** Joins those of one band that are nearly the same: all from the first one on. */
  function* joinNeighbours(head: number): Steps<void> {
    const before = [head]
    let looks = 0
    for (let docId = equal.next(head); docId !== ALONE; docId = equal.next(docId)) {
      for (const candidate of before) {
        const [root, otherRoot] = [rootOf(parents, docId), rootOf(parents, candidate)]
        if (root === otherRoot || !mayBeNear(signatures, docId, candidate)) continue
        const missed = misses.get(docId) ?? []
        if (missed.length >= MISSES_MAX || missed.includes(candidate)) continue
        if (isNear(docId, candidate)) parents[Math.max(root, otherRoot)] = Math.min(root, otherRoot)
        else misses.set(docId, [...missed, candidate])
        yield costOf(docId) + costOf(candidate)
      }
      looks += before.length
      if (looks >= STEP) {
        yield looks
        looks = 0
      }
      before.push(docId)
      if (before.length > COMPARED_MAX) before.shift()
    }
  }
}

function groupsOf(parents: Int32Array): Groups {
  const sizes = new Uint32Array(parents.length)
  for (let docId = 0; docId < parents.length; docId++) {
    const root = rootOf(parents, docId)
    sizes[root] = (sizes[root] as number) + 1
  }
  const of = new Int32Array(parents.length)
  for (let docId = 0; docId < parents.length; docId++) {
    const root = rootOf(parents, docId)
    of[docId] = (sizes[root] as number) > 1 ? root : ALONE
  }
  return { of, count: parents.length }
}

/** Follows parents to the one at the top, and shortens the way for the next time. */
function rootOf(parents: Int32Array, of: number): number {
  let at = of
  while (parents[at] !== at) {
    parents[at] = parents[parents[at] as number] as number
    at = parents[at] as number
  }
  return at
}
