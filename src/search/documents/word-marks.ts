import type { Analyzer } from '../../analysis/analyzer.ts'
import { tokenize } from '../../analysis/tokenizer/tokenize.ts'
import type { Word } from '../../analysis/word/word.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import { Matcher, matchWords } from '../match/word-matcher.ts'
import { type Phrase, phraseEnd, phraseWord } from '../query/phrase.ts'
import type { ResolvedWord } from '../query/resolved-query.ts'
import type { IndexedText } from './indexed-text.ts'
import { joinedMarks, type Mark } from './mark.ts'

const NO_MARKS: readonly Mark[] = []

/** In longer texts each word is looked at by itself: what its neighbours make of it is not worth its time there. In UTF-16 units. */
const ANALYSED_LENGTH_MAX = 2000

/** The words of a text. */
interface Words {
  readonly starts: ArrayLike<number>
  readonly ends: ArrayLike<number>
  readonly words: readonly Word[]
}

/** Finds the words of a query in the texts of documents. */
export class WordMarks {
  readonly #words: readonly ResolvedWord[]
  readonly #phrases: readonly Phrase[]
  readonly #analyzer: Analyzer
  readonly #budget: WorkBudget
  readonly #matcher: Matcher
  /** The word of the query that a word matches; -1 for none. */
  readonly #matched = new Map<Word, number>()

  constructor(words: readonly ResolvedWord[], analyzer: Analyzer, budget: WorkBudget) {
    this.#words = words
    this.#phrases = [...new Set(words.flatMap(({ phrase }) => (phrase === null ? [] : [phrase])))]
    this.#analyzer = analyzer
    this.#budget = budget
    this.#matcher = new Matcher(words)
  }

  /**
   * Where words of the query stand in a text, ascending and disjoint. The words of a phrase are marked as one, of a word that was completed what
   * was typed of it.
   * @param indexed texts in which the index has found them already: of what is one of these nothing is analysed again
   */
  in(text: string, indexed: readonly IndexedText[]): readonly Mark[] {
    if (text === '' || this.#words.length === 0) return NO_MARKS
    return joinedMarks(this.#found(text, indexed).map((mark) => this.#asTyped(text, mark)))
  }

  #found(text: string, indexed: readonly IndexedText[]): readonly Mark[] {
    const isLong = text.length > ANALYSED_LENGTH_MAX
    for (const one of indexed) {
      const marks = one.marksIn(text, isLong)
      if (marks !== null) return marks
    }
    if (this.#budget.isSpent()) {
      this.#budget.cut('matches')
      return NO_MARKS
    }
    return this.#marked(isLong ? this.#oneByOne(text) : this.#analysed(text))
  }

  #analysed(text: string): Words {
    const analysis = this.#analyzer.analyze(text)
    this.#budget.spend(COST.valueToken * analysis.count)
    return analysis
  }

  #oneByOne(text: string): Words {
    const [starts, ends, words]: [number[], number[], Word[]] = [[], [], []]
    tokenize(text, (start, end) => {
      starts.push(start)
      ends.push(end)
      words.push(this.#analyzer.word(text.slice(start, end)))
    })
    this.#budget.spend((COST.valueToken / 2) * words.length)
    return { starts, ends, words }
  }

  #marked({ starts, ends, words }: Words): Mark[] {
    const marks: Mark[] = []
    const add = (token: number, word: number, isJoined: boolean): void => {
      marks.push({ start: starts[token] as number, end: ends[token] as number, word, ...(isJoined && { isJoined }) })
    }
    const inPhrase = this.#inPhrases(words)
    for (let token = 0; token < words.length; token++) {
      const found = inPhrase.get(token)
      const word = found?.word ?? this.#wordLike(words[token] as Word)
      if (word >= 0) add(token, word, found?.isJoined ?? false)
    }
    return marks
  }

  /** The first word of the query that is like one, but for those that are wanted in their phrases alone. */
  #wordLike(found: Word): number {
    const known = this.#matched.get(found)
    if (known !== undefined) return known
    const word = this.#matcher.wordsLike(found).find((at) => this.#words[at]?.phrase === null) ?? -1
    this.#matched.set(found, word)
    return word
  }

  /** The tokens of phrases, with a word of the query that is wanted there. */
  #inPhrases(words: readonly Word[]): ReadonlyMap<number, { readonly word: number; readonly isJoined: boolean }> {
    const inPhrase = new Map<number, { readonly word: number; readonly isJoined: boolean }>()
    const wordAt = (at: number) => words[at] && phraseWord(words[at], this.#analyzer)
    for (const phrase of this.#phrases) {
      const word = this.#words.findIndex((one) => one.phrase === phrase)
      const begins: ReadonlySet<string | undefined> = new Set([phrase[0]?.term, phrase[0]?.units[0]?.term])
      for (let at = 0; at < words.length; at++) {
        // most words begin no phrase: that costs a comparison
        if (!begins.has(words[at]?.term) && words[at]?.key.includes('-') === false) continue
        const end = phraseEnd(phrase, wordAt, at, false, this.#budget)
        for (let token = at; token < end; token++) inPhrase.set(token, { word, isJoined: token > at })
      }
    }
    return inPhrase
  }

  /** Of a word that only begins as it was typed that beginning, else all of it. */
  #asTyped(text: string, mark: Mark): Mark {
    const wanted = this.#words[mark.word]
    if (wanted === undefined || wanted.prefixTerms.length === 0) return mark
    const { key } = wanted.word
    const surface = text.slice(mark.start, mark.end)
    const begins = surface.slice(0, key.length).toLowerCase() === key && surface.length > key.length
    const kind = begins ? matchWords(this.#analyzer.word(surface), wanted)?.kind : undefined
    if (kind !== 'prefix' && kind !== 'part' && kind !== 'similar') return mark
    return { ...mark, end: mark.start + key.length }
  }
}
