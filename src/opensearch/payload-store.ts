import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { SystemIndex } from './system-index.ts'

/** What pieces of payloads are searched by. */
export const PAYLOAD_FIELDS = {
  payload: { type: 'keyword' },
  owner: { type: 'keyword' },
  // ISO 8601 of one length: their order is that of their letters
  writtenAt: { type: 'keyword' },
} as const

/** Whose a payload is that no task names. */
export interface LeftPayload {
  readonly name: string
  /** Of the journal of an index: what the names of its indexes begin with. */
  readonly owner: string | null
}

interface Piece {
  /** Base64 of a stretch of the file, compressed. */
  readonly data: string
}

interface Found {
  readonly hits: {
    readonly hits: readonly {
      readonly _id: string
      readonly fields: { readonly payload: readonly [string]; readonly owner?: readonly [string] }
    }[]
  }
}

/** Compressed. One is written, and read, by one request. */
const PIECE_BYTES = 2 << 20
/** Whoever writes one names it in a task, or in the state of an index, within minutes: of clocks a day apart nobody speaks. */
const LEFT_MS = 86_400_000
/** Pieces that are looked at in one request. */
const PAGE = 1_000

/** Files that all servers on a cluster share: documents of tasks, and journals of changes. Each lies there in pieces, under a name that says how many. */
export class PayloadStore {
  readonly #pieces: SystemIndex

  /** @param pieces with `PAYLOAD_FIELDS` */
  constructor(pieces: SystemIndex) {
    this.#pieces = pieces
  }

  /** Writes a file; the cluster has all of it when this resolves, and then it has a name. */
  async write(path: string, owner: string | null, now: Date): Promise<string> {
    const id = randomUUID()
    const searched = { payload: id, writtenAt: now.toISOString(), ...(owner !== null && { owner }) }
    let count = 0
    const write = async (data: Buffer): Promise<void> => {
      const version = await this.#pieces.write(idOf(id, count), { data: data.toString('base64') }, null, searched)
      if (version === null) throw new Error(`there is a payload ${id} already`)
      count += 1
    }
    try {
      await pipeline(createReadStream(path), createGzip(), async (chunks: AsyncIterable<Buffer>) => {
        let [parts, bytes]: [Buffer[], number] = [[], 0]
        for await (const chunk of chunks) {
          parts.push(chunk)
          bytes += chunk.length
          if (bytes < PIECE_BYTES) continue
          await write(Buffer.concat(parts))
          ;[parts, bytes] = [[], 0]
        }
        if (bytes > 0) await write(Buffer.concat(parts))
      })
    } catch (error) {
      // what stays there is cleared away a day later
      await this.remove(`${id}.${count + 1}`).catch(() => {})
      throw error
    }
    return `${id}.${count}`
  }

  /** Writes it to a file on this machine. */
  async readTo(name: string, path: string): Promise<void> {
    await pipeline(Readable.from(this.#read(name)), createGunzip(), createWriteStream(path))
  }

  /** What stands in it; null where it is gone. */
  async text(name: string): Promise<string | null> {
    try {
      return await pipeline(Readable.from(this.#read(name)), createGunzip(), (chunks) => text(chunks))
    } catch (error) {
      if (error instanceof PieceGone) return null
      throw error
    }
  }

  /** One that is gone already is no fault. */
  async remove(name: string): Promise<void> {
    const { id, count } = partsOf(name)
    for (let at = 0; at < count; at++) await this.#pieces.remove(idOf(id, at))
  }

  /** Removes those from long ago that nobody needs: of requests and servers that were ended before they could name them. */
  async removeLeft(now: Date, isNeeded: (left: LeftPayload) => Promise<boolean>): Promise<void> {
    const before = new Date(now.getTime() - LEFT_MS).toISOString()
    const found = await this.#pieces.search<Found>({
      ...{ size: PAGE, query: { range: { writtenAt: { lt: before } } }, sort: [{ writtenAt: 'asc' }] },
      ...{ _source: false, docvalue_fields: ['payload', 'owner'] },
    })
    const asked = new Map<string, boolean>()
    for (const { _id, fields } of found?.hits.hits ?? []) {
      const [name] = fields.payload
      const needed = asked.get(name) ?? (await isNeeded({ name, owner: fields.owner?.[0] ?? null }))
      asked.set(name, needed)
      if (!needed) await this.#pieces.remove(_id)
    }
  }

  async *#read(name: string): AsyncGenerator<Buffer> {
    const { id, count } = partsOf(name)
    for (let at = 0; at < count; at++) {
      const piece = await this.#pieces.read<Piece>(idOf(id, at))
      if (piece === null) throw new PieceGone(`the payload ${name} lacks its piece ${at}`)
      yield Buffer.from(piece.value.data, 'base64')
    }
  }
}

class PieceGone extends Error {}

const idOf = (id: string, at: number): string => `${id}.${at}`

function partsOf(name: string): { readonly id: string; readonly count: number } {
  const end = name.lastIndexOf('.')
  return { id: name.slice(0, end), count: Number(name.slice(end + 1)) }
}

/** Whether a name is that of a payload that is known by its first part. */
export const isPayload = (name: string, id: string): boolean => partsOf(name).id === id
