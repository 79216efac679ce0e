import type { Analyzer } from '../analysis/analyzer.ts'
import type { EngineReader, FieldCatalog, FoundArticle } from '../search/engine/engine.ts'
import type { Retrieval, RetrievalPlan } from '../search/engine/retrieval.ts'
import type { TokenStreams } from '../search/engine/token-stream.ts'
import type { WorkBudget } from '../work-budget.ts'
import type { ArticleSource } from './article-source.ts'
import { significantTerms } from './dictionary/significant-terms.ts'
import { NearDuplicates } from './docset/near-duplicates.ts'
import { prepareOrder } from './docset/sort-order.ts'
import { EmbeddedDictionary } from './embedded-dictionary.ts'
import { PhraseMatcher } from './match/phrase-matcher.ts'
import { tokenStreamOf } from './match/token-stream.ts'
import { AllowedDocs } from './retrieve/allowed-docs.ts'
import { Bm25Retriever } from './retrieve/bm25-retriever.ts'
import { Constraints } from './retrieve/constraints.ts'
import { type RetrievalParts, retrieveAll, retrieveScored } from './retrieve/retrieval.ts'
import { WordFrequencyReader } from './retrieve/word-frequencies.ts'
import type { ArticleIndex } from './segment/segment.ts'
import { foundArticle } from './stored-text.ts'
import type { SurfaceForms } from './suggest/surface-forms.ts'

/** Words entered into the spelling candidates, and tokens read for duplicates, in one piece of work: a millisecond or two. */
const WORDS_PREPARED = 128
const TOKENS_PREPARED = 2000

/**
 * Reads one index. Only one search at a time: while one gives way to other requests, its working tables are in use. They are kept from
 * one search to the next.
 */
export class EmbeddedReader implements EngineReader {
  readonly index: ArticleIndex
  readonly fields: FieldCatalog
  readonly dictionary: EmbeddedDictionary
  readonly #source: Pick<ArticleSource, 'bySeqNo' | 'parts'>
  readonly #state: () => string
  readonly #frequencies: WordFrequencyReader
  readonly #phrases: PhraseMatcher
  readonly #parts: RetrievalParts
  #budget: WorkBudget | undefined
  /** Whether groups of nearly equal articles have been asked for: most sites never do, and on 100,000 articles they take a second. */
  wantsNear = false

  /**
   * @param source of articles, by their seqNos in the store
   * @param state names the state the index is in
   */
  constructor(
    index: ArticleIndex,
    analyzer: Analyzer,
    surfaceForms: SurfaceForms,
    source: Pick<ArticleSource, 'bySeqNo' | 'parts'>,
    state: () => string,
  ) {
    this.index = index
    this.#source = source
    this.#state = state
    this.#frequencies = new WordFrequencyReader(index)
    this.#phrases = new PhraseMatcher(index, analyzer)
    const retriever = new Bm25Retriever(index, this.#frequencies, this.#phrases)
    const duplicates = new NearDuplicates(index)
    const constraints = new Constraints(index, analyzer, this.#phrases, {
      docsWith: (word) => retriever.docsWith(word),
      docsWithTerm: (term) => this.#frequencies.terms.frequencies(term).docIds,
    })
    const allowed = new AllowedDocs(index, constraints, duplicates)
    this.#parts = { index, retriever, phrases: this.#phrases, allowed, duplicates }
    this.dictionary = new EmbeddedDictionary(index, this.#frequencies, this.#phrases, surfaceForms)
    this.fields = { named: (field) => index.fieldNamed(field) }
  }

  get state(): string {
    return this.#state()
  }

  withBudget(budget: WorkBudget): this {
    this.#budget = budget
    this.#frequencies.reset(budget)
    this.#phrases.reset(budget)
    this.#parts.retriever.reset(budget)
    this.dictionary.reset(budget)
    return this
  }

  async retrieve(plan: RetrievalPlan): Promise<Retrieval> {
    const budget = this.#budget as WorkBudget
    const { words } = plan
    if (plan.foldDuplicates === 'near') this.wantsNear = true
    try {
      return words === null
        ? await retrieveAll(this.#parts, plan, budget)
        : await retrieveScored(this.#parts, { ...plan, words }, budget)
    } catch (error) {
      // a search that is refused need not be the last one of this reader
      this.restore()
      throw error
    }
  }

  async tokenStreams(): Promise<TokenStreams> {
    const { index } = this
    return { forms: index.vocabulary, grams: index.grams, of: (docId) => tokenStreamOf(index, docId) }
  }

  async articles(): Promise<(docId: number) => FoundArticle | undefined> {
    return (docId) => foundArticle(this.index, docId, this.#source)
  }

  async significantTerms(id: string, most: number): Promise<readonly string[] | undefined> {
    const docId = this.index.documents.docIdOfId(id)
    return docId === undefined ? undefined : significantTerms(this.index, docId, most)
  }

  /** Makes the tables what they are between searches, after an exception somewhere in one. */
  restore(): void {
    this.#frequencies.restore()
    this.#parts.retriever.restore()
    this.dictionary.restore()
  }

  /** Brings what every search needs in step with a change of the index: less than a millisecond with 100,000 articles. */
  follow(): void {
    this.index.documents.norms()
    this.index.grams.rarities()
    this.#parts.duplicates.exact()
  }

  /**
   * Does, a piece at a time, what the first search with an unknown word, with folding, sorting, filters or for similar articles would
   * wait for; nearly equal articles are grouped only where that was asked for before. Between two pieces searches may run, and the index may
   * change.
   */
  *warmUp(): Generator<void> {
    const { documents, grams, fields, formOrder } = this.index
    documents.norms()
    yield
    grams.rarities()
    yield
    formOrder.range('')
    yield
    while (!this.dictionary.warmUp(WORDS_PREPARED)) yield
    const { duplicates } = this.#parts
    while (!(this.wantsNear ? duplicates.prepareNear(TOKENS_PREPARED) : duplicates.prepareExact(TOKENS_PREPARED))) yield
    while (!duplicates.computeSignatures(TOKENS_PREPARED)) yield
    documents.docIdsWithId('')
    yield
    for (const name of ['id', ...fields.names]) {
      prepareOrder(this.index, name)
      fields.column(name)?.codesWith('')
      yield
      fields.column(name)?.prepareDocIdsOfCodes()
      yield
    }
  }
}
