import { packColumns } from '../arrays/packed-file.ts'
import { packPostings } from '../segment/postings-codec.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/**
 * What each file of a snapshot holds, and nothing else writes into one: with `ArticleIndex` and the analyzer this is where the
 * fingerprint of the index begins (scripts/fingerprints.mjs).
 * @returns by name of the file its bytes in pieces, made when asked for, so that no two files are in memory at once
 */
export function snapshotFiles(index: ArticleIndex) {
  return {
    'documents.bin': () => packColumns({ ...index.documents.pack() }),
    'vocabulary.bin': () => packColumns({ ...index.vocabulary.pack() }),
    'order.bin': () => {
      const { order, keys, ends } = index.formOrder.pack()
      return packColumns({ order, keys: [keys], ends })
    },
    'forward.bin': () => packColumns({ ...index.forward.pack() }),
    'fields.bin': () => packColumns({ ...index.fields.pack() }),
    'postings.bin': () => packColumns({ postings: packPostings(index.postings, index.vocabulary.terms) }),
  }
}

export type SnapshotFile = keyof ReturnType<typeof snapshotFiles>
