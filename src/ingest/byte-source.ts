import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Reads on: fills `target` from its beginning, wholly or in part, and tells how many bytes it put there; 0 at the end. */
export type ByteStream = (target: Uint8Array) => number

/** Bytes that are read in pieces, as often as one likes, each time from the beginning. */
export interface ByteSource {
  /** In bytes. */
  readonly size: number
  stream(): ByteStream
}

/** Bytes that are in memory. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    stream() {
      let at = 0
      return (target) => {
        const part = bytes.subarray(at, at + target.length)
        target.set(part)
        at += part.length
        return part.length
      }
    },
  }
}

/**
 * An open file, as long as it was when it was opened: what is added meanwhile is read the next time. One that is written anew meanwhile cannot be read: half of it
 * would be the old one.
 */
export class FileSource implements ByteSource {
  readonly size: number
  readonly #file: number
  readonly #changedAt: bigint

  /** @throws what the system says */
  constructor(path: string) {
    this.#file = openSync(path, 'r')
    try {
      const { size, mtimeNs } = fstatSync(this.#file, { bigint: true })
      this.size = Number(size)
      this.#changedAt = mtimeNs
    } catch (error) {
      this.close()
      throw error
    }
  }

  /** The stream throws what the system says. */
  stream(): ByteStream {
    let at = 0
    return (target) => {
      const read = readSync(this.#file, target, 0, Math.min(target.length, this.size - at), at)
      at += read
      if (at === this.size || read === 0) this.#checkUnchanged(at)
      return read
    }
  }

  /** @param end where reading ended */
  #checkUnchanged(end: number): void {
    const { size, mtimeNs } = fstatSync(this.#file, { bigint: true })
    const isLonger = Number(size) > this.size
    if (end < this.size || (mtimeNs !== this.#changedAt && !isLonger)) throw changedMeanwhile()
  }

  close(): void {
    closeSync(this.#file)
  }
}

/** As an error of the system, with words of our own for it. */
const changedMeanwhile = (): Error =>
  Object.assign(new Error('the file was written anew while it was read'), { code: 'ECHANGED' })
