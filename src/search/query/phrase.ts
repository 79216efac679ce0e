import type { Analyzer } from '../../analysis/analyzer.ts'
import type { Word } from '../../analysis/word/word.ts'
import { COST, SHARE, type WorkBudget } from '../../work-budget.ts'

/** One piece of a word: all of it, or what stands between two hyphens. */
export interface Unit {
  /** The spelling, in lower case. */
  readonly key: string
  readonly term: string
}

/** A word as phrases see it: the whole, and its pieces where it has hyphens (else the whole alone). */
export interface PhraseWord extends Unit {
  readonly units: readonly Unit[]
}

/** Words that must stand next to each other in this order. */
export type Phrase = readonly PhraseWord[]

/** Longer phrases are cut: an article with so many of the words in a row has the rest as well. */
const WORDS_MAX = 100

export function phraseOf(text: string, analyzer: Analyzer): Phrase {
  return analyzer
    .analyze(text)
    .words.slice(0, WORDS_MAX)
    .map((word) => phraseWord(word, analyzer))
}

export function phraseWord({ key, term }: Pick<Word, 'key' | 'term'>, analyzer: Analyzer): PhraseWord {
  const pieces = key.split('-').filter((piece) => piece !== '')
  if (pieces.length <= 1) return { key, term, units: [{ key, term }] }
  return { key, term, units: pieces.map((piece) => ({ key: piece, term: analyzer.word(piece).term })) }
}

/** A place on the way through a phrase and a text: a unit of a word of each. */
interface Step {
  readonly word: number
  readonly unit: number
  readonly place: number
  readonly piece: number
}

/**
 * Where a phrase that begins at a word of a text ends: the word after its last one, or -1 where it does not stand there. Hyphens
 * count as spaces on both sides; a phrase may begin and end inside of a word with hyphens. Counts its steps; where the budget is
 * used up, the phrase is taken as not standing there.
 * @param wordAt the words of the text; undefined beyond its end
 * @param isExact whether the words must be spelt as in the phrase, but for capitals; else their terms decide
 */
export function phraseEnd(
  phrase: Phrase,
  wordAt: (place: number) => PhraseWord | undefined,
  start: number,
  isExact: boolean,
  budget: WorkBudget,
): number {
  const pieces = wordAt(start)?.units.length ?? 0
  // a word with hyphens on both sides may be gone through whole or piece by piece: what failed behind it is not tried again
  const tried = new Set<number>()
  for (let piece = 0; piece < pieces; piece++) {
    const end = endFrom({ word: 0, unit: 0, place: start, piece }, phrase, wordAt, start, isExact, tried, budget)
    if (end >= 0 || budget.isSpent()) return end
  }
  return -1
}

/** Depth first, on a stack of its own: phrases and words with hyphens are as long as a query likes. */
function endFrom(
  first: Step,
  phrase: Phrase,
  wordAt: (place: number) => PhraseWord | undefined,
  start: number,
  isExact: boolean,
  tried: Set<number>,
  budget: WorkBudget,
): number {
  const same = (a: Unit, b: Unit): boolean => (isExact ? a.key === b.key : a.term === b.term)
  const open: Step[] = [first]
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    const { word, unit, place, piece } = step
    const wanted = phrase[word]
    if (wanted === undefined) return piece > 0 ? place + 1 : place
    const found = wordAt(place)
    if (found === undefined) continue
    budget.spend(COST.phraseStep)
    if (budget.isSpent(SHARE.page)) {
      budget.cut('phrases')
      return -1
    }
    const isPlain = wanted.units.length === 1 && found.units.length === 1
    const isWhole = unit === 0 && piece === 0
    if (isWhole && !isPlain) {
      const state = word + (place - start) * (phrase.length + 1)
      if (tried.has(state)) continue
      tried.add(state)
    }
    // the whole word is pushed last, so it is tried first
    if (!isPlain && same(wanted.units[unit] as Unit, found.units[piece] as Unit)) {
      const [nextWord, nextUnit] = unit + 1 < wanted.units.length ? [word, unit + 1] : [word + 1, 0]
      const [nextPlace, nextPiece] = piece + 1 < found.units.length ? [place, piece + 1] : [place + 1, 0]
      open.push({ word: nextWord, unit: nextUnit, place: nextPlace, piece: nextPiece })
    }
    if (isWhole && same(wanted, found)) open.push({ word: word + 1, unit: 0, place: place + 1, piece: 0 })
  }
  return -1
}
