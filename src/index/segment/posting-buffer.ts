import type { PostingList } from './posting-list.ts'

/** A posting list as it is decoded or put together; kept from one to the next. */
export class PostingBuffer {
  docIds = new Uint32Array(256)
  frequencies = new Uint8Array(256)
  length = 0

  /** Makes room for so many more. */
  reserve(count: number): void {
    const wanted = this.length + count
    if (wanted <= this.docIds.length) return
    const capacity = Math.max(wanted, this.docIds.length * 2)
    const [docIds, frequencies] = [new Uint32Array(capacity), new Uint8Array(capacity)]
    docIds.set(this.docIds.subarray(0, this.length))
    frequencies.set(this.frequencies.subarray(0, this.length))
    this.docIds = docIds
    this.frequencies = frequencies
  }

  push(docId: number, frequency: number): void {
    this.reserve(1)
    this.docIds[this.length] = docId
    this.frequencies[this.length] = frequency
    this.length += 1
  }

  /** What it holds; valid until it changes. */
  list(): PostingList {
    return { docIds: this.docIds, frequencies: this.frequencies, start: 0, end: this.length }
  }
}
