import { expect, test } from 'vitest'
import { HASHES, isSigned, mayBeNear } from '../../../src/index/docset/minhash.ts'
import { Signatures } from '../../../src/index/docset/signatures.ts'

const hashes = (first: number): Uint32Array => Uint32Array.from({ length: 50 }, (_, at) => first + at)

/** Signs an article for each of these. */
function signed(signatures: Signatures, from: number, ...firsts: number[]): Signatures {
  for (const [at, first] of firsts.entries()) {
    signatures.reserve(from + at + 1)
    signatures.sign(from + at, hashes(first), 50)
  }
  return signatures
}

test('on a file later ones are as if all had been signed together, and the file is neither copied nor written to', () => {
  const all = signed(new Signatures(), 0, 1, 1000, 1, 1000)
  const file = all.pack(2).slice()
  const before = file.slice()
  const some = new Signatures(file)
  expect(some.pack(2).buffer).toBe(file.buffer)
  signed(some, 2, 1, 1000)
  expect(some.rowsWith(1)).toBe(file)
  expect(some.pack(4)).toEqual(all.pack(4))
  expect(file).toEqual(before)
  expect([mayBeNear(some, 0, 2), mayBeNear(some, 1, 3), mayBeNear(some, 1, 2)]).toEqual([true, true, false])
})

test('one that is not signed has none', () => {
  const signatures = signed(new Signatures(), 0, 1)
  signatures.reserve(3)
  expect([0, 1, 2].map((docId) => isSigned(signatures, docId))).toEqual([true, false, false])
  expect(signatures.pack(3)).toHaveLength(3 * HASHES)
})
