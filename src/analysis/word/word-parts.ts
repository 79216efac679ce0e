import type { CompoundPart } from '../german/compounds.ts'
import { offsetOf, type Respelling } from '../german/respelling.ts'
import { isStopWord } from '../german/stopwords.ts'
import { canonicalNumber, isNumber } from '../numbers/numbers.ts'
import { isAmpersand } from '../tokenizer/characters.ts'
import { placesOf, type Segment } from '../tokenizer/segments.ts'
import type { Decompounder } from './decompounder.ts'
import { NUMBER_AND_WORD } from './lemmatizer.ts'
import { stretch, stretches } from './sub-compounds.ts'
import type { WordPart } from './word.ts'

/** What of a word is indexed beside the whole. */
export interface WordParts {
  readonly parts: readonly WordPart[]
  readonly subCompounds: readonly WordPart[]
}

const NONE: readonly WordPart[] = []
/** The word stays whole. */
export const WHOLE: WordParts = { parts: NONE, subCompounds: NONE }

/** Finds the parts of words, with their places in the word as it is written and their terms. */
export class PartFinder {
  readonly #decompounder: Decompounder
  readonly #termOf: (key: string) => string
  readonly #stopTermOf: (key: string) => string
  readonly #capitalsTermOf: (surface: string, key: string) => string | null

  /**
   * @param termOf the term of a word in lower case
   * @param stopTermOf the term of a function word
   * @param capitalsTermOf the term of a word that is another in capitals; null for other words
   */
  constructor(
    decompounder: Decompounder,
    termOf: (key: string) => string,
    stopTermOf: (key: string) => string,
    capitalsTermOf: (surface: string, key: string) => string | null,
  ) {
    this.#decompounder = decompounder
    this.#termOf = termOf
    this.#stopTermOf = stopTermOf
    this.#capitalsTermOf = capitalsTermOf
  }

  /** Of a word of several segments: these and their parts, and what stretches of them are together. */
  ofSegments(surface: string, segments: readonly Segment[]): WordParts {
    const parts: WordPart[] = []
    const subCompounds: WordPart[] = []
    for (const segment of segments) {
      const compound = this.ofSegment(surface, segment)
      const whole = this.#whole(surface, segment)
      if (compound.parts.length === 0) parts.push(whole)
      else {
        parts.push(...compound.parts)
        subCompounds.push(whole, ...compound.subCompounds)
      }
    }
    for (const [first, last] of stretches(segments.length)) {
      const some = segments.slice(first, last + 1)
      // Meyer&Müller&Schulz: nobody is called Meyermüller
      if (some.slice(0, -1).some(({ end }) => isAmpersand(surface.charCodeAt(end)))) continue
      const { start } = some[0] as Segment
      const { end } = some.at(-1) as Segment
      subCompounds.push({ start, end, term: this.#termOf(joined(some)) })
    }
    return { parts, subCompounds }
  }

  #whole(surface: string, { start, end, key }: Segment): WordPart {
    const inCapitals = this.#capitalsTermOf(surface.slice(start, end), key)
    if (inCapitals !== null) return { start, end, term: inCapitals }
    return isStopWord(key)
      ? { start, end, term: this.#stopTermOf(key), stop: true }
      : { start, end, term: this.#termOf(key) }
  }

  /** Of a word without hyphens, or of a number with a unit. */
  ofSegment(surface: string, { start, end, key }: Segment): WordParts {
    const first = key.charCodeAt(0)
    const measure = first >= 0x30 && first <= 0x39 ? NUMBER_AND_WORD.exec(key) : null
    if (measure !== null) {
      const [, digits = '', unit = ''] = measure
      const border = start + digits.length
      const parts = [
        { start, end: border, term: canonicalNumber(digits) },
        { start: border, end, term: this.#termOf(unit) },
      ]
      return { parts, subCompounds: NONE }
    }
    const compound = this.#decompounder.compoundOf(key)
    if (compound === null) return WHOLE
    // nearly always each letter stands where it is written
    const isAsWritten = end - start === key.length
    const places = isAsWritten ? null : placesOf(surface.slice(start, end), key)
    return this.#ofCompound(compound.spelling, compound.parts, start, places)
  }

  #ofCompound(
    spelling: Respelling,
    parts: readonly CompoundPart[],
    start: number,
    places: readonly number[] | null,
  ): WordParts {
    const place = (at: number): number => {
      const letter = offsetOf(spelling, at)
      return start + (places === null ? letter : (places[letter] as number))
    }
    const indexed = (part: CompoundPart): WordPart => ({
      start: place(part.start),
      end: place(part.end),
      term: this.#termOf(part.key),
    })
    const subCompounds =
      parts.length < 3
        ? NONE
        : stretches(parts.length).map(([first, last]) => indexed(stretch(spelling.key, parts, first, last)))
    return { parts: parts.map(indexed), subCompounds }
  }
}

/** The letters of segments together, numbers in one spelling. */
export function joined(segments: readonly Segment[]): string {
  return segments.map(({ key }) => (isNumber(key) ? canonicalNumber(key) : key)).join('-')
}
