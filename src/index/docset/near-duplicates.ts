import type { WorkBudget } from '../../work-budget.ts'
import { COST, SHARE } from '../../work-costs.ts'
import type { Documents } from '../segment/documents.ts'
import type { PackedDuplicates, Prepared } from '../segment/prepared.ts'
import { equalGroups, type Groups, nearGroups } from './groups.ts'
import { isNear, isSigned, mayBeNear } from './minhash.ts'
import { type GroupsBefore, patchedGroups } from './patched-groups.ts'
import { patchedNearGroups } from './patched-near-groups.ts'
import { type Shingled, Shingles } from './shingles.ts'
import { type Steps, Stepwise } from './stepwise.ts'

export { ALONE, type Groups } from './groups.ts'

/** Where more articles came or went, finding all equal ones again takes less, as it takes no more than a look at each. */
const PATCHED_MAX = 64
/** Of nearly equal ones many are compared word for word: so those of a snapshot are kept as long as not more than this share came or went. */
const NEAR_PATCHED_SHARE_MAX = 1 / 4

/** What articles are compared by: an index, or what of one lies on the disk. */
export interface Compared extends Shingled {
  readonly documents: Pick<Documents, 'contents' | 'deletedDocs' | 'packedDeletedDocs' | 'size' | 'liveCount'>
  readonly prepared: Prepared
}

/**
 * Finds articles that are the same, or nearly so. What it found is kept until articles come or go; it can be worked out in pieces
 * beforehand, and is the same then.
 */
export class NearDuplicates {
  readonly #index: Compared
  readonly #shingles: Shingles
  readonly #exact: Stepwise<Groups>
  #exactBefore: GroupsBefore | null = null
  readonly #near: Stepwise<Groups>
  #nearBefore: GroupsBefore | null = null
  readonly #signing: Stepwise<void>

  /** @param isPrepared whether to begin with what lies in the snapshot of the index */
  constructor(index: Compared, isPrepared = true) {
    this.#index = index
    const { documents, prepared } = index
    const duplicates = isPrepared ? prepared.duplicates : undefined
    this.#shingles = new Shingles(index, duplicates?.signatures)
    const state = (): string => `${documents.size} ${documents.liveCount}`
    const isCurrent = duplicates?.counts.join(' ') === state()
    const known = (of: Uint32Array | undefined): Groups | undefined =>
      of === undefined || !isCurrent ? undefined : { of: signed(of), count: documents.size }
    /** What was a tombstone when the snapshot was written. */
    const deletedDocs = isCurrent ? documents.deletedDocs.slice(0, documents.size) : documents.packedDeletedDocs
    if (duplicates !== undefined && deletedDocs.length === duplicates.exact.length) {
      this.#exactBefore = { of: signed(duplicates.exact), deletedDocs }
      this.#nearBefore = { of: signed(duplicates.near), deletedDocs }
    }
    this.#exact = new Stepwise(state, () => this.#findExact(), known(duplicates?.exact))
    this.#near = new Stepwise(state, () => this.#findNear(), known(duplicates?.near))
    this.#signing = new Stepwise(
      () => String(index.documents.size),
      () => this.#shingles.computeSignatures(),
    )
  }

  /** Articles with the same title and text. Takes linear time when articles came or went. */
  exact(): Groups {
    return this.#exact.value
  }

  /**
   * The same, and those of thirty words and more of which seven tenths of all runs of three words are the same (Broder 1997: min-wise
   * hashes find the pairs, the runs themselves are compared). What is nearly the same as one of a group belongs to it.
   */
  near(): Groups {
    return this.#near.value
  }

  /**
   * Goes on with what the first call of `exact` would wait for.
   * @param articles looks at so many, and a few hundred more
   * @returns whether there is nothing left to do
   */
  prepareExact(articles: number): boolean {
    return this.#exact.advance(articles)
  }

  /**
   * Goes on with what the first call of `near` or `alike` would wait for, `exact` among it.
   * @param tokens reads so many, and those of an article or two more
   * @returns whether there is nothing left to do
   */
  prepareNear(tokens: number): boolean {
    return this.#exact.advance(tokens) && this.#signing.advance(tokens) && this.#near.advance(tokens)
  }

  /** Signs so many more articles, given in tokens; whether all are signed. */
  computeSignatures(tokens: number): boolean {
    return this.#signing.advance(tokens)
  }

  /**
   * The living articles that are the same as one, or nearly so. Takes one look at every signature; where the budget does not reach,
   * signatures alone decide.
   */
  alike(docId: number, budget: WorkBudget): number[] {
    this.computeSignatures(Number.POSITIVE_INFINITY)
    const { contents, deletedDocs, size } = this.#index.documents
    const { signatures } = this.#shingles
    const signed = isSigned(signatures, docId)
    const found: number[] = []
    for (let other = 0; other < size; other++) {
      if (other === docId || deletedDocs[other] === 1) continue
      if (contents[other] === contents[docId]) found.push(other)
      else if (signed && mayBeNear(signatures, docId, other)) {
        const isAffordable = !budget.isSpent(SHARE.phrases)
        if (isAffordable) budget.spend(COST.shingledToken * this.#index.forward.countOf(other))
        else budget.cut('duplicates')
        if (!isAffordable || this.#isNear(docId, other)) found.push(other)
      }
    }
    budget.spend(COST.entry * size)
    this.#shingles.forget()
    return found
  }

  /** The signatures alone, of all articles. */
  packSignatures(): Uint16Array {
    this.computeSignatures(Number.POSITIVE_INFINITY)
    return this.#shingles.signatures.pack(this.#index.documents.size)
  }

  /** All of it, worked out where it was not. */
  pack(): PackedDuplicates {
    const { size, liveCount } = this.#index.documents
    const [exact, near] = [this.exact(), this.near()]
    return {
      counts: Uint32Array.of(size, liveCount),
      signatures: this.packSignatures(),
      exact: unsigned(exact.of),
      near: unsigned(near.of),
    }
  }

  *#findExact(): Steps<Groups> {
    const { contents, deletedDocs, size } = this.#index.documents
    const before = this.#exactBefore
    const groups = this.#hasChangedLittle(before, PATCHED_MAX)
      ? patchedGroups(before, contents, deletedDocs)
      : yield* equalGroups(contents, livingDocIds(deletedDocs, size), size)
    this.#exactBefore = this.#asBefore(groups.of)
    return groups
  }

  *#findNear(): Steps<Groups> {
    const { forward, documents } = this.#index
    const { deletedDocs, size } = documents
    const exact = this.exact()
    this.computeSignatures(Number.POSITIVE_INFINITY)
    const { signatures } = this.#shingles
    const costOf = (docId: number): number => forward.countOf(docId)
    const options = { exact, signatures, costOf, isNear: (a: number, b: number) => this.#isNear(a, b) }
    const before = this.#nearBefore
    try {
      const most = Math.max(PATCHED_MAX, size * NEAR_PATCHED_SHARE_MAX)
      const patched = this.#hasChangedLittle(before, most)
        ? yield* patchedNearGroups(before, deletedDocs, options)
        : null
      const docIds = (): Int32Array => livingDocIds(deletedDocs, size).filter((docId) => isSigned(signatures, docId))
      const groups = patched ?? (yield* nearGroups({ ...options, docIds: docIds() }))
      this.#nearBefore = this.#asBefore(groups.of)
      return groups
    } finally {
      this.#shingles.forget()
    }
  }

  /** Whether at most so many articles came and went since. */
  #hasChangedLittle(before: GroupsBefore | null, most: number): before is GroupsBefore {
    if (before === null) return false
    const { deletedDocs, size } = this.#index.documents
    let changes = size - before.of.length
    for (let docId = 0; docId < before.of.length; docId++)
      if (deletedDocs[docId] !== before.deletedDocs[docId]) changes += 1
    return changes <= most
  }

  /** As what comes next is brought in step with. */
  #asBefore(of: Int32Array): GroupsBefore {
    return { of, deletedDocs: this.#index.documents.deletedDocs.slice(0, of.length) }
  }

  #isNear(a: number, b: number): boolean {
    return isNear(this.#shingles.of(a), this.#shingles.of(b))
  }
}

const signed = ({ buffer, byteOffset, length }: Uint32Array): Int32Array => new Int32Array(buffer, byteOffset, length)
const unsigned = ({ buffer, byteOffset, length }: Int32Array): Uint32Array =>
  new Uint32Array(buffer, byteOffset, length)

function livingDocIds(deletedDocs: Uint8Array, size: number): Int32Array {
  const liveDocIds = new Int32Array(size)
  let count = 0
  for (let docId = 0; docId < size; docId++) if (deletedDocs[docId] === 0) liveDocIds[count++] = docId
  return liveDocIds.subarray(0, count)
}
