import { COST, type WorkBudget } from '../../work-budget.ts'
import type { LocatedField } from '../match/locate.ts'

/** The first and the last token of a stretch of a field. */
export type Window = readonly [first: number, last: number]

/**
 * The tokens from the first to the last of the closest group of matches that carries most weight. A window goes over the matches; for
 * each place of it the words that are in it are weighed, in the order in which they come first in the field.
 * @param begin where among the field's evidence the first match stands that counts
 * @param end where the one after the last stands
 */
export function densest(
  field: LocatedField,
  begin: number,
  end: number,
  termWeights: ArrayLike<number>,
  cropLength: number,
  charactersMax: number,
  budget: WorkBudget,
): Window {
  const matches = field.evidence.tokens.slice(begin, end)
  const window = new WordWindow(field.evidence.words.slice(begin, end))
  let best: Window = [matches[0] ?? 0, matches[0] ?? 0]
  let bestWeight = Number.NEGATIVE_INFINITY
  for (let from = 0; from < matches.length; from++) {
    const first = matches[from] as number
    const endMax = field.startOf(first) + charactersMax / 2
    const isNear = (token: number): boolean => token - first < cropLength && field.endOf(token) <= endMax
    window.moveTo(from, (match) => isNear(matches[match] as number))
    let weight = 0
    let last = from
    for (const { word, next } of window.words) {
      weight += termWeights[word] ?? 0
      last = Math.max(last, next)
    }
    const found = [first, matches[last] as number] as const
    const closer = weight === bestWeight && found[1] - found[0] < best[1] - best[0]
    if (weight > bestWeight || closer) {
      best = found
      bestWeight = weight
    }
    budget.spend(COST.match * (1 + window.words.length))
    if (budget.isSpent()) {
      budget.cut('matches')
      break
    }
  }
  return best
}

/** A word of the query among the matches of a field. */
interface MatchedWord {
  readonly word: number
  /** Its place among the words in the order in which they come first. */
  readonly rank: number
  /** Its matches, ascending, and how many of them have been passed. */
  readonly list: number[]
  passed: number
  /** How many of its matches are in the window, and which of these is the first. */
  count: number
  next: number
}

/** A window over the matches of a field, which only moves forward, and the words in it by rank. */
class WordWindow {
  readonly words: MatchedWord[] = []
  readonly #wordOfMatch: readonly MatchedWord[]
  #end = 0

  constructor(matchedWords: readonly number[]) {
    const known = new Map<number, MatchedWord>()
    this.#wordOfMatch = matchedWords.map((word, match) => {
      let one = known.get(word)
      if (one === undefined) {
        one = { word, rank: known.size, list: [], passed: 0, count: 0, next: -1 }
        known.set(word, one)
      }
      one.list.push(match)
      return one
    })
  }

  /** Lets the window begin at a match, the one after that of the call before, and go on while matches are near. */
  moveTo(from: number, isNear: (match: number) => boolean): void {
    if (from > 0) this.#leave(this.#wordOfMatch[from - 1] as MatchedWord)
    while (this.#end <= from || (this.#end < this.#wordOfMatch.length && isNear(this.#end))) {
      this.#enter(this.#wordOfMatch[this.#end] as MatchedWord)
      this.#end += 1
    }
  }

  #enter(one: MatchedWord): void {
    one.count += 1
    if (one.count > 1) return
    one.next = one.list[one.passed] as number
    let at = this.words.length
    while (at > 0 && (this.words[at - 1] as MatchedWord).rank > one.rank) at -= 1
    this.words.splice(at, 0, one)
  }

  #leave(one: MatchedWord): void {
    one.count -= 1
    one.passed += 1
    if (one.count > 0) one.next = one.list[one.passed] as number
    else this.words.splice(this.words.indexOf(one), 1)
  }
}
