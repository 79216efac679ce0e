import { join } from 'node:path'
import { PackedFileReader } from '../arrays/packed-file-reader.ts'
import { ForwardFile } from './forward-file.ts'

/** A segment on the disk whose articles are taken over; its files have been verified. */
export interface SegmentFolder {
  readonly folder: string
  /** Living articles as it was written. */
  readonly articles: number
  /** Articles that have gone since it was written, by their seqNos. */
  readonly deletions: Float64Array
}

const GONE = -1

/** One of the segments that are merged: which of its articles stay, and what they are numbered. */
export class Source {
  readonly #folder: string
  /** By docId there the docId here, ascending; -1 for an article that is left out. */
  readonly docIds: Int32Array
  /** DocIds of articles that count there and are left out. */
  readonly removed: readonly number[]
  /** How many articles stay. */
  readonly articles: number

  /** @param first the docId here of the first article that stays */
  constructor({ folder, articles, deletions }: SegmentFolder, first: number) {
    this.#folder = folder
    const [seqNos, deletedDocs] = this.read('documents.bin', (file) => [file.f64('seqNos'), file.u8('deletedDocs')])
    const gone = new Set(deletions)
    const removed: number[] = []
    let docId = first
    this.docIds = new Int32Array(seqNos.length)
    for (const [there, seqNo] of seqNos.entries()) {
      const isLeftOut = gone.has(seqNo)
      if (isLeftOut && deletedDocs[there] === 0) removed.push(there)
      this.docIds[there] = isLeftOut || deletedDocs[there] === 1 ? GONE : docId++
    }
    if (docId - first + removed.length !== articles)
      throw new RangeError(`${folder} has ${docId - first + removed.length} articles instead of ${articles}`)
    this.removed = removed
    this.articles = docId - first
  }

  /** Opens a file of it for as long as it is read. */
  read<T>(name: string, reading: (file: PackedFileReader) => T): T {
    const file = new PackedFileReader(join(this.#folder, name))
    try {
      return reading(file)
    } finally {
      file.close()
    }
  }

  /** The same for the tokens of its articles, which are read in several pieces of work. */
  openForward(): ForwardFile {
    return new ForwardFile(join(this.#folder, 'forward.bin'))
  }
}
