import type { Analyzer } from '../../analysis/analyzer.ts'
import { tokenize } from '../../analysis/tokenizer/tokenize.ts'
import type { Word } from '../../analysis/word/word.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import { Matcher } from '../match/word-matcher.ts'
import { type Phrase, phraseEnd, phraseWord } from '../query/phrase.ts'
import type { ResolvedWord } from '../query/resolved-query.ts'
import type { IndexedText } from './indexed-text.ts'
import type { Mark } from './mark.ts'

const NO_MARKS: readonly Mark[] = []

/** In longer texts each word is looked at by itself: what its neighbours make of it is not worth its time there. In UTF-16 units. */
const ANALYSED_LENGTH_MAX = 2000

/** Finds the words of a query in the texts of documents. */
export class WordMarks {
  readonly #words: readonly ResolvedWord[]
  readonly #phrases: readonly Phrase[]
  readonly #analyzer: Analyzer
  readonly #budget: WorkBudget
  readonly #matcher: Matcher
  /** By spelling the word of the query that it matches; -1 for none. */
  readonly #bySpelling = new Map<string, number>()

  constructor(words: readonly ResolvedWord[], analyzer: Analyzer, budget: WorkBudget) {
    this.#words = words
    this.#phrases = [...new Set(words.flatMap(({ phrase }) => (phrase === null ? [] : [phrase])))]
    this.#analyzer = analyzer
    this.#budget = budget
    this.#matcher = new Matcher(words)
  }

  /**
   * Where words of the query stand in a text, ascending and disjoint.
   * @param indexed texts in which the index has found them already: of what is one of these nothing is analysed again
   */
  in(text: string, indexed: readonly IndexedText[]): readonly Mark[] {
    if (text === '' || this.#words.length === 0) return NO_MARKS
    for (const one of indexed) {
      const marks = one.marksIn(text, text.length > ANALYSED_LENGTH_MAX)
      if (marks !== null) return marks
    }
    if (this.#budget.isSpent()) {
      this.#budget.cut('matches')
      return NO_MARKS
    }
    return text.length <= ANALYSED_LENGTH_MAX ? this.#analysed(text) : this.#oneByOne(text)
  }

  #analysed(text: string): Mark[] {
    const { count, starts, ends, words } = this.#analyzer.analyze(text)
    this.#budget.spend(COST.valueToken * count)
    const inPhrase = this.#inPhrases(words)
    const marks: Mark[] = []
    for (let token = 0; token < count; token++) {
      const word = inPhrase.get(token) ?? this.#wordLike(words[token] as Word)
      if (word >= 0) marks.push({ start: starts[token] as number, end: ends[token] as number, word })
    }
    return marks
  }

  #oneByOne(text: string): Mark[] {
    const marks: Mark[] = []
    let tokens = 0
    tokenize(text, (start, end) => {
      tokens += 1
      const word = this.#spelt(text.slice(start, end))
      if (word >= 0) marks.push({ start, end, word })
    })
    this.#budget.spend((COST.valueToken / 2) * tokens)
    return marks
  }

  #spelt(surface: string): number {
    const known = this.#bySpelling.get(surface)
    if (known !== undefined) return known
    const word = this.#wordLike(this.#analyzer.word(surface))
    this.#bySpelling.set(surface, word)
    return word
  }

  /** The first word of the query that is like one, but for those that are wanted in their phrases alone. */
  #wordLike(found: Word): number {
    return this.#matcher.wordsLike(found).find((at) => this.#words[at]?.phrase === null) ?? -1
  }

  /** The tokens of phrases, with a word of the query that is wanted there. */
  #inPhrases(words: readonly Word[]): ReadonlyMap<number, number> {
    const inPhrase = new Map<number, number>()
    const wordAt = (at: number) => words[at] && phraseWord(words[at], this.#analyzer)
    for (const phrase of this.#phrases) {
      const word = this.#words.findIndex((one) => one.phrase === phrase)
      for (let at = 0; at < words.length; at++) {
        const end = phraseEnd(phrase, wordAt, at, false, this.#budget)
        for (let token = at; token < end; token++) inPhrase.set(token, word)
      }
    }
    return inPhrase
  }
}
