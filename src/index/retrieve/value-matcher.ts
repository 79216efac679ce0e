import type { Analyzer } from '../../analysis/analyzer.ts'
import type { Word } from '../../analysis/word/word.ts'
import type { FieldValue } from '../../article/article-fields.ts'
import { matchWords } from '../../search/match/word-matcher.ts'
import { type Phrase, phraseEnd, phraseWord } from '../../search/query/phrase.ts'
import type { ExpandedWord } from '../../search/query/resolved-query.ts'
import type { QueryWord } from '../../search/query/words.ts'
import { COST, WorkBudget } from '../../work-budget.ts'
import { combined, type DocSet, emptyDocSet } from '../docset/filter-docs.ts'
import { EXTRA } from '../segment/posting-list.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/** By code of a value: not met yet; words of the index; anything else. */
const UNMET = 0
const WORDS = 1
const OTHER = 2
const kindOf = (value: FieldValue | undefined): number =>
  typeof value === 'string' && !TRUTH_VALUES.has(value) ? WORDS : OTHER

const TRUTH_VALUES: ReadonlySet<string> = new Set(['true', 'false'])

/**
 * Finds words and phrases in tags, author and `meta`. No token of one such field is told from one of another, so the values are analysed
 * again: each distinct one once.
 */
export class ValueMatcher {
  readonly #index: ArticleIndex
  readonly #analyzer: Analyzer
  #budget = new WorkBudget()
  #since = 0

  constructor(index: ArticleIndex, analyzer: Analyzer) {
    this.#index = index
    this.#analyzer = analyzer
  }

  reset(budget: WorkBudget): void {
    this.#budget = budget
    this.#since = budget.spent
  }

  /** The articles that have a phrase there. */
  phrase(phrase: Phrase, field: string): DocSet {
    const [first] = phrase
    const candidates = this.#withTerms(first === undefined ? [] : [first.term, ...first.units.map(({ term }) => term)])
    return this.#valuesDocSet(field, candidates, (words) => {
      const wordAt = (at: number) => words[at] && phraseWord(words[at], this.#analyzer)
      const budget = this.#budget.reserve(this.#since)
      const isThere = words.some((_, at) => phraseEnd(phrase, wordAt, at, false, budget) >= 0)
      this.#budget.spend(budget.spent)
      return isThere
    })
  }

  /** Of some articles those that have a word there, or what stands for it. */
  word(word: ExpandedWord, field: string, docs: DocSet): DocSet {
    const expansions = word.expansions.filter(({ kind }) => kind !== 'similar')
    const terms = [word.word, ...word.word.parts, ...expansions].map(({ term }) => term)
    const candidates = combined('and', [this.#withTerms([...terms, ...word.alternatives]), docs])
    const fits = this.#fits(word, false)
    return this.#valuesDocSet(field, candidates, (words) => words.some(fits))
  }

  /** The articles that have a word there in any of its forms, or as a piece of a word with hyphens. */
  strictWord(word: QueryWord, field: string): DocSet {
    const fits = this.#fits({ ...word, alternatives: [], expansions: [], phrases: [] }, true)
    return this.#valuesDocSet(field, this.#withTerms([word.word.term]), (words) => words.some(fits))
  }

  #fits(wanted: ExpandedWord, isStrict: boolean): (word: Word) => boolean {
    return (word) => {
      const match = matchWords(word, wanted)
      if (match === null || match.kind === 'similar') return false
      if (!isStrict || match.kind !== 'part') return true
      return phraseWord(word, this.#analyzer).units.some(({ term }) => term === wanted.word.term)
    }
  }

  /** Whether to go on; where not, what was found so far is what there is. */
  #mayGoOn(units: number): boolean {
    this.#budget.spend(units)
    return this.#budget.mayDemand(this.#since)
  }

  /** The articles that have one of these terms in tags, author or a string of `meta`, tombstones among them. */
  #withTerms(terms: readonly string[]): DocSet {
    const { postings, vocabulary } = this.#index
    const docSet = emptyDocSet(this.#index)
    for (const term of new Set(terms)) {
      for (const { docIds, start, end } of postings.lists(vocabulary.termNumber(term), EXTRA)) {
        this.#budget.spend(COST.posting * (end - start))
        for (let i = start; i < end; i++) docSet[docIds[i] as number] = 1
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
    const kinds = new Uint8Array(values.length)
    for (let entry = 0; entry < length; entry++) {
      const [docId, code] = [docIds[entry] as number, entries[entry] as number]
      // each value is decoded once
      if (kinds[code] === UNMET) kinds[code] = kindOf(values.at(code))
      // numbers and truth values are no words of the index
      if (candidates[docId] === 0 && kinds[code] === WORDS) continue
      let passes = passed.get(code)
      if (passes === undefined) {
        const { words, count } = this.#analyzer.analyze(String(values.at(code)))
        if (!this.#mayGoOn(COST.value + COST.valueToken * count)) break
        passes = test(words)
        passed.set(code, passes)
      }
      if (passes) docSet[docId] = 1
    }
    return docSet
  }
}
