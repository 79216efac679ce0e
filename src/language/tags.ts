/** Other names of the same languages: older codes, codes of three letters, the two ways to write Norwegian. */
const SAME: Readonly<Record<string, string>> = {
  iw: 'he',
  nb: 'no',
  nn: 'no',
  nob: 'no',
  nor: 'no',
  deu: 'de',
  ger: 'de',
  eng: 'en',
  fra: 'fr',
  fre: 'fr',
  spa: 'es',
  ita: 'it',
  nld: 'nl',
  dut: 'nl',
  pol: 'pl',
  ces: 'cs',
  cze: 'cs',
  dan: 'da',
  swe: 'sv',
  por: 'pt',
}

const TAG = /^([a-z]{2,3})(?:[-_][a-z\d]{1,8}){0,8}$/

/** The language that a tag names, without country and script: `de` of `de-AT`. Null where the text is no tag, such as `Deutsch`. */
export function primarySubtag(tag: string): string | null {
  const primary = TAG.exec(tag.toLowerCase())?.[1]
  return primary === undefined ? null : (SAME[primary] ?? primary)
}

/** German, what is spoken by who reads German, and what says that it is no one language. */
const NOT_OTHER: ReadonlySet<string> = new Set([
  'de',
  'gsw',
  'bar',
  'nds',
  'ksh',
  'swg',
  'vmf',
  'pfl',
  'und',
  'mul',
  'zxx',
  'mis',
])

/** Whether a value of an article's field `language` says that it is in another language than German. What is no tag says nothing. */
export function isOtherThanGerman(tag: string): boolean {
  const primary = primarySubtag(tag)
  return primary !== null && !NOT_OTHER.has(primary)
}
