import { describe, expect, test } from 'vitest'
import {
  BANDS,
  bandKey,
  computeSignature,
  HASHES,
  isNear,
  isSigned,
  mayBeNear,
  SHARE_MIN,
} from '../../../src/index/docset/minhash.ts'
import { Signatures } from '../../../src/index/docset/signatures.ts'
import { seededRandom } from '../../support/corpus.ts'

const PAIRS = 4000

/** Two sets of shingles of which `common` are in both and `own` more in each. */
function pairOf(random: () => number, common: number, own: number): [Uint32Array, Uint32Array] {
  const hash = (): number => Math.floor(random() * 2 ** 32)
  const both = Array.from({ length: common }, hash)
  const set = (): Uint32Array => Uint32Array.from([...both, ...Array.from({ length: own }, hash)]).sort()
  return [set(), set()]
}

function signaturesOf(pair: readonly Uint32Array[]): Uint16Array {
  const signatures = new Uint16Array(pair.length * HASHES)
  for (const [docId, hashes] of pair.entries()) computeSignature(signatures, docId, hashes, hashes.length)
  return signatures
}

const bandsOf = (docId: number, signatures: Uint16Array): number[] =>
  Array.from({ length: BANDS }, (_, band) => bandKey(new Signatures(signatures), docId, band))
const meet = (signatures: Uint16Array): boolean => {
  const others = bandsOf(1, signatures)
  return bandsOf(0, signatures).some((key, band) => key === others[band])
}

/** What share of pairs with so much in common fulfils a condition. */
function shareOf(common: number, own: number, fulfils: (signatures: Uint16Array) => boolean): number {
  const random = seededRandom(7)
  let count = 0
  for (let i = 0; i < PAIRS; i++) if (fulfils(signaturesOf(pairOf(random, common, own)))) count += 1
  return count / PAIRS
}

// 84 of 84 + 18 + 18: just seven tenths
describe.each([
  ['120 runs of words', 84, 18],
  ['40 runs of words', 28, 6],
  ['1000 runs of words', 700, 150],
])('of two sets that have seven tenths of %s in common', (_, common, own) => {
  test('that is the least share', () => {
    expect(common / (common + 2 * own)).toBeCloseTo(SHARE_MIN, 12)
    const [one, other] = pairOf(seededRandom(1), common, own)
    expect(isNear(one, other)).toBe(true)
    const [less, lesser] = pairOf(seededRandom(1), common - 1, own)
    expect(isNear(less, lesser)).toBe(false)
  })

  // by the theory (1 - .49)^8 = .0046
  test('one in 200 pairs shares no band, and no more', () => {
    const missed = 1 - shareOf(common, own, meet)
    expect(missed).toBeGreaterThan(1 / 1000)
    expect(missed).toBeLessThan(1 / 125)
  })

  // by the theory .9984; with one hash more that must agree, .9929
  test('more than 99 of 100 pairs share enough hashes to be compared', () => {
    expect(shareOf(common, own, (signatures) => mayBeNear(new Signatures(signatures), 0, 1))).toBeGreaterThan(0.996)
  })
})

describe('sets that have little in common', () => {
  // by the theory .082 with a fifth in common, .0001 with a twentieth
  test('are hardly ever compared', () => {
    expect(shareOf(20, 40, (signatures) => mayBeNear(new Signatures(signatures), 0, 1))).toBeLessThan(0.1)
    expect(shareOf(10, 95, (signatures) => mayBeNear(new Signatures(signatures), 0, 1))).toBeLessThan(0.001)
  })

  test('a signature stands for its set, in any order and however often its members come', () => {
    const [one] = pairOf(seededRandom(3), 50, 0)
    const twice = Uint32Array.from([...one, ...one].reverse())
    const signatures = signaturesOf([one, twice])
    expect(signatures.slice(0, HASHES)).toEqual(signatures.slice(HASHES))
    expect(isSigned(new Signatures(signatures), 0)).toBe(true)
    expect(isSigned(new Signatures(new Uint16Array(HASHES)), 0)).toBe(false)
  })
})
