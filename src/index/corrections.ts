import { fold } from '../analysis/fold.ts'
import { SLIP_LENGTH_MAX, SlipFilter, slipDistance, soundOf } from '../analysis/slips.ts'
import { keyOfForm } from '../analysis/word.ts'
import type { Stand } from '../search/engine.ts'
import type { QueryWord } from '../search/plan.ts'
import { WEIGHTS } from '../search/ranking/weights.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What an unknown word was probably meant to be. */
export interface Correction {
  /** The number of its term. */
  readonly term: number
  /** See `slipDistance`. */
  readonly distance: number
}

/** One slip is looked for from so many letters on, two from so many. */
const ONE_SLIP_LENGTH = 3
const TWO_SLIPS_LENGTH = 8
/** Distance allowed for each slip. */
const DISTANCE_MAX = 1.4
/** The letters fall into so many groups. */
const GROUPS = 16

interface Entries {
  readonly words: string[]
  readonly sounds: string[]
  readonly terms: number[]
}

/**
 * The words of an index by their sound's length and letters. Two words a slip apart differ by one in the length of their sounds
 * at most, and by two groups of letters: only words that do so are compared.
 */
export class Corrections {
  /** By length of the sound, by its groups of letters. */
  readonly #lengths: (Map<number, Entries> | undefined)[] = []
  readonly #known = new Map<string, number>()

  /** Enters a folded word under its term. */
  add(word: string, term: number): void {
    if (word.length < ONE_SLIP_LENGTH - 1 || word.length > SLIP_LENGTH_MAX || this.#known.get(word) === term) return
    this.#known.set(word, term)
    const sound = soundOf(word)
    const groups = (this.#lengths[sound.length] ??= new Map<number, Entries>())
    const entries = groups.get(groupsOf(sound))
    if (entries === undefined) groups.set(groupsOf(sound), { words: [word], sounds: [sound], terms: [term] })
    else {
      entries.words.push(word)
      entries.sounds.push(sound)
      entries.terms.push(term)
    }
  }

  /** Whether a folded word was entered under a term. */
  has(word: string, term: number): boolean {
    return this.#known.get(word) === term
  }

  /** The terms of the nearest words to a folded one. */
  of(typed: string): Correction[] {
    if (typed.length < ONE_SLIP_LENGTH || typed.length > SLIP_LENGTH_MAX) return []
    const slips = typed.length < TWO_SLIPS_LENGTH ? 1 : 2
    const sound = soundOf(typed)
    const groups = groupsOf(sound)
    const filter = new SlipFilter(sound, slips)
    const found: Correction[] = []
    for (let length = sound.length - slips; length <= sound.length + slips; length++) {
      for (const [others, { words, sounds, terms }] of this.#lengths[length] ?? []) {
        if (bitsOf(groups ^ others) > 2 * slips) continue
        for (let i = 0; i < sounds.length; i++) {
          if (!filter.passes(sounds[i] as string)) continue
          const distance = slipDistance(typed, words[i] as string, slips * DISTANCE_MAX)
          if (distance < Number.POSITIVE_INFINITY) found.push({ term: terms[i] as number, distance })
        }
      }
    }
    return found
  }
}

function groupsOf(sound: string): number {
  let groups = 0
  for (let at = 0; at < sound.length; at++) groups |= 1 << (sound.charCodeAt(at) % GROUPS)
  return groups
}

function bitsOf(number: number): number {
  let rest = number
  let bits = 0
  for (; rest !== 0; rest &= rest - 1) bits++
  return bits
}

/** Only letters are mistyped: numbers and codes are meant as they stand. */
const LETTERS = /^\p{L}+$/u
/** So many readings of a word are looked up, as far as they are hardly further than the nearest. */
const READINGS_MAX = 6
const FURTHER_MAX = 1
/** What a correction loses with each slip. */
const LOSS = 0.25
/** Stems that look alike tell less than whole words. */
const STEM_DISTANCE = 0.3
/** Slips that are thought of even where the word may be meant as it is, and what they count then. */
const SLIGHT = 1
const DOUBT = 0.6
/** The same for a word that the lexicon knows but no article has. */
const GERMAN_SLIGHT = 0.75

/** Corrections to the words of a vocabulary, which may grow: what came since is entered when the next word is asked for. */
export class VocabularyCorrections {
  readonly #vocabulary: Vocabulary
  readonly #corrections = new Corrections()
  #forms = 0

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary
  }

  /**
   * What an unknown word was probably meant to be, nearest first; only terms that some living article has. A word whose term is
   * known, but not in this form, was probably meant as it is: only the slightest slips are thought of.
   * @param isKnown whether some living article has its term
   */
  of({ word, german }: QueryWord, isKnown: boolean): Stand[] {
    this.#enterNew()
    const isMeant = isKnown || german
    const max = german && !isKnown ? GERMAN_SLIGHT : isKnown ? SLIGHT : Number.POSITIVE_INFINITY
    const { terms, documentFrequencies } = this.#vocabulary
    const own = this.#vocabulary.termNumber(word.term) ?? -1
    if (isKnown && this.#corrections.has(fold(word.key), own)) return []
    const nearest = new Map<number, number>()
    for (const typed of new Set([fold(word.key), word.term])) {
      if (!LETTERS.test(typed)) continue
      for (const { term, distance: plain } of this.#corrections.of(typed)) {
        const distance = typed === word.term ? plain + STEM_DISTANCE : plain
        if (term === own || distance > max) continue
        if (documentFrequencies.at(term) > 0 && distance < (nearest.get(term) ?? Number.POSITIVE_INFINITY))
          nearest.set(term, distance)
      }
    }
    const least = Math.min(...nearest.values())
    return [...nearest]
      .filter(([, distance]) => distance <= least + FURTHER_MAX)
      .map(([term, distance]) => ({ name: terms[term] as string, distance, articles: documentFrequencies.at(term) }))
      .sort((a, b) => a.distance - b.distance || b.articles - a.articles || (a.name < b.name ? -1 : 1))
      .slice(0, READINGS_MAX)
      .map(({ name, distance }) => ({
        term: name,
        weight: (isMeant ? DOUBT : 1) * (WEIGHTS.correction - LOSS * distance),
        kind: 'typo',
      }))
  }

  #enterNew(): void {
    const { forms } = this.#vocabulary
    for (; this.#forms < forms.length; this.#forms++) {
      const key = keyOfForm(forms[this.#forms] as string)
      if (!LETTERS.test(key)) continue
      const term = this.#vocabulary.termOfForm(this.#forms)
      this.#corrections.add(fold(key), term)
      this.#corrections.add(this.#vocabulary.terms[term] as string, term)
    }
  }
}
