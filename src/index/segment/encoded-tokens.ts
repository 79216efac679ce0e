import type { FieldTokens } from '../../search/engine/token-stream.ts'
import { type ByteColumn, VarintReader } from '../arrays/growable.ts'

/** Tokens whose offsets are decoded together: reading one takes a microsecond. */
export const OFFSETS_BLOCK = 64
/** Numbers of a checkpoint: where among the offsets its block begins, and where in the text the token before it ends. */
export const CHECKPOINT = 2

/** A token close behind the one before and not too long takes one byte: its length in the low bits, above it the gap. */
const LENGTH_BITS = 5
const LENGTH_MASK = 2 ** LENGTH_BITS - 1
/** In place of a gap: gap and length follow as varints. */
const FAR = 7

/** Appends where a token stands: how far behind the one before, and how long it is. */
export function pushOffset(offsets: ByteColumn, gap: number, length: number): void {
  if (gap < FAR && length <= LENGTH_MASK) {
    offsets.pushByte((gap << LENGTH_BITS) | length)
    return
  }
  offsets.pushByte(FAR << LENGTH_BITS)
  offsets.pushVarint(gap)
  offsets.pushVarint(length)
}

/** Where each token of one block begins and ends. Typed arrays of this length lie outside of the heap: making one takes as long as decoding it. */
type Block = readonly number[]

/** The tokens of a field as the forward index keeps them. Blocks of offsets are decoded where one of them is asked for. */
export class EncodedTokens implements FieldTokens {
  readonly count: number
  readonly beginsSentence: (token: number) => boolean
  readonly #offsets: Uint8Array
  readonly #checkpoints: Uint32Array
  readonly #blocks: Block[] = []

  /** @param checkpoints those of the field's blocks, from the first on */
  constructor(
    count: number,
    beginsSentence: (token: number) => boolean,
    offsets: Uint8Array,
    checkpoints: Uint32Array,
  ) {
    this.count = count
    this.beginsSentence = beginsSentence
    this.#offsets = offsets
    this.#checkpoints = checkpoints
  }

  startOf(token: number): number {
    return this.#blockOf(token)[(token % OFFSETS_BLOCK) * 2] as number
  }

  endOf(token: number): number {
    return this.#blockOf(token)[(token % OFFSETS_BLOCK) * 2 + 1] as number
  }

  #blockOf(token: number): Block {
    const number = (token / OFFSETS_BLOCK) >>> 0
    const known = this.#blocks[number]
    if (known !== undefined) return known
    const block = this.#decoded(number)
    this.#blocks[number] = block
    return block
  }

  #decoded(number: number): Block {
    const count = Math.min(OFFSETS_BLOCK, this.count - number * OFFSETS_BLOCK)
    const block = new Array<number>(count * 2)
    const reader = new VarintReader(this.#offsets, this.#checkpoints[number * CHECKPOINT])
    let last = this.#checkpoints[number * CHECKPOINT + 1] as number
    for (let at = 0; at < count; at++) {
      const byte = reader.byte()
      const gap = byte >>> LENGTH_BITS
      const start = last + (gap === FAR ? reader.next() : gap)
      last = start + (gap === FAR ? reader.next() : byte & LENGTH_MASK)
      block[at * 2] = start
      block[at * 2 + 1] = last
    }
    return block
  }
}
