import { isParticle } from '../german/verb-prefixes.ts'
import { HEAD_BITS, INFINITIVE, type Lexicon, TAIL_BITS, TAIL_SHIFT } from '../lexicon/lexicon.ts'
import { unitOf } from '../numbers/units.ts'
import { isCapitalAt } from '../tokenizer/characters.ts'
import { writtenOutBeforeStop } from './written-out.ts'

/** May be the first, or the last, of a compound written as two words: a noun that begins with a capital. */
export const BEGINS_PAIR = 1
export const ENDS_PAIR = 2
/** A prefix that parts from its verb and then stands at the end of the clause. */
export const PARTICLE = 4
/** Digits alone. */
export const DIGITS = 8
/** Two to four capitals, or one: the SA of SA 22. */
export const CODE = 16
/** The word Uhr. */
export const CLOCK = 32
export const MONTH = 64
/** A unit of measure. */
export const UNIT = 128
/** A digit is its first character. */
export const NUMERAL = 256
/** In capitals it is another word than in small letters: ISS, OB. */
export const ABBREVIATION = 512
/** Two letters and two digits: the beginning of an IBAN. */
export const BANK_CODE = 1024
/** An infinitive: the lernen of kennen lernen. */
export const ENDS_VERB = 2048
/** Before a full stop it may stand for another word: Kap., Tel. */
export const WRITTEN_SHORT = 4096

const MONTHS: readonly (readonly string[])[] = [
  ['januar', 'jänner', 'jaenner', 'jan'],
  ['februar', 'feber', 'feb'],
  ['märz', 'maerz', 'marz', 'mrz', 'mär'],
  ['april', 'apr'],
  ['mai'],
  ['juni', 'jun', 'juno'],
  ['juli', 'jul', 'julei'],
  ['august', 'aug'],
  ['september', 'sep', 'sept'],
  ['oktober', 'okt'],
  ['november', 'nov'],
  ['dezember', 'dez'],
]
const MONTH_NUMBERS = new Map(MONTHS.flatMap((names, i) => names.map((name) => [name, i + 1] as const)))

/** 1 to 12 for the name of a month in lower case; undefined for other words. */
export const monthOf = (key: string): number | undefined => MONTH_NUMBERS.get(key)

/** The name a month is indexed under. */
export const monthName = (month: number): string | undefined => MONTHS[month - 1]?.[0]

const CODE_PATTERN = /^\p{Lu}{1,4}$/u
/** Four letters may be pairs of surrogates. */
const CODE_MAX = 8
const BANK_CODE_PATTERN = /^[a-z]{2}\d\d$/i
const LETTERS_ONLY = /^\p{L}{3,40}$/u

/**
 * The traits of one word.
 * @param surface as it is written, in NFC
 */
export function traitsOf(surface: string, key: string, lexicon: Lexicon): number {
  const first = surface.charCodeAt(0)
  if (first >= 0x30 && first <= 0x39) return NUMERAL | (/^\d+$/.test(surface) ? DIGITS : 0)
  let traits = unitOf(key) === undefined ? 0 : UNIT
  if (MONTH_NUMBERS.has(key)) traits |= MONTH
  if (key === 'uhr') traits |= CLOCK
  if (writtenOutBeforeStop(key) !== undefined) traits |= WRITTEN_SHORT
  if (surface.length === 4 && BANK_CODE_PATTERN.test(surface)) traits |= BANK_CODE
  // particles are written small
  if (!isCapitalAt(surface, 0)) {
    if (surface.endsWith('n') && (lexicon.value(key) & INFINITIVE) !== 0) traits |= ENDS_VERB
    return isParticle(surface) ? traits | PARTICLE : traits
  }
  if (surface.length <= CODE_MAX && CODE_PATTERN.test(surface)) traits |= CODE
  if (!LETTERS_ONLY.test(surface)) return traits
  const value = lexicon.value(key.includes('ß') ? key.replaceAll('ß', 'ss') : key)
  if ((value & HEAD_BITS) > 1) traits |= BEGINS_PAIR
  if ((value & TAIL_BITS) >> TAIL_SHIFT > 1) traits |= ENDS_PAIR
  return traits
}
