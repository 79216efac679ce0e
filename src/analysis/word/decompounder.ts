import { isAccident } from '../german/compound-rules.ts'
import type { CompoundPart, CompoundSplitter } from '../german/compounds.ts'
import { hasPair, withTriples } from '../german/orthography.ts'
import { KEPT_AS_WRITTEN } from '../german/protected-words.ts'
import { offsetOf, type Respelling } from '../german/respelling.ts'
import type { TermFinder } from '../german/terms.ts'
import type { Lexicon } from '../lexicon/lexicon.ts'
import { dottedSpelling, plainSpelling } from './spellings.ts'
import { stretch } from './sub-compounds.ts'

const INSEPARABLE_VERB = /^(?:be|ent|er|ge|ver|zer)(.{3,}n)$/

/** A compound in the spelling in which it could be split. */
export interface Compound {
  readonly spelling: Respelling
  /** At least two; their places are those of `spelling`. */
  readonly parts: readonly CompoundPart[]
}

/** Takes compounds apart, as they are written: in whatever spelling, but not by accident, and not where the owner's rules forbid it. */
export class Decompounder {
  readonly #lexicon: Lexicon
  readonly #splitter: CompoundSplitter
  readonly #finder: TermFinder
  readonly #termOf: (key: string) => string
  readonly #isWord = (word: string): boolean => this.#lexicon.isNoun(word) || this.#lexicon.isInfinitive(word)
  /** By term. */
  #unsplit: ReadonlySet<string> = new Set()

  /** @param termOf the term of a word in lower case */
  constructor(lexicon: Lexicon, splitter: CompoundSplitter, finder: TermFinder, termOf: (key: string) => string) {
    this.#lexicon = lexicon
    this.#splitter = splitter
    this.#finder = finder
    this.#termOf = termOf
  }

  /** From now on words of these terms stay whole, also inside longer ones. */
  keepWhole(terms: readonly string[]): void {
    this.#unsplit = new Set(terms)
  }

  /** The parts of a word in lower case; null where it is whole. */
  compoundOf(key: string): Compound | null {
    const plain = plainSpelling(key)
    const compound = this.#inSpelling(plain) ?? this.#inSpelling(dottedSpelling(key, plain))
    if (compound !== null || !hasPair(plain.key) || this.#finder.isKnown(plain.key)) return compound
    for (const spelling of withTriples(plain)) {
      const restored = this.#inSpelling(spelling)
      if (restored !== null) return restored
    }
    return null
  }

  #inSpelling(spelling: Respelling | null): Compound | null {
    if (spelling === null) return null
    const parts = this.#split(spelling.key)
    return parts.length > 0 ? { spelling, parts } : null
  }

  /** Whether two words written together are a compound that is parted between them. */
  isCompound(first: string, rest: string): boolean {
    const plain = plainSpelling(first + rest)
    return this.#isParted(plain, first.length) || this.#isParted(dottedSpelling(first + rest, plain), first.length)
  }

  #isParted(spelling: Respelling | null, at: number): boolean {
    return spelling !== null && this.#split(spelling.key).some((part) => offsetOf(spelling, part.start) === at)
  }

  /** Whether the lexicon knows a word in lower case, or the parts it is made of. */
  isKnown(key: string): boolean {
    return anySpelling(key, (spelling) => this.#finder.isKnown(spelling) || this.#split(spelling).length > 0)
  }

  /** As `isKnown`, whatever stays whole: that is asked by terms, and to find the term of a word this is asked. */
  isKnownToLexicon(key: string): boolean {
    return anySpelling(key, (spelling) => this.#finder.isKnown(spelling) || this.#partsOf(spelling).length > 0)
  }

  #split(key: string): readonly CompoundPart[] {
    const parts = this.#partsOf(key)
    if (this.#unsplit.size === 0 || parts.length === 0) return parts
    const merged: CompoundPart[] = []
    for (let first = 0; first < parts.length; ) {
      let last = parts.length - 1
      while (last > first && !this.#unsplit.has(this.#termOf(stretch(key, parts, first, last).key))) last -= 1
      merged.push(stretch(key, parts, first, last))
      first = last + 1
    }
    return merged.length > 1 ? merged : []
  }

  /** The parts without regard to what stays whole. */
  #partsOf(key: string): readonly CompoundPart[] {
    const found = this.#splitter.split(key)
    return found.length > 0 && this.#isAccident(key, found) ? [] : found
  }

  /** Whether a split is none, because the word is derived from another or a form of one that is not split there: geh|olfen, blei|ben. */
  #isAccident(key: string, parts: readonly CompoundPart[]): boolean {
    const [{ end }] = parts as readonly [CompoundPart]
    if (isAccident(key, end, this.#isWord)) return true
    if (this.#lexicon.isInfinitive(key)) {
      // er|bringen, not Erb|ringen
      const prefixed = INSEPARABLE_VERB.exec(key)?.[1]
      if (prefixed !== undefined && this.#lexicon.isInfinitive(prefixed)) return true
      return !this.#lexicon.isInfinitive(key.slice(parts.at(-1)?.start))
    }
    // Erb|recht, though ihr erbrecht
    if (KEPT_AS_WRITTEN.has(key)) return false
    const base = this.#finder.formOf(key)
    return base !== null && base !== key && this.#split(base)[0]?.end !== end
  }
}

function anySpelling(key: string, is: (spelling: string) => boolean): boolean {
  const plain = plainSpelling(key)
  if (is(plain.key)) return true
  const dotted = dottedSpelling(key, plain)
  return dotted !== null && is(dotted.key)
}
