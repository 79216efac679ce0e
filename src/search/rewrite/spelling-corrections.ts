import { fold } from '../../analysis/german/fold.ts'
import type { SpellingCandidate, TermDictionary } from '../engine/dictionary.ts'
import type { Expansion } from '../query/resolved-query.ts'
import type { QueryWord } from '../query/words.ts'
import { WEIGHTS } from '../ranking/weights.ts'

/** Only letters are mistyped: numbers and codes are meant as they stand. */
const LETTERS = /^\p{L}+$/u
/** An abbreviation: so few letters in capitals are meant as they stand. */
const ABBREVIATION = /^\p{Lu}{3}$/u
/** From so few letters nearly each function word is near: only one that sounds alike is thought of. */
const NO_STOP_LENGTH_MAX = 3
const SOUNDS_ALIKE_MAX = 0.55
/** So many corrections of a word are looked up, as far as they are hardly further than the nearest. */
const CORRECTIONS_MAX = 6
const FURTHER_DISTANCE_MAX = 1
/** What a correction loses with each edit. */
const LOSS_PER_EDIT = 0.15
/** Stems that look alike tell less than whole words. */
const STEM_DISTANCE = 0.3
/** Y and z stand in each other's place on keyboards of other countries: all of a word are changed then, and nothing else. */
const OTHER_KEYBOARD_DISTANCE = 0.7
const OTHER_KEYBOARD = /[yz]/g
/** Edits that are thought of even where the word may be meant as it is, and what they count then. */
const KNOWN_WORD_DISTANCE_MAX = 1
const KNOWN_WORD_FACTOR = 0.6

/**
 * What a word was probably meant to be, nearest first; only terms that some article has. Where some article has the word's own term,
 * but no spelling like it, and where the lexicon knows the word, it was probably meant as it is: only the slightest edits are thought
 * of then.
 * @param isKnown whether some article has its term
 * @param isAlone whether the query has no other word: only then may it have been meant to be one of the small words, and not from
 *   three letters
 */
export async function spellingCorrections(
  { surface, word, isKnownWord }: QueryWord,
  isKnown: boolean,
  isAlone: boolean,
  dictionary: TermDictionary,
): Promise<Expansion[]> {
  if (ABBREVIATION.test(surface)) return []
  if (isKnown && (await dictionary.hasSpelling(word.term, [word.key, word.form]))) return []
  const folded = fold(word.key)
  const stopDistanceMax = !isAlone
    ? -1
    : word.key.length > NO_STOP_LENGTH_MAX
      ? Number.POSITIVE_INFINITY
      : SOUNDS_ALIKE_MAX
  const isMeant = isKnown || isKnownWord
  const nearest = new Map<string, { readonly documents: number; readonly distance: number }>()
  for (const { typed, further, max } of isMeant
    ? [{ typed: folded, further: 0, max: KNOWN_WORD_DISTANCE_MAX }]
    : readingsOf(folded, word.term)) {
    if (!LETTERS.test(typed)) continue
    // a word that is meant as it is may be spelt otherwise, but is no stem
    const mayBe = ({ term, matched, isStop, distance }: SpellingCandidate): boolean =>
      term !== word.term && !(isMeant && matched === 'term') && (!isStop || distance + further <= stopDistanceMax)
    for (const candidate of await dictionary.spellingCandidates(typed, max)) {
      if (!mayBe(candidate)) continue
      const { term, documents } = candidate
      const distance = candidate.distance + further
      if (distance < (nearest.get(term)?.distance ?? Number.POSITIVE_INFINITY))
        nearest.set(term, { documents, distance })
    }
  }
  const least = Math.min(...Array.from(nearest.values(), ({ distance }) => distance))
  return Array.from(nearest, ([term, { documents, distance }]) => ({ term, documents, distance }))
    .filter(({ distance }) => distance <= least + FURTHER_DISTANCE_MAX)
    .sort((a, b) => a.distance - b.distance || b.documents - a.documents || (a.term < b.term ? -1 : 1))
    .slice(0, CORRECTIONS_MAX)
    .map(({ term, documents, distance }) => ({
      term,
      documents,
      weight: (isMeant ? KNOWN_WORD_FACTOR : 1) * (WEIGHTS.correction - LOSS_PER_EDIT * distance),
      kind: 'typo',
    }))
}

/** What words near it are looked for of an unknown word. */
interface Reading {
  readonly typed: string
  /** How much farther what is found by it is than from this. */
  readonly further: number
  /** How far at most. */
  readonly max: number
}

/** An unknown word as it was typed, its stem, and both as they were meant on another keyboard. */
function readingsOf(folded: string, term: string): Reading[] {
  const readings: Reading[] = [{ typed: folded, further: 0, max: Number.POSITIVE_INFINITY }]
  if (term !== folded) readings.push({ typed: term, further: STEM_DISTANCE, max: Number.POSITIVE_INFINITY })
  const otherKeys = readings.flatMap(({ typed, further }) => {
    const meant = typed.replaceAll(OTHER_KEYBOARD, (letter) => (letter === 'y' ? 'z' : 'y'))
    return meant === typed ? [] : [{ typed: meant, further: further + OTHER_KEYBOARD_DISTANCE, max: 0 }]
  })
  return [...readings, ...otherKeys]
}
