import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { FundstelleError, type Language, type Localized } from './errors.ts'
import { type CurationRule, NO_RULES, type Rules, type Synonyms } from './rules.ts'
import { systemReason } from './system-reason.ts'

type Kind = keyof Rules

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['wort', 'words'],
  ['word', 'words'],
  ['ungetrennt', 'unsplit'],
  ['unsplit', 'unsplit'],
  ['stoppwort', 'stopWords'],
  ['stopword', 'stopWords'],
  ['synonym', 'synonyms'],
  ['thesaurus', 'thesaurus'],
  ['oben', 'pinned'],
  ['top', 'pinned'],
  ['versteckt', 'hidden'],
  ['hidden', 'hidden'],
])
const NAMES = {
  de: '„wort:“, „ungetrennt:“, „stoppwort:“, „synonym:“, „thesaurus:“, „oben:“ oder „versteckt:“',
  en: '“word:”, “unsplit:”, “stopword:”, “synonym:”, “thesaurus:”, “top:” or “hidden:”',
}
const LINE = /^([^:]*):(.*)$/
/** Ids may have a # within. */
const COMMENT = /(?:^|\s)#.*$/s
const WORD = /^\p{L}{3,80}$/u
const NAME = /^(?=.*[\p{L}\p{N}]).{1,200}$/u
/** More would make the lexicon slow, and a query: a list of so many is a mistake. */
const ENTRIES_MAX = 10_000
/** Wrong lines that one message names. */
const REPORTED_MAX = 10

/** Where a word stood first. */
interface Place {
  readonly kind: Kind
  readonly line: number
}

/** One line that is no rule. */
interface WrongLine {
  readonly line: number
  readonly words: Localized
}

/**
 * Reads rules, a line each; empty lines, and what follows a # at the beginning or behind a space, are left out:
 *
 *     wort: Kitaplatz, Kita                      may be parts of compounds
 *     ungetrennt: Hochzeit                       never taken apart
 *     stoppwort: bzw, circa                      left out of queries while other words remain
 *     synonym: USA = Vereinigte Staaten = US-    each also finds the others
 *     synonym: Kita > Krippe, Kindergarten       finds them as well, but not the other way round
 *     thesaurus: th_de_DE_v2.dat               its words as well, see thesaurus.ts; beside this file, or a whole path
 *     oben: Drohnen > a.md, b.md                 these articles first where the query is this one
 *     versteckt: Drohnen > c.md                  and this one never
 *
 * English: `word`, `unsplit`, `stopword`, `synonym`, `thesaurus`, `top`, `hidden`.
 * @throws FundstelleError `rules_wrong`, naming each wrong line, what it has and what was expected
 */
export function parseRules(text: string, path: string): Rules {
  const reader = new RulesReader()
  for (const [index, raw] of text.split(/\r\n?|\n/).entries()) {
    const content = raw.replace(COMMENT, '').trim()
    if (content !== '') reader.read(content, index + 1)
  }
  return reader.finish(path)
}

class RulesReader {
  readonly #words = { words: [] as string[], unsplit: [] as string[], stopWords: [] as string[] }
  readonly #synonyms: Synonyms[] = []
  readonly #placings = { pinned: [] as CurationRule[], hidden: [] as CurationRule[] }
  #thesaurus: string | null = null
  readonly #wrong: WrongLine[] = []
  readonly #places = new Map<string, Place>()

  read(content: string, line: number): void {
    const [, name = '', rest = ''] = LINE.exec(content) ?? []
    const kind = KINDS.get(name.trim().toLowerCase())
    const value = rest.trim().normalize('NFC')
    switch (kind) {
      case 'words':
      case 'unsplit':
      case 'stopWords':
        for (const entry of listOf(value)) this.#readWord(kind, entry, line)
        return
      case 'synonyms':
        this.#readSynonyms(value, line)
        return
      case 'thesaurus':
        if (value !== '' && this.#thesaurus === null) this.#thesaurus = value
        else this.#refuse(line, content, { de: 'einer einzigen Datei', en: 'a single file' })
        return
      case 'pinned':
      case 'hidden':
        this.#readCurationRule(kind, value, line)
        return
      default:
        this.#refuse(line, content, { de: NAMES.de, en: NAMES.en })
    }
  }

  /** @throws FundstelleError `rules_wrong` */
  finish(path: string): Rules {
    const { words, unsplit, stopWords } = this.#words
    const count = words.length + unsplit.length + stopWords.length + this.#synonyms.length
    if (count > ENTRIES_MAX) {
      this.#wrong.push({
        line: 1,
        words: {
          de: `${count} eigene Wörter und Synonyme statt höchstens ${ENTRIES_MAX}`,
          en: `${count} words and synonyms instead of at most ${ENTRIES_MAX}`,
        },
      })
    }
    if (this.#wrong.length > 0) throw new FundstelleError('rules_wrong', { path, lines: linesOf(this.#wrong) })
    return {
      words: sorted(words),
      unsplit: sorted(unsplit),
      stopWords: sorted(stopWords),
      synonyms: this.#synonyms,
      thesaurus: this.#thesaurus === null ? null : resolve(dirname(path), this.#thesaurus),
      ...this.#placings,
    }
  }

  #readWord(kind: 'words' | 'unsplit' | 'stopWords', entry: string, line: number): void {
    if (kind === 'stopWords') {
      if (NAME.test(entry) && !/\s/.test(entry)) this.#words.stopWords.push(entry)
      else this.#refuse(line, entry, { de: 'eines Wortes', en: 'a word' })
      return
    }
    const word = entry.toLowerCase()
    const before: Place = this.#places.get(word) ?? { kind, line }
    this.#places.set(word, before)
    if (before.kind !== kind) this.#wrong.push({ line, words: contradiction(entry, before.line) })
    else if (WORD.test(entry)) this.#words[kind].push(entry)
    else this.#refuse(line, entry, { de: 'eines Wortes aus 3 bis 80 Buchstaben', en: 'a word of 3 to 80 letters' })
  }

  #readSynonyms(value: string, line: number): void {
    const [left = '', right, ...more] = value.split('>')
    const from = right === undefined ? sidesOf(left, '=') : listOf(left)
    const to = right === undefined ? from : listOf(right)
    const fits = more.length === 0 && (right === undefined ? from.length > 1 : from.length > 0 && to.length > 0)
    if (fits && [...from, ...to].every((side) => NAME.test(side))) this.#synonyms.push({ from, to })
    else {
      this.#refuse(line, value, {
        de: 'etwas wie „USA = Vereinigte Staaten“ oder „Kita > Krippe, Kindergarten“',
        en: 'something like “USA = Vereinigte Staaten” or “Kita > Krippe, Kindergarten”',
      })
    }
  }

  #readCurationRule(kind: 'pinned' | 'hidden', value: string, line: number): void {
    const arrow = value.indexOf('>')
    const query = value.slice(0, Math.max(0, arrow)).trim()
    const ids =
      arrow < 0
        ? []
        : value
            .slice(arrow + 1)
            .split(/,\s+/)
            .map((id) => id.trim())
            .filter((id) => id !== '')
    if (NAME.test(query) && ids.length > 0) this.#placings[kind].push({ query, ids })
    else {
      this.#refuse(line, value, {
        de: 'etwas wie „Drohnen > a.md, b.md“: eine Anfrage und ids von Artikeln',
        en: 'something like “Drohnen > a.md, b.md”: a query and ids of articles',
      })
    }
  }

  #refuse(line: number, got: string, expected: Localized): void {
    this.#wrong.push({ line, words: { de: `„${got}“ statt ${expected.de}`, en: `“${got}” instead of ${expected.en}` } })
  }
}

const listOf = (text: string): string[] => sidesOf(text, ',')

const sidesOf = (text: string, sign: string): string[] => text.split(sign).map((side) => side.trim())

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

function linesOf(wrong: readonly WrongLine[]): Localized {
  const shown = wrong.slice(0, REPORTED_MAX)
  const more = wrong.length - shown.length
  const say = (language: Language, word: string, rest: string): string =>
    shown.map(({ line, words }) => `${word} ${line}: ${words[language]}`).join('; ') + (more > 0 ? `; ${rest}` : '')
  return { de: say('de', 'Zeile', `und ${more} weitere`), en: say('en', 'line', `and ${more} more`) }
}

const sorted = (words: readonly string[]): string[] => [...new Set(words)].sort()
