// The room `index/merge`: segments on the disk joined into one, column by column, of which stretches are in memory. It imports `arrays`,
// `segment`, and of `docset` how articles are compared; what is written goes to a sink that it is given.

import { type ColumnSink, writeColumns } from '../arrays/column-sink.ts'
import type { PackedDocuments } from '../segment/documents.ts'
import type { PackedVocabulary } from '../segment/vocabulary.ts'
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
  /** Made when it is asked for. */
  #documents: PackedDocuments | undefined
  /** Null once it is written: what is needed of it then are the words. */
  #vocabulary: MergedVocabulary['packed'] | null
  readonly #words: PackedVocabulary
  /** Of each source; let go of where they are not needed any more. */
  #terms: readonly Int32Array[]
  #forms: readonly Int32Array[]
  readonly #limits: MergeLimits
  #tokens = 0

  private constructor(sources: readonly Source[], vocabulary: MergedVocabulary, limits: MergeLimits) {
    this.#limits = limits
    this.#sources = sources
    this.#vocabulary = vocabulary.packed
    this.#terms = vocabulary.terms
    this.#forms = vocabulary.forms
    this.#words = wordsOf(vocabulary.packed)
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
    return this.#sources.reduce((sum, { articles }) => sum + articles, 0)
  }

  /** Tokens of all of them; told when `forward.bin` is written. */
  get tokens(): number {
    return this.#tokens
  }

  /** Its terms and forms; nothing else of the vocabulary. */
  get words(): PackedVocabulary {
    return this.#words
  }

  /**
   * Files of which all the rest can be let go of, in this order: the largest first, and then what is made of the words.
   * @param path where its files are written
   */
  *files(path: (name: string) => string): Generator<readonly [name: string, file: MergedFile]> {
    const [sources, { tokensAtOnce, postingBytesAtOnce }] = [this.#sources, this.#limits]
    const [forms, terms] = [this.#words.forms.ends.length, this.#words.terms.ends.length]
    yield ['vocabulary.bin', inMemory(() => this.#vocabulary as PackedVocabulary)]
    this.#vocabulary = null
    const joinForward = (sink: ColumnSink) => mergeForward(sources, this.#forms, forms, sink, tokensAtOnce)
    const count = (tokens: number): void => {
      this.#tokens = tokens
    }
    yield [
      'forward.bin',
      {
        columns: COLUMNS_MAX,
        *write(sink) {
          count(yield* joinForward(sink))
        },
      },
    ]
    this.#forms = []
    const joinPostings = (sink: ColumnSink) => mergePostings(sources, this.#terms, terms, sink, postingBytesAtOnce)
    yield ['postings.bin', { columns: COLUMNS_MAX, write: joinPostings }]
    this.#terms = []
    yield ['fields.bin', { columns: fieldColumnsMax(sources), write: (sink) => mergeFields(sources, sink) }]
    yield ['documents.bin', inMemory(() => this.#allDocuments())]
    yield ['duplicates.bin', this.#duplicates(path('forward.bin'))]
    this.#documents = undefined
  }

  #allDocuments(): PackedDocuments {
    this.#documents ??= mergeDocuments(this.#sources)
    return this.#documents
  }

  /** @param forwardPath a file that is written already */
  #duplicates(forwardPath: string): MergedFile {
    const [sources, documents, words] = [this.#sources, this.#allDocuments(), this.#words]
    return {
      columns: COLUMNS_MAX,
      *write(sink) {
        const forward = new ForwardFile(forwardPath)
        try {
          writeColumns(sink, yield* mergeDuplicates(sources, documents, words, forward))
        } finally {
          forward.close()
        }
      },
    }
  }
}

/** Its terms and forms with the frequencies of terms: what all is made of that is worked out from words. */
function wordsOf({ terms, forms, documentFrequencies }: PackedVocabulary): PackedVocabulary {
  const [none, lists] = [new Uint32Array(0), { ends: new Uint32Array(0), bytes: new Uint8Array(0) }]
  return {
    terms: { ...terms, slots: none },
    forms: { ...forms, slots: none },
    documentFrequencies,
    formFrequencies: none,
    formTerms: none,
    formStops: new Uint8Array(0),
    additionalEnds: none,
    additionalTerms: none,
    formsOfTerms: lists,
    formsOfAdditionalTerms: lists,
  }
}

const inMemory = (columns: () => object): MergedFile => ({
  columns: COLUMNS_MAX,
  *write(sink) {
    yield
    writeColumns(sink, columns())
  },
})
