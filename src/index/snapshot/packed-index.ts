import { DocValues, type PackedFields } from '../segment/doc-values.ts'
import { Documents, type PackedDocuments } from '../segment/documents.ts'
import { ForwardIndex, type PackedForward } from '../segment/forward-index.ts'
import type { PackedPostings } from '../segment/posting-list.ts'
import { Postings } from '../segment/postings.ts'
import { ArticleIndex } from '../segment/segment.ts'
import { type PackedVocabulary, Vocabulary } from '../segment/vocabulary.ts'

/** What of an index is taken over by another one, in columns, as one thread gives it to another: nothing that is worked out from them. */
export interface PackedIndex {
  readonly seqNo: number
  readonly vocabulary: PackedVocabulary
  readonly postings: PackedPostings
  readonly forward: PackedForward
  readonly documents: PackedDocuments
  readonly fields: PackedFields
}

export function packedIndexOf(index: ArticleIndex): PackedIndex {
  return {
    seqNo: index.seqNo,
    vocabulary: index.vocabulary.packRows(),
    postings: index.postings.pack(index.vocabulary.terms.length),
    forward: index.forward.pack(index.vocabulary.forms.length),
    documents: index.documents.packRows(),
    fields: index.fields.packRows(),
  }
}

/** The same with what is worked out from it, so that it can go on as an index. */
export function packedWholeOf(index: ArticleIndex): PackedIndex {
  const { seqNo, postings, forward } = index
  return {
    seqNo,
    vocabulary: index.vocabulary.pack(),
    postings: postings.pack(index.vocabulary.terms.length),
    forward: forward.pack(index.vocabulary.forms.length),
    documents: index.documents.pack(),
    fields: index.fields.pack(),
  }
}

/** An index to take over from: nothing is looked up in it by letters, unless it was packed whole. */
export function indexOf({ seqNo, vocabulary, postings, forward, documents, fields }: PackedIndex): ArticleIndex {
  return new ArticleIndex({
    seqNo,
    vocabulary: new Vocabulary(vocabulary),
    postings: new Postings(postings),
    forward: new ForwardIndex(forward),
    documents: new Documents(documents),
    fields: new DocValues(fields),
  })
}

/** The buffers of all columns, each once: given to another thread, they need not be copied. */
export function buffersOf(columns: object): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>()
  const addAll = (within: object): void => {
    for (const column of Object.values(within)) {
      if (ArrayBuffer.isView(column)) buffers.add(column.buffer as ArrayBuffer)
      else if (typeof column === 'object' && column !== null) addAll(column)
    }
  }
  addAll(columns)
  return [...buffers]
}
