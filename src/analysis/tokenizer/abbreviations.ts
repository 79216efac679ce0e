/**
 * Abbreviations of single letters that people write with or without a space ("z. B.", "z.B."): both become one token.
 * Only these are joined across a space; without spaces any sequence of dotted single letters is one ("U.S.A.").
 */
export const SPACED_ABBREVIATIONS: ReadonlySet<string> = new Set(
  `z.b. d.h. u.a. o.ä. u.ä. i.d.r. u.u. z.t. m.e. i.a. s.o. s.u. e.v. u.v.m. u.v.a. a.d. v.a. o.g. u.s.w. i.e.s. i.w.s.
  i.v.m. i.s.d. m.w. b.a. m.a. v.h. p.a. i.r. g.m.b.h. n.n.  u.a.m. a.a. a.a.o. s.a. w.o. d.j. d.m. i.h.v. m.w.n.`.split(
    /\s+/,
  ),
)

const wordsOf = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

// Abbreviations without their last full stop, in lower case.

/** A sentence never ends behind them, whatever follows: something they belong to is missing. */
const OPEN = wordsOf(`
  dr prof mag dipl ing pfr hr hrn fr frl fam fa hl st univ stellv
  nr nrn ziff vgl bzw ca inkl exkl einschl zzgl abzgl bzgl ggf evtl sog sogen zul bspw insb insbes urspr ehem lfd rd mind
  geb gest verh gegr südl nördl östl westl nordwestl nordöstl südwestl südöstl gebr kath evang
  dt engl frz franz ital span lat griech österr amerik brit röm hebr arab russ poln tschech türk niederl schweiz ahd mhd
  z.b d.h i.d.r u.u z.t m.e i.a s.o s.u v.a o.g i.e.s i.w.s i.v.m i.s.d i.h.v m.a.w d.i bes entspr betr gem zw ggü
`)

/** A sentence may end behind them: it does where the next word has a capital letter that is not its own. */
const CLOSING = wordsOf(`
  art abs str chr jh jhd jhdt jan feb febr mär apr aug sep sept okt nov dez mio mrd tsd tel abb kap bd bde hrsg med phil jur kl gr
  min max std sek lit exkl allg ev anm aufl ausg jg nachf zit bgbl rn rdnr tab verf vors zt mwst buchst halbs anl fn hs mo di mi
  do sa co inc ltd corp bsp bez kr lkr gmbh abt red übers vorm nachm jahrg zs urt beschl az rspr nachw ebd ebda fig sing pl
  zzt zz wg spez techn mtl jährl tägl chem phys math biol
`)

/** A sentence ends behind them where a capital letter follows: lists close with them. */
const LIST_CLOSING = wordsOf('usw usf etc u.s.w u.v.m u.a.m')

/** How a full stop behind a word is to be read. */
export type FullStop = 'ends' | 'listEnds' | 'mayEnd' | 'open'

const LONGEST = 12
/** Hauptstr., St.-Georg-Str. */
const STREET = /.str$/
/** U.S.A. */
const DOTTED = /^\p{L}\./u

/** By first and last letter of those of plain letters, a bit for each length. */
const LENGTHS = new Uint16Array(26 * 26)
const A = 0x61
const Z = 0x7a
for (const word of [...OPEN, ...CLOSING, ...LIST_CLOSING]) {
  const [first, last] = [word.charCodeAt(0) - A, word.charCodeAt(word.length - 1) - A]
  if (first >= 0 && first < 26 && last >= 0 && last < 26)
    LENGTHS[first * 26 + last] = (LENGTHS[first * 26 + last] as number) | (1 << word.length)
}

/**
 * Whether a word of a text is told by a few of its letters to be neither an abbreviation nor a numeral: then a sentence ends at a full stop
 * behind it. Nearly all words are; of the others nothing is told.
 */
export function isNoAbbreviation(text: string, start: number, end: number): boolean {
  const length = end - start
  // of one letter, in capitals like Roman numerals
  if (length < 2 || !isSmallLatin(text.charCodeAt(start + 1))) return false
  for (let at = start + 2; at < end; at++) if (!isLatin(text.charCodeAt(at))) return false
  const first = (text.charCodeAt(start) | 0x20) - A
  const last = text.charCodeAt(end - 1) - A
  if (first < 0 || first >= 26 || last < 0 || last >= 26) return false
  // streets
  if (last === 0x72 - A && text.charCodeAt(end - 2) === 0x74) return false
  return length > LONGEST || (((LENGTHS[first * 26 + last] as number) >> length) & 1) === 0
}

const isSmallLatin = (code: number): boolean => (code >= A && code <= Z) || (code >= 0xdf && code <= 0xff)
const isLatin = (code: number): boolean => isSmallLatin(code | 0x20)

/** @param word in lower case, NFC, without blanks and without its last full stop */
export function fullStopBehind(word: string): FullStop {
  const last = word.slice(word.lastIndexOf('-') + 1)
  if (last.length > LONGEST) return STREET.test(last) ? 'mayEnd' : 'ends'
  if (OPEN.has(last)) return 'open'
  if (LIST_CLOSING.has(last)) return 'listEnds'
  return last.length === 1 || CLOSING.has(last) || DOTTED.test(last) || STREET.test(last) ? 'mayEnd' : 'ends'
}

/** Whether a full stop behind a word, in lower case, may be part of it: an abbreviation, an ordinal ("am 3."), a numeral ("Karl V."). */
export const takesFullStop = (word: string): boolean =>
  word.length === 1 || fullStopBehind(word) !== 'ends' || /^\d{1,2}$/.test(word) || /^[ivx]{2,5}$/.test(word)
