import type { ArticleText } from '../../article/article-text.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import type { LocatedField } from '../match/locate.ts'
import { bestWindow, type WindowEdges } from './best-window.ts'
import { endsClause } from './clauses.ts'
import { firstFrom } from './first-from.ts'
import { goesOn, isStopped, type Sentence, sentenceAfter, sentenceAround, sentenceBefore } from './sentence.ts'
import type { ScoredSentence } from './sentence-choice.ts'
import type { SnippetQuery } from './snippet-query.ts'
import { SNIPPET } from './snippet-weights.ts'
import { closingEdge, openingEdge, safeEnd } from './text-edges.ts'
import { withoutLeading } from './window-end.ts'
import { wordCosts } from './word-costs.ts'

/** A stretch of a text, in UTF-16 offsets, and its tokens. */
export interface Fragment extends Sentence {
  readonly start: number
  readonly stop: number
}

/** So many neighbours are added at most: each time all words are counted again. */
const NEIGHBOURS_MAX = 64
/** What finding a window costs for each token of a sentence, in tokens that are located. */
const WINDOW_TOKEN = 4

/** Words and characters that there are for a snippet, and what of a text fits. */
export class Room {
  readonly text: ArticleText
  readonly field: LocatedField
  readonly query: SnippetQuery
  readonly words: number
  readonly characters: number
  readonly #budget: WorkBudget
  readonly #counted: (Sentence & { readonly words: number })[] = []

  constructor(
    text: ArticleText,
    field: LocatedField,
    query: SnippetQuery,
    words: number,
    characters: number,
    budget: WorkBudget,
  ) {
    this.text = text
    this.field = field
    this.query = query
    this.words = words
    this.characters = characters
    this.#budget = budget
  }

  /** How many words some tokens are; more than there may be where they are too many to be counted. */
  wordsOf({ first, end }: Sentence): number {
    if (end - first > this.words || this.charactersOf({ first, end }) > this.characters) return this.words + 1
    const known = this.#counted.find((one) => one.first === first && one.end === end)
    if (known !== undefined) return known.words
    this.#budget.spend(COST.locatedToken * (end - first))
    let words = 0
    const costs = wordCosts(this.text, this.field, first, end)
    for (let at = 0; at < end - first; at++) words += costs[at] as number
    this.#counted.push({ first, end, words })
    return words
  }

  charactersOf({ first, end }: Sentence): number {
    return this.field.endOf(end - 1) - this.field.startOf(first)
  }

  /** Whether these fit together. */
  holds(...stretches: readonly Sentence[]): boolean {
    let [words, characters] = [0, 0]
    for (const stretch of stretches) {
      words += this.wordsOf(stretch)
      characters += this.charactersOf(stretch)
    }
    return words <= this.words && characters <= this.characters
  }

  windowOf(
    sentence: ScoredSentence,
    words: number,
    reach: number,
    characters = this.characters,
    edges: WindowEdges = 'anywhere',
  ): Sentence | null {
    this.#budget.spend(COST.locatedToken * WINDOW_TOKEN * (sentence.end - sentence.first))
    return bestWindow(
      this.text,
      this.field,
      sentence,
      sentence.weights,
      words,
      reach,
      characters,
      this.query.question,
      edges,
    )
  }

  /**
   * Whether two parts of sentences read well one behind the other. Those of one paragraph tell of one thing; of others each has to be understood
   * by itself: it ends where a clause does, and goes on from no line that is not shown.
   */
  standBeside(one: Sentence, other: Sentence): boolean {
    const [left, right] = one.first < other.first ? [one, other] : [other, one]
    // the one goes on with the other
    if (left.end === right.first) return true
    if (this.#isOneParagraph(left, right)) return true
    return this.#standsAlone(left) && this.#standsAlone(right) && this.#tellsMore(one, other)
  }

  /** Whether a part has a word of the query that another has not. */
  #tellsMore(one: Sentence, other: Sentence): boolean {
    const known = new Set(this.#wordsIn(one))
    return this.#wordsIn(other).some((word) => !known.has(word))
  }

  /** Whether a part has every word of the query that the text has. */
  tellsAll(part: Sentence): boolean {
    return new Set(this.#wordsIn(part)).size === new Set(this.field.evidence.words).size
  }

  #wordsIn({ first, end }: Sentence): readonly number[] {
    const { tokens, words } = this.field.evidence
    return words.slice(firstFrom(tokens, first), firstFrom(tokens, end))
  }

  #isOneParagraph(left: Sentence, right: Sentence): boolean {
    const start = this.field.endOf(left.end - 1)
    const stop = this.field.startOf(right.first)
    return stop - start <= PARAGRAPH_MAX && !this.text.slice(start, stop).includes('\n')
  }

  #standsAlone(part: Sentence): boolean {
    const sentence = sentenceAround(this.field, part.first, part.first)
    return endsClause(this.text, this.field, part.end) && !goesOn(this.text, this.field, sentence)
  }

  isStopped(sentence: Sentence): boolean {
    return isStopped(this.text, this.field, sentence)
  }

  /** Adds whole neighbours as long as few words are used, and not many of them; headings are none. */
  filled(main: Sentence, second: Sentence | null): Sentence {
    const enough = this.words * SNIPPET.fill
    let filled = main
    for (let added = 0; added < NEIGHBOURS_MAX; added++) {
      const used = this.wordsOf(filled) + (second === null ? 0 : this.wordsOf(second))
      if (used >= enough) return filled
      const next = this.#neighbours(filled, second).find((one) => {
        const both = joined(filled, one)
        return second === null || overlaps(both, second) ? this.holds(both) : this.holds(both, second)
      })
      if (next === undefined) return filled
      filled = joined(filled, next)
    }
    return filled
  }

  #neighbours(sentence: Sentence, second: Sentence | null): Sentence[] {
    const before = sentenceBefore(this.field, sentence)
    const near = before === null || this.#isNewParagraph(sentence) ? null : before
    return [sentenceAfter(this.field, sentence), near].filter(
      (one): one is Sentence =>
        one !== null &&
        one.end - one.first <= this.words &&
        (second === null || !overlaps(one, second)) &&
        this.isStopped(one),
    )
  }

  /** Whether an empty line stands before a sentence. */
  #isNewParagraph({ first }: Sentence): boolean {
    const end = this.field.startOf(first)
    const start = Math.max(this.field.endOf(first - 1), end - GAP_MAX)
    return /\n\s*\n/.test(this.text.slice(start, end))
  }

  fragmentOf(stretch: Sentence): Fragment {
    const { text, field } = this
    const { first, end } = withoutLeading(text, field, stretch)
    const start = openingEdge(text, field, first)
    const stop = Math.min(closingEdge(text, field, end - 1), start + this.characters)
    return { first, end, start, stop: safeEnd(text, start, Math.max(start, stop)) }
  }
}

/** Sentences farther apart than so many characters tell of different things. */
const PARAGRAPH_MAX = 1000

/** So much between two sentences is looked at. */
const GAP_MAX = 20

export const joined = (one: Sentence, other: Sentence): Sentence => ({
  first: Math.min(one.first, other.first),
  end: Math.max(one.end, other.end),
})

export const overlaps = (one: Sentence, other: Sentence): boolean => one.first < other.end && other.first < one.end
