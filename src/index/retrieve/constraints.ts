import type { Analyzer } from '../../analysis/analyzer.ts'
import { FORM_MASK } from '../../search/engine/token-stream.ts'
import { FormMatcher } from '../../search/match/form-matcher.ts'
import { hasPositions } from '../../search/query/constraint.ts'
import type { Phrase } from '../../search/query/phrase.ts'
import type { ExpandedWord, ResolvedConstraint, ResolvedWord } from '../../search/query/resolved-query.ts'
import type { QueryWord } from '../../search/query/words.ts'
import { COST, SHARE, WorkBudget } from '../../work-budget.ts'
import { PrefixTerms } from '../dictionary/prefix-terms.ts'
import { combined, complement, type DocSet, emptyDocSet } from '../docset/filter-docs.ts'
import type { PhraseMatcher } from '../match/phrase-matcher.ts'
import { WHOLE } from '../segment/posting-list.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import { ValueMatcher } from './value-matcher.ts'

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
  readonly #values: ValueMatcher
  readonly #phrases: PhraseMatcher
  readonly #words: WordDocs
  readonly #prefixTerms: PrefixTerms
  #budget = new WorkBudget()
  #since = 0

  constructor(index: ArticleIndex, analyzer: Analyzer, phrases: PhraseMatcher, words: WordDocs) {
    this.#words = words
    this.#index = index
    this.#values = new ValueMatcher(index, analyzer)
    this.#phrases = phrases
    this.#prefixTerms = new PrefixTerms(index.vocabulary, index.formOrder)
  }

  /** @throws FundstelleError `request_costly` where an exclusion cannot be looked through */
  docSet(constraint: ResolvedConstraint, budget: WorkBudget): Promise<DocSet> {
    this.#budget = budget
    this.#since = budget.spent
    this.#prefixTerms.reset(budget)
    this.#values.reset(budget)
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
            : await this.#wordsDocSet(constraint)
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
    if (!hasPositions(field)) return this.#values.phrase(phrase, field)
    if (!isExcluding) return this.#docSetOf(this.#phrases.articles(phrase, field).keys())
    const budget = this.#budget.reserve(this.#since)
    const articles = await this.#phrases.find(phrase, field, budget, SHARE.page)
    this.#budget.spend(budget.spent)
    return this.#docSetOf(articles.keys())
  }

  /** The articles that have all of these words; none where there is none. */
  async #wordsDocSet(constraint: Extract<ResolvedConstraint, { kind: 'words' }>): Promise<DocSet> {
    const { field } = constraint
    const docSets: DocSet[] = []
    const add = async (docSet: DocSet): Promise<void> => {
      docSets.push(docSet)
      if (this.#budget.isHolding) await this.#budget.giveWay()
    }
    if ('strict' in constraint) for (const word of constraint.strict) await add(this.#strictDocSet(word, field))
    else for (const word of constraint.words) await add(this.#wordDocSet(word, field))
    return docSets.length === 0 ? emptyDocSet(this.#index) : combined('and', docSets)
  }

  #wordDocSet(word: ResolvedWord, field: string | null): DocSet {
    const docIds = this.#words.docsWith(word)
    if (field === null) return this.#docSetOf(docIds)
    const own = this.#ownDocSet(word, docIds, field)
    const inTokens = hasPositions(field)
    const phraseDocSet = (phrase: Phrase): DocSet =>
      inTokens ? this.#docSetOf(this.#phrases.articles(phrase, field).keys()) : this.#values.phrase(phrase, field)
    return combined('or', [own, ...word.phrases.map(phraseDocSet)])
  }

  /** The articles that have a word, or what stands for it, in a field. */
  #ownDocSet(word: ExpandedWord, docIds: Iterable<number>, field: string): DocSet {
    if (!hasPositions(field)) return this.#values.word(word, field, this.#docSetOf(docIds))
    const candidates = this.#docSetOf(docIds)
    const matches = new FormMatcher(this.#index.vocabulary, [word])
    const isScattered = word.word.parts.length > 0
    return this.#tokensDocSet(candidates, field, (tokens, start, end) => {
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

  /** The articles that have a word in any of its forms, or as a piece of a word with hyphens. */
  #strictDocSet(queryWord: QueryWord, field: string | null): DocSet {
    if (!hasPositions(field)) return this.#values.strictWord(queryWord, field)
    const { vocabulary, postings } = this.#index
    const { word, prefix } = queryWord
    const forms = new Set<number>()
    const terms = new Set([word.term])
    if (prefix === 'asked') {
      for (const form of this.#prefixTerms.forms(word.key)) {
        forms.add(form)
        terms.add(this.#termOf(form))
      }
    }
    const number = vocabulary.termNumber(word.term)
    if (number !== undefined)
      vocabulary.forEachForm(number, true, (form) => this.#isStrict(form, number, word.term) && forms.add(form))
    const docSet = emptyDocSet(this.#index)
    const candidates = emptyDocSet(this.#index)
    for (const term of terms) {
      if (!this.#mayGoOn(0)) break
      for (const docId of this.#words.docsWithTerm(term)) candidates[docId] = 1
    }
    if (field === null && prefix !== 'asked') {
      for (const { docIds, start, end } of postings.lists(number, WHOLE))
        for (let i = start; i < end; i++) docSet[docIds[i] as number] = 1
      for (let docId = 0; docId < docSet.length; docId++) if (docSet[docId] === 1) candidates[docId] = 0
    }
    const matching = this.#phrases.spans.marked(forms, (isWanted) =>
      this.#tokensDocSet(candidates, field, (tokens, start, end) => {
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
    return vocabulary.additionalTerms(form).some((additional) => {
      if (additional.term !== term || additional.role === 'verbLemma') return false
      return additional.role !== 'part' || this.#phrases.spans.wordOf(form).units.some((unit) => unit.term === name)
    })
  }

  /** Those of the candidates whose tokens in a field pass. */
  #tokensDocSet(
    candidates: DocSet,
    field: string | null,
    test: (tokens: Uint32Array, start: number, end: number) => boolean,
  ): DocSet {
    const { forward } = this.#index
    const docSet = emptyDocSet(this.#index)
    for (let docId = 0; docId < candidates.length; docId++) {
      if (candidates[docId] === 0) continue
      const { title, text, extras } = forward.counts(docId)
      const start = field === 'text' ? title : 0
      const end = field === null ? title + text + extras : field === 'title' ? title : title + text
      if (!this.#mayGoOn(COST.value + COST.token * end)) break
      if (test(forward.tokensOf(docId, end), start, end)) docSet[docId] = 1
    }
    return docSet
  }

  #termOf(form: number): string {
    const { vocabulary } = this.#index
    return vocabulary.terms.at(vocabulary.termOfForm(form)) as string
  }

  #docSetOf(docIds: Iterable<number>): DocSet {
    const docSet = emptyDocSet(this.#index)
    for (const docId of docIds) docSet[docId] = 1
    return docSet
  }
}
