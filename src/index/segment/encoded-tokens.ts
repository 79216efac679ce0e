import { type FieldTokens, SENTENCE_BIT } from '../../search/engine/token-stream.ts'
import { VarintReader } from '../arrays/growable.ts'

/** Tokens whose offsets are decoded together: reading one takes a microsecond. */
export const OFFSETS_BLOCK = 64
/** Numbers of a checkpoint: where among the offsets its block begins, and where in the text the token before it ends. */
export const CHECKPOINT = 2

/** Where the tokens of one block begin and end. */
interface Block {
  readonly starts: Uint32Array
  readonly ends: Uint32Array
}

/** The tokens of a field as the forward index keeps them. Blocks of offsets are decoded where one of them is asked for. */
export class EncodedTokens implements FieldTokens {
  readonly #tokens: Uint32Array
  readonly #offsets: Uint8Array
  readonly #checkpoints: Uint32Array
  readonly #blocks: Block[] = []

  /** @param checkpoints those of the field's blocks, from the first on */
  constructor(tokens: Uint32Array, offsets: Uint8Array, checkpoints: Uint32Array) {
    this.#tokens = tokens
    this.#offsets = offsets
    this.#checkpoints = checkpoints
  }

  get count(): number {
    return this.#tokens.length
  }

  startOf(token: number): number {
    return this.#blockOf(token).starts[token % OFFSETS_BLOCK] as number
  }

  endOf(token: number): number {
    return this.#blockOf(token).ends[token % OFFSETS_BLOCK] as number
  }

  beginsSentence(token: number): boolean {
    return (this.#tokens[token] as number) >= SENTENCE_BIT
  }

  #blockOf(token: number): Block {
    const number = Math.floor(token / OFFSETS_BLOCK)
    const known = this.#blocks[number]
    if (known !== undefined) return known
    const block = this.#decoded(number)
    this.#blocks[number] = block
    return block
  }

  #decoded(number: number): Block {
    const count = Math.min(OFFSETS_BLOCK, this.count - number * OFFSETS_BLOCK)
    const starts = new Uint32Array(count)
    const ends = new Uint32Array(count)
    const reader = new VarintReader(this.#offsets, this.#checkpoints[number * CHECKPOINT])
    let last = this.#checkpoints[number * CHECKPOINT + 1] as number
    for (let at = 0; at < count; at++) {
      const start = last + reader.next()
      last = start + reader.next()
      starts[at] = start
      ends[at] = last
    }
    return { starts, ends }
  }
}
