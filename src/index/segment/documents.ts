import { lengthNorm } from '../../search/ranking/bm25.ts'
import { Float64Column, Uint8Column } from '../arrays/growable.ts'
import { type PackedStrings, StringColumn } from '../arrays/string-table.ts'
import { CaseFoldedTable, lowered } from './case-folded-table.ts'
import { noOrder, type PackedValueOrder, ValueOrder } from './value-order.ts'

/** Of lengths below half of it norms are looked up. */
const HALVES_MAX = 2048
/** Titles of so many words or more are no titles that somebody types. */
export const TITLE_LENGTH_MAX = 255

/** What ranking knows of an article without reading it. */
export interface DocumentRow {
  /** The article's sequence number in the store. */
  readonly seqNo: number
  readonly id: string
  /** See `timeOf`: -Infinity for undated articles. */
  readonly time: number
  /** The weighted length BM25 uses. */
  readonly length: number
  /** Words of the title that are no stop words, or all of them where it has no others. More than 255 are kept as 255. */
  readonly titleLength: number
  /** Names title and text: equal ones have the same, see `contentOf`. */
  readonly content: number
}

/**
 * The articles of an index by docId: 0, 1, 2 … in the order they came. A removed article keeps its docId as a tombstone
 * until the index is compacted. Count and mean length are those of the living.
 */
export class Documents {
  readonly ids: StringColumn
  readonly idOrder: ValueOrder
  readonly #times: Float64Column
  readonly #lengths: Float64Column
  readonly #titleLengths: Uint8Column
  readonly #seqNos: Float64Column
  readonly #contents: Float64Column
  /** 1 for a removed article; as long as all docIds at least. */
  deletedDocs: Uint8Array
  /** The same as it lies in a file: of those that were there then, as they were. */
  readonly packedDeletedDocs: Uint8Array
  /** Made when asked for, and again when articles came or went. */
  #norms = new Float64Array(0)
  #isNormed = false
  /** By sequence number; null as long as these ascend with the docIds, as they do where changes come in their order. */
  #docIds: Map<number, number> | null = null
  readonly #docIdsById: CaseFoldedTable
  #liveCount = 0
  #totalLength = 0
  #titledCount = 0
  #totalTitleLength = 0

  constructor(packed?: PackedDocuments) {
    this.ids = new StringColumn(packed?.ids)
    this.idOrder = new ValueOrder(this.ids, false, packed?.idOrder)
    this.#times = new Float64Column(packed?.times)
    this.#lengths = new Float64Column(packed?.lengths)
    this.#titleLengths = new Uint8Column(packed?.titleLengths)
    this.#seqNos = new Float64Column(packed?.seqNos)
    this.#contents = new Float64Column(packed?.contents)
    this.#docIdsById = new CaseFoldedTable(this.ids, packed?.idSlots)
    this.packedDeletedDocs = packed?.deletedDocs ?? new Uint8Array(0)
    this.deletedDocs = Uint8Array.from(this.packedDeletedDocs)
    for (let docId = 0; docId < this.size; docId++) if (this.deletedDocs[docId] === 0) this.#count(docId, 1)
    if (!isAscending(this.seqNos)) this.#useMap()
  }

  /** DocIds given so far, tombstones included. */
  get size(): number {
    return this.#seqNos.length
  }

  get liveCount(): number {
    return this.#liveCount
  }

  get meanLength(): number {
    return this.#liveCount === 0 ? 0 : this.#totalLength / this.#liveCount
  }

  /** How many living articles have a title. */
  get titledCount(): number {
    return this.#titledCount
  }

  /** Of those that have one; 0 where there are none. */
  get meanTitleLength(): number {
    return this.#titledCount === 0 ? 0 : this.#totalTitleLength / this.#titledCount
  }

  /** `lengthNorm` of every article: worked out once for each length. */
  norms(): Float64Array {
    if (this.#isNormed) return this.#norms
    const { size, meanLength } = this
    if (this.#norms.length < size) this.#norms = new Float64Array(Math.ceil(size * 1.25))
    const lengths = this.#lengths.data
    const norms = this.#norms
    // lengths are multiples of one half
    const byHalves = new Float64Array(HALVES_MAX)
    for (let halves = 0; halves < HALVES_MAX; halves++) byHalves[halves] = lengthNorm(halves / 2, meanLength)
    for (let docId = 0; docId < size; docId++) {
      const length = lengths[docId] as number
      norms[docId] = byHalves[length * 2] ?? lengthNorm(length, meanLength)
    }
    this.#isNormed = true
    return norms
  }

  /** By docId; valid until the next article comes, like the three that follow. */
  get seqNos(): Float64Array {
    return this.#seqNos.view()
  }

  /** See `DocumentRow.time`. */
  get times(): Float64Array {
    return this.#times.view()
  }

  get lengths(): Float64Array {
    return this.#lengths.view()
  }

  /** See `DocumentRow.titleLength`. */
  get titleLengths(): Uint8Array {
    return this.#titleLengths.view()
  }

  get contents(): Float64Array {
    return this.#contents.view()
  }

  add(row: DocumentRow): number {
    const docId = this.size
    if (docId > 0 && row.seqNo <= this.#seqNos.at(docId - 1)) this.#useMap()
    this.#docIds?.set(row.seqNo, docId)
    this.#seqNos.push(row.seqNo)
    this.ids.push(row.id)
    this.#times.push(row.time)
    this.#lengths.push(row.length)
    this.#titleLengths.push(Math.min(row.titleLength, TITLE_LENGTH_MAX))
    this.#contents.push(row.content)
    if (this.deletedDocs.length < this.size) {
      const grown = new Uint8Array(Math.ceil(this.size * 1.25))
      grown.set(this.deletedDocs)
      this.deletedDocs = grown
    }
    this.#count(docId, 1)
    return docId
  }

  /** The docId of a living article. */
  docIdOf(seqNo: number): number | undefined {
    const docId = this.#docIds === null ? this.#search(seqNo) : this.#docIds.get(seqNo)
    return docId !== undefined && this.deletedDocs[docId] === 0 ? docId : undefined
  }

  /** The docId of the living article with this id. */
  docIdOfId(id: string): number | undefined {
    return this.docIdsWithId(lowered(id)).find((docId) => this.ids.at(docId) === id && this.deletedDocs[docId] === 0)
  }

  /**
   * The docIds of articles with this id without regard to case, ascending, tombstones among them.
   * @param id as `lowered` makes it
   */
  docIdsWithId(id: string): readonly number[] {
    return this.#docIdsById.numbersOf(id)
  }

  remove(docId: number): void {
    this.deletedDocs[docId] = 1
    this.#count(docId, -1)
  }

  /** The order of equals: newest first, undated last, then by id. */
  readonly compare = (a: number, b: number): number => {
    const timeA = this.#times.at(a)
    const timeB = this.#times.at(b)
    if (timeA !== timeB) return timeB > timeA ? 1 : -1
    return this.ids.compare(a, b)
  }

  pack(): PackedDocuments {
    return { ...this.packRows(), idOrder: this.idOrder.pack(), idSlots: this.#docIdsById.pack() }
  }

  /** As `pack`, without what is worked out from the rows: for an index that takes them over. */
  packRows(): PackedDocuments {
    return {
      ids: this.ids.pack(),
      idOrder: noOrder(),
      idSlots: new Uint32Array(0),
      times: this.times,
      lengths: this.lengths,
      titleLengths: this.titleLengths,
      seqNos: this.seqNos,
      contents: this.contents,
      deletedDocs: this.deletedDocs.slice(0, this.size),
    }
  }

  /** One more living article, or one fewer. */
  #count(docId: number, by: 1 | -1): void {
    this.#isNormed = false
    this.#liveCount += by
    // lengths are multiples of one half, so the sum is exact whatever the order
    this.#totalLength += by * this.#lengths.at(docId)
    const titleLength = this.#titleLengths.data[docId] as number
    this.#totalTitleLength += by * titleLength
    if (titleLength > 0) this.#titledCount += by
  }

  #search(seqNo: number): number | undefined {
    const { data } = this.#seqNos
    let [low, high] = [0, this.size]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((data[middle] as number) < seqNo) low = middle + 1
      else high = middle
    }
    return low < this.size && data[low] === seqNo ? low : undefined
  }

  #useMap(): void {
    this.#docIds ??= new Map(Array.from(this.seqNos, (seqNo, docId) => [seqNo, docId]))
  }
}

function isAscending(numbers: Float64Array): boolean {
  for (let at = 1; at < numbers.length; at++) if ((numbers[at] as number) <= (numbers[at - 1] as number)) return false
  return true
}

export interface PackedDocuments {
  readonly ids: PackedStrings
  readonly idOrder: PackedValueOrder
  /** See `CaseFoldedTable`. */
  readonly idSlots: Uint32Array
  readonly times: Float64Array
  readonly lengths: Float64Array
  readonly titleLengths: Uint8Array
  readonly seqNos: Float64Array
  readonly contents: Float64Array
  readonly deletedDocs: Uint8Array
}
