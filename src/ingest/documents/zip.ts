import { Buffer } from 'node:buffer'
import { crc32, inflateRawSync } from 'node:zlib'
import { FundstelleError, type Localized } from '../../errors.ts'

/** Bytes of one file of an archive, and of all that are read of it, when unpacked. */
const ENTRY_BYTES_MAX = 64 << 20
const ARCHIVE_BYTES_MAX = 128 << 20
const ENTRIES_MAX = 10_000

/** "End of central directory": its mark, its least length, and how long the comment behind it may be. */
const END_MARK = 0x06054b50
const END_LENGTH = 22
const COMMENT_MAX = 0xffff
/** An entry of the directory, and of its copy before the data. */
const ENTRY_MARK = 0x02014b50
const ENTRY_LENGTH = 46
const LOCAL_MARK = 0x04034b50
const LOCAL_LENGTH = 30
const STORED = 0
const DEFLATED = 8
const ENCRYPTED = 1

interface Entry {
  readonly flags: number
  readonly method: number
  readonly checksum: number
  readonly packedBytes: number
  readonly offset: number
}

/**
 * The files of a ZIP archive, by its directory; each is unpacked when it is asked for. What headers say of the size when unpacked is
 * not believed: unpacking ends at a limit.
 */
export class ZipArchive {
  /** What the archive is, for errors. */
  format = 'ZIP'
  readonly #bytes: Buffer
  readonly #entries = new Map<string, Entry>()
  #unpackedBytes = 0

  /** @throws FundstelleError `document_broken` */
  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#readDirectory()
  }

  get names(): readonly string[] {
    return [...this.#entries.keys()]
  }

  has(name: string): boolean {
    return this.#entries.has(name)
  }

  /**
   * A file, unpacked.
   * @throws FundstelleError `document_broken` where it is missing or damaged, `document_encrypted`, `document_swollen`
   */
  read(name: string): Buffer {
    const entry = this.#entries.get(name)
    if (entry === undefined) throw this.broken({ de: `„${name}“ fehlt`, en: `“${name}” is missing` })
    if ((entry.flags & ENCRYPTED) !== 0) throw new FundstelleError('document_encrypted', { format: this.format })
    const { offset, packedBytes, method, checksum } = entry
    const isThere = offset + LOCAL_LENGTH <= this.#bytes.length && this.#bytes.readUInt32LE(offset) === LOCAL_MARK
    if (!isThere) throw this.#damaged(name)
    const names = this.#bytes.readUInt16LE(offset + 26) + this.#bytes.readUInt16LE(offset + 28)
    const start = offset + LOCAL_LENGTH + names
    if (start + packedBytes > this.#bytes.length) throw this.#damaged(name)
    const unpacked = this.#unpacked(name, this.#bytes.subarray(start, start + packedBytes), method)
    if (crc32(unpacked) !== checksum) throw this.#damaged(name)
    this.#unpackedBytes += unpacked.length
    return unpacked
  }

  #unpacked(name: string, packed: Buffer, method: number): Buffer {
    const bytesMax = Math.min(ENTRY_BYTES_MAX, ARCHIVE_BYTES_MAX - this.#unpackedBytes)
    if (method === STORED && packed.length <= bytesMax) return packed
    if (method !== STORED && method !== DEFLATED) {
      const reason = { de: `„${name}“ ist unbekannt gepackt`, en: `“${name}” is packed in an unknown way` }
      throw this.broken(reason)
    }
    try {
      if (method === DEFLATED && bytesMax > 0) return inflateRawSync(packed, { maxOutputLength: bytesMax })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw this.#damaged(name)
    }
    throw new FundstelleError('document_swollen', { format: this.format, part: name, maxMb: ENTRY_BYTES_MAX >> 20 })
  }

  #readDirectory(): void {
    const bytes = this.#bytes
    const end = this.#findEnd()
    const count = bytes.readUInt16LE(end + 10)
    const length = bytes.readUInt32LE(end + 12)
    // something may stand before the archive, by which all its places are too small
    const start = end - length
    const shift = start - bytes.readUInt32LE(end + 16)
    if (start < 0 || count > ENTRIES_MAX) throw this.#brokenDirectory()
    let at = start
    for (let n = 0; n < count; n++) {
      if (at + ENTRY_LENGTH > end || bytes.readUInt32LE(at) !== ENTRY_MARK) throw this.#brokenDirectory()
      const nameBytes = bytes.readUInt16LE(at + 28)
      const nameStart = at + ENTRY_LENGTH
      const next = nameStart + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
      if (next > end) throw this.#brokenDirectory()
      const offset = bytes.readUInt32LE(at + 42) + shift
      this.#entries.set(bytes.toString('utf8', nameStart, nameStart + nameBytes), {
        flags: bytes.readUInt16LE(at + 8),
        method: bytes.readUInt16LE(at + 10),
        checksum: bytes.readUInt32LE(at + 16),
        packedBytes: bytes.readUInt32LE(at + 20),
        offset: offset < 0 ? bytes.length : offset,
      })
      at = next
    }
  }

  #findEnd(): number {
    const last = this.#bytes.length - END_LENGTH
    for (let at = last; at >= Math.max(0, last - COMMENT_MAX); at--)
      if (this.#bytes.readUInt32LE(at) === END_MARK) return at
    throw this.#brokenDirectory()
  }

  #brokenDirectory(): FundstelleError {
    return this.broken({ de: 'das Inhaltsverzeichnis der Datei fehlt', en: 'the directory of the file is missing' })
  }

  #damaged(name: string): FundstelleError {
    return this.broken({ de: `„${name}“ ist beschädigt`, en: `“${name}” is damaged` })
  }

  broken(reason: Localized): FundstelleError {
    return new FundstelleError('document_broken', { format: this.format, reason })
  }
}
