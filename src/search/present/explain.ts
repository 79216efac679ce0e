import type { Analyzer } from '../../analysis/analyzer.ts'
import type { Language } from '../../errors.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import type { MatchKind } from '../match/match-kind.ts'
import type { ExpandedWord } from '../query/resolved-query.ts'
import type { SearchHit } from '../rank/search-result.ts'
import { pinnedSentence, type Signal, signalSentence, stopSentence, wordSentence } from './explanation-sentences.ts'
import { MatchedWords } from './matched-words.ts'

/** What one word of the query, or one signal of the whole query, gave to a hit's score. */
export type ExplanationPart =
  | {
      readonly word: string
      /** How it matched; `stop` where it was left out, `none` where the hit does not have it. */
      readonly kind: MatchKind | 'stop' | 'none'
      /** The word of the article. */
      readonly matched: string | null
      readonly share: number
    }
  | { readonly signal: Signal; readonly kind: 'signal'; readonly matched: null; readonly share: number }

/** Why a hit stands where it stands: the shares add up to its score. */
export interface Explanation {
  readonly text: string
  readonly parts: readonly ExplanationPart[]
}

/** UTF-16 units of one part of an explanation in an answer, about. */
const PART_LENGTH = 90

/** Explains the hits of one query: what they have of it, and what each of that gave to the score. */
export class Explainer {
  readonly #words: readonly ExpandedWord[]
  readonly #droppedStopWords: readonly string[]
  readonly #language: Language
  readonly #budget: WorkBudget
  readonly #matched: MatchedWords

  constructor(
    words: readonly ExpandedWord[],
    droppedStopWords: readonly string[],
    analyzer: Analyzer,
    language: Language,
    budget: WorkBudget,
  ) {
    this.#words = words
    this.#droppedStopWords = droppedStopWords
    this.#language = language
    this.#budget = budget
    this.#matched = new MatchedWords(words, analyzer, budget)
  }

  explain(hit: SearchHit): Explanation {
    const language = this.#language
    const { words: shares = [], signals = [] } = hit.parts ?? {}
    const found = this.#matched.in(hit)
    const sentences: string[] = []
    const parts: ExplanationPart[] = this.#words.map(({ surface }, at) => {
      const match = found[at] ?? null
      const share = shares[at] ?? 0
      sentences.push(wordSentence(surface, match, share, language))
      return { word: surface, kind: match?.kind ?? 'none', matched: match?.matched ?? null, share }
    })
    for (const word of this.#droppedStopWords) {
      sentences.push(stopSentence(word, language))
      parts.push({ word, kind: 'stop', matched: null, share: 0 })
    }
    for (const { signal, share } of signals) {
      if (share !== 0) sentences.push(signalSentence(signal, share, language))
      parts.push({ signal, kind: 'signal', matched: null, share })
    }
    if (hit.isPinned) sentences.unshift(pinnedSentence(language))
    const text = sentences.join('; ')
    this.#budget.spend(COST.output * (text.length + parts.length * PART_LENGTH))
    return { text, parts }
  }
}
