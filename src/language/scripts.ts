export const SCRIPT_LANGUAGES = ['el', 'ru', 'uk', 'be', 'he', 'ar', 'hi', 'ja', 'ko', 'zh', 'th'] as const

/** A language that is told by its letters. */
export type ScriptLanguage = (typeof SCRIPT_LANGUAGES)[number]

const SCRIPTS = {
  latin: /\p{Script=Latin}/gu,
  greek: /\p{Script=Greek}/gu,
  cyrillic: /\p{Script=Cyrillic}/gu,
  hebrew: /\p{Script=Hebrew}/gu,
  arabic: /\p{Script=Arabic}/gu,
  devanagari: /\p{Script=Devanagari}/gu,
  kana: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  hangul: /\p{Script=Hangul}/gu,
  han: /\p{Script=Han}/gu,
  thai: /\p{Script=Thai}/gu,
} as const satisfies Readonly<Record<string, RegExp>>

type Script = keyof typeof SCRIPTS

const LETTER = /\p{L}/gu
/** Letters of the scripts above; signs and typographic quotes, which every language has, are none of them. */
const BEYOND_LATIN = /[\u0370-\u1dff\u3040-\ud7ff\uf900-\ufaff\ufb1d-\ufdff\ufe70-\uffdc]/
/** A sign of these scripts stands for more than a letter does: of Chinese with names in Latin letters fewer are signs. */
const DENSE: ReadonlySet<Script> = new Set(['kana', 'hangul', 'han'])
const DENSE_FACTOR = 3
/** Fewer letters tell nothing. */
const LETTERS_MIN = 40

const UKRAINIAN = /[іїєґ]/gu
const BELARUSIAN = /ў/gu
const RUSSIAN = /[ыэё]/gu
/** Bulgarian, Serbian and others write Cyrillic too, but have hardly any of these letters. */
const DECIDING_SHARE = 0.01
/** Persian and Urdu have letters that Arabic has not. */
const PERSIAN = /[پچژگیک]/gu
/** Marathi, Nepali and Sanskrit share Devanagari with Hindi, but not these words. */
const HINDI = /(?:है|में|और|को)/gu

const countOf = (text: string, letters: RegExp): number => text.match(letters)?.length ?? 0

/**
 * @param text in lower case
 * @returns `latin` where most letters are Latin ones; null where the script tells no language
 */
export function scriptLanguage(text: string): ScriptLanguage | 'latin' | null {
  // nearly every text
  if (!BEYOND_LATIN.test(text)) return 'latin'
  const letters = countOf(text, LETTER)
  const counts = new Map<Script, number>()
  for (const script of Object.keys(SCRIPTS) as Script[])
    counts.set(script, countOf(text, SCRIPTS[script]) * (DENSE.has(script) ? DENSE_FACTOR : 1))
  const [most, count] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))
  if (most === 'latin' || count === 0) return 'latin'
  if (letters < LETTERS_MIN) return null
  switch (most) {
    case 'greek':
      return 'el'
    case 'hebrew':
      return 'he'
    case 'hangul':
      return 'ko'
    case 'thai':
      return 'th'
    case 'devanagari':
      return countOf(text, HINDI) > count * DECIDING_SHARE ? 'hi' : null
    case 'kana':
      return 'ja'
    case 'han':
      return (counts.get('kana') as number) > count / 5 ? 'ja' : 'zh'
    case 'arabic':
      return countOf(text, PERSIAN) > count * DECIDING_SHARE ? null : 'ar'
    case 'cyrillic': {
      const deciding = { be: countOf(text, BELARUSIAN), uk: countOf(text, UKRAINIAN), ru: countOf(text, RUSSIAN) }
      // Belarusian has letters of both the others as well
      if (deciding.be >= count * DECIDING_SHARE) return 'be'
      if (Math.max(deciding.uk, deciding.ru) < count * DECIDING_SHARE) return null
      return deciding.uk > deciding.ru ? 'uk' : 'ru'
    }
  }
}
