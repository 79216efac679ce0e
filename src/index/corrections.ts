import { fold } from '../analysis/fold.ts'
import { SLIP_LENGTH_MAX, SlipFilter, slipDistance, soundOf } from '../analysis/slips.ts'
import { keyOfForm } from '../analysis/word.ts'
import type { Stand } from '../search/engine.ts'
import type { QueryWord } from '../search/plan.ts'
import { WEIGHTS } from '../search/ranking/weights.ts'
import { Uint32Column } from './columns.ts'
import type { Vocabulary } from './vocabulary.ts'

/** One slip is looked for from so many letters on, two from so many. */
const ONE_SLIP_LENGTH = 3
const TWO_SLIPS_LENGTH = 8
/** Distance allowed for each slip. */
const DISTANCE_MAX = 1.55

/** A word that is about as far from what was typed as slips go. */
interface Near {
  /** What it was entered as. */
  readonly item: number
  /** See `slipDistance`. */
  readonly distance: number
}

/** Sounds so long at most are found by pairs of letters, longer ones by three in a row; in between by either. */
const PAIRED_MAX = 4
/** Grams that one slip can spoil, two letters changed round most of all; of two slips that seldom meet. */
const SPOILT = [0, 4, 6] as const
const SPOILT_PAIRS = 3

/**
 * Words by what they sound like, found by the letters in a row that their sounds share. Takes time in proportion to the posting
 * lists of what was typed.
 */
class SoundIndex {
  readonly #wordOf: (item: number) => string
  readonly #sounds: string[] = []
  readonly #numbers = new Map<string, number>()
  /** Which letters a sound has: what is compared before the sounds themselves. */
  readonly #letters = new Uint32Column()
  /** The words of each sound. */
  readonly #items: (number | number[])[] = []
  /** The sounds of one length that have a gram. */
  readonly #postings = new Map<number, number[]>()
  // one number a sound, all zero between uses
  #counts = new Uint8Array(0)

  /** @param wordOf the folded word that was entered as an item */
  constructor(wordOf: (item: number) => string) {
    this.#wordOf = wordOf
  }

  add(word: string, item: number): void {
    const sound = soundOf(word)
    const known = this.#numbers.get(sound)
    if (known !== undefined) {
      const items = this.#items[known] as number | number[]
      if (typeof items === 'number') this.#items[known] = [items, item]
      else items.push(item)
      return
    }
    const number = this.#sounds.length
    this.#numbers.set(sound, number)
    this.#sounds.push(sound)
    this.#letters.push(lettersOf(sound))
    this.#items.push(item)
    if (sound.length <= PAIRED_MAX + 1) this.#post(gramsIn(sound, 2), sound.length, number)
    if (sound.length >= PAIRED_MAX) this.#post(gramsIn(sound, 3), sound.length, number)
  }

  #post(grams: readonly number[], length: number, number: number): void {
    for (const gram of grams) {
      const name = nameOf(gram, length)
      const posting = this.#postings.get(name)
      if (posting === undefined) this.#postings.set(name, [number])
      else posting.push(number)
    }
  }

  /** The words near a folded one, at most so far away. */
  near(typed: string, max: number): Near[] {
    if (typed.length < ONE_SLIP_LENGTH || typed.length > SLIP_LENGTH_MAX) return []
    const slips = typed.length < TWO_SLIPS_LENGTH || max <= 1 ? 1 : 2
    const farthest = Math.min(max, slips * DISTANCE_MAX)
    const sound = soundOf(typed)
    const filter = new SlipFilter(sound, slips)
    const found: Near[] = []
    for (const number of this.#sharing(sound, slips)) {
      if (!filter.passes(this.#sounds[number] as string)) continue
      const items = this.#items[number] as number | number[]
      for (const item of typeof items === 'number' ? [items] : items) {
        const distance = slipDistance(typed, this.#wordOf(item), farthest)
        if (distance < Number.POSITIVE_INFINITY) found.push({ item, distance })
      }
    }
    return found
  }

  /** The sounds about as long, of about the same letters, that have all grams of this one but those the slips may spoil. */
  #sharing(sound: string, slips: 1 | 2): number[] {
    if (this.#counts.length < this.#sounds.length) this.#counts = new Uint8Array(Math.ceil(this.#sounds.length * 1.25))
    const counts = this.#counts
    const letters = this.#letters.view()
    const own = lettersOf(sound)
    const isPaired = sound.length <= PAIRED_MAX
    const spoilt = isPaired ? SPOILT_PAIRS * slips : SPOILT[slips]
    const grams = gramsIn(sound, isPaired ? 2 : 3)
    const wanted = Math.max(1, grams.length - spoilt)
    const found: number[] = []
    for (let length = sound.length - slips; length <= sound.length + slips; length++) {
      const postings = grams
        .map((gram) => this.#postings.get(nameOf(gram, length)) ?? NONE)
        .sort((a, b) => a.length - b.length)
      const touched: number[] = []
      for (const [at, posting] of postings.entries()) {
        // whoever has none of the grams so far has too few of them
        const mayBegin = postings.length - at >= wanted
        for (let i = 0; i < posting.length; i++) {
          const number = posting[i] as number
          const before = counts[number] as number
          if (before === 0) {
            if (!mayBegin || !isAlike(own, letters[number] as number, slips)) continue
            touched.push(number)
          }
          counts[number] = before + 1
        }
      }
      for (const number of touched) {
        if ((counts[number] as number) >= wanted) found.push(number)
        counts[number] = 0
      }
    }
    return found
  }
}

const NONE: readonly number[] = []

/** Five bits tell the letters of most sounds apart; what is taken for another here is told apart later. */
const GRAM_LETTER_BITS = 5
/** No letter from a to z. */
const BORDER = 27
const GRAM_LETTER_MASK = 2 ** GRAM_LETTER_BITS - 1
/** A gram of three letters, above it the length of the sound. */
const nameOf = (gram: number, length: number): number => (length << (3 * GRAM_LETTER_BITS)) | gram

/** So many letters in a row, each once; the borders count as letters. */
function gramsIn(sound: string, length: 2 | 3): number[] {
  const mask = 2 ** (length * GRAM_LETTER_BITS) - 1
  const grams: number[] = []
  let gram = BORDER
  for (let at = 0; at <= sound.length; at++) {
    const letter = at < sound.length ? sound.charCodeAt(at) & GRAM_LETTER_MASK : BORDER
    gram = ((gram << GRAM_LETTER_BITS) | letter) & mask
    if (at >= length - 2 && !grams.includes(gram)) grams.push(gram)
  }
  return grams
}

const LETTER_BITS = 26

/** The letters of a sound as bits. */
function lettersOf(sound: string): number {
  let letters = 0
  for (let at = 0; at < sound.length; at++) letters |= 1 << (sound.charCodeAt(at) % LETTER_BITS)
  return letters
}

/** Whether sounds of these letters may be so many slips apart: each changes two letters at most. */
function isAlike(one: number, other: number, slips: number): boolean {
  let differing = one ^ other
  let left = 2 * slips
  for (; differing !== 0; differing &= differing - 1) if (--left < 0) return false
  return true
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

/** What unknown words were meant to be, by a vocabulary that may grow: what came since is entered when the next word is asked for. */
export class Corrections {
  readonly #vocabulary: Vocabulary
  readonly #sounds: SoundIndex
  /** Forms and terms entered so far. */
  #forms = 0
  #terms = 0

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary
    this.#sounds = new SoundIndex((item) => this.#wordOf(item))
  }

  /**
   * What a word was probably meant to be, nearest first; only terms that some living article has. Where some article has the
   * word's own term, but no form is spelt like it, and where the lexicon knows the word, it was probably meant as it is: only the
   * slightest slips are thought of then.
   * @param isKnown whether some living article has its term
   * @param isAlone whether the query has no other word: only then may it have been meant to be one of the small words
   */
  of({ word, german }: QueryWord, isKnown: boolean, isAlone: boolean): Stand[] {
    this.enter(Number.POSITIVE_INFINITY)
    const { terms, documentFrequencies, formFrequencies } = this.#vocabulary
    const own = this.#vocabulary.termNumber(word.term) ?? -1
    const folded = fold(word.key)
    if (isKnown && (this.#vocabulary.hasForm(word.key) || this.#vocabulary.hasForm(word.form))) return []
    const isMeant = isKnown || german
    const max = isMeant ? SLIGHT : Number.POSITIVE_INFINITY
    const nearest = new Map<number, number>()
    for (const typed of isMeant ? [folded] : new Set([folded, word.term])) {
      if (!LETTERS.test(typed)) continue
      const further = typed === folded ? 0 : STEM_DISTANCE
      for (const { item, distance: plain } of this.#sounds.near(typed, max - further)) {
        const distance = plain + further
        // a word that is meant as it is may be a form spelt otherwise, but is no stem
        if (isMeant && item % 2 === 1) continue
        if (!isAlone && this.#isSmall(item)) continue
        const term = item % 2 === 0 ? this.#vocabulary.termOfForm(item / 2) : (item - 1) / 2
        const articles = item % 2 === 0 ? formFrequencies.at(item / 2) : documentFrequencies.at(term)
        if (term === own || articles === 0) continue
        if (distance < (nearest.get(term) ?? Number.POSITIVE_INFINITY)) nearest.set(term, distance)
      }
    }
    const least = Math.min(...nearest.values())
    return [...nearest]
      .filter(([, distance]) => distance <= least + FURTHER_MAX)
      .map(([term, distance]) => ({ name: terms[term] as string, distance, articles: documentFrequencies.at(term) }))
      .sort((a, b) => a.distance - b.distance || b.articles - a.articles || (a.name < b.name ? -1 : 1))
      .slice(0, READINGS_MAX)
      .map(({ name, distance, articles }) => ({
        term: name,
        documents: articles,
        weight: (isMeant ? DOUBT : 1) * (WEIGHTS.correction - LOSS * distance),
        kind: 'typo',
      }))
  }

  /** Enters what came since, at most so many words at once; whether all of them are entered. */
  enter(count: number): boolean {
    const { forms, terms } = this.#vocabulary
    const formsEnd = Math.min(forms.length, this.#forms + count)
    for (; this.#forms < formsEnd; this.#forms++) this.#enter(this.#forms * 2)
    const termsEnd = Math.min(terms.length, this.#terms + count)
    for (; this.#terms < termsEnd; this.#terms++) this.#enter(this.#terms * 2 + 1)
    return formsEnd === forms.length && termsEnd === terms.length
  }

  #enter(item: number): void {
    const word = this.#wordOf(item)
    if (isWord(word)) this.#sounds.add(word, item)
  }

  /** Whether it is a stop word, or a term that living articles have as nothing else: parts of longer words are not small. */
  #isSmall(item: number): boolean {
    const { formFrequencies } = this.#vocabulary
    if (item % 2 === 0) return this.#vocabulary.isStop(item / 2)
    const living: number[] = []
    this.#vocabulary.forEachForm((item - 1) / 2, false, (form) => {
      if (formFrequencies.at(form) > 0) living.push(form)
    })
    return living.length > 0 && living.every((form) => this.#vocabulary.isStop(form))
  }

  /** An item is a form, folded, or a term where the number is odd. */
  #wordOf(item: number): string {
    const { forms, terms } = this.#vocabulary
    return item % 2 === 0 ? fold(keyOfForm(forms[item / 2] as string)) : (terms[(item - 1) / 2] as string)
  }
}

const isWord = (word: string): boolean =>
  word.length >= ONE_SLIP_LENGTH - 1 && word.length <= SLIP_LENGTH_MAX && LETTERS.test(word)
