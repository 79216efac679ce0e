import { computeSignature, HASHES } from './minhash.ts'

/** The signatures of articles by docId. Those of a file are read where they lie, later ones stand beside them: one more copies nothing. */
export class Signatures {
  readonly #packed: Uint16Array
  readonly #packedDocs: number
  #later = new Uint16Array(0)

  /** @param packed those of the first articles, HASHES numbers each */
  constructor(packed: Uint16Array = new Uint16Array(0)) {
    this.#packed = packed
    this.#packedDocs = packed.length / HASHES
  }

  /** What holds the signature of an article; it is valid until the next one is signed. */
  rowsWith(docId: number): Uint16Array {
    return docId < this.#packedDocs ? this.#packed : this.#later
  }

  /** Where it begins there. */
  startOf(docId: number): number {
    return (docId < this.#packedDocs ? docId : docId - this.#packedDocs) * HASHES
  }

  /** Makes room for articles below `size`, which are not signed yet. */
  reserve(size: number): void {
    const later = size - this.#packedDocs
    if (later * HASHES <= this.#later.length) return
    const grown = new Uint16Array(Math.ceil(later * 1.25) * HASHES)
    grown.set(this.#later)
    this.#later = grown
  }

  /** @param docId of one that is not in the file, for which there is room */
  sign(docId: number, hashes: Uint32Array, count: number): void {
    computeSignature(this.#later, docId - this.#packedDocs, hashes, count)
  }

  /** Of all articles below `size`, in one piece. */
  pack(size: number): Uint16Array {
    const length = size * HASHES
    if (size <= this.#packedDocs) return this.#packed.subarray(0, length)
    const later = this.#later.subarray(0, length - this.#packed.length)
    if (this.#packedDocs === 0) return later
    const all = new Uint16Array(length)
    all.set(this.#packed)
    all.set(later, this.#packed.length)
    return all
  }
}
