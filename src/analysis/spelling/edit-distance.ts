// The room `analysis/spelling`: how far two spellings are apart, and how they sound. It imports nothing. Sounds lie in
// every snapshot: a change here makes it anew.

/**
 * How far a word is from what was probably meant: the optimal string alignment distance (Damerau 1964, restricted to changes
 * that do not overlap) with cheaper steps for what people mix up most, on folded words.
 */

/** A letter more or less, or another one. */
const STEP = 1
const CHEAP = {
  /** Two letters changed round. */
  transposed: 0.7,
  /** A letter doubled, or one of two left out: Adresse, Addresse. */
  doubled: 0.45,
  /** A key beside the right one. */
  neighbouringKey: 0.8,
  /** A letter that sounds like the right one. */
  soundAlike: 0.55,
  /** A letter that is not heard. */
  silent: 0.55,
}
/** The first letter is seldom wrong. */
const FIRST_LETTER = 0.25

const KEY_ROWS = ['qwertzuiop', 'asdfghjkl', 'yxcvbnm']
const SOUND_ALIKE = 'ae bp ck dt fv vw gk iy ij sz mn gj cz ou sx kq'.split(' ')
/** Letters that are not heard before or after another: ie, ah, th, rh, dt, ck, tz, sch, ae. */
const SILENT_AFTER: Readonly<Record<string, string>> = {
  e: 'iaou',
  h: 'aeiourtcpgk',
  t: 'd',
  d: 't',
  c: 's',
  k: 'c',
  z: 't',
}
const SILENT_BEFORE: Readonly<Record<string, string>> = { c: 'k', t: 'z', d: 't', s: 'z' }

/** What it costs to take one letter for another, by both letters' places in the alphabet; folded words have few others. */
const LETTERS = 26
const FIRST = 'a'.charCodeAt(0)
const exchangeCosts = new Float64Array(LETTERS * LETTERS).fill(STEP)
for (const row of KEY_ROWS) {
  for (let i = 1; i < row.length; i++) enter(row.slice(i - 1, i + 1), CHEAP.neighbouringKey)
}
for (const pair of SOUND_ALIKE) enter(pair, CHEAP.soundAlike)

function enter(pair: string, cost: number): void {
  const [a, b] = [pair.charCodeAt(0) - FIRST, pair.charCodeAt(1) - FIRST]
  exchangeCosts[a * LETTERS + b] = cost
  exchangeCosts[b * LETTERS + a] = cost
}

function exchangeCost(a: number, b: number): number {
  const x = a - FIRST
  const y = b - FIRST
  return x >= 0 && x < LETTERS && y >= 0 && y < LETTERS ? (exchangeCosts[x * LETTERS + y] as number) : STEP
}

/** Longer words are not compared: nobody means them. */
export const EDIT_LENGTH_MAX = 64
// three rows of distances, and what each letter of the meant word costs: made once, because thousands of words are compared
const rows = [0, 1, 2].map(() => new Float64Array(EDIT_LENGTH_MAX + 1))
const meantSteps = new Float64Array(EDIT_LENGTH_MAX)

/**
 * The distance of two folded words; Infinity where it is above `max` or one has more than `EDIT_LENGTH_MAX` letters. Takes time
 * in proportion to the product of both lengths.
 */
export function editDistance(typed: string, meant: string, max: number): number {
  const width = meant.length
  if (width > EDIT_LENGTH_MAX || typed.length > EDIT_LENGTH_MAX) return Number.POSITIVE_INFINITY
  let beforeLast = rows[0] as Float64Array
  let last = rows[1] as Float64Array
  let row = rows[2] as Float64Array
  last[0] = 0
  for (let j = 1; j <= width; j++) {
    const cost = stepCost(meant, j - 1)
    meantSteps[j - 1] = cost
    last[j] = (last[j - 1] as number) + cost
  }
  for (let i = 1; i <= typed.length; i++) {
    const a = typed.charCodeAt(i - 1)
    const typedStep = stepCost(typed, i - 1)
    let left = (last[0] as number) + typedStep
    let least = left
    row[0] = left
    for (let j = 1; j <= width; j++) {
      const b = meant.charCodeAt(j - 1)
      let cost = last[j - 1] as number
      if (a !== b) {
        cost += exchangeCost(a, b) + (i === 1 && j === 1 ? FIRST_LETTER : 0)
        if (i > 1 && j > 1 && a === meant.charCodeAt(j - 2) && b === typed.charCodeAt(i - 2))
          cost = Math.min(cost, (beforeLast[j - 2] as number) + CHEAP.transposed)
      }
      left = Math.min(cost, (last[j] as number) + typedStep, left + (meantSteps[j - 1] as number))
      row[j] = left
      if (left < least) least = left
    }
    if (least > max) return Number.POSITIVE_INFINITY
    const oldest = beforeLast
    beforeLast = last
    last = row
    row = oldest
  }
  const distance = last[width] as number
  return distance <= max ? distance : Number.POSITIVE_INFINITY
}

/** Where what is no pair of letters stands in a table of pairs: behind all of them. */
const NO_PAIR = LETTERS * LETTERS

/** By pair of letters 1 where the first is not heard after the second, or before it. */
const isSilentAfter = silentBeside(SILENT_AFTER)
const isSilentBefore = silentBeside(SILENT_BEFORE)

function silentBeside(letters: Readonly<Record<string, string>>): Uint8Array {
  const table = new Uint8Array(LETTERS * LETTERS + 1)
  for (const [letter, others] of Object.entries(letters))
    for (const other of others) table[placeOf(letter.charCodeAt(0), other.charCodeAt(0))] = 1
  return table
}

/** Where two letters stand in a table of pairs. */
function placeOf(letter: number, other: number): number {
  const [x, y] = [letter - FIRST, other - FIRST]
  return x >= 0 && x < LETTERS && y >= 0 && y < LETTERS ? x * LETTERS + y : NO_PAIR
}

/** What it costs that a word has the letter at `at` more than the other. */
function stepCost(word: string, at: number): number {
  const letter = word.charCodeAt(at)
  // beyond the ends there is no number, which is no letter's
  const before = word.charCodeAt(at - 1)
  const after = word.charCodeAt(at + 1)
  if (letter === before || letter === after) return CHEAP.doubled
  if (isSilentAfter[placeOf(letter, before)] === 1 || isSilentBefore[placeOf(letter, after)] === 1) return CHEAP.silent
  return at === 0 ? STEP + FIRST_LETTER : STEP
}

/** What a letter sounds like where no neighbour changes it. */
const SOUNDS: Readonly<Record<string, string>> = {
  ...{ a: 'e', b: 'p', c: 'k', d: 't', g: 'k', j: 'i', q: 'k', v: 'f', x: 'ks', y: 'i', z: 's' },
}
/** Letters that sound as one, by the first of them; the longest first. `1` and `2` stand for sch and ch. */
const TOGETHER: Readonly<Record<string, readonly (readonly [letters: string, sound: string])[]>> = {
  a: [
    ['ai', 'ei'],
    ['ay', 'ei'],
  ],
  c: [
    ['ch', '2'],
    ['ck', 'k'],
  ],
  d: [['dt', 't']],
  e: [['ey', 'ei']],
  i: [['ie', 'i']],
  p: [['ph', 'f']],
  q: [['qu', 'k']],
  s: [
    ['sch', '1'],
    ['sh', '1'],
  ],
  t: [
    ['tz', 's'],
    ['ts', 's'],
    ['th', 't'],
  ],
}
const VOWELS = 'eiou'

/** What a folded word sounds like, roughly: words that are often mixed up sound alike, and double letters like one. */
export function phoneticCode(word: string): string {
  let sound = ''
  let last = ''
  for (let at = 0; at < word.length; ) {
    const letter = word[at] as string
    // the ie of Feier is none
    const isApart = letter === 'i' && last === 'e'
    const together = isApart ? undefined : TOGETHER[letter]?.find(([letters]) => word.startsWith(letters, at))
    at += together === undefined ? 1 : together[0].length
    if (letter === 'h' && last !== '' && VOWELS.includes(last)) continue
    const heard = together === undefined ? (SOUNDS[letter] ?? letter) : together[1]
    if (heard.startsWith(last) && last !== '') sound += heard.slice(1)
    else sound += heard
    last = heard.at(-1) as string
  }
  return sound
}

const CODE_MASK = 127

/** The last seven bits of each letter: what tells the letters of most words apart. */
export function codesOf(word: string): Uint8Array {
  const codes = new Uint8Array(word.length)
  for (let at = 0; at < word.length; at++) codes[at] = word.charCodeAt(at) & CODE_MASK
  return codes
}

/** The letters of a word are the bits of one number. */
const BITS_MAX = 31

/**
 * Tells which words are within so many plain slips of one word: a letter more, less, or another, or two changed round. Words
 * that are not are never told to be; long words and foreign letters may be told wrongly. After Hyyrö 2003, "A bit-vector
 * algorithm for computing Levenshtein and Damerau edit distances": one step a letter.
 */
export class EditDistanceFilter {
  readonly #length: number
  readonly #slips: number
  /** For each letter the places where the word has it. */
  readonly #places = new Int32Array(CODE_MASK + 1)

  /** @param word its codes, see `codesOf` */
  constructor(word: Uint8Array, slips: number) {
    this.#length = word.length
    this.#slips = slips
    if (word.length > BITS_MAX) return
    for (let at = 0; at < word.length; at++) {
      const code = word[at] as number
      this.#places[code] = (this.#places[code] as number) | (1 << at)
    }
  }

  /** Whether a word, in a row of codes, may be within the slips. */
  passes(codes: Uint8Array, start: number, end: number): boolean {
    if (this.#length > BITS_MAX || this.#length === 0) return true
    const lastBit = 1 << (this.#length - 1)
    let distance = this.#length
    let above = -1
    let below = 0
    let equal = 0
    let before = 0
    for (let at = start; at < end; at++) {
      const places = this.#places[codes[at] as number] as number
      const turned = ((~equal & places) << 1) & before
      equal = ((((places & above) + above) | 0) ^ above) | places | below | turned
      let more = below | ~(equal | above)
      const fewer = equal & above
      if ((more & lastBit) !== 0) distance += 1
      else if ((fewer & lastBit) !== 0) distance -= 1
      more = (more << 1) | 1
      above = (fewer << 1) | ~(equal | more)
      below = more & equal
      before = places
    }
    return distance <= this.#slips
  }
}
