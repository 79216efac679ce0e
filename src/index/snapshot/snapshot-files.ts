import { packColumns } from '../arrays/packed-file.ts'
import { SpellingCandidates } from '../dictionary/spelling-candidates.ts'
import { NearDuplicates } from '../docset/near-duplicates.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/**
 * What each file of a snapshot holds, and nothing else writes into one: with `ArticleIndex` and the analyzer this is where the
 * fingerprint of the index begins (scripts/fingerprints.mjs).
 * @returns by name of the file its bytes in pieces, made when asked for, so that no two files are in memory at once
 */
export const snapshotFiles = (index: ArticleIndex) => ({ ...articleFiles(index), ...vocabularyFiles(index) })

/**
 * Those that tell of articles, and the vocabulary itself.
 * @param vocabulary where it is packed already
 */
export function articleFiles(index: ArticleIndex, vocabulary?: ReturnType<ArticleIndex['vocabulary']['pack']>) {
  return {
    'vocabulary.bin': () => packColumns(vocabulary ?? index.vocabulary.pack()),
    'documents.bin': () => packColumns(index.documents.pack()),
    'forward.bin': () => packColumns(index.forward.pack(index.vocabulary.forms.length)),
    'fields.bin': () => packColumns(index.fields.pack()),
    'duplicates.bin': () => packColumns(new NearDuplicates(index).pack()),
    'postings.bin': () => packColumns(index.postings.pack(index.vocabulary.terms.length)),
  }
}

/** Those that are worked out from the vocabulary alone: of a new index another thread can make them. */
export function vocabularyFiles({ vocabulary, grams, formOrder, prepared }: Words) {
  return {
    'grams.bin': () => packColumns(grams.pack()),
    'order.bin': () => packColumns(formOrder.pack()),
    'spellings.bin': () => packColumns(new SpellingCandidates(vocabulary, prepared.spellings).pack()),
  }
}

type Words = Pick<ArticleIndex, 'vocabulary' | 'grams' | 'formOrder' | 'prepared'>

export type SnapshotFile = keyof ReturnType<typeof snapshotFiles>
export type VocabularyFile = keyof ReturnType<typeof vocabularyFiles>

/** Their names. */
export const SNAPSHOT_FILES = Object.keys({
  'vocabulary.bin': 0,
  'documents.bin': 0,
  'forward.bin': 0,
  'fields.bin': 0,
  'duplicates.bin': 0,
  'postings.bin': 0,
  'grams.bin': 0,
  'order.bin': 0,
  'spellings.bin': 0,
} satisfies Record<SnapshotFile, 0>) as SnapshotFile[]
