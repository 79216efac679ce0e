// The three steps of the Snowball stemmer that cut endings; stem.ts says which version that is. Each looks for the longest of its
// endings, and where that one may not go, nothing goes.

const A = 0x61
const C = 0x63
const D = 0x64
const E = 0x65
const G = 0x67
const H = 0x68
const I = 0x69
const K = 0x6b
const L = 0x6c
const M = 0x6d
const N = 0x6e
const R = 0x72
const S = 0x73
const T = 0x74
const U = 0x75

/** One bit for each small letter. */
const setOf = (letters: string): number =>
  [...letters].reduce((set, letter) => set | (1 << (letter.charCodeAt(0) - A)), 0)
/** Behind these an s is an ending, and a -st. */
const BEFORE_S = setOf('bdfghklmnrt')
const BEFORE_ST = setOf('bdfghklmnt')
const has = (set: number, code: number): boolean => code >= A && code < A + 26 && ((set >> (code - A)) & 1) === 1

/** So many letters stand before the one before -st. */
const BEFORE_ST_MIN = 3

/**
 * Where the letters end without their endings.
 * @param first where the first region begins, behind three letters at least
 * @param second where the second begins
 */
export function withoutEndings(letters: Uint16Array, length: number, first: number, second: number): number {
  const inflected = withoutInflection(letters, length, first)
  return withoutDerivation(letters, withoutComparison(letters, inflected, first), first, second)
}

/** em, ern, er; e, en, es; s. */
function withoutInflection(letters: Uint16Array, length: number, region: number): number {
  const last = letters[length - 1] as number
  const before = letters[length - 2] as number
  let start = length - 2
  let mayLeaveS = false
  if (last === E) {
    start = length - 1
    mayLeaveS = true
  } else if (last === S && before !== E) {
    return length - 1 >= region && has(BEFORE_S, before) ? length - 1 : length
  } else if (last === N && before === R && letters[length - 3] === E) start = length - 3
  else if (before === E && (last === N || last === S)) mayLeaveS = true
  else if (before !== E || (last !== M && last !== R)) return length
  if (start < region) return length
  // the s of -nisse, whatever its region
  return mayLeaveS && endsWithNiss(letters, start) ? start - 1 : start
}

function endsWithNiss(letters: Uint16Array, end: number): boolean {
  return end > 3 && letters[end - 1] === S && letters[end - 2] === S && letters[end - 3] === I && letters[end - 4] === N
}

/** en, er, est; st. */
function withoutComparison(letters: Uint16Array, length: number, region: number): number {
  if (length - 2 < region) return length
  const last = letters[length - 1] as number
  const before = letters[length - 2] as number
  if (last === T && before === S) {
    if (letters[length - 3] === E) return length - 3 >= region ? length - 3 : length
    const start = length - 2
    return start > BEFORE_ST_MIN && has(BEFORE_ST, letters[start - 1] as number) ? start : length
  }
  return before === E && (last === N || last === R) ? length - 2 : length
}

/** end, ung; ig, ik, isch; lich, heit; keit. */
function withoutDerivation(letters: Uint16Array, length: number, first: number, second: number): number {
  if (length - 2 < second) return length
  const last = letters[length - 1] as number
  const before = letters[length - 2] as number
  if (before === N && letters[length - 3] === (last === D ? E : last === G ? U : 0))
    return length - 3 >= second ? withoutIg(letters, length - 3, second) : length
  if (before === I && (last === G || last === K)) return uncutBehindE(letters, length, length - 2, second)
  if (last === H && before === C) {
    if (letters[length - 3] === S && letters[length - 4] === I) return uncutBehindE(letters, length, length - 4, second)
    if (letters[length - 3] !== I || letters[length - 4] !== L) return length
    return length - 4 >= second ? withoutErEn(letters, length - 4, first) : length
  }
  if (last !== T || before !== I || letters[length - 3] !== E || length - 4 < second) return length
  if (letters[length - 4] === H) return withoutErEn(letters, length - 4, first)
  return letters[length - 4] === K ? withoutLichIg(letters, length - 4, second) : length
}

/** -ig, -ik and -isch stay behind an e: -eig. */
function uncutBehindE(letters: Uint16Array, length: number, start: number, second: number): number {
  return start >= second && letters[start - 1] !== E ? start : length
}

/** The ig of -igung, but not of -eigung. */
function withoutIg(letters: Uint16Array, end: number, second: number): number {
  const isIg = letters[end - 1] === G && letters[end - 2] === I
  return isIg ? uncutBehindE(letters, end, end - 2, second) : end
}

/** The er and en of -erlich, -enheit. */
function withoutErEn(letters: Uint16Array, end: number, first: number): number {
  const last = letters[end - 1]
  return letters[end - 2] === E && (last === R || last === N) && end - 2 >= first ? end - 2 : end
}

/** The lich and ig of -lichkeit, -igkeit. */
function withoutLichIg(letters: Uint16Array, end: number, second: number): number {
  const last = letters[end - 1]
  if (last === G && letters[end - 2] === I) return end - 2 >= second ? end - 2 : end
  const isLich = last === H && letters[end - 2] === C && letters[end - 3] === I && letters[end - 4] === L
  return isLich && end - 4 >= second ? end - 4 : end
}
