// The room `index/segment`: what the index keeps of articles: vocabulary, postings, forward index, doc values. It imports analysis and
// `arrays`, and alone knows FlexSearch; it knows no query.

import type { Analysis, Analyzer } from '../../analysis/analyzer.ts'
import type { Article } from '../../article/article.ts'
import { extrasOf } from '../../article/extras.ts'
import { timeOf } from '../../time.ts'
import { contentOf } from './content-hash.ts'
import { DocValues } from './doc-values.ts'
import { type DocumentRow, Documents } from './documents.ts'
import { ForwardIndex } from './forward-index.ts'
import { headingTokensOf } from './heading-tokens.ts'
import { NgramIndex } from './ngram-index.ts'
import { OccurrenceCounter } from './occurrence-counter.ts'
import type { PackedNgrams } from './packed-ngrams.ts'
import { Postings } from './postings.ts'
import type { Prepared } from './prepared.ts'
import { SortedForms } from './sorted-forms.ts'
import { Vocabulary } from './vocabulary.ts'

/** So many articles, terms or forms are taken over from another index in a piece of work, and so many tokens. */
const ROWS_IN_PIECE = 512
const TOKENS_IN_PIECE = 20_000
/** Compact once this share of all docIds are tombstones. */
export const DELETED_SHARE_MAX = 0.2

/**
 * The index of a set of articles, in memory: posting lists, vocabulary, forward index and documents. What an article adds
 * depends on the article alone, so the order of changes never shows in an answer.
 */
export class ArticleIndex {
  readonly postings: Postings
  readonly vocabulary: Vocabulary
  readonly forward: ForwardIndex
  readonly documents: Documents
  readonly fields: DocValues
  readonly grams: NgramIndex
  readonly formOrder: SortedForms
  /** Of the index as it was read from its snapshot. */
  readonly prepared: Prepared
  /** The last change of the store that the index contains. */
  seqNo: number
  readonly #occurrences: OccurrenceCounter

  constructor(
    parts: {
      postings: Postings
      vocabulary: Vocabulary
      forward: ForwardIndex
      documents: Documents
      fields: DocValues
      grams?: PackedNgrams
      prepared?: Prepared
      formOrder?: SortedForms
      seqNo: number
    } = {
      postings: new Postings(),
      vocabulary: new Vocabulary(),
      forward: new ForwardIndex(),
      documents: new Documents(),
      fields: new DocValues(),
      seqNo: 0,
    },
  ) {
    this.postings = parts.postings
    this.vocabulary = parts.vocabulary
    this.forward = parts.forward
    this.documents = parts.documents
    this.fields = parts.fields
    this.grams = new NgramIndex(parts.vocabulary, parts.grams)
    this.formOrder = parts.formOrder ?? new SortedForms(parts.vocabulary)
    this.prepared = parts.prepared ?? {}
    this.seqNo = parts.seqNo
    this.#occurrences = new OccurrenceCounter(parts.vocabulary)
  }

  /** Whether some living article has a value in a field. */
  hasField(field: string): boolean {
    const column = this.fields.column(field)
    if (column === undefined) return false
    const { docIds, length } = column
    for (let entry = 0; entry < length; entry++)
      if (this.documents.deletedDocs[docIds[entry] as number] === 0) return true
    return false
  }

  /** The canonical name of a field that some living article has, whatever its capitals: the one that is written just so, else the least by code units. */
  fieldNamed(field: string): string | undefined {
    if (this.hasField(field)) return field
    const lower = field.toLowerCase()
    // their own order depends on which segments were joined
    return this.fields.names.filter((name) => name.toLowerCase() === lower && this.hasField(name)).sort()[0]
  }

  /** Ids of living articles: the longest, and the newest. */
  typicalArticles(most: number): string[] {
    const docIds: number[] = []
    let longest = -1
    let tokens = -1
    for (let docId = this.documents.size - 1; docId >= 0; docId--) {
      if (this.documents.deletedDocs[docId] !== 0) continue
      if (docIds.length < most) docIds.push(docId)
      const count = this.forward.countOf(docId)
      if (count > tokens) [longest, tokens] = [docId, count]
    }
    const typical = longest < 0 ? [] : [...new Set([longest, ...docIds])].slice(0, most)
    return typical.map((docId) => this.documents.ids.at(docId) as string)
  }

  /** @param seqNo the article's sequence number in the store */
  add(seqNo: number, article: Article, analyzer: Analyzer): void {
    const title = analyzer.analyze(article.title)
    const text = analyzer.analyze(article.text)
    const extras = extrasOf(article).map((extra) => analyzer.analyze(extra.value))
    const forms = this.#formsOf([title, text, ...extras])
    const row = { seqNo, id: article.id, time: timeOf(article.date), content: contentOf(article) }
    const docId = this.#enter(row, forms, title.count, text.count)
    const extraStarts = startsOf(extras, title.count + text.count)
    const headings = headingTokensOf(article.structure, text)
    this.forward.add({ forms, title, text, extraStarts, headings, string: article.text })
    this.fields.add(docId, article)
  }

  /** Removes an article by its sequence number; one that is not there is left alone. */
  remove(seqNo: number): void {
    const docId = this.documents.docIdOf(seqNo)
    if (docId === undefined) return
    this.documents.remove(docId)
    const terms = new Set<number>()
    for (const form of new Set(this.forward.forms(docId))) {
      this.vocabulary.countForm(form, -1)
      terms.add(this.vocabulary.termOfForm(form))
      for (const { term } of this.vocabulary.additionalTerms(form)) terms.add(term)
    }
    for (const term of terms) this.#countTerm(term, -1)
  }

  /** So many more living articles have a term, or fewer where it is negative. */
  #countTerm(term: number, by: number): void {
    if (by === 0) return
    const frequencies = this.vocabulary.documentFrequencies
    const before = frequencies.at(term)
    frequencies.set(term, before + by)
    this.grams.adjustFrequency(term, by, before === 0 ? 1 : before + by === 0 ? -1 : 0)
  }

  get needsCompaction(): boolean {
    const { size, liveCount } = this.documents
    return size - liveCount > size * DELETED_SHARE_MAX
  }

  /** The same index without tombstones: no article is read or analysed again. */
  compacted(): ArticleIndex {
    const compact = new ArticleIndex()
    compact.append(this)
    return compact
  }

  /**
   * Takes over the living articles of another index, which come after all that are here: dictionaries are joined and columns renumbered. Takes
   * linear time, a microsecond for each of its terms and forms.
   */
  append(other: ArticleIndex): void {
    for (const _ of this.appending(other));
  }

  /** The same in pieces of a millisecond at most; in between neither of both may be used. */
  *appending(other: ArticleIndex): Generator<void> {
    const { ids, times, lengths, titleLengths, seqNos, contents, deletedDocs, size } = other.documents
    const docIds = new Int32Array(size).fill(-1)
    for (let docId = 0; docId < size; docId++) {
      if (deletedDocs[docId] === 1) continue
      docIds[docId] = this.documents.add({
        seqNo: seqNos[docId] as number,
        id: ids.at(docId) as string,
        time: times[docId] as number,
        length: lengths[docId] as number,
        titleLength: titleLengths[docId] as number,
        content: contents[docId] as number,
      })
      if (docId % ROWS_IN_PIECE === 0) yield
    }
    const { terms, forms } = yield* this.vocabulary.adoptingLiving(other.vocabulary)
    let tokens = 0
    for (let docId = 0; docId < size; docId++) {
      if (deletedDocs[docId] === 1) continue
      this.forward.adopt(other.forward, docId, (form) => forms[form] as number)
      tokens += other.forward.countOf(docId)
      if (tokens < TOKENS_IN_PIECE) continue
      tokens = 0
      yield
    }
    for (const [term, number] of terms.entries()) {
      if (number >= 0) this.#countTerm(number, other.vocabulary.documentFrequencies.at(term))
      if (term % ROWS_IN_PIECE === 0) yield
    }
    for (const [form, number] of forms.entries()) {
      if (number >= 0) this.vocabulary.countForm(number, other.vocabulary.formFrequencies.at(form))
      if (form % ROWS_IN_PIECE === 0) yield
    }
    yield* this.postings.adoptingAll(yield* other.postings.packing(other.vocabulary.terms.length), terms, docIds)
    yield* this.fields.adoptingAll(other.fields, docIds)
    this.seqNo = Math.max(this.seqNo, other.seqNo)
  }

  #formsOf(fields: readonly Analysis[]): Uint32Array {
    const forms = new Uint32Array(fields.reduce((count, field) => count + field.count, 0))
    let at = 0
    for (const field of fields) for (const word of field.words) forms[at++] = this.vocabulary.formOf(word)
    return forms
  }

  /** Enters an article but for its tokens and fields. */
  #enter(
    row: Omit<DocumentRow, 'length' | 'titleLength'>,
    forms: Uint32Array,
    titleCount: number,
    textCount: number,
  ): number {
    const counted = this.#occurrences.count(forms, titleCount, titleCount + textCount)
    const docId = this.documents.add({ ...row, length: counted.length, titleLength: counted.titleLength })
    for (const form of counted.forms) this.vocabulary.countForm(form, 1)
    for (const term of counted.terms) this.#countTerm(term, 1)
    this.postings.add(docId, counted)
    return docId
  }
}

/** Where each of these begins that has any words, the first at `start`. */
function startsOf(fields: readonly Analysis[], start: number): number[] {
  const starts: number[] = []
  let at = start
  for (const { count } of fields) {
    if (count > 0) starts.push(at)
    at += count
  }
  return starts
}
