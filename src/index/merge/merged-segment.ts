// The room `index/merge`: segments on the disk joined into one, column by column, of which stretches are in memory. It imports `arrays`,
// `segment`, and of `docset` how articles are compared; what is written goes to a sink that it is given.

import { type ColumnSink, writeColumns } from '../arrays/column-sink.ts'
import type { PackedDocuments } from '../segment/documents.ts'
import { mergeDocuments } from './documents.ts'
import { mergeDuplicates } from './duplicates.ts'
import { fieldColumnsMax, mergeFields } from './fields.ts'
import { mergeForward } from './forward.ts'
import { ForwardFile } from './forward-file.ts'
import { mergePostings } from './postings.ts'
import { type SegmentFolder, Source } from './source.ts'
import { type MergedVocabulary, mergeVocabularies } from './vocabulary.ts'

/** A file of the segment that others become: at most so many columns, written in pieces of work. */
export interface MergedFile {
  readonly columns: number
  write(sink: ColumnSink): Generator<void>
}

/** How much of what is joined is in memory at once; tests have little. */
export interface MergeLimits {
  readonly tokensAtOnce?: number
  readonly postingBytesAtOnce?: number
}

/** More columns than any file has but that of fields. */
const COLUMNS_MAX = 32

/**
 * What several segments become: the articles that stay, in their order, as `ArticleIndex.append` joins them one after the other. In memory are the vocabulary and
 * what is kept of each article beside its words.
 */
export class MergedSegment {
  readonly #sources: readonly Source[]
  readonly #documents: PackedDocuments
  readonly #vocabulary: MergedVocabulary
  readonly #limits: MergeLimits
  #tokens = 0

  private constructor(sources: readonly Source[], vocabulary: MergedVocabulary, limits: MergeLimits) {
    this.#limits = limits
    this.#sources = sources
    this.#vocabulary = vocabulary
    this.#documents = mergeDocuments(sources)
  }

  /** Opens them, and joins their vocabularies; in pieces of work. */
  static *of(folders: readonly SegmentFolder[], limits: MergeLimits = {}): Generator<void, MergedSegment> {
    const sources: Source[] = []
    let articles = 0
    for (const folder of folders) {
      const source = new Source(folder, articles)
      sources.push(source)
      articles += source.articles
    }
    return new MergedSegment(sources, yield* mergeVocabularies(sources), limits)
  }

  get articles(): number {
    return this.#documents.seqNos.length
  }

  /** Tokens of all of them; told when `forward.bin` is written. */
  get tokens(): number {
    return this.#tokens
  }

  /** In memory that threads can share. */
  get vocabulary(): MergedVocabulary['packed'] {
    return this.#vocabulary.packed
  }

  /** Its files but for those that are worked out from the vocabulary alone. */
  files() {
    const { packed, terms, forms } = this.#vocabulary
    const [sources, documents, limits] = [this.#sources, this.#documents, this.#limits]
    return {
      'vocabulary.bin': inMemory(() => packed),
      'documents.bin': inMemory(() => documents),
      'forward.bin': {
        columns: COLUMNS_MAX,
        write: function* (this: MergedSegment, sink: ColumnSink) {
          this.#tokens = yield* mergeForward(sources, forms, packed.forms.ends.length, sink, limits.tokensAtOnce)
        }.bind(this),
      },
      'postings.bin': {
        columns: COLUMNS_MAX,
        write: (sink) => mergePostings(sources, terms, packed.terms.ends.length, sink, limits.postingBytesAtOnce),
      },
      'fields.bin': { columns: fieldColumnsMax(sources), write: (sink) => mergeFields(sources, sink) },
    } satisfies Record<string, MergedFile>
  }

  /** Which of its articles are the same, once `forward.bin` is written. */
  duplicates(forwardPath: string): MergedFile {
    const [sources, documents, { packed }] = [this.#sources, this.#documents, this.#vocabulary]
    return {
      columns: COLUMNS_MAX,
      *write(sink) {
        const forward = new ForwardFile(forwardPath)
        try {
          writeColumns(sink, yield* mergeDuplicates(sources, documents, packed, forward))
        } finally {
          forward.close()
        }
      },
    }
  }
}

const inMemory = (columns: () => object): MergedFile => ({
  columns: COLUMNS_MAX,
  *write(sink) {
    yield
    writeColumns(sink, columns())
  },
})
