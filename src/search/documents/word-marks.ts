import type { Analyzer } from '../../analysis/analyzer.ts'
import { tokenize } from '../../analysis/tokenizer/tokenize.ts'
import type { Word } from '../../analysis/word/word.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import type { LocatedField } from '../match/locate.ts'
import { Matcher } from '../match/word-matcher.ts'
import { type Phrase, phraseEnd, phraseWord } from '../query/phrase.ts'
import type { ResolvedWord } from '../query/resolved-query.ts'

/** The words of a text, and which of them a query found. */
export type MarkedWords = Pick<LocatedField, 'count' | 'startOf' | 'endOf' | 'matches' | 'matchedWords'>

/** In longer texts each word is looked at by itself: what its neighbours make of it is not worth its time there. In UTF-16 units. */
const ANALYSED_LENGTH_MAX = 2000

const NOTHING_MARKED: MarkedWords = {
  count: 0,
  startOf: () => 0,
  endOf: () => 0,
  matches: [],
  matchedWords: [],
}

/** A text of the index, with its words as they were found there. */
export interface KnownText {
  readonly length: number
  readonly text: () => string
  readonly words: MarkedWords
}

/** Finds the words of a query in texts that the index does not keep as they are. */
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

  /** @param known texts whose words need not be looked for again */
  in(text: string, known: readonly KnownText[]): MarkedWords {
    if (text === '') return NOTHING_MARKED
    const same = known.find((one) => one.length === text.length && one.text() === text)
    if (same !== undefined) return same.words
    if (this.#budget.isSpent()) {
      this.#budget.cut('matches')
      return NOTHING_MARKED
    }
    return text.length <= ANALYSED_LENGTH_MAX ? this.#analysed(text) : this.#oneByOne(text)
  }

  #analysed(text: string): MarkedWords {
    const { count, starts, ends, words } = this.#analyzer.analyze(text)
    this.#budget.spend(COST.valueToken * count)
    const inPhrase = this.#inPhrases(words)
    return markedWords(starts, ends, (token) => (inPhrase.has(token) ? 0 : this.#wordLike(words[token] as Word)))
  }

  #oneByOne(text: string): MarkedWords {
    const starts: number[] = []
    const ends: number[] = []
    tokenize(text, (start, end) => {
      starts.push(start)
      ends.push(end)
    })
    this.#budget.spend(COST.value * starts.length)
    return markedWords(starts, ends, (token) => this.#spelt(text.slice(starts[token], ends[token])))
  }

  #spelt(surface: string): number {
    const known = this.#bySpelling.get(surface)
    if (known !== undefined) return known
    const word = this.#words.length === 0 ? -1 : this.#wordLike(this.#analyzer.word(surface))
    this.#bySpelling.set(surface, word)
    return word
  }

  /** The first word of the query that is like one, but for those that are wanted in their phrases alone. */
  #wordLike(found: Word): number {
    return this.#matcher.wordsLike(found).find((at) => this.#words[at]?.phrase === null) ?? -1
  }

  /** The tokens of phrases. */
  #inPhrases(words: readonly Word[]): ReadonlySet<number> {
    const inPhrase = new Set<number>()
    const wordAt = (at: number) => words[at] && phraseWord(words[at], this.#analyzer)
    for (const phrase of this.#phrases) {
      for (let at = 0; at < words.length; at++) {
        const end = phraseEnd(phrase, wordAt, at, false, this.#budget)
        for (let token = at; token < end; token++) inPhrase.add(token)
      }
    }
    return inPhrase
  }
}

/** @param wordOf which word of the query a token matches; -1 for none */
function markedWords(
  starts: ArrayLike<number>,
  ends: ArrayLike<number>,
  wordOf: (token: number) => number,
): MarkedWords {
  const matches: number[] = []
  const matchedWords: number[] = []
  for (let token = 0; token < starts.length; token++) {
    const word = wordOf(token)
    if (word < 0) continue
    matches.push(token)
    matchedWords.push(word)
  }
  return {
    count: starts.length,
    startOf: (token) => starts[token] as number,
    endOf: (token) => ends[token] as number,
    matches,
    matchedWords,
  }
}
