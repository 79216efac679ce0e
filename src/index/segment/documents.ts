import { lengthNorm } from '../../search/ranking/bm25.ts'
import { lowered } from './doc-values-column.ts'

/** What ranking knows of an article without reading it. */
export interface DocumentRow {
  /** The article's sequence number in the store. */
  readonly seqNo: number
  readonly id: string
  /** See `timeOf`: -Infinity for undated articles. */
  readonly time: number
  /** The weighted length BM25 uses. */
  readonly length: number
  /** Names title and text: equal ones have the same, see `contentOf`. */
  readonly content: number
}

const NOBODY: readonly number[] = []

/**
 * The articles of an index by docId: 0, 1, 2 … in the order they came. A removed article keeps its docId as a tombstone
 * until the index is compacted. Count and mean length are those of the living.
 */
export class Documents {
  readonly ids: string[]
  readonly times: number[]
  readonly lengths: number[]
  readonly seqNos: number[]
  readonly contents: number[]
  /** 1 for a removed article; as long as all docIds at least. */
  deletedDocs: Uint8Array
  /** Made when asked for, and again when articles came or went. */
  #norms = new Float64Array(0)
  #isNormed = false
  /** By sequence number. */
  readonly #docIds = new Map<number, number>()
  /** By id without regard to case, of so many articles so far; made when asked for, about 150 bytes each. */
  readonly #docIdsById = new Map<string, number[]>()
  #idsEntered = 0
  #liveCount = 0
  #totalLength = 0

  constructor(packed?: PackedDocuments) {
    this.ids = packed?.ids ?? []
    this.times = Array.from(packed?.times ?? [])
    this.lengths = Array.from(packed?.lengths ?? [])
    this.seqNos = Array.from(packed?.numbers ?? [])
    this.contents = Array.from(packed?.contents ?? [])
    this.deletedDocs = Uint8Array.from(packed?.deletedDocs ?? [])
    for (const [docId, seqNo] of this.seqNos.entries()) {
      if (this.deletedDocs[docId] !== 1) this.#enter(docId, seqNo)
    }
  }

  /** DocIds given so far, tombstones included. */
  get size(): number {
    return this.seqNos.length
  }

  get liveCount(): number {
    return this.#liveCount
  }

  get meanLength(): number {
    return this.#liveCount === 0 ? 0 : this.#totalLength / this.#liveCount
  }

  /** `lengthNorm` of every article. */
  norms(): Float64Array {
    if (this.#isNormed) return this.#norms
    if (this.#norms.length < this.size) this.#norms = new Float64Array(Math.ceil(this.size * 1.25))
    for (let docId = 0; docId < this.size; docId++)
      this.#norms[docId] = lengthNorm(this.lengths[docId] as number, this.meanLength)
    this.#isNormed = true
    return this.#norms
  }

  add(row: DocumentRow): number {
    const docId = this.seqNos.length
    this.seqNos.push(row.seqNo)
    this.ids.push(row.id)
    this.times.push(row.time)
    this.lengths.push(row.length)
    this.contents.push(row.content)
    this.#enter(docId, row.seqNo)
    return docId
  }

  /** The docId of a living article. */
  docIdOf(seqNo: number): number | undefined {
    return this.#docIds.get(seqNo)
  }

  /** The docId of the living article with this id. */
  docIdOfId(id: string): number | undefined {
    return this.docIdsWithId(lowered(id)).find((docId) => this.ids[docId] === id && this.deletedDocs[docId] === 0)
  }

  /**
   * The docIds of articles with this id without regard to case, ascending, tombstones among them.
   * @param id as `lowered` makes it
   */
  docIdsWithId(id: string): readonly number[] {
    for (; this.#idsEntered < this.ids.length; this.#idsEntered++) {
      const name = lowered(this.ids[this.#idsEntered] as string)
      const docIds = this.#docIdsById.get(name)
      if (docIds === undefined) this.#docIdsById.set(name, [this.#idsEntered])
      else docIds.push(this.#idsEntered)
    }
    return this.#docIdsById.get(id) ?? NOBODY
  }

  remove(docId: number): void {
    this.deletedDocs[docId] = 1
    this.#isNormed = false
    this.#docIds.delete(this.seqNos[docId] as number)
    this.#liveCount -= 1
    this.#totalLength -= this.lengths[docId] as number
  }

  /** The order of equals: newest first, undated last, then by id. */
  readonly compare = (a: number, b: number): number => {
    const timeA = this.times[a] as number
    const timeB = this.times[b] as number
    if (timeA !== timeB) return timeB > timeA ? 1 : -1
    const idA = this.ids[a] as string
    const idB = this.ids[b] as string
    return idA < idB ? -1 : idA > idB ? 1 : 0
  }

  pack(): PackedDocuments {
    return {
      ids: this.ids,
      times: Float64Array.from(this.times),
      lengths: Float64Array.from(this.lengths),
      numbers: Float64Array.from(this.seqNos),
      contents: Float64Array.from(this.contents),
      deletedDocs: this.deletedDocs.slice(0, this.size),
    }
  }

  #enter(docId: number, seqNo: number): void {
    if (this.deletedDocs.length < this.size) {
      const grown = new Uint8Array(Math.ceil(this.size * 1.25))
      grown.set(this.deletedDocs)
      this.deletedDocs = grown
    }
    this.#isNormed = false
    this.#docIds.set(seqNo, docId)
    this.#liveCount += 1
    // lengths are multiples of one half, so the sum is exact whatever the order
    this.#totalLength += this.lengths[docId] as number
  }
}

/** The names are those of the columns in a snapshot: `numbers` are the sequence numbers. */
export interface PackedDocuments {
  readonly ids: string[]
  readonly times: Float64Array
  readonly lengths: Float64Array
  readonly numbers: Float64Array
  readonly contents: Float64Array
  readonly deletedDocs: Uint8Array
}
