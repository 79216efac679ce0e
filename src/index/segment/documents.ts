import { lengthNorm } from '../../search/ranking/bm25.ts'
import { lowered } from './doc-values.ts'

/** What ranking knows of an article without reading it. */
export interface DocumentRow {
  /** The article's number in the store: the change it was added with. */
  readonly number: number
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
  readonly numbers: number[]
  readonly contents: number[]
  /** 1 for a removed article; as long as all docIds at least. */
  deletedDocs: Uint8Array
  /** Made when asked for, and again when articles came or went. */
  #norms = new Float64Array(0)
  #isNormed = false
  readonly #docIds = new Map<number, number>()
  /** By id without regard to case, of so many articles so far; made when asked for, about 150 bytes each. */
  readonly #docIdsById = new Map<string, number[]>()
  #idsEntered = 0
  #liveDocs = 0
  #totalLength = 0

  constructor(packed?: PackedDocuments) {
    this.ids = packed?.ids ?? []
    this.times = Array.from(packed?.times ?? [])
    this.lengths = Array.from(packed?.lengths ?? [])
    this.numbers = Array.from(packed?.numbers ?? [])
    this.contents = Array.from(packed?.contents ?? [])
    this.deletedDocs = Uint8Array.from(packed?.deletedDocs ?? [])
    for (const [docId, number] of this.numbers.entries()) {
      if (this.deletedDocs[docId] !== 1) this.#enter(docId, number)
    }
  }

  /** DocIds given so far, tombstones included. */
  get size(): number {
    return this.numbers.length
  }

  get liveDocs(): number {
    return this.#liveDocs
  }

  get meanLength(): number {
    return this.#liveDocs === 0 ? 0 : this.#totalLength / this.#liveDocs
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
    const docId = this.numbers.length
    this.numbers.push(row.number)
    this.ids.push(row.id)
    this.times.push(row.time)
    this.lengths.push(row.length)
    this.contents.push(row.content)
    this.#enter(docId, row.number)
    return docId
  }

  /** The docId of a living article. */
  docIdOf(number: number): number | undefined {
    return this.#docIds.get(number)
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
    this.#docIds.delete(this.numbers[docId] as number)
    this.#liveDocs -= 1
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
      numbers: Float64Array.from(this.numbers),
      contents: Float64Array.from(this.contents),
      deletedDocs: this.deletedDocs.slice(0, this.size),
    }
  }

  #enter(docId: number, number: number): void {
    if (this.deletedDocs.length < this.size) {
      const grown = new Uint8Array(Math.ceil(this.size * 1.25))
      grown.set(this.deletedDocs)
      this.deletedDocs = grown
    }
    this.#isNormed = false
    this.#docIds.set(number, docId)
    this.#liveDocs += 1
    // lengths are multiples of one half, so the sum is exact whatever the order
    this.#totalLength += this.lengths[docId] as number
  }
}

export interface PackedDocuments {
  readonly ids: string[]
  readonly times: Float64Array
  readonly lengths: Float64Array
  readonly numbers: Float64Array
  readonly contents: Float64Array
  readonly deletedDocs: Uint8Array
}
