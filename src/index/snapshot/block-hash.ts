import { createHash, type Hash } from 'node:crypto'

/** So many bytes of a file have a checksum of their own, so that damage can be told to this exactness. */
export const BLOCK_BYTES = 1 << 20

/** What tells whether a file is as it was written. */
export interface FileDigest {
  readonly bytes: number
  /** Of its blocks in their order, the last one may be shorter. An empty file has none. */
  readonly sha256: readonly string[]
}

/** Bytes of a file, both ends among them, counted from 0. */
export interface ByteRange {
  readonly first: number
  readonly last: number
}

/** Hashes a file block by block; each byte is hashed once. */
export class BlockHash {
  readonly #blockBytes: number
  readonly #finished: string[] = []
  #block: Hash | null = null
  #bytes = 0

  constructor(blockBytes: number) {
    this.#blockBytes = blockBytes
  }

  /** Takes the next bytes; they need not end where a block does. */
  update(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const left = this.#blockBytes - (this.#bytes % this.#blockBytes)
      const taken = bytes.subarray(at, at + left)
      this.#block ??= createHash('sha256')
      this.#block.update(taken)
      if (taken.length === left) this.#finishBlock()
      this.#bytes += taken.length
      at += taken.length
    }
  }

  /** Of all that came; nothing may come after it. */
  digest(): FileDigest {
    this.#finishBlock()
    return { bytes: this.#bytes, sha256: this.#finished }
  }

  #finishBlock(): void {
    if (this.#block !== null) this.#finished.push(this.#block.digest('hex'))
    this.#block = null
  }
}

/** Where a file is not as expected, which has the same length; blocks side by side are one range. */
export function differingRanges(got: FileDigest, expected: FileDigest, blockBytes: number): ByteRange[] {
  const ranges: ByteRange[] = []
  for (const [block, sha256] of got.sha256.entries()) {
    if (sha256 === expected.sha256[block]) continue
    const first = block * blockBytes
    const last = Math.min(first + blockBytes, got.bytes) - 1
    const before = ranges.at(-1)
    if (before?.last === first - 1) ranges.splice(-1, 1, { first: before.first, last })
    else ranges.push({ first, last })
  }
  return ranges
}
