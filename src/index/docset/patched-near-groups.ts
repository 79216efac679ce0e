import { ALONE, COMPARED_MAX, type Groups, groupsOf, NearJoiner, type NearOptions, parentsOf } from './groups.ts'
import { BANDS, bandKey, isSigned, type SignatureRows } from './minhash.ts'
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
 * those are grouped again that were connected with what went. Takes one look at every signature, and one more for each step between those
 * connected.
 * @returns null where too many are connected with what went
 */
export function* patchedNearGroups(
  before: GroupsBefore,
  deletedDocs: Uint8Array,
  { exact, ...options }: Omit<NearOptions, 'docIds'>,
): Steps<Groups | null> {
  const { signatures } = options
  const [known, size] = [before.of.length, exact.count]
  const removed: number[] = []
  for (let docId = 0; docId < known; docId++)
    if (deletedDocs[docId] !== before.deletedDocs[docId] && isSigned(signatures, docId)) removed.push(docId)
  const added: number[] = []
  for (let docId = known; docId < size; docId++)
    if (deletedDocs[docId] === 0 && isSigned(signatures, docId)) added.push(docId)
  yield STEP

  const mates = new BandMates([...removed, ...added], signatures)
  yield* mates.read(deletedDocs, size)
  const touched = new Set<number>()
  let last = mates.with(removed).filter((docId) => docId < known)
  while (last.length > 0) {
    for (const docId of last) touched.add(docId)
    if (touched.size > TOUCHED_MAX) return null
    const further = new BandMates(last, signatures)
    yield* further.read(deletedDocs, known)
    last = further.with(last).filter((docId) => !touched.has(docId))
  }

  const parents = parentsOf(exact)
  yield STEP
  for (let docId = 0; docId < known; docId++) {
    const group = before.of[docId] as number
    if (group !== ALONE && deletedDocs[docId] === 0 && isSigned(signatures, docId) && !touched.has(docId))
      parents[docId] = group
  }
  yield STEP
  const joiner = new NearJoiner(parents, options)
  const again = [...touched].sort((a, b) => a - b)
  const among = new BandMates(again, signatures)
  for (const docId of again) among.enter(docId)
  for (const docId of again) yield* joiner.join(docId, (band) => among.lastBefore(docId, band))
  for (const docId of added) yield* joiner.join(docId, (band) => mates.lastBefore(docId, band))
  return groupsOf(parents)
}

/** Which articles share a band with some. */
class BandMates {
  readonly #signatures: SignatureRows
  readonly #filter = new Uint8Array(2 ** FILTER_BITS)
  /** By band and key those that have it, ascending. */
  readonly #byKey: readonly Map<number, number[]>[]

  constructor(some: readonly number[], signatures: SignatureRows) {
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

  /** Enters living articles that share a band, all docIds below `size`. */
  *read(deletedDocs: Uint8Array, size: number): Steps<void> {
    for (let docId = 0; docId < size; docId++) {
      if (deletedDocs[docId] === 0 && isSigned(this.#signatures, docId)) this.enter(docId)
      if (docId % STEP === STEP - 1) yield STEP
    }
  }

  /** @param docId above all that were entered before */
  enter(docId: number): void {
    for (let band = 0; band < BANDS; band++) {
      const key = bandKey(this.#signatures, docId, band)
      if (((this.#filter[placeOf(key)] as number) & (1 << band)) !== 0) this.#byKey[band]?.get(key)?.push(docId)
    }
  }

  /** The articles that share a band with any of these. */
  with(docIds: readonly number[]): number[] {
    const found = new Set<number>()
    for (const docId of docIds)
      for (let band = 0; band < BANDS; band++) for (const mate of this.#mates(docId, band)) found.add(mate)
    return [...found]
  }

  /** The last COMPARED_MAX before an article that share a band with it, ascending. */
  lastBefore(docId: number, band: number): readonly number[] {
    const mates = this.#mates(docId, band)
    const end = placeIn(mates, docId)
    return mates.slice(Math.max(0, end - COMPARED_MAX), end)
  }

  #mates(docId: number, band: number): readonly number[] {
    return this.#byKey[band]?.get(bandKey(this.#signatures, docId, band)) ?? []
  }
}

/** Where a number stands among ascending ones that it is one of. */
function placeIn(ascending: readonly number[], number: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ascending[middle] as number) < number) low = middle + 1
    else high = middle
  }
  return low
}

const placeOf = (key: number): number => (key ^ (key >>> FILTER_BITS)) & (2 ** FILTER_BITS - 1)
