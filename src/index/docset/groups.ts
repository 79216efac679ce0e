import { EqualKeys } from '../arrays/equal-keys.ts'
import { BANDS, bandKey, mayBeNear, type SignatureRows } from './minhash.ts'
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
  readonly signatures: SignatureRows
  /** Those to compare, ascending: living and signed. */
  readonly docIds: Int32Array
  /** Compares two articles word for word. */
  readonly isNear: (a: number, b: number) => boolean
  /** What comparing one costs. */
  readonly costOf: (docId: number) => number
}

/**
 * Groups of nearly equal articles: what shares a band is compared. What is nearly the same as one of a group belongs to it. Takes linear
 * time, and for each article at most MISSES_MAX comparisons in vain. One article after the other, each with those before it: so those that
 * come later change nothing of what was found.
 */
export function* nearGroups({ docIds, exact, ...options }: NearOptions): Steps<Groups> {
  const { signatures } = options
  const size = exact.count
  const parents = parentsOf(exact)
  const bands: Int32Array[] = []
  const equal = new EqualKeys(size, docIds.length)
  for (let band = 0; band < BANDS; band++) {
    equal.clear()
    const before = new Int32Array(size)
    for (let at = 0; at < docIds.length; at++) {
      const docId = docIds[at] as number
      equal.add(docId, bandKey(signatures, docId, band))
      before[docId] = equal.before(docId)
      if (at % STEP === STEP - 1) yield STEP
    }
    bands.push(before)
  }
  const joiner = new NearJoiner(parents, options)
  for (let at = 0; at < docIds.length; at++) {
    const docId = docIds[at] as number
    if (bands.some((before) => before[docId] !== ALONE))
      yield* joiner.join(docId, (band) => lastBefore(bands[band] as Int32Array, docId))
    if (at % STEP === STEP - 1) yield STEP
  }
  return groupsOf(parents)
}

const NOBODY: readonly number[] = []

/** The last COMPARED_MAX before an article, ascending, by a row that tells of each the one before it. */
function lastBefore(before: Int32Array, docId: number): readonly number[] {
  if (before[docId] === ALONE) return NOBODY
  const last: number[] = []
  for (let other = before[docId] as number; other !== ALONE; other = before[other] as number)
    if (last.push(other) === COMPARED_MAX) break
  return last.reverse()
}

/** Joins an article to those before it that are nearly the same. */
export class NearJoiner {
  readonly #parents: Int32Array
  readonly #options: Omit<NearOptions, 'docIds' | 'exact'>

  /** @param parents see `parentsOf`; it is written to */
  constructor(parents: Int32Array, options: Omit<NearOptions, 'docIds' | 'exact'>) {
    this.#parents = parents
    this.#options = options
  }

  /** @param inBand those before it that share a band, ascending, the last COMPARED_MAX of them */
  *join(docId: number, inBand: (band: number) => readonly number[]): Steps<void> {
    const { signatures, isNear, costOf } = this.#options
    const parents = this.#parents
    const missed: number[] = []
    let looks = 0
    for (let band = 0; band < BANDS; band++) {
      const before = inBand(band)
      for (const candidate of before) {
        const [root, otherRoot] = [rootOf(parents, docId), rootOf(parents, candidate)]
        if (root === otherRoot || missed.includes(candidate) || !mayBeNear(signatures, docId, candidate)) continue
        if (isNear(docId, candidate)) parents[Math.max(root, otherRoot)] = Math.min(root, otherRoot)
        else if (missed.push(candidate) === MISSES_MAX) return
        yield costOf(docId) + costOf(candidate)
      }
      looks += before.length
      if (looks >= STEP) {
        yield looks
        looks = 0
      }
    }
    yield looks
  }
}

/** By docId one of its group that is not above it, or itself: trees with the least docId of each group at the top. */
export function parentsOf({ of }: Groups): Int32Array {
  const parents = new Int32Array(of.length)
  for (let docId = 0; docId < of.length; docId++) parents[docId] = of[docId] === ALONE ? docId : (of[docId] as number)
  return parents
}

/** @param parents see `parentsOf` */
export function groupsOf(parents: Int32Array): Groups {
  const of = new Int32Array(parents.length).fill(ALONE)
  for (let docId = 0; docId < parents.length; docId++) {
    if (parents[docId] === docId) continue
    const root = rootOf(parents, docId)
    of[root] = root
    of[docId] = root
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
