import type { Analyzer } from '../../analysis/analyzer.ts'
import type { Word } from '../../analysis/word/word.ts'
import { FORM_MASK } from '../../search/engine/token-stream.ts'
import { FormMatcher } from '../../search/match/form-matcher.ts'
import { matchWords } from '../../search/match/word-matcher.ts'
import { hasPositions } from '../../search/query/constraint.ts'
import { type Phrase, phraseEnd, phraseWord } from '../../search/query/phrase.ts'
import type { ExpandedWord, ResolvedConstraint, ResolvedWord } from '../../search/query/resolved-query.ts'
import type { QueryWord } from '../../search/query/words.ts'
import { COST, SHARE, WorkBudget } from '../../work-budget.ts'
import { PrefixTerms } from '../dictionary/prefix-terms.ts'
import { combined, complement, type DocSet, emptyDocSet } from '../docset/filter-docs.ts'
import type { PhraseMatcher } from '../match/phrase-matcher.ts'
import { EXTRA, WHOLE } from '../segment/postings.ts'
import type { ArticleIndex } from '../segment/segment.ts'

const TRUTH_VALUES: ReadonlySet<string> = new Set(['true', 'false'])

/** Tables of all articles that are filled and joined for one word or phrase. */
const DOC_SETS_EACH = 4

/** Which articles have the words of a query. */
export interface WordDocs {
  /** Those that have all of a word. */
  docsWith(word: ResolvedWord): Iterable<number>
  /** The living articles that have a term at any place. */
  docsWithTerm(term: string): Iterable<number>
}

/**
 * Finds the articles that are as the operators of a query demand. What is demanded may be found in part where the budget is used up;
 * what is excluded must not.
 */
export class Constraints {
  readonly #index: ArticleIndex
  readonly #analyzer: Analyzer
  readonly #phrases: PhraseMatcher
  readonly #words: WordDocs
  readonly #prefixTerms: PrefixTerms
  #budget = new WorkBudget()
  #since = 0

  constructor(index: ArticleIndex, analyzer: Analyzer, phrases: PhraseMatcher, words: WordDocs) {
    this.#words = words
    this.#index = index
    this.#analyzer = analyzer
    this.#phrases = phrases
    this.#prefixTerms = new PrefixTerms(index.vocabulary, index.formOrder)
  }

  /** @throws FundstelleError `request_costly` where an exclusion cannot be looked through */
  docSet(constraint: ResolvedConstraint, budget: WorkBudget): Promise<DocSet> {
    this.#budget = budget
    this.#since = budget.spent
    this.#prefixTerms.begin(budget)
    return this.#docSet(constraint, false)
  }

  /** @param isExcluding whether inside a `not`: what is found there must be complete */
  async #docSet(constraint: ResolvedConstraint, isExcluding: boolean): Promise<DocSet> {
    const budget = this.#budget
    if (budget.isHolding) await budget.giveWay()
    switch (constraint.kind) {
      case 'not':
        return complement(await this.#docSet(constraint.node, !isExcluding))
      case 'and':
      case 'or': {
        const docSets: DocSet[] = []
        for (const node of constraint.nodes) docSets.push(await this.#docSet(node, isExcluding))
        return combined(constraint.kind, docSets)
      }
      case 'phrase':
      case 'words': {
        budget.spend(COST.document * DOC_SETS_EACH * this.#index.documents.size)
        const docSet =
          constraint.kind === 'phrase'
            ? await this.#phraseDocSet(constraint.phrase, constraint.field, isExcluding)
            : this.#wordsDocSet(constraint)
        if (isExcluding) budget.demand('operators', this.#since)
        else if (!this.#mayGoOn(0)) budget.cut('words')
        return docSet
      }
    }
  }

  /** Whether to go on; where not, what was found so far is what there is. */
  #mayGoOn(units: number): boolean {
    this.#budget.spend(units)
    return this.#budget.mayDemand(this.#since)
  }

  async #phraseDocSet(phrase: Phrase, field: string | null, isExcluding: boolean): Promise<DocSet> {
    if (!hasPositions(field)) return this.#valuePhraseMask(phrase, field)
    if (!isExcluding) return this.#docSetOf(this.#phrases.articles(phrase, field).keys())
    const budget = this.#budget.reserve(this.#since)
    const articles = await this.#phrases.find(phrase, field, budget, SHARE.page)
    this.#budget.spend(budget.spent)
    return this.#docSetOf(articles.keys())
  }

  /** Who has a phrase in tags, author or a string of `meta`. */
  #valuePhraseMask(phrase: Phrase, field: string): DocSet {
    const [first] = phrase
    const candidates = this.#havingInExtras(
      first === undefined ? [] : [first.term, ...first.units.map(({ term }) => term)],
    )
    return this.#valuesDocSet(field, candidates, (words) => {
      const wordAt = (place: number) => words[place] && phraseWord(words[place], this.#analyzer)
      const budget = this.#budget.reserve(this.#since)
      const isThere = words.some((_, at) => phraseEnd(phrase, wordAt, at, false, budget) >= 0)
      this.#budget.spend(budget.spent)
      return isThere
    })
  }

  /** The articles that have all of these words; none where there is none. */
  #wordsDocSet(constraint: Extract<ResolvedConstraint, { kind: 'words' }>): DocSet {
    const { field } = constraint
    const docSets =
      'strict' in constraint
        ? constraint.strict.map((word) => this.#strictDocSet(word, field))
        : constraint.words.map((word) => this.#wordDocSet(word, field))
    return docSets.length === 0 ? emptyDocSet(this.#index) : combined('and', docSets)
  }

  #wordDocSet(word: ResolvedWord, field: string | null): DocSet {
    const docIds = this.#words.docsWith(word)
    if (field === null) return this.#docSetOf(docIds)
    const own = this.#ownDocSet(word, docIds, field)
    const inTokens = hasPositions(field)
    const phraseDocSet = (phrase: Phrase): DocSet =>
      inTokens ? this.#docSetOf(this.#phrases.articles(phrase, field).keys()) : this.#valuePhraseMask(phrase, field)
    return combined('or', [own, ...word.phrases.map(phraseDocSet)])
  }

  /** Who has in a field a word, or what stands for it alone. */
  #ownDocSet(word: ExpandedWord, docIds: Iterable<number>, field: string): DocSet {
    if (!hasPositions(field)) {
      const fits = this.#fits(word, false)
      const expansions = word.expansions.filter(({ kind }) => kind !== 'similar')
      const terms = [word.word, ...word.word.parts, ...expansions].map(({ term }) => term)
      const inExtras = this.#havingInExtras([...terms, ...word.alternatives])
      const candidates = combined('and', [inExtras, this.#docSetOf(docIds)])
      return this.#valuesDocSet(field, candidates, (words) => words.some(fits))
    }
    const candidates = this.#docSetOf(docIds)
    const matches = new FormMatcher(this.#index.vocabulary, [word])
    const isScattered = word.word.parts.length > 0
    return this.#tokensMask(candidates, field, (tokens, start, end) => {
      const parts = new Set<string>()
      for (let at = start; at < end; at++) {
        const form = (tokens[at] as number) & FORM_MASK
        const [match] = matches.of(form)
        if (match?.whole === true) return true
        if (match !== undefined && isScattered) parts.add(this.#termOf(form))
      }
      return isScattered && word.word.parts.every(({ term }) => parts.has(term))
    })
  }

  /** Who has a word in any of its forms, or as a piece of a word with hyphens. */
  #strictDocSet(queryWord: QueryWord, field: string | null): DocSet {
    const { vocabulary, postings } = this.#index
    const { word, prefix } = queryWord
    if (!hasPositions(field)) {
      const fits = this.#fits({ ...queryWord, alternatives: [], expansions: [], phrases: [] }, true)
      return this.#valuesDocSet(field, this.#havingInExtras([word.term]), (words) => words.some(fits))
    }
    const forms = new Set<number>()
    const terms = new Set([word.term])
    if (prefix === 'asked') {
      for (const form of this.#prefixTerms.forms(word.key)) {
        forms.add(form)
        terms.add(this.#termOf(form))
      }
    }
    const number = vocabulary.termNumber(word.term) ?? -1
    if (number >= 0)
      vocabulary.forEachForm(number, true, (form) => this.#isStrict(form, number, word.term) && forms.add(form))
    const docSet = emptyDocSet(this.#index)
    const candidates = emptyDocSet(this.#index)
    for (const term of terms) {
      if (!this.#mayGoOn(0)) break
      for (const docId of this.#words.docsWithTerm(term)) candidates[docId] = 1
    }
    if (field === null && prefix !== 'asked') {
      for (const docIds of postings.tfBuckets(word.term, WHOLE)) for (const docId of docIds ?? []) docSet[docId] = 1
      for (let docId = 0; docId < docSet.length; docId++) if (docSet[docId] === 1) candidates[docId] = 0
    }
    const matching = this.#phrases.spans.marked(forms, (isWanted) =>
      this.#tokensMask(candidates, field, (tokens, start, end) => {
        for (let at = start; at < end; at++) if (isWanted[(tokens[at] as number) & FORM_MASK] === 1) return true
        return false
      }),
    )
    return combined('or', [docSet, matching])
  }

  /** Whether a form is the word itself: by its own term, with its neighbours, or as a piece between hyphens. */
  #isStrict(form: number, term: number, name: string): boolean {
    const { vocabulary } = this.#index
    if (vocabulary.termOfForm(form) === term) return true
    return vocabulary.additionalTerms(form).some((further) => {
      if (further.term !== term || further.role === 'relative') return false
      return further.role !== 'part' || this.#phrases.spans.wordOf(form).units.some((unit) => unit.term === name)
    })
  }

  #fits(wanted: ExpandedWord, isStrict: boolean): (word: Word) => boolean {
    return (word) => {
      const match = matchWords(word, wanted)
      if (match === null || match.kind === 'similar') return false
      if (!isStrict || match.kind !== 'part') return true
      return phraseWord(word, this.#analyzer).units.some(({ term }) => term === wanted.word.term)
    }
  }

  /** Those of the candidates whose tokens in a field pass. */
  #tokensMask(
    candidates: DocSet,
    field: string | null,
    test: (tokens: Uint32Array, start: number, end: number) => boolean,
  ): DocSet {
    const { forward } = this.#index
    const docSet = emptyDocSet(this.#index)
    for (let docId = 0; docId < candidates.length; docId++) {
      if (candidates[docId] === 0) continue
      const tokens = forward.tokensOf(docId)
      const { title, text } = forward.counts(docId)
      const start = field === 'text' ? title : 0
      const end = field === null ? tokens.length : field === 'title' ? title : title + text
      if (!this.#mayGoOn(COST.value + COST.token * (end - start))) break
      if (test(tokens, start, end)) docSet[docId] = 1
    }
    return docSet
  }

  /** The articles that have one of these terms in tags, author or a string of `meta`, tombstones among them. */
  #havingInExtras(terms: readonly string[]): DocSet {
    const docSet = emptyDocSet(this.#index)
    for (const term of new Set(terms)) {
      for (const docIds of this.#index.postings.tfBuckets(term, EXTRA)) {
        if (docIds === undefined) continue
        this.#budget.spend(COST.posting * docIds.length)
        for (let i = 0; i < docIds.length; i++) docSet[docIds[i] as number] = 1
      }
    }
    return docSet
  }

  /**
   * The articles one of whose values in a field passes; each distinct value is analysed once.
   * @param candidates who is looked at for the sake of a text
   */
  #valuesDocSet(field: string, candidates: DocSet, test: (words: readonly Word[]) => boolean): DocSet {
    const docSet = emptyDocSet(this.#index)
    const column = this.#index.fields.column(field)
    if (column === undefined) return docSet
    const { values, docIds, entries, length } = column
    this.#budget.spend(COST.entry * length)
    const passed = new Map<number, boolean>()
    for (let entry = 0; entry < length; entry++) {
      const [docId, code] = [docIds[entry] as number, entries[entry] as number]
      const value = values[code]
      if (value === undefined) continue
      // numbers and truth values are no words of the index
      if (candidates[docId] === 0 && typeof value === 'string' && !TRUTH_VALUES.has(value)) continue
      let passes = passed.get(code)
      if (passes === undefined) {
        const { words, count } = this.#analyzer.analyze(String(value))
        if (!this.#mayGoOn(COST.value + COST.valueToken * count)) break
        passes = test(words)
        passed.set(code, passes)
      }
      if (passes) docSet[docId] = 1
    }
    return docSet
  }

  #termOf(form: number): string {
    const { vocabulary } = this.#index
    return vocabulary.terms[vocabulary.termOfForm(form)] as string
  }

  #docSetOf(docIds: Iterable<number>): DocSet {
    const docSet = emptyDocSet(this.#index)
    for (const docId of docIds) docSet[docId] = 1
    return docSet
  }
}
