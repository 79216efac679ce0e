import { fold } from '../../analysis/german/fold.ts'
import type { Expansion } from '../../search/engine/engine.ts'
import type { QueryWord } from '../../search/query/words.ts'
import { WEIGHTS } from '../../search/ranking/weights.ts'
import { COST, SHARE, WorkBudget } from '../../work-budget.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import { NgramSimilarTerms } from './ngram-neighbours.ts'
import { PrefixTerms } from './prefix-terms.ts'
import { SpellingCorrector } from './spelling-corrector.ts'

/**
 * So few letters that words begin with are no slip; of more both is thought of, unless they are just being typed or are a word by
 * themselves: misspelt words often begin others.
 */
const BEGINNING_MAX = 3
const NONE: readonly Expansion[] = []
/** So many words are remembered, those last used: people use the same words again. What takes more than two kilobytes is not. */
const REMEMBERED_MAX = 10_000
const REMEMBERED_NUMBERS_MAX = 256

/** So many articles with a word as it was typed are enough: it is no beginning then. */
const TYPED_ENOUGH = 20

/** Packed expansions: [typos, prefixes, cost of finding them, (term, weight)…]. */
type Packed = Float64Array
const HEAD = 3
const COST_AT = 2

/** Finds the terms of an index that stand for a query word: what it was probably meant to be, then what looks like it. */
export class QueryExpander {
  readonly #index: ArticleIndex
  readonly #neighbours: NgramSimilarTerms
  readonly #corrections: SpellingCorrector
  readonly #prefixTerms: PrefixTerms
  readonly #remembered = new Map<string, Packed>()
  #state = ''
  #budget = new WorkBudget()

  constructor(index: ArticleIndex) {
    const { vocabulary } = index
    this.#index = index
    this.#neighbours = new NgramSimilarTerms(
      index.grams,
      (term) => vocabulary.documentFrequencies.at(term) > 0,
      (term) => vocabulary.terms[term] as string,
    )
    this.#corrections = new SpellingCorrector(vocabulary)
    this.#prefixTerms = new PrefixTerms(vocabulary, index.formOrder)
  }

  /** @param budget of the query whose words are asked for from now on */
  begin(budget: WorkBudget): void {
    this.#budget = budget
    this.#neighbours.begin(budget)
    this.#corrections.begin(budget)
    this.#prefixTerms.begin(budget)
  }

  /** Makes the tables what they are between uses, after an exception somewhere among these. */
  restore(): void {
    this.#neighbours.restore()
    this.#corrections.restore()
  }

  /**
   * None but synonyms where the budget for expansions is used up.
   * @param known how many living articles have the word
   * @param isAlone whether the query has no other
   */
  of(queryWord: QueryWord, known: number, isAlone: boolean): readonly Expansion[] {
    const { word, synonyms } = queryWord
    const found = word.numeric ? NONE : this.#found(queryWord, known, isAlone)
    if (synonyms.length === 0) return found
    const same = this.#synonyms(queryWord)
    const isOther = ({ term }: Expansion): boolean => same.every((one) => one.term !== term)
    const likes = found.findIndex(({ kind }) => kind === 'similar')
    const meant = found.slice(0, likes < 0 ? found.length : likes)
    return [...meant.filter(isOther), ...same, ...found.slice(meant.length).filter(isOther)]
  }

  #synonyms({ word, synonyms }: QueryWord): Expansion[] {
    const { vocabulary } = this.#index
    const terms = new Set(synonyms.flatMap((phrase) => (phrase.length === 1 ? phrase.map(({ term }) => term) : [])))
    terms.delete(word.term)
    return Array.from(terms, (term) => ({
      term,
      documents: vocabulary.documentFrequency(term),
      weight: WEIGHTS.synonym,
      kind: 'synonym' as const,
    })).filter(({ documents }) => documents > 0)
  }

  #found(queryWord: QueryWord, articles: number, isAlone: boolean): readonly Expansion[] {
    const { word, isKnownWord, alternatives } = queryWord
    if (this.#budget.isSpent(SHARE.expansion)) {
      this.#budget.cut('expansions')
      return NONE
    }
    this.#forgetOldStates()
    const isKnown = articles > 0
    const isPrefix = queryWord.prefix === 'asked' || (queryWord.prefix !== null && articles < TYPED_ENOUGH)
    const how = isPrefix ? queryWord.prefix : ''
    const name = [word.key, word.term, isKnown, isAlone, how, isKnownWord, ...alternatives].join(' ')
    const known = this.#remembered.get(name)
    if (known !== undefined) {
      this.#remember(name, known)
      // what an answer holds must not depend on what was asked before
      this.#budget.spend(known[COST_AT] as number)
      return this.#unpack(known)
    }
    const spentBefore = this.#budget.spent
    const prefixTerms = isPrefix ? this.#prefixTerms.of(queryWord) : []
    const isRatherBegun = queryWord.prefix === 'typing' || isKnownWord || word.key.length <= BEGINNING_MAX
    const isBeginning = queryWord.prefix === 'asked' || (prefixTerms.length > 0 && isRatherBegun)
    const beginnings: Expansion[] = []
    const meant = isBeginning ? [] : this.#corrections.of(queryWord, isKnown, isAlone)
    // what is both is a beginning
    for (const { term, weight, ...more } of prefixTerms) {
      const slip = meant.findIndex((one) => one.term === term)
      const [known] = slip < 0 ? [] : meant.splice(slip, 1)
      beginnings.push({ ...more, term, weight: Math.max(weight, known?.weight ?? 0) })
    }
    meant.push(...beginnings)
    const isNew = ({ term }: Expansion): boolean => !meant.some((one) => one.term === term)
    const likes = this.#similar(queryWord, isKnown).filter(isNew)
    const expansions = [...meant, ...likes].filter(({ weight }) => weight > 0)
    this.#budget.spend(COST.expansion * expansions.length)
    this.#remember(name, this.#pack(expansions, this.#budget.spent - spentBefore))
    return expansions
  }

  /** Prepares corrections for so many more words of the vocabulary; whether all are prepared. See `Corrections.enter`. */
  prepare(words: number): boolean {
    return this.#corrections.enter(words)
  }

  #forgetOldStates(): void {
    const { size, liveCount } = this.#index.documents
    // whatever is added or removed changes one of these
    const state = `${size} ${liveCount}`
    if (state !== this.#state) this.#remembered.clear()
    this.#state = state
  }

  /** As the word used last; the one that was not used for longest is forgotten. */
  #remember(name: string, packed: Packed): void {
    this.#remembered.delete(name)
    if (packed.length > REMEMBERED_NUMBERS_MAX) return
    this.#remembered.set(name, packed)
    if (this.#remembered.size <= REMEMBERED_MAX) return
    const [oldest] = this.#remembered.keys()
    this.#remembered.delete(oldest as string)
  }

  #pack(expansions: readonly Expansion[], cost: number): Packed {
    const { vocabulary } = this.#index
    const packed = new Float64Array(HEAD + expansions.length * 2)
    packed[0] = expansions.filter(({ kind }) => kind === 'typo').length
    packed[1] = expansions.filter(({ kind }) => kind === 'prefix').length
    packed[COST_AT] = cost
    for (const [at, { term, weight }] of expansions.entries()) {
      packed[HEAD + at * 2] = vocabulary.termNumber(term) as number
      packed[HEAD + at * 2 + 1] = weight
    }
    return packed
  }

  #unpack(packed: Packed): Expansion[] {
    const { terms, documentFrequencies } = this.#index.vocabulary
    const expansions: Expansion[] = []
    const typos = packed[0] as number
    const meant = typos + (packed[1] as number)
    for (let at = HEAD; at < packed.length; at += 2) {
      const term = packed[at] as number
      const kind = expansions.length < typos ? 'typo' : expansions.length < meant ? 'prefix' : 'similar'
      const weight = packed[at + 1] as number
      expansions.push({ term: terms[term] as string, documents: documentFrequencies.at(term), weight, kind })
    }
    return expansions
  }

  #similar({ word, alternatives }: QueryWord, isKnown: boolean): Expansion[] {
    const { vocabulary } = this.#index
    const similarities = new Map<string, number>()
    const spellings = isKnown ? [word.term] : new Set([word.term, fold(word.key)])
    for (const spelling of spellings) {
      for (const { term, similarity } of this.#neighbours.of(spelling)) {
        const name = vocabulary.terms[term] as string
        if (alternatives.includes(name)) continue
        similarities.set(name, Math.max(similarity, similarities.get(name) ?? 0))
      }
    }
    return Array.from(similarities, ([term, similarity]) => ({
      term,
      documents: vocabulary.documentFrequency(term),
      weight: WEIGHTS.neighbour * similarity * similarity,
      kind: 'similar' as const,
    }))
  }
}
