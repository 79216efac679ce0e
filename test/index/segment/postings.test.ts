import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ALIAS,
  EXTRA,
  FREQUENCY_MAX,
  OCCURRENCE_KINDS,
  PART,
  Postings,
  postingName,
  type TfBuckets,
  WHOLE,
} from '../../../src/index/segment/postings.ts'
import { packPostings, unpackPostings } from '../../../src/index/segment/postings-codec.ts'

/** Term and frequency by article, as plain numbers: what a posting list says. */
function told(tfBuckets: TfBuckets): Record<number, number> {
  const frequencies: Record<number, number> = {}
  for (const [slot, docIds] of tfBuckets.entries()) for (const docId of docIds ?? []) frequencies[docId] = slot + 1
  return frequencies
}

const PLACES = [WHOLE, PART, EXTRA, ALIAS]
const anyTerm = fc.constantFrom('haus', 'boot', 'straß', '4700', 'constructor', '__proto__', 'x'.repeat(256))
const occurrence = fc.record({
  term: anyTerm,
  place: fc.constantFrom(...PLACES),
  frequency: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 250, max: 1000 })),
})
const anyDocuments = fc.array(
  fc.uniqueArray(occurrence, { selector: ({ term, place }) => `${term} ${place}`, maxLength: 8 }),
  { maxLength: 30, size: 'max' },
)
type Documents = readonly (readonly { term: string; place: number; frequency: number }[])[]

function filled(documents: Documents): Postings {
  const postings = new Postings()
  for (const [docId, occurrences] of documents.entries()) {
    postings.add(docId, {
      names: occurrences.map(({ term, place }) => postingName(term, place)),
      frequencies: occurrences.map(({ frequency }) => frequency),
    })
  }
  return postings
}

function expectAll(postings: Postings, documents: Documents): void {
  const terms = new Set(documents.flat().map(({ term }) => term))
  for (const term of [...terms, 'fehlt']) {
    for (let place = 0; place < OCCURRENCE_KINDS; place++) {
      const wanted: Record<number, number> = {}
      for (const [docId, occurrences] of documents.entries()) {
        const found = occurrences.find((entry) => entry.term === term && entry.place === place)
        if (found !== undefined) wanted[docId] = Math.min(found.frequency, FREQUENCY_MAX)
      }
      expect(told(postings.tfBuckets(term, place)), `${term} at ${place}`).toEqual(wanted)
    }
  }
}

describe('posting lists', () => {
  test('every place there is, is tried here', () => {
    expect([...PLACES].sort()).toEqual(Array.from({ length: OCCURRENCE_KINDS }, (_, place) => place))
  })

  test('one term has a list for each place', () => {
    const postings = filled([
      [
        { term: 'haus', place: WHOLE, frequency: 2 },
        { term: 'haus', place: PART, frequency: 1 },
        { term: 'haus', place: EXTRA, frequency: 3 },
        { term: 'haus', place: ALIAS, frequency: 4 },
      ],
    ])
    const lists = PLACES.map((place) => told(postings.tfBuckets('haus', place)))
    expect(lists).toEqual([{ 0: 2 }, { 0: 1 }, { 0: 3 }, { 0: 4 }])
  })

  test('hold every article with its frequency, clamped at 255', () => {
    fc.assert(fc.property(anyDocuments, (documents) => expectAll(filled(documents), documents)))
  })

  test('say the same after packing and unpacking, and go on growing', async () => {
    await fc.assert(
      fc.asyncProperty(anyDocuments, anyDocuments, async (documents, more) => {
        const terms = [...new Set(documents.flat().map(({ term }) => term))]
        const loaded = new Postings()
        await unpackPostings(packPostings(filled(documents), terms), terms, loaded, setImmediate)
        loaded.loadDocIds(documents.length)
        expectAll(loaded, documents)
        for (const [i, occurrences] of more.entries()) {
          loaded.add(documents.length + i, {
            names: occurrences.map(({ term, place }) => postingName(term, place)),
            frequencies: occurrences.map(({ frequency }) => frequency),
          })
        }
        expectAll(loaded, [...documents, ...more])
      }),
    )
  })

  test('more terms than one step unpacks', async () => {
    const documents = [
      Array.from({ length: 9000 }, (_, i) => ({ term: `w${i}`, place: WHOLE, frequency: (i % 300) + 1 })),
    ]
    const terms = documents.flat().map(({ term }) => term)
    const loaded = new Postings()
    let breaths = 0
    await unpackPostings(packPostings(filled(documents), terms), terms, loaded, async () => {
      breaths += 1
    })
    expect(breaths).toBeGreaterThan(1)
    for (const i of [0, 4095, 4096, 8999]) {
      expect(told(loaded.tfBuckets(`w${i}`, WHOLE))).toEqual({ 0: Math.min((i % 300) + 1, 255) })
    }
  })
})
