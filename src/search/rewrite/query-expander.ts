import { fold } from '../../analysis/german/fold.ts'
import { isStopTerm } from '../../analysis/german/stopwords.ts'
import { COST, SHARE, type WorkBudget } from '../../work-budget.ts'
import type { SimilarTerm, TermDictionary } from '../engine/dictionary.ts'
import type { Expansion } from '../query/resolved-query.ts'
import type { QueryWord } from '../query/words.ts'
import { WEIGHTS } from '../ranking/weights.ts'
import { prefixExpansions } from './prefix-expansions.ts'
import { spellingCorrections } from './spelling-corrections.ts'

/**
 * A prefix of up to this length is never taken for a typo; longer input is tried as both, unless it is just being typed or is a word by
 * itself: misspelt words often begin others.
 */
const PREFIX_ONLY_LENGTH_MAX = 2
/** So many articles with a word as it was typed are enough: it is no prefix then. */
const TYPED_ENOUGH = 20
const NONE: readonly Expansion[] = []

/** Finds the terms of an index that stand for a query word: what it was probably meant to be, then what looks like it. */
export class QueryExpander {
  readonly #dictionary: TermDictionary
  readonly #budget: WorkBudget
  readonly #forgivesTypos: boolean

  constructor(dictionary: TermDictionary, budget: WorkBudget, forgivesTypos: boolean) {
    this.#dictionary = dictionary
    this.#budget = budget
    this.#forgivesTypos = forgivesTypos
  }

  /**
   * None but synonyms where the budget for expansions is used up.
   * @param documents how many articles have the word
   * @param isAlone whether the query has no other
   */
  async expand(queryWord: QueryWord, documents: number, isAlone: boolean): Promise<readonly Expansion[]> {
    const { synonyms, readings, isAsItStands } = queryWord
    const found = isAsItStands ? NONE : await this.#byLetters(queryWord, documents, isAlone)
    if (synonyms.length === 0 && readings.length === 0) return this.#withRelated(found, queryWord)
    const same = [...(await this.#synonyms(queryWord)), ...(await this.#readings(queryWord, documents))]
    const isOther = ({ term }: Expansion): boolean => same.every((one) => one.term !== term)
    const firstSimilar = found.findIndex(({ kind }) => kind === 'similar')
    const meant = found.slice(0, firstSimilar < 0 ? found.length : firstSimilar)
    const all = [...meant.filter(isOther), ...same, ...found.slice(meant.length).filter(isOther)]
    return this.#withRelated(all, queryWord)
  }

  /** What a thesaurus has adds to scores as what looks like the word does: with it as a hit's only word, other articles came first. */
  async #withRelated(found: readonly Expansion[], { related }: QueryWord): Promise<readonly Expansion[]> {
    if (related.length === 0) return found
    const others = related.filter((term) => found.every((one) => one.term !== term))
    return [...found, ...(await this.#inIndex(others, WEIGHTS.thesaurus, 'similar'))]
  }

  /** A function word only where no article has what was typed: it would be found nearly everywhere. */
  async #readings({ readings }: QueryWord, documents: number): Promise<Expansion[]> {
    const terms = documents === 0 ? readings : readings.filter((term) => !isStopTerm(term))
    return this.#inIndex(terms, WEIGHTS.reading, 'inflected')
  }

  async #inIndex(terms: readonly string[], weight: number, kind: Expansion['kind']): Promise<Expansion[]> {
    const counts = terms.length === 0 ? [] : await this.#dictionary.documentFrequencies(terms)
    return terms
      .map((term, i) => ({ term, documents: counts[i] as number, weight, kind }))
      .filter(({ documents }) => documents > 0)
  }

  async #synonyms({ word, synonyms }: QueryWord): Promise<Expansion[]> {
    const oneWord = synonyms.flatMap((phrase) => (phrase.length === 1 ? phrase.map(({ term }) => term) : []))
    const terms = [...new Set(oneWord)].filter((term) => term !== word.term)
    return this.#inIndex(terms, WEIGHTS.synonym, 'synonym')
  }

  async #byLetters(queryWord: QueryWord, documents: number, isAlone: boolean): Promise<readonly Expansion[]> {
    const { word, isKnownWord, prefix } = queryWord
    if (this.#budget.isSpent(SHARE.expansion)) {
      this.#budget.cut('expansions')
      return NONE
    }
    const isKnown = documents > 0
    const mayBePrefix = prefix === 'asked' || (prefix !== null && documents < TYPED_ENOUGH)
    const prefixTerms = mayBePrefix ? await prefixExpansions(queryWord, this.#dictionary) : []
    const isRatherPrefix = prefix === 'typing' || isKnownWord || word.key.length <= PREFIX_ONLY_LENGTH_MAX
    const isPrefixOnly = prefix === 'asked' || (prefixTerms.length > 0 && isRatherPrefix)
    if (!this.#forgivesTypos) return prefixTerms
    const corrections = isPrefixOnly ? [] : await spellingCorrections(queryWord, isKnown, isAlone, this.#dictionary)
    const meant = withPrefixTerms(corrections, prefixTerms)
    const similar = await this.#similar(queryWord, isKnown)
    const expansions = meant.length === 0 ? similar : withSimilar(meant, similar)
    this.#budget.spend(COST.expansion * expansions.length)
    return expansions
  }

  async #similar({ word, alternatives }: QueryWord, isKnown: boolean): Promise<readonly Expansion[]> {
    const byStem = await this.#dictionary.similarTerms(word.term)
    const folded = fold(word.key)
    // a word that no article has may look more like one by its spelling than by its stem
    const found =
      isKnown || folded === word.term ? byStem : moreAlike(byStem, await this.#dictionary.similarTerms(folded))
    const expansions = similarExpansions(found)
    return alternatives.length === 0 ? expansions : expansions.filter(({ term }) => !alternatives.includes(term))
  }
}

/** The terms of both, each with the greater likeness. */
function moreAlike(some: readonly SimilarTerm[], others: readonly SimilarTerm[]): SimilarTerm[] {
  const byTerm = new Map(some.map((one) => [one.term, one]))
  for (const one of others) if (one.similarity > (byTerm.get(one.term)?.similarity ?? 0)) byTerm.set(one.term, one)
  return [...byTerm.values()]
}

function similarExpansions(found: readonly SimilarTerm[]): readonly Expansion[] {
  const weight = WEIGHTS.neighbour
  if (weight === 0) return NONE
  return found.map(({ term, documents, similarity }) => ({
    term,
    documents,
    weight: weight * similarity * similarity,
    kind: 'similar',
  }))
}

/** What was meant, as far as it counts anything, then what looks like the word and is not among it. */
function withSimilar(meant: readonly Expansion[], similar: readonly Expansion[]): Expansion[] {
  const known = new Set(meant.map(({ term }) => term))
  return [...meant.filter(({ weight }) => weight > 0), ...similar.filter(({ term }) => !known.has(term))]
}

/** The corrections, then the prefix terms: what is both is a prefix term, at the greater weight. */
function withPrefixTerms(corrections: readonly Expansion[], prefixTerms: readonly Expansion[]): Expansion[] {
  if (prefixTerms.length === 0) return [...corrections]
  const corrected = new Map(corrections.map(({ term, weight }) => [term, weight]))
  const begun = new Set(prefixTerms.map(({ term }) => term))
  return [
    ...corrections.filter(({ term }) => !begun.has(term)),
    ...prefixTerms.map((one) => ({ ...one, weight: Math.max(one.weight, corrected.get(one.term) ?? 0) })),
  ]
}
