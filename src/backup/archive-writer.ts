import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip } from 'node:zlib'
import { createTarPacker } from 'modern-tar'
import { CHECKSUMS } from './members.ts'

/** Bytes of a file that are read at once. */
const READ_BYTES = 1 << 18

/** Writes a compressed archive, a member at a time, in bounded memory. The file has its name when all of it is on the disk. */
export class ArchiveWriter {
  readonly #path: string
  readonly #packer = createTarPacker()
  readonly #written: Promise<void>
  readonly #checksums: string[] = []
  readonly #mtime: Date

  /**
   * @param path gets its file at the end; one that is there is replaced. Until then there is `path` with `.part` behind it.
   * @param mtime of all members
   */
  constructor(path: string, mtime: Date) {
    this.#path = path
    this.#mtime = mtime
    const source = Readable.fromWeb(this.#packer.readable as import('node:stream/web').ReadableStream)
    // documents shrink to a fifth at the lowest level, and to a seventh at three times the cost
    const gzip = createGzip({ level: constants.Z_BEST_SPEED })
    this.#written = pipeline(source, gzip, createWriteStream(partOf(path), { mode: 0o600, flush: true }))
    // told where members are added, and at the end
    this.#written.catch(() => {})
  }

  async add(name: string, content: string): Promise<void> {
    const bytes = Buffer.from(content)
    await this.#add(name, bytes.length, [bytes], () => {})
  }

  /**
   * @param bytes of the file
   * @param onBytes is told how many more have been read
   */
  async addFile(name: string, path: string, bytes: number, onBytes: (bytes: number) => void): Promise<void> {
    await this.#add(name, bytes, createReadStream(path, { highWaterMark: READ_BYTES }), onBytes)
  }

  async #add(
    name: string,
    size: number,
    chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
    onBytes: (bytes: number) => void,
  ): Promise<void> {
    const hash = createHash('sha256')
    try {
      const member = this.#packer.controller.add({ name, size, mtime: this.#mtime, mode: 0o600 }).getWriter()
      for await (const chunk of chunks) {
        hash.update(chunk)
        await member.write(chunk as Uint8Array<ArrayBuffer>)
        onBytes(chunk.length)
      }
      await member.close()
    } catch (error) {
      // where the file cannot be written it is that which counts
      this.#packer.controller.error(error)
      await this.#written
      throw error
    }
    this.#checksums.push(`${hash.digest('hex')}  ${name}\n`)
  }

  /** Ends it with the checksums of its members. The bytes of the file. */
  async finish(): Promise<number> {
    await this.add(CHECKSUMS, this.#checksums.join(''))
    this.#packer.controller.finalize()
    await this.#written
    const { size } = await stat(partOf(this.#path))
    await rename(partOf(this.#path), this.#path)
    await syncFolder(dirname(this.#path))
    return size
  }

  /** Gives it up; what there is of it is removed. */
  async discard(): Promise<void> {
    this.#packer.controller.error(new Error('given up'))
    await this.#written.catch(() => {})
    await rm(partOf(this.#path), { force: true })
  }
}

const partOf = (path: string): string => `${path}.part`

/** What was named anew is so after a power cut only when its folder is on the disk, too. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
