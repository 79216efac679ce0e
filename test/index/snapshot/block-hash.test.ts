import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BlockHash, differingRanges, type FileDigest } from '../../../src/index/snapshot/block-hash.ts'

const BLOCK_BYTES = 4
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

function digestOf(...pieces: readonly Uint8Array[]): FileDigest {
  const hash = new BlockHash(BLOCK_BYTES)
  for (const piece of pieces) hash.update(piece)
  return hash.digest()
}

test('a file has the checksums of its blocks, in whatever pieces it comes', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 11 })), (pieces) => {
      const whole = Buffer.concat(pieces)
      const blocks = Array.from({ length: Math.ceil(whole.length / BLOCK_BYTES) }, (_, block) =>
        sha256(whole.subarray(block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES)),
      )
      expect(digestOf(...pieces)).toEqual({ bytes: whole.length, sha256: blocks })
    }),
  )
})

describe('where a file differs', () => {
  const expected = digestOf(new Uint8Array(18))
  test.each<[string, number[], [first: number, last: number][]]>([
    ['nowhere', [], []],
    ['in the first block', [0], [[0, 3]]],
    ['in the last one, which is shorter', [17], [[16, 17]]],
    ['in two side by side', [6, 8], [[4, 11]]],
    [
      'in two apart',
      [3, 12],
      [
        [0, 3],
        [12, 15],
      ],
    ],
    ['in all', [0, 4, 8, 12, 16], [[0, 17]]],
  ])('%s', (_, changed, ranges) => {
    const bytes = new Uint8Array(18)
    for (const at of changed) bytes[at] = 1
    const wanted = ranges.map(([first, last]) => ({ first, last }))
    expect(differingRanges(digestOf(bytes), expected, BLOCK_BYTES)).toEqual(wanted)
  })
})
