import { packColumns } from '../arrays/packed-file.ts'
import { SpellingCandidates } from '../dictionary/spelling-candidates.ts'
import { NearDuplicates } from '../docset/near-duplicates.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/**
 * What each file of a snapshot holds, and nothing else writes into one: with `ArticleIndex` and the analyzer this is where the
 * fingerprint of the index begins (scripts/fingerprints.mjs).
 * @returns by name of the file its bytes in pieces, made when asked for, so that no two files are in memory at once
 */
export function snapshotFiles(index: ArticleIndex) {
  return {
    'documents.bin': () => packColumns(index.documents.pack()),
    'vocabulary.bin': () => packColumns(index.vocabulary.pack()),
    'grams.bin': () => packColumns(index.grams.pack()),
    'order.bin': () => packColumns(index.formOrder.pack()),
    'forward.bin': () => packColumns(index.forward.pack(index.vocabulary.forms.length)),
    'fields.bin': () => packColumns(index.fields.pack()),
    'spellings.bin': () => packColumns(new SpellingCandidates(index.vocabulary, index.prepared.spellings).pack()),
    'duplicates.bin': () => packColumns(new NearDuplicates(index).pack()),
    'postings.bin': () => packColumns(index.postings.pack(index.vocabulary.terms.length)),
  }
}

export type SnapshotFile = keyof ReturnType<typeof snapshotFiles>
