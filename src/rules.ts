import { readFileSync } from 'node:fs'
import { FundstelleError, type Language } from './errors.ts'
import { systemReason } from './system-reason.ts'

/** What a site owner wants otherwise, from one plain text file. */
export interface Rules {
  /** Words that may be parts of compounds. */
  readonly words: readonly string[]
  /** Words that are never taken apart, in any of their forms. */
  readonly unsplit: readonly string[]
}

export const NO_RULES: Rules = { words: [], unsplit: [] }

type Kind = keyof Rules

const KINDS: Readonly<Record<string, Kind>> = {
  wort: 'words',
  word: 'words',
  ungetrennt: 'unsplit',
  unsplit: 'unsplit',
}
const LINE = /^([^:]*):(.*)$/
const WORD = /^\p{L}{3,80}$/u
/** More would make the lexicon slow: a list of so many words is a mistake. */
const WORDS_MAX = 10_000
/** Wrong lines that one message names. */
const TOLD_MAX = 10

/** Where a word stood first. */
interface Place {
  readonly kind: Kind
  readonly line: number
}

/** One line that is no rule. */
interface WrongLine {
  readonly line: number
  readonly words: Readonly<Record<Language, string>>
}

/**
 * Reads rules: a line each, `wort: Kitaplatz, Kita` or `ungetrennt: Hochzeit` (English: `word`, `unsplit`); empty lines and what
 * follows a # are left out.
 * @throws FundstelleError `rules_wrong`, naming each wrong line, what it has and what was expected; a word under both names is wrong
 */
export function parseRules(text: string, path: string): Rules {
  const rules: Record<Kind, string[]> = { words: [], unsplit: [] }
  const wrong: WrongLine[] = []
  const places = new Map<string, Place>()
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const content = raw.replace(/#.*$/, '').trim()
    if (content === '') continue
    const line = index + 1
    const [, name = '', list = ''] = LINE.exec(content) ?? []
    const kind = KINDS[name.trim().toLowerCase()]
    if (kind === undefined) {
      wrong.push({
        line,
        words: {
          de: `„${content}“ statt „wort: …“ oder „ungetrennt: …“`,
          en: `“${content}” instead of “word: …” or “unsplit: …”`,
        },
      })
      continue
    }
    for (const entry of list.split(',').map((one) => one.trim().normalize('NFC'))) {
      const word = entry.toLowerCase()
      const before: Place = places.get(word) ?? { kind, line }
      places.set(word, before)
      if (before.kind !== kind) wrong.push({ line, words: contradiction(entry, before.line) })
      else if (WORD.test(entry)) rules[kind].push(entry)
      else {
        wrong.push({
          line,
          words: {
            de: `„${entry}“ statt eines Wortes aus 3 bis 80 Buchstaben`,
            en: `“${entry}” instead of a word of 3 to 80 letters`,
          },
        })
      }
    }
  }
  if (rules.words.length > WORDS_MAX) {
    wrong.push({
      line: 1,
      words: {
        de: `${rules.words.length} eigene Wörter statt höchstens ${WORDS_MAX}`,
        en: `${rules.words.length} words instead of at most ${WORDS_MAX}`,
      },
    })
  }
  if (wrong.length > 0) throw new FundstelleError('rules_wrong', { path, lines: linesOf(wrong) })
  return { words: sorted(rules.words), unsplit: sorted(rules.unsplit) }
}

function contradiction(word: string, line: number): WrongLine['words'] {
  return {
    de: `„${word}“ steht in Zeile ${line} unter dem anderen Namen; ein Wort kann entweder „wort:“ oder „ungetrennt:“ sein`,
    en: `“${word}” stands in line ${line} under the other name; a word can be either “word:” or “unsplit:”`,
  }
}

/** @throws FundstelleError `rules_unreadable`, `rules_encoding` or `rules_wrong` */
export function readRules(path: string | null): Rules {
  if (path === null) return NO_RULES
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    throw new FundstelleError('rules_unreadable', { path, reason: systemReason(error) }, { cause: error })
  }
  return parseRules(textOf(bytes, path), path)
}

function textOf(bytes: Buffer, path: string): string {
  // every other byte of Latin letters in UTF-16 is nought
  if (bytes.includes(0)) {
    throw new FundstelleError('rules_encoding', { path, got: 'UTF-16' })
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    const got = {
      de: 'etwas anderes, vielleicht Windows-1252 („ANSI“)',
      en: 'something else, perhaps Windows-1252 (“ANSI”)',
    }
    throw new FundstelleError('rules_encoding', { path, got }, { cause: error })
  }
}

function linesOf(wrong: readonly WrongLine[]): Readonly<Record<Language, string>> {
  const told = wrong.slice(0, TOLD_MAX)
  const more = wrong.length - told.length
  const say = (language: Language, word: string, rest: string): string =>
    told.map(({ line, words }) => `${word} ${line}: ${words[language]}`).join('; ') + (more > 0 ? `; ${rest}` : '')
  return { de: say('de', 'Zeile', `und ${more} weitere`), en: say('en', 'line', `and ${more} more`) }
}

const sorted = (words: readonly string[]): string[] => [...new Set(words)].sort()
