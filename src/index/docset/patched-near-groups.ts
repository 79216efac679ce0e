import { ALONE, COMPARED_MAX, type Groups, groupsOf, NearJoiner, type NearOptions, parentsOf } from './groups.ts'
import { BANDS, bandKey, isSigned } from './minhash.ts'
import type { GroupsBefore } from './patched-groups.ts'
import type { Steps } from './stepwise.ts'

/** Where what went shares bands with so many, grouping all of them again takes less. */
const TOUCHED_MAX = 1000
/** Articles looked at between two steps. */
const STEP = 256
/** A bit for each band at the place of a key's hash: most articles share none, and one look tells. */
const FILTER_BITS = 16

/**
 * Brings groups of nearly equal articles in step with articles that came and went. What came is compared with what shares a band, as grouping
 * all of them would do at its end. Articles that share no band, directly or by others between them, know nothing of each other: so only
 * those are grouped again that were connected with what went. Takes two or three looks at every signature.
 * @param docIds the living articles that are signed, ascending
 * @returns null where too many are connected with what went
 */
export function* patchedNearGroups(
  before: GroupsBefore,
  deletedDocs: Uint8Array,
  { exact, docIds, ...options }: NearOptions,
): Steps<Groups | null> {
  const { signatures } = options
  const known = before.of.length
  const removed: number[] = []
  for (let docId = 0; docId < known; docId++)
    if (deletedDocs[docId] !== before.deletedDocs[docId] && isSigned(signatures, docId)) removed.push(docId)
  const old = docIds.subarray(0, firstFrom(docIds, known))
  const touched = yield* connected(removed, old, signatures)
  if (touched === null) return null

  const parents = parentsOf(exact)
  for (let at = 0; at < old.length; at++) {
    const docId = old[at] as number
    const group = before.of[docId] as number
    if (group !== ALONE && !touched.has(docId)) parents[docId] = group
  }
  const joiner = new NearJoiner(parents, options)
  const again = Int32Array.from(touched).sort()
  yield* joinAll(again, new BandMates(again, signatures).among(again), joiner)
  const added = docIds.subarray(old.length)
  const mates = new BandMates(added, signatures)
  yield* mates.read(docIds)
  yield* joinAll(added, mates, joiner)
  return groupsOf(parents)
}

function* joinAll(docIds: Int32Array, mates: BandMates, joiner: NearJoiner): Steps<void> {
  for (const docId of docIds) yield* joiner.join(docId, (band) => mates.lastBefore(docId, band))
}

/** The living articles that share a band with what went, or with one of these, and so on; null where there are too many. */
function* connected(
  removed: readonly number[],
  living: Int32Array,
  signatures: Uint32Array,
): Steps<ReadonlySet<number> | null> {
  const touched = new Set<number>()
  for (let last = removed; last.length > 0; ) {
    const mates = new BandMates(last, signatures)
    yield* mates.read(living)
    last = [...mates.docIds].filter((docId) => !touched.has(docId))
    for (const docId of last) touched.add(docId)
    if (touched.size > TOUCHED_MAX) return null
  }
  return touched
}

/** Which articles share a band with some. */
class BandMates {
  /** The articles that share a band with any. */
  readonly docIds = new Set<number>()
  readonly #signatures: Uint32Array
  readonly #filter = new Uint8Array(2 ** FILTER_BITS)
  /** By band and key those that have it, ascending. */
  readonly #byKey: readonly Map<number, number[]>[]

  constructor(some: Iterable<number>, signatures: Uint32Array) {
    this.#signatures = signatures
    this.#byKey = Array.from({ length: BANDS }, () => new Map<number, number[]>())
    for (const docId of some) {
      for (let band = 0; band < BANDS; band++) {
        const key = bandKey(signatures, docId, band)
        this.#filter[placeOf(key)] = (this.#filter[placeOf(key)] as number) | (1 << band)
        this.#byKey[band]?.set(key, [])
      }
    }
  }

  /** Enters those of these that share a band. */
  *read(docIds: Int32Array): Steps<void> {
    for (let at = 0; at < docIds.length; at++) {
      this.#enter(docIds[at] as number)
      if (at % STEP === STEP - 1) yield STEP
    }
  }

  /** The same in one step, of few. */
  among(docIds: Int32Array): this {
    for (const docId of docIds) this.#enter(docId)
    return this
  }

  #enter(docId: number): void {
    const filter = this.#filter
    for (let band = 0; band < BANDS; band++) {
      const key = bandKey(this.#signatures, docId, band)
      if (((filter[placeOf(key)] as number) & (1 << band)) === 0) continue
      const mates = this.#byKey[band]?.get(key)
      if (mates === undefined) continue
      mates.push(docId)
      this.docIds.add(docId)
    }
  }

  /** The last COMPARED_MAX before an article that share a band with it, ascending. */
  lastBefore(docId: number, band: number): readonly number[] {
    const mates = this.#byKey[band]?.get(bandKey(this.#signatures, docId, band)) ?? []
    const end = mates.indexOf(docId)
    return mates.slice(Math.max(0, end - COMPARED_MAX), end)
  }
}

const placeOf = (key: number): number => (key ^ (key >>> FILTER_BITS)) & (2 ** FILTER_BITS - 1)

function firstFrom(docIds: Int32Array, docId: number): number {
  const at = docIds.findIndex((one) => one >= docId)
  return at < 0 ? docIds.length : at
}
