import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createAnalyzer } from '../src/analysis/analyzer.ts'
import type { FundstelleError } from '../src/errors.ts'
import { differInRulesAlone, indexFingerprint } from '../src/index/snapshot/fingerprint.ts'
import { NO_RULES } from '../src/rules.ts'
import { parseRules, readRules } from '../src/rules-file.ts'
import { temporaryFolder, writeFiles } from './support/folders.ts'

const partsOf = (text: string, rules: string): string[] =>
  createAnalyzer(parseRules(rules, 'regeln.txt'))
    .analyze(text)
    .words.flatMap(({ parts }) => parts.map(({ start, end }) => text.slice(start, end)))

describe('rules', () => {
  it('reads words in German and English, with comments and empty lines', () => {
    const text =
      '\ufeff# Kommentar\n\nwort: Kita , Drohnenabwehr # noch einer\r\nUngetrennt: Hochzeit\nword: Zu\u0308ge\nunsplit: Karlsruhe'
    expect(parseRules(text.slice(1), 'x')).toEqual({
      ...NO_RULES,
      words: ['Drohnenabwehr', 'Kita', 'Züge'],
      unsplit: ['Hochzeit', 'Karlsruhe'],
    })
    expect(parseRules('', 'x')).toEqual(NO_RULES)
  })

  it('takes every kind of line end, and a comment to the end of its line', () => {
    const { words, stopWords } = parseRules('# Regeln\rwort: Kita # eins\u2028zwei\rstoppwort: bzw', 'x')
    expect({ words, stopWords }).toEqual({ words: ['Kita'], stopWords: ['bzw'] })
  })

  it('names every wrong line, what it has and what was expected', () => {
    const text = 'wort: Kita\nworte: Haus\nKita\nungetrennt: a, B2B\n'
    try {
      parseRules(text, 'regeln.txt')
      expect.unreachable()
    } catch (error) {
      const { code } = error as FundstelleError
      expect(code).toBe('rules_wrong')
      expect((error as FundstelleError).detail('de')).toBe(
        'In der Regeldatei regeln.txt: Zeile 2: „worte: Haus“ statt „wort:“, „ungetrennt:“, „stoppwort:“, „synonym:“, „thesaurus:“, „oben:“ oder „versteckt:“; Zeile 3: „Kita“ statt „wort:“, „ungetrennt:“, „stoppwort:“, „synonym:“, „thesaurus:“, „oben:“ oder „versteckt:“; Zeile 4: „a“ statt eines Wortes aus 3 bis 80 Buchstaben; Zeile 4: „B2B“ statt eines Wortes aus 3 bis 80 Buchstaben.',
      )
      expect((error as FundstelleError).detail('en')).toContain(
        'line 3: “Kita” instead of “word:”, “unsplit:”, “stopword:”, “synonym:”, “thesaurus:”, “top:” or “hidden:”',
      )
    }
  })

  it('says which file could not be read', () => {
    expect(() => readRules('/nirgends/regeln.txt')).toThrow(/nicht gelesen werden \(gibt es nicht, ENOENT\)/)
    expect(readRules(null)).toEqual(NO_RULES)
  })

  it.each(['wort: Kita, Hochzeit\n# Kommentar\nungetrennt: hochzeit', 'unsplit: Hochzeit\n\nword: hochzeit'])(
    'a word under both names is a contradiction: %j',
    (text) => {
      expect(() => parseRules(text, 'x')).toThrow(
        'In der Regeldatei x: Zeile 3: „hochzeit“ steht in Zeile 1 unter dem anderen Namen; ein Wort kann entweder „wort:“ oder „ungetrennt:“ sein.',
      )
    },
  )

  it.each<[string, Uint8Array]>([
    ['UTF-16', Buffer.from('\ufeffwort: Kita', 'utf16le')],
    ['UTF-16', Buffer.from('wort: Kita', 'utf16le').swap16()],
    ['Windows-1252', Buffer.from('wort: Tür', 'latin1')],
  ])('a file in %s is told', (encoding, bytes) => {
    const folder = temporaryFolder()
    writeFiles(folder, { 'regeln.txt': bytes })
    expect(() => readRules(join(folder, 'regeln.txt'))).toThrow(
      new RegExp(`ist in .*${encoding}.* gespeichert, erwartet wird UTF-8`),
    )
  })

  it('a file may begin with a byte-order mark', () => {
    const folder = temporaryFolder()
    writeFiles(folder, { 'regeln.txt': '\ufeffwort: Kita' })
    expect(readRules(join(folder, 'regeln.txt')).words).toEqual(['Kita'])
  })

  it('an added word is a part of compounds', () => {
    expect(partsOf('Quaxelplatz', '')).toEqual([])
    expect(partsOf('Quaxelplatz', 'wort: Quaxel')).toEqual(['Quaxel', 'platz'])
    expect(partsOf('Stadtquaxel', 'wort: Quaxel')).toEqual(['Stadt', 'quaxel'])
  })

  it('a word stays whole, in all its forms and inside others', () => {
    expect(partsOf('Haustüren', '')).toEqual(['Haus', 'türen'])
    expect(partsOf('Haustüren', 'ungetrennt: Haustür')).toEqual([])
    expect(partsOf('Haustürschlüssel', 'ungetrennt: Haustür')).toEqual(['Haustür', 'schlüssel'])
  })

  it('other rules make another index', () => {
    const rules = parseRules('wort: Kita', 'x')
    expect(indexFingerprint(rules)).not.toBe(indexFingerprint())
    expect(indexFingerprint(rules)).toBe(indexFingerprint(parseRules('# anders\nword: Kita', 'y')))
    expect(differInRulesAlone(indexFingerprint(rules), indexFingerprint())).toBe(true)
  })
})
