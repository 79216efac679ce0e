/** Sounds so long at most are found by pairs of letters, longer ones by three in a row; in between by either. */
export const PAIRED_MAX = 4

/** The table of sounds is made twice as long once it is half full. */
export const TABLE_MIN = 2 ** 12
export const FREE = 0

/** FNV-1a of 32 bits. */
export function hashOf(codes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (codes[at] as number), 0x01000193)
  return hash >>> 0
}

/** Five bits tell the letters of most sounds apart; what is taken for another here is told apart later. */
const GRAM_LETTER_BITS = 5
/** No letter from a to z. */
const BORDER = 27
const GRAM_LETTER_MASK = 2 ** GRAM_LETTER_BITS - 1
/** All grams are below. */
export const GRAMS = 2 ** (3 * GRAM_LETTER_BITS)
/** A gram of three letters, above it the length of the sound. */
export const nameOf = (gram: number, length: number): number => (length << (3 * GRAM_LETTER_BITS)) | gram

/** So many letters in a row, each once; the borders count as letters. */
export function gramsIn(sound: Uint8Array, length: 2 | 3): number[] {
  const mask = 2 ** (length * GRAM_LETTER_BITS) - 1
  const grams: number[] = []
  let gram = BORDER
  for (let at = 0; at <= sound.length; at++) {
    const letter = at < sound.length ? (sound[at] as number) & GRAM_LETTER_MASK : BORDER
    gram = ((gram << GRAM_LETTER_BITS) | letter) & mask
    if (at >= length - 2 && !grams.includes(gram)) grams.push(gram)
  }
  return grams
}

const LETTER_BITS = 26

/** The letters of a sound as bits. */
export function lettersOf(sound: Uint8Array): number {
  let letters = 0
  for (const code of sound) letters |= 1 << (code % LETTER_BITS)
  return letters
}

/** The grams that a sound is found by. */
export function gramsOfSound(sound: Uint8Array): number[] {
  const pairs = sound.length <= PAIRED_MAX + 1 ? gramsIn(sound, 2) : []
  return sound.length < PAIRED_MAX ? pairs : [...pairs, ...gramsIn(sound, 3)]
}
