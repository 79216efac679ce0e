// The room `search/rewrite`: a query that was analysed gets everything that only an index knows, through the dictionary port: how much each word
// tells, which terms stand for it, which phrases no article has. Imports queries, formulas and the seam, no engine.
import { gramsOf } from '../../analysis/spelling/ngrams.ts'
import { SHARE, WorkBudget } from '../../work-budget.ts'
import type { TermDictionary } from '../engine/dictionary.ts'
import type { AnalyzedQuery } from '../query/analyzed-query.ts'
import { hasPositions, phrasesWanted } from '../query/constraint.ts'
import { distinctWords } from '../query/distinct-words.ts'
import type { Phrase } from '../query/phrase.ts'
import { isFraming } from '../query/question-words.ts'
import type { Constraint, FieldPhrase, ResolvedConstraint, ResolvedWord, TitleWord } from '../query/resolved-query.ts'
import type { QueryToken, QueryWord } from '../query/words.ts'
import { inverseDocumentFrequency } from '../ranking/bm25.ts'
import { WEIGHTS } from '../ranking/weights.ts'
import { leadWeightOf } from './lead-weight.ts'
import { lookAhead } from './look-ahead.ts'
import { isPrefixLongEnough } from './prefix-expansions.ts'
import { QueryExpander } from './query-expander.ts'
import { readingsOf } from './readings.ts'
import { titleWordsOf } from './title-words.ts'
import { withoutUnmatchedPhrases } from './unmatched-phrases.ts'

/** A query with everything that retrieving and ranking need of it. */
export interface ResolvedQuery {
  /** The distinct words that are looked up, in their order. */
  readonly words: readonly ResolvedWord[]
  /** The same as titles are looked through for them; none where no article has a title. */
  readonly titleWords: readonly TitleWord[]
  readonly constraint: ResolvedConstraint | null
  /** The phrases that articles should have, and the sum of the idfs of each one's words. */
  readonly phrases: readonly (FieldPhrase & { readonly idf: number })[]
  /** The terms of all words in order, stop words included, each with its idf. */
  readonly sequence: readonly { readonly term: string; readonly idf: number }[]
  /** The 4-grams of the words, each once, with its idf. */
  readonly grams: readonly { readonly gram: string; readonly idf: number }[]
  /** See `AnalyzedQuery`. */
  readonly isQuestion: boolean
  readonly titleFactor: number
}

/** Where the budget is used up, the last words of the query are left out. */
export async function rewrite(
  query: AnalyzedQuery,
  dictionary: TermDictionary,
  budget: WorkBudget,
): Promise<ResolvedQuery> {
  return new Rewriter(dictionary, budget, query.forgivesTypos).rewrite(query)
}

class Rewriter {
  readonly #dictionary: TermDictionary
  readonly #budget: WorkBudget
  readonly #expander: QueryExpander
  #wholeWords: ReadonlySet<string> = new Set()

  constructor(dictionary: TermDictionary, budget: WorkBudget, forgivesTypos: boolean) {
    this.#dictionary = dictionary
    this.#budget = budget
    this.#expander = new QueryExpander(dictionary, budget, forgivesTypos)
  }

  async rewrite(asked: AnalyzedQuery): Promise<ResolvedQuery> {
    const query = await this.#withoutUnmatchedPhrases(asked)
    if (this.#dictionary.isFar === true) await this.#lookAhead(query)
    this.#wholeWords = await this.#dictionary.wholeWords(compoundTerms(query))
    const words = await this.#resolveWords(query)
    return {
      words,
      titleWords: await titleWordsOf(query.tokens, words, this.#dictionary),
      constraint: query.constraint && (await this.#resolveConstraint(query.constraint, words, query, false)),
      phrases: await this.#phrases(query),
      sequence: await this.#sequence(query.sequence),
      grams: await this.#grams(words),
      isQuestion: query.isQuestion,
      titleFactor: query.titleFactor,
    }
  }

  async #withoutUnmatchedPhrases(query: AnalyzedQuery): Promise<AnalyzedQuery> {
    const wanted = phrasesWanted(query.constraint).filter(({ field }) => hasPositions(field))
    if (wanted.length === 0) return query
    const counts = await this.#dictionary.phraseFrequencies(wanted)
    const isUnmatched = (phrase: Phrase, field: string | null): boolean =>
      counts[wanted.findIndex((one) => one.phrase === phrase && one.field === field)] === 0
    return withoutUnmatchedPhrases(query, isUnmatched)
  }

  async #lookAhead(query: AnalyzedQuery): Promise<void> {
    const dictionary = this.#dictionary
    const free = new WorkBudget(Number.POSITIVE_INFINITY, undefined, this.#budget.signal)
    const ahead = new Rewriter(dictionary, free, query.forgivesTypos)
    const resolve = (word: QueryWord, isAlone: boolean): Promise<ResolvedWord> => ahead.#resolve(word, isAlone, query)
    await lookAhead(query, { dictionary, compoundTerms: compoundTerms(query), resolve })
  }

  readonly #isWholeWord = (term: string): boolean => this.#wholeWords.has(term)

  async #resolveWords(query: AnalyzedQuery): Promise<ResolvedWord[]> {
    const budget = this.#budget
    const words = distinctWords(query.tokens, this.#isWholeWord)
    const resolved: ResolvedWord[] = []
    for (const word of words) {
      if (budget.isHolding) await budget.giveWay()
      if (resolved.length > 0 && budget.isSpent(SHARE.words)) {
        budget.cut('words')
        break
      }
      resolved.push(await this.#resolve(word, words.length === 1, query))
    }
    return resolved
  }

  /** Tells how much a word tells, and what stands for it. */
  async #resolve(queryWord: QueryWord, isAlone: boolean, query: AnalyzedQuery): Promise<ResolvedWord> {
    const dictionary = this.#dictionary
    const { documents, hasParts } = await this.#statistics(queryWord)
    const expansions = await this.#expander.expand(queryWord, documents, isAlone)
    const phrases = queryWord.synonyms.filter((phrase) => phrase.length > 1)
    const counts =
      phrases.length === 0 ? [] : await dictionary.phraseFrequencies(phrases.map((phrase) => ({ phrase, field: null })))
    const inPhrases = Math.max(0, ...counts)
    const { isMeant, meant, prefixTerms, mostDocuments } = readingsOf(expansions, documents > 0, inPhrases > 0)
    const known = documents > 0 ? documents : Math.max(inPhrases, mostDocuments)
    // field by field: copying objects of many shapes by spread took a quarter of the time of rewriting
    const { surface, word, alternatives, readings, apart, count, isKnownWord, isAsItStands, noun, prefix } = queryWord
    const { synonyms, related, isConstrained, phrase } = queryWord
    return {
      surface,
      word,
      alternatives,
      readings,
      apart,
      count,
      isKnownWord,
      isAsItStands,
      noun,
      prefix,
      synonyms,
      related,
      isConstrained,
      phrase,
      expansions,
      phrases,
      termWeight: toldBy(queryWord, query) * inverseDocumentFrequency(known, dictionary.documents),
      leadWeight: await leadWeightOf(queryWord, meant, dictionary),
      isFound: isMeant || expansions.length > 0 || hasParts,
      meant,
      prefixTerms,
    }
  }

  async #statistics(queryWord: QueryWord): Promise<{ readonly documents: number; readonly hasParts: boolean }> {
    const { word, alternatives } = queryWord
    if (word.parts.length > 0 || alternatives.length > 0) return this.#dictionary.wordStatistics(queryWord)
    const [documents = 0] = await this.#dictionary.documentFrequencies([word.term])
    return { documents, hasParts: false }
  }

  /** @param isExcluding whether inside a `not`: words then match by inflection only, not by parts, typos or synonyms */
  async #resolveConstraint(
    constraint: Constraint,
    known: readonly ResolvedWord[],
    query: AnalyzedQuery,
    isExcluding: boolean,
  ): Promise<ResolvedConstraint> {
    switch (constraint.kind) {
      case 'phrase':
        return constraint
      case 'not':
        return { kind: 'not', node: await this.#resolveConstraint(constraint.node, known, query, !isExcluding) }
      case 'and':
      case 'or': {
        const nodes: ResolvedConstraint[] = []
        for (const node of constraint.nodes) nodes.push(await this.#resolveConstraint(node, known, query, isExcluding))
        return { kind: constraint.kind, nodes }
      }
      case 'words': {
        const { kind, field, tokens } = constraint
        const wanted = distinctWords(tokens, this.#isWholeWord)
        if (isExcluding) return { kind, field, strict: wanted.map((word) => this.#strict(word)) }
        const words: ResolvedWord[] = []
        for (const word of wanted) {
          if (this.#budget.isHolding) await this.#budget.giveWay()
          const same = known.find((one) => isSameWord(one, word))
          words.push(same ?? (await this.#resolve(word, false, query)))
        }
        return { kind, field, words }
      }
    }
  }

  /** A prefix that is too short stands for itself alone. */
  #strict(word: QueryWord): QueryWord {
    const isPrefix = word.prefix === 'asked' && isPrefixLongEnough(word.word.key, this.#dictionary)
    return { ...word, prefix: isPrefix ? 'asked' : null }
  }

  async #phrases({ constraint }: AnalyzedQuery): Promise<ResolvedQuery['phrases']> {
    const wanted = phrasesWanted(constraint).filter(({ field }) => hasPositions(field))
    const phrases: (FieldPhrase & { idf: number })[] = []
    for (const { phrase, field } of wanted) {
      const idfs = await this.#idfs(phrase.map(({ term }) => term))
      phrases.push({ phrase, field, idf: idfs.reduce((sum, idf) => sum + idf, 0) })
    }
    return phrases
  }

  async #sequence(terms: readonly string[]): Promise<ResolvedQuery['sequence']> {
    const idfs = await this.#idfs(terms)
    return terms.map((term, i) => ({ term, idf: idfs[i] as number }))
  }

  async #grams(words: readonly ResolvedWord[]): Promise<ResolvedQuery['grams']> {
    const grams = [...new Set(words.flatMap(({ word }) => gramsOf(word.term)))]
    const { documents } = this.#dictionary
    const frequencies = await this.#dictionary.gramFrequencies(grams)
    return grams.map((gram, i) => ({
      gram,
      // terms of the same article may share a gram: the sum is an upper bound
      idf: inverseDocumentFrequency(Math.min(frequencies[i] as number, documents), documents),
    }))
  }

  async #idfs(terms: readonly string[]): Promise<number[]> {
    const { documents } = this.#dictionary
    const frequencies = await this.#dictionary.documentFrequencies(terms)
    return frequencies.map((frequency) => inverseDocumentFrequency(frequency, documents))
  }
}

/** How much more or less a word of this query tells than its frequency does. */
function toldBy({ word, noun }: QueryWord, { hasCaseSignal, isQuestion }: AnalyzedQuery): number {
  const asNoun = noun && hasCaseSignal ? 1 + WEIGHTS.nouns : 1
  return isQuestion && isFraming(word.key) ? WEIGHTS.framing * asNoun : asNoun
}

const isSameWord = (one: QueryWord, other: QueryWord): boolean =>
  one.word.term === other.word.term && (one.prefix === 'asked') === (other.prefix === 'asked')

/** The terms that words of a query would have together, those of its operators included. */
function compoundTerms({ tokens, constraint }: AnalyzedQuery): string[] {
  const all = [...tokens, ...(constraint === null ? [] : tokensOf(constraint))]
  return all.flatMap(({ compoundReadings }) => compoundReadings.map(({ compound }) => compound.word.term))
}

function tokensOf(constraint: Constraint): readonly QueryToken[] {
  switch (constraint.kind) {
    case 'words':
      return constraint.tokens
    case 'phrase':
      return []
    case 'not':
      return tokensOf(constraint.node)
    default:
      return constraint.nodes.flatMap(tokensOf)
  }
}
