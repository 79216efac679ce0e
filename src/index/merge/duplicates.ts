import { StringColumn } from '../arrays/string-table.ts'
import { HASHES } from '../docset/minhash.ts'
import { NearDuplicates } from '../docset/near-duplicates.ts'
import type { PackedDocuments } from '../segment/documents.ts'
import type { PackedDuplicates } from '../segment/prepared.ts'
import type { PackedVocabulary } from '../segment/vocabulary.ts'
import type { ForwardFile } from './forward-file.ts'
import type { Source } from './source.ts'

const DUPLICATES = 'duplicates.bin'
/** So many tokens are compared in a piece of work, and those of an article or two more. */
const TOKENS_IN_PIECE = 50_000

/**
 * Which of the articles that stay are the same. Signatures are taken over; articles that may be nearly the same are read one by one.
 * @param forward the tokens of these articles, on the disk
 */
export function* mergeDuplicates(
  sources: readonly Source[],
  { contents, deletedDocs }: PackedDocuments,
  { forms }: PackedVocabulary,
  forward: ForwardFile,
): Generator<void, PackedDuplicates> {
  const size = contents.length
  const documents = { contents, deletedDocs, packedDeletedDocs: new Uint8Array(0), size, liveCount: size }
  const duplicates = {
    counts: new Uint32Array(2),
    signatures: signaturesOf(sources, size),
    exact: new Uint32Array(0),
    near: new Uint32Array(0),
  }
  const found = new NearDuplicates({
    documents,
    forward,
    vocabulary: { forms: new StringColumn(forms) },
    prepared: { duplicates },
  })
  while (!found.prepareNear(TOKENS_IN_PIECE)) yield
  return found.pack()
}

function signaturesOf(sources: readonly Source[], size: number): Uint16Array {
  const signatures = new Uint16Array(size * HASHES)
  for (const source of sources) {
    const theirs = source.read(DUPLICATES, (file) => file.u16('signatures'))
    for (const [there, here] of source.docIds.entries())
      if (here >= 0) signatures.set(theirs.subarray(there * HASHES, (there + 1) * HASHES), here * HASHES)
  }
  return signatures
}
