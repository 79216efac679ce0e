import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { createGunzip } from 'node:zlib'
import { createTarDecoder, type ParsedTarEntry } from 'modern-tar'
import type { ErrorParam } from '../errors.ts'
import { ABOUT, BACKUP_FORMAT, type BackupFacts, CHECKSUMS, isMember, pathOf } from './members.ts'

/** Of the members that are read at once. */
const TEXT_BYTES_MAX = 16 << 20

/** Why a file is no backup. */
export class BackupFault extends Error {
  override readonly name = 'BackupFault'
  readonly reason: ErrorParam

  constructor(reason: ErrorParam, options?: ErrorOptions) {
    super(typeof reason === 'object' ? reason.en : String(reason), options)
    this.reason = reason
  }
}

/**
 * Unpacks a backup into a folder and verifies it while doing so: names, order and checksums of its members, and that it is whole. What was
 * unpacked is on the disk then. Memory is bounded, whatever the file holds.
 * @param onBytes is told how many more bytes of the file have been read
 * @throws BackupFault; whatever the file system throws
 */
export async function unpack(
  file: string,
  folder: string,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<BackupFacts> {
  const source = createReadStream(file, { signal })
  source.on('data', (chunk) => onBytes(chunk.length))
  const gunzip = createGunzip()
  source.on('error', (error) => gunzip.destroy(error))
  let fault: unknown
  gunzip.on('error', (error) => {
    fault ??= error
  })
  const tar = Readable.toWeb(source.pipe(gunzip)) as unknown as ReadableStream<Uint8Array>
  const unpacked = new Unpacked(folder)
  try {
    const members = tar.pipeThrough(createTarDecoder({ strict: true }) as never) as ReadableStream<ParsedTarEntry>
    for await (const member of members) await unpacked.take(member)
  } catch (error) {
    const cause = fault ?? error
    const { code } = cause as NodeJS.ErrnoException
    const isOfSystem = code !== undefined && /^E[A-Z]+$/.test(code)
    if (cause instanceof BackupFault || isOfSystem || signal.aborted) throw signal.aborted ? signal.reason : cause
    throw new BackupFault(
      { de: 'die Datei ist beschädigt oder abgeschnitten', en: 'the file is damaged or was cut off' },
      { cause },
    )
  } finally {
    source.destroy()
    gunzip.destroy()
  }
  return unpacked.facts()
}

/** What has come out of a backup so far. */
class Unpacked {
  readonly #folder: string
  /** By member. */
  readonly #checksums = new Map<string, string>()
  #facts: BackupFacts | undefined
  #isWhole = false

  constructor(folder: string) {
    this.#folder = folder
  }

  async take({ header: { name, type, size }, body }: ParsedTarEntry): Promise<void> {
    if (this.#isWhole) throw unexpected(name)
    if ((type ?? 'file') !== 'file' || !isMember(name) || this.#checksums.has(name)) throw unexpected(name)
    if (this.#facts === undefined && name !== ABOUT) throw unexpected(name)
    if (name === CHECKSUMS) {
      this.#compare((await textOf(body, size)).text)
      this.#isWhole = true
    } else if (name === ABOUT) {
      const { text, checksum } = await textOf(body, size)
      this.#facts = factsIn(text)
      this.#checksums.set(name, checksum)
    } else this.#checksums.set(name, await written(body, pathOf(this.#folder, name)))
  }

  facts(): BackupFacts {
    if (this.#facts !== undefined && this.#isWhole) return this.#facts
    throw new BackupFault({ de: 'ihr Ende fehlt', en: 'its end is missing' })
  }

  #compare(text: string): void {
    const listed = new Map<string, string>()
    for (const line of text.split('\n')) {
      const [, checksum, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? []
      if (checksum !== undefined && name !== undefined) listed.set(name, checksum)
    }
    for (const [name, checksum] of this.#checksums)
      if (listed.get(name) !== checksum)
        throw new BackupFault({ de: `die Prüfsumme von ${name} stimmt nicht`, en: `the checksum of ${name} is wrong` })
    for (const name of listed.keys())
      if (!this.#checksums.has(name)) throw new BackupFault({ de: `${name} fehlt`, en: `${name} is missing` })
  }
}

const SHOWN_MAX = 100

const unexpected = (name: string): BackupFault => {
  const shown = JSON.stringify(name.slice(0, SHOWN_MAX))
  return new BackupFault({ de: `${shown} gehört nicht hinein`, en: `${shown} does not belong there` })
}

async function textOf(
  body: AsyncIterable<Uint8Array>,
  size: number,
): Promise<{ readonly text: string; readonly checksum: string }> {
  if (size > TEXT_BYTES_MAX) throw new BackupFault({ de: 'ein Verzeichnis ist zu groß', en: 'a list is too large' })
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  return { text: bytes.toString('utf8'), checksum: createHash('sha256').update(bytes).digest('hex') }
}

/** Writes a member to a new file. Its checksum. */
async function written(body: AsyncIterable<Uint8Array>, path: string): Promise<string> {
  const hash = createHash('sha256')
  await mkdir(dirname(path), { recursive: true })
  const handle = await open(path, 'wx', 0o600)
  try {
    for await (const chunk of body) {
      hash.update(chunk)
      await handle.writeFile(chunk)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return hash.digest('hex')
}

function factsIn(text: string): BackupFacts {
  let facts: Partial<BackupFacts> | null = null
  try {
    facts = JSON.parse(text) as Partial<BackupFacts> | null
  } catch {}
  const { format } = facts ?? {}
  if (typeof format !== 'number' || !Array.isArray(facts?.indexes))
    throw new BackupFault({ de: `${ABOUT} ist nicht lesbar`, en: `${ABOUT} cannot be read` })
  if (format !== BACKUP_FORMAT)
    throw new BackupFault({
      de: `sie hat Format ${format}, diese Fassung liest Format ${BACKUP_FORMAT}`,
      en: `it has format ${format}, this version reads format ${BACKUP_FORMAT}`,
    })
  return facts as BackupFacts
}
