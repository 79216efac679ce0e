import { fold } from '../german/fold.ts'
import type { Lemma } from '../german/terms.ts'
import { isAmpersand } from '../tokenizer/characters.ts'
import { isNameSign } from '../tokenizer/signed-names.ts'
import { writtenOut } from './written-out.ts'

/** So short a word in capitals is an abbreviation, not a word that is stressed (MUSS, KEIN); none that is another word too has an umlaut. */
export const CAPITALS_MAX = 4
const CAPITALS_MIN = 2
const FUNCTION_WORD_MAX = 3
const FULL_STOP = 0x2e
/** A name with its sign: C#, C++. */
const SIGNED = /^(\p{L}[\p{L}\p{M}]*)(#|\+{2,3})$/u
const DOTTED = /^\.([\p{L}\p{M}]+)$/u

/** Whether a word is so short and in capitals alone. */
export function isInCapitals(surface: string): boolean {
  const { length } = surface
  if (length < CAPITALS_MIN || length > CAPITALS_MAX) return false
  for (let i = 0; i < length; i++) {
    const code = surface.charCodeAt(i)
    if (code < 0x41 || code > 0x5a) return false
  }
  return true
}

/**
 * The term of a word in capitals that would be another word in small letters: ISS is no form of essen, OB not the conjunction. In capitals
 * itself, so that no other word has it. Null where it is the same word either way.
 * @param key of such a word: see `isInCapitals`
 * @param lemma of the word in small letters
 */
export function termInCapitals(key: string, { term, verb }: Lemma, isStop: boolean): string | null {
  const own = fold(key)
  const isOther =
    (isStop && key.length <= FUNCTION_WORD_MAX) ||
    (!isStop && verb !== null && term !== own) ||
    writtenOut(key) !== undefined
  return isOther && own !== '' ? own.toUpperCase() : null
}

/** The letters of a name that is told from others by its signs, and its term; null for other words. */
export function signedName(key: string): { readonly letters: string; readonly term: string } | null {
  const last = key.charCodeAt(key.length - 1)
  if (key.charCodeAt(0) !== FULL_STOP && !isNameSign(last)) return null
  const [, letters, sign = ''] = SIGNED.exec(key) ?? []
  if (letters !== undefined) return { letters, term: fold(letters) + sign }
  const [, dotted] = DOTTED.exec(key) ?? []
  return dotted === undefined ? null : { letters: dotted, term: `dot${fold(dotted)}` }
}

/** Whether a key has signs that a search by letters would lose: such a word is meant as it stands. */
export function hasOwnSigns(key: string): boolean {
  if (key.charCodeAt(0) === 0x2e) return true
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i)
    if (code === 0x23 || code === 0x2b || isAmpersand(code)) return true
  }
  return false
}
