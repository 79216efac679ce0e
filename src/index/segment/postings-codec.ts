import { ByteColumn, VarintReader } from '../arrays/growable.ts'
import { OCCURRENCE_KINDS, type Postings, type TfBuckets } from './postings.ts'

/**
 * All posting lists as one row of varints: for each term and kind of occurrence the number of slots in use, then for each its slot, its
 * length and the gaps between its docIds. FlexSearch's own export says the same in four times as many bytes of JSON.
 */
export function packPostings(postings: Postings, terms: readonly string[]): Uint8Array {
  const packed = new ByteColumn()
  for (const term of terms) {
    for (let place = 0; place < OCCURRENCE_KINDS; place++) packBuckets(packed, postings.tfBuckets(term, place))
  }
  return packed.view()
}

function packBuckets(packed: ByteColumn, tfBuckets: TfBuckets): void {
  const used = Array.from(tfBuckets.keys()).filter((slot) => (tfBuckets[slot]?.length ?? 0) > 0)
  packed.pushVarint(used.length)
  for (const slot of used) {
    const docIds = tfBuckets[slot] as readonly number[]
    packed.pushVarint(slot)
    packed.pushVarint(docIds.length)
    let last = 0
    for (const docId of docIds) {
      packed.pushVarint(docId - last)
      last = docId
    }
  }
}

/** Terms read between two breaths of the event loop: a few milliseconds' work. */
const TERMS_PER_STEP = 4096

/** Puts packed posting lists into `postings`, calling `giveWay` now and then so that a server goes on answering. */
export async function unpackPostings(
  packed: Uint8Array,
  terms: readonly string[],
  postings: Postings,
  giveWay: () => Promise<void>,
): Promise<void> {
  const reader = new VarintReader(packed)
  for (let from = 0; from < terms.length; from += TERMS_PER_STEP) {
    const entries: [string, number, TfBuckets][] = []
    for (const term of terms.slice(from, from + TERMS_PER_STEP)) {
      for (let place = 0; place < OCCURRENCE_KINDS; place++) {
        const tfBuckets = unpackBuckets(reader)
        if (tfBuckets.length > 0) entries.push([term, place, tfBuckets])
      }
    }
    postings.load(entries)
    await giveWay()
  }
}

/** Makes arrays just as long as what they hold: grown ones keep room for more, which most of the many short lists never need. */
function unpackBuckets(reader: VarintReader): TfBuckets {
  const used = reader.next()
  if (used === 0) return []
  const numbers = new Array<number>(used)
  const lists = new Array<number[]>(used)
  for (let i = 0; i < used; i++) {
    numbers[i] = reader.next()
    const docIds = new Array<number>(reader.next())
    let last = 0
    for (let n = 0; n < docIds.length; n++) {
      last += reader.next()
      docIds[n] = last
    }
    lists[i] = docIds
  }
  const tfBuckets = new Array<number[]>((numbers[used - 1] as number) + 1)
  for (let i = 0; i < used; i++) tfBuckets[numbers[i] as number] = lists[i] as number[]
  return tfBuckets
}
