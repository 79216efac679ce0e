import type { Analyzer } from '../analysis/analyzer.ts'
import type { Word } from '../analysis/word.ts'

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

/** Longer phrases are cut: whoever has so many words in a row has the rest as well. */
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

/**
 * Where a phrase that begins at a word of a text ends: the word after its last one, or -1 where it does not stand there. Hyphens
 * count as spaces on both sides; a phrase may begin and end inside of a word with hyphens.
 * @param wordAt the words of the text; undefined beyond its end
 * @param isExact whether the words must be spelt as in the phrase, but for capitals; else their terms decide
 */
export function phraseEnd(
  phrase: Phrase,
  wordAt: (place: number) => PhraseWord | undefined,
  start: number,
  isExact: boolean,
): number {
  // a word with hyphens on both sides may be gone through whole or piece by piece: what failed behind it is not tried again
  const failed = new Set<number>()
  const same = (a: Unit, b: Unit): boolean => (isExact ? a.key === b.key : a.term === b.term)
  const from = (word: number, unit: number, place: number, piece: number): number => {
    const wanted = phrase[word]
    if (wanted === undefined) return piece > 0 ? place + 1 : place
    const found = wordAt(place)
    if (found === undefined) return -1
    const isPlain = wanted.units.length === 1 && found.units.length === 1
    const isWhole = unit === 0 && piece === 0
    const state = isWhole && !isPlain ? word + (place - start) * (phrase.length + 1) : -1
    if (state >= 0 && failed.has(state)) return -1
    const end = through(wanted, found, isPlain, word, unit, place, piece)
    if (state >= 0 && end < 0) failed.add(state)
    return end
  }
  const through = (
    wanted: PhraseWord,
    found: PhraseWord,
    isPlain: boolean,
    word: number,
    unit: number,
    place: number,
    piece: number,
  ): number => {
    if (unit === 0 && piece === 0 && same(wanted, found)) {
      const end = from(word + 1, 0, place + 1, 0)
      if (end >= 0) return end
    }
    if (isPlain) return -1
    if (!same(wanted.units[unit] as Unit, found.units[piece] as Unit)) return -1
    const [nextWord, nextUnit] = unit + 1 < wanted.units.length ? [word, unit + 1] : [word + 1, 0]
    const [nextPlace, nextPiece] = piece + 1 < found.units.length ? [place, piece + 1] : [place + 1, 0]
    return from(nextWord, nextUnit, nextPlace, nextPiece)
  }
  const pieces = wordAt(start)?.units.length ?? 0
  for (let piece = 0; piece < pieces; piece++) {
    const end = from(0, 0, start, piece)
    if (end >= 0) return end
  }
  return -1
}
