import { Buffer } from 'node:buffer'
import type { ByteStream } from './byte-source.ts'

/** A piece of a stream at a time, all in one buffer, so that a file of any size takes the memory of one piece. */
export class Pieces {
  readonly #stream: ByteStream
  #buffer: Buffer
  #length = 0
  #isAtEnd = false

  /** @param bytes how much is read at once */
  constructor(stream: ByteStream, bytes: number) {
    this.#stream = stream
    this.#buffer = Buffer.allocUnsafe(bytes)
  }

  /** Whether nothing followed: then the last piece is only what was kept of the one before. */
  get isAtEnd(): boolean {
    return this.#isAtEnd
  }

  /**
   * The next piece. It takes the place of the one before.
   * @param kept so many bytes of the end of the one before stand at its beginning
   */
  next(kept = 0): Buffer {
    const from = this.#length - kept
    if (kept < this.#buffer.length) this.#buffer.copyWithin(0, from, this.#length)
    else {
      // a line longer than the buffer
      const larger = Buffer.allocUnsafe(2 * kept)
      this.#buffer.copy(larger, 0, from, this.#length)
      this.#buffer = larger
    }
    const read = this.#stream(this.#buffer.subarray(kept))
    this.#isAtEnd = read === 0
    this.#length = kept + read
    return this.#buffer.subarray(0, this.#length)
  }
}

/**
 * A stream in pieces that can be looked at one by one.
 * @param wholeOf how many bytes of a piece do not belong together with what follows; the others are put before that
 */
export function* wholePieces(
  stream: ByteStream,
  bytes: number,
  wholeOf: (piece: Buffer) => number,
): Generator<Buffer, void> {
  const pieces = new Pieces(stream, bytes)
  let piece = pieces.next()
  while (!pieces.isAtEnd) {
    const whole = wholeOf(piece)
    if (whole > 0) yield piece.subarray(0, whole)
    piece = pieces.next(piece.length - whole)
  }
  if (piece.length > 0) yield piece
}
