import fc from 'fast-check'
import { expect, test } from 'vitest'
import { equalGroups, type Groups, nearGroups } from '../../../src/index/docset/groups.ts'
import { BANDS, HASHES } from '../../../src/index/docset/minhash.ts'
import { patchedNearGroups } from '../../../src/index/docset/patched-near-groups.ts'
import { Signatures } from '../../../src/index/docset/signatures.ts'
import type { Steps } from '../../../src/index/docset/stepwise.ts'

function done<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** An article is a text; of each text its bands are told, 0 throughout where it is too short to be signed. */
interface Texts {
  readonly bands: readonly (readonly number[])[]
  /** By two texts, in either order, whether they are near. */
  readonly near: readonly boolean[]
}

/** What grouping reads of articles with these texts. */
function optionsOf({ bands, near }: Texts, texts: readonly number[], deletedDocs: Uint8Array) {
  const signatures = new Uint16Array(texts.length * HASHES)
  for (const [docId, text] of texts.entries())
    for (let hash = 0; hash < HASHES; hash++) signatures[docId * HASHES + hash] = bands[text]?.[hash >> 1] as number
  const living = Int32Array.from(texts.keys()).filter((docId) => deletedDocs[docId] === 0)
  const exact: Groups = done(equalGroups(texts, living, texts.length))
  const docIds = living.filter((docId) => signatures[docId * HASHES] !== 0)
  const isNear = (a: number, b: number): boolean => {
    const [one, other] = [texts[a] as number, texts[b] as number].sort((x, y) => x - y) as [number, number]
    return one === other || near[(one * 31 + other * 7) % near.length] === true
  }
  return { exact, signatures: new Signatures(signatures), docIds, isNear, costOf: () => 1 }
}

const anyBands = fc.oneof(
  fc.constant(new Array<number>(BANDS).fill(0)),
  // few texts share a band, or nearly all do: what is compared has its limits
  fc.array(fc.integer({ min: 1, max: 40 }), { minLength: BANDS, maxLength: BANDS }),
  fc.array(fc.integer({ min: 1, max: 2 }), { minLength: BANDS, maxLength: BANDS }),
)
const anyTexts: fc.Arbitrary<Texts> = fc.record({
  bands: fc.array(anyBands, { minLength: 40, maxLength: 40 }),
  near: fc.array(
    fc.nat(9).map((n) => n === 0),
    { minLength: 60, maxLength: 60 },
  ),
})

test('are those of grouping all again, whatever came and went, the limits of what is compared among it', () => {
  const some = (max: number): fc.Arbitrary<number[]> => fc.array(fc.nat(39), { maxLength: max, size: 'max' })
  fc.assert(
    fc.property(anyTexts, some(90), some(6), fc.array(fc.nat(95), { maxLength: 4 }), (texts, known, added, gone) => {
      const deletedBefore = new Uint8Array(known.length)
      if (gone[0] !== undefined && gone[0] < known.length) deletedBefore[gone[0]] = 1
      const before = done(nearGroups(optionsOf(texts, known, deletedBefore)))
      const all = [...known, ...added]
      const deletedDocs = new Uint8Array(all.length)
      deletedDocs.set(deletedBefore)
      for (const docId of gone) if (docId < all.length) deletedDocs[docId] = 1
      const options = optionsOf(texts, all, deletedDocs)
      const patched = done(patchedNearGroups({ of: before.of, deletedDocs: deletedBefore }, deletedDocs, options))
      expect([...(patched as Groups).of]).toEqual([...done(nearGroups(options)).of])
    }),
    { numRuns: 300 },
  )
})

test('where what went shares bands with too many, all are to be grouped again', () => {
  const texts: Texts = { bands: [new Array<number>(BANDS).fill(1)], near: [true] }
  const all = new Array<number>(1200).fill(0)
  const before = done(nearGroups(optionsOf(texts, all, new Uint8Array(all.length))))
  const deletedDocs = new Uint8Array(all.length)
  deletedDocs[7] = 1
  const options = optionsOf(texts, all, deletedDocs)
  const was = { of: before.of, deletedDocs: new Uint8Array(all.length) }
  expect(done(patchedNearGroups(was, deletedDocs, options))).toBeNull()
})
