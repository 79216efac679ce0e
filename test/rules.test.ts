import { describe, expect, it } from 'vitest'
import { createAnalyzer } from '../src/analysis/analyzer.ts'
import { FundstelleError } from '../src/errors.ts'
import { indexFingerprint } from '../src/index/fingerprint.ts'
import { NO_RULES, parseRules, readRules } from '../src/rules.ts'

const partsOf = (text: string, rules: string): string[] =>
  createAnalyzer(parseRules(rules, 'regeln.txt'))
    .analyze(text)
    .words.flatMap(({ parts }) => parts.map(({ start, end }) => text.slice(start, end)))

describe('rules', () => {
  it('reads words in German and English, with comments and empty lines', () => {
    const text =
      '\ufeff# Kommentar\n\nwort: Kita , Drohnenabwehr # noch einer\r\nUngetrennt: Hochzeit\nword: Zu\u0308ge\nunsplit: Karlsruhe'
    expect(parseRules(text.slice(1), 'x')).toEqual({
      words: ['Drohnenabwehr', 'Kita', 'Züge'],
      unsplit: ['Hochzeit', 'Karlsruhe'],
    })
    expect(parseRules('', 'x')).toEqual(NO_RULES)
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
        'In der Regeldatei regeln.txt: Zeile 2: „worte: Haus“ statt „wort: …“ oder „ungetrennt: …“; Zeile 3: „Kita“ statt „wort: …“ oder „ungetrennt: …“; Zeile 4: „a“ statt eines Wortes aus 3 bis 80 Buchstaben; Zeile 4: „B2B“ statt eines Wortes aus 3 bis 80 Buchstaben.',
      )
      expect((error as FundstelleError).detail('en')).toContain('line 3: “Kita” instead of “word: …” or “unsplit: …”')
    }
  })

  it('says which file could not be read', () => {
    expect(() => readRules('/nirgends/regeln.txt')).toThrow(FundstelleError)
    expect(readRules(null)).toEqual(NO_RULES)
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
  })
})
