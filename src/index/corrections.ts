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
const DISTANCE_MAX = 1.4

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
/** So many unspoilt ones are enough to look closer. */
const ENOUGH = 3

/**
 * Words by what they sound like, found by the letters in a row that their sounds share. Takes time in proportion to the posting
 * lists of what was typed.
 */
class SoundIndex {
  /** The folded words, by item. */
  readonly #words = new Map<number, string>()
  readonly #sounds: string[] = []
  readonly #numbers = new Map<string, number>()
  /** Which letters a sound has, and how many: what is compared before the sounds themselves. */
  readonly #outlines = new Uint32Column()
  /** The words of each sound. */
  readonly #items: (number | number[])[] = []
  readonly #postings = new Map<string, number[]>()
  // one number a sound, all zero between uses
  #counts = new Uint8Array(0)

  add(word: string, item: number): void {
    const sound = soundOf(word)
    this.#words.set(item, word)
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
    this.#outlines.push(outlineOf(sound))
    this.#items.push(item)
    if (sound.length <= PAIRED_MAX + 1) this.#post(gramsIn(sound, 2), number)
    if (sound.length >= PAIRED_MAX) this.#post(gramsIn(sound, 3), number)
  }

  #post(grams: readonly string[], number: number): void {
    for (const gram of grams) {
      const posting = this.#postings.get(gram)
      if (posting === undefined) this.#postings.set(gram, [number])
      else posting.push(number)
    }
  }

  /** The words near a folded one. */
  near(typed: string): Near[] {
    if (typed.length < ONE_SLIP_LENGTH || typed.length > SLIP_LENGTH_MAX) return []
    const slips = typed.length < TWO_SLIPS_LENGTH ? 1 : 2
    const sound = soundOf(typed)
    const filter = new SlipFilter(sound, slips)
    const found: Near[] = []
    for (const number of this.#sharing(sound, slips)) {
      const other = this.#sounds[number] as string
      if (!filter.passes(other) || !sharesEnough(sound, other, slips)) continue
      const items = this.#items[number] as number | number[]
      for (const item of typeof items === 'number' ? [items] : items) {
        const distance = slipDistance(typed, this.#words.get(item) as string, slips * DISTANCE_MAX)
        if (distance < Number.POSITIVE_INFINITY) found.push({ item, distance })
      }
    }
    return found
  }

  /** The sounds about as long, of about the same letters, that have enough in a row like this one. */
  #sharing(sound: string, slips: 1 | 2): number[] {
    if (this.#counts.length < this.#sounds.length) this.#counts = new Uint8Array(Math.ceil(this.#sounds.length * 1.25))
    else this.#counts.fill(0)
    const counts = this.#counts
    const outlines = this.#outlines.view()
    const outline = outlineOf(sound)
    const spoilt = spoiltOf(sound, slips)
    // whoever is near has all grams but the spoilt ones, so the most common need not be looked through
    const postings = gramsOfSound(sound)
      .map((gram) => this.#postings.get(gram) ?? NONE)
      .sort((a, b) => a.length - b.length)
      .slice(0, spoilt + ENOUGH)
    const wanted = Math.max(1, postings.length - spoilt)
    const found: number[] = []
    for (const posting of postings) {
      for (let i = 0; i < posting.length; i++) {
        const number = posting[i] as number
        const count = (counts[number] as number) + 1
        counts[number] = count
        if (count === wanted && isAlike(outline, outlines[number] as number, slips)) found.push(number)
      }
    }
    return found
  }
}

const NONE: readonly number[] = []

/** The grams by which a typed sound is looked for, and how many of them the slips may spoil. */
const gramsOfSound = (sound: string): string[] => gramsIn(sound, sound.length <= PAIRED_MAX ? 2 : 3)
const spoiltOf = (sound: string, slips: 1 | 2): number =>
  sound.length <= PAIRED_MAX ? SPOILT_PAIRS * slips : SPOILT[slips]

/** Whether a sound has all grams of a typed one but those the slips may spoil: whatever was looked through to find it. */
function sharesEnough(typed: string, other: string, slips: 1 | 2): boolean {
  const bordered = ` ${other} `
  const grams = gramsOfSound(typed)
  const shared = grams.filter((gram) => bordered.includes(gram)).length
  return shared >= Math.max(1, grams.length - spoiltOf(typed, slips))
}

/** So many letters in a row, each once; the borders count as letters. */
function gramsIn(sound: string, length: number): string[] {
  const bordered = ` ${sound} `
  const grams: string[] = []
  for (let at = 0; at + length <= bordered.length; at++) {
    const gram = bordered.slice(at, at + length)
    if (!grams.includes(gram)) grams.push(gram)
  }
  return grams
}

const LETTER_BITS = 26
const LETTER_MASK = 2 ** LETTER_BITS - 1

/** The letters of a sound as bits, and above them how many there are. */
function outlineOf(sound: string): number {
  let letters = 0
  for (let at = 0; at < sound.length; at++) letters |= 1 << (sound.charCodeAt(at) % LETTER_BITS)
  return ((Math.min(sound.length, 63) << LETTER_BITS) | letters) >>> 0
}

/** Whether sounds of these outlines may be so many slips apart: each changes the length by one at most, and two letters. */
function isAlike(one: number, other: number, slips: number): boolean {
  const lengths = (one >>> LETTER_BITS) - (other >>> LETTER_BITS)
  if (lengths > slips || lengths < -slips) return false
  let differing = (one ^ other) & LETTER_MASK
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
/** The same for a word that the lexicon knows but no article has. */
const GERMAN_SLIGHT = 0.75

/** What unknown words were meant to be, by a vocabulary that may grow: what came since is entered when the next word is asked for. */
export class Corrections {
  readonly #vocabulary: Vocabulary
  readonly #sounds = new SoundIndex()
  /** Forms and terms entered so far. */
  #forms = 0
  #terms = 0

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary
  }

  /**
   * What a word was probably meant to be, nearest first; only terms that some living article has. Where some article has the
   * word's own term, but no form is spelt like it, and where the lexicon knows the word, it was probably meant as it is: only the
   * slightest slips are thought of then.
   * @param isKnown whether some living article has its term
   */
  of({ word, german }: QueryWord, isKnown: boolean): Stand[] {
    this.enter(Number.POSITIVE_INFINITY)
    const { terms, documentFrequencies, formFrequencies } = this.#vocabulary
    const own = this.#vocabulary.termNumber(word.term) ?? -1
    const folded = fold(word.key)
    if (isKnown && this.#vocabulary.hasForm(word.key)) return []
    const isMeant = isKnown || german
    const max = isKnown ? SLIGHT : german ? GERMAN_SLIGHT : Number.POSITIVE_INFINITY
    const nearest = new Map<number, number>()
    for (const typed of new Set([folded, word.term])) {
      if (!LETTERS.test(typed)) continue
      for (const { item, distance: plain } of this.#sounds.near(typed)) {
        const distance = typed === word.term ? plain + STEM_DISTANCE : plain
        const term = item % 2 === 0 ? this.#vocabulary.termOfForm(item / 2) : (item - 1) / 2
        const articles = item % 2 === 0 ? formFrequencies.at(item / 2) : documentFrequencies.at(term)
        if (term === own || distance > max || articles === 0) continue
        if (distance < (nearest.get(term) ?? Number.POSITIVE_INFINITY)) nearest.set(term, distance)
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

  /** Enters what came since, at most so many words at once; whether all of them are entered. */
  enter(count: number): boolean {
    const { forms, terms } = this.#vocabulary
    const formsEnd = Math.min(forms.length, this.#forms + count)
    for (; this.#forms < formsEnd; this.#forms++) {
      const word = foldedForm(this.#vocabulary, this.#forms)
      // an item is a form, or a term where the number is odd
      if (isWord(word)) this.#sounds.add(word, this.#forms * 2)
    }
    const termsEnd = Math.min(terms.length, this.#terms + count)
    for (; this.#terms < termsEnd; this.#terms++) {
      const term = terms[this.#terms] as string
      if (isWord(term)) this.#sounds.add(term, this.#terms * 2 + 1)
    }
    return formsEnd === forms.length && termsEnd === terms.length
  }
}

const foldedForm = (vocabulary: Vocabulary, form: number): string => fold(keyOfForm(vocabulary.forms[form] as string))

const isWord = (word: string): boolean =>
  word.length >= ONE_SLIP_LENGTH - 1 && word.length <= SLIP_LENGTH_MAX && LETTERS.test(word)
