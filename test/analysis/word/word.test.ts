import v8 from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAnalyzer } from '../../../src/analysis/analyzer.ts'
import { describeTokens } from '../../../src/analysis/explain/describe.ts'
import { readLexicon } from '../../../src/analysis/lexicon-file.ts'
import type { Word } from '../../../src/analysis/word/word.ts'
import { WRITTEN_OUT } from '../../../src/analysis/word/written-out.ts'
import { NO_RULES } from '../../../src/rules.ts'
import { anyText, germanText, hostileText } from '../../support/property.ts'
import { APART, SAME } from './words.cases.ts'

const analyzer = createAnalyzer()
const analyzeWord = (surface: string): Word => analyzer.word(surface)
const partsOf = (word: string): string[] => analyzeWord(word).parts.map(({ start, end }) => word.slice(start, end))

describe('words', () => {
  it.each(SAME)('$why: $forms are one', ({ forms }) => {
    const [first, ...others] = forms.map((form) => ({ form, term: analyzeWord(form).term }))
    for (const other of others) expect(other).toEqual({ form: other.form, term: first?.term })
  })

  it.each(APART)('$why: $words are two', ({ words: [one, other] }) => {
    expect(analyzeWord(one).term).not.toBe(analyzeWord(other).term)
  })

  const PARTS: readonly { readonly why: string; readonly word: string; readonly parts: readonly string[] }[] = [
    { why: 'a plain word has none', word: 'Bücher', parts: [] },
    { why: 'hyphens', word: 'Boden-Luft-Raketen', parts: ['Boden', 'Luft', 'Raketen'] },
    { why: 'a code', word: 'SA-22', parts: ['SA', '22'] },
    { why: 'a date', word: '03.11.2024', parts: ['03', '11', '2024'] },
    { why: 'thousands have none', word: '4.700.000', parts: [] },
    { why: 'a decimal has none', word: '1.75', parts: [] },
    { why: 'an abbreviation has none', word: 'z. B.', parts: [] },
    { why: 'a compound', word: 'Hochwasser', parts: ['Hoch', 'wasser'] },
    { why: 'a divided word has those it has undivided', word: 'Hoch-\nwasser', parts: ['Hoch-\n', 'wasser'] },
    { why: 'undivided with a hyphen', word: 'Hochwasser-Pegel', parts: ['Hoch', 'wasser', 'Pegel'] },
    { why: 'divided with a hyphen', word: 'Hoch-\nwasser-Pegel', parts: ['Hoch-\n', 'wasser', 'Pegel'] },
    { why: 'dots of easy language', word: 'Bundes·innen·minister', parts: ['Bundes·', 'innen·', 'minister'] },
    { why: 'a dot before a capital', word: 'Preis·Leistung', parts: ['Preis', 'Leistung'] },
    { why: 'an ampersand', word: 'Müller&Söhne', parts: ['Müller', 'Söhne'] },
    { why: 'a sign', word: 'C++', parts: ['C'] },
    { why: 'an abbreviated street', word: 'Hauptstr', parts: ['Haupt', 'str'] },
    { why: 'NFD', word: 'Bu\u0308cher-Cafe\u0301', parts: ['Bu\u0308cher', 'Cafe\u0301'] },
    { why: 'a soft hyphen after the hyphen', word: 'a-\u00adb', parts: ['a', '\u00adb'] },
  ]
  it.each(PARTS)('parts of $word: $why', ({ word, parts }) => {
    expect(partsOf(word)).toEqual(parts)
  })

  it('takes no stretch across an ampersand for a word', () => {
    expect(analyzeWord('Meyer-Müller-Schulz').subCompounds).toHaveLength(2)
    expect(analyzeWord('Meyer&Müller&Schulz').subCompounds).toEqual([])
    expect(analyzeWord('Meyer&Müller-Schulz').subCompounds.map(({ start, end }) => [start, end])).toEqual([[6, 19]])
  })

  it('writes out always only what is no other word', () => {
    const lexicon = readLexicon()
    // these two it has as just what they stand for
    const others = [...WRITTEN_OUT.keys()].filter((key) => lexicon.isNoun(key) && key !== 'hbf' && key !== 'prof')
    expect(others).toEqual([])
  })

  it('gives a part the term it has as a word', () => {
    for (const { term, start, end } of analyzeWord('Bücher-Straßen-22').parts) {
      expect(term).toBe(analyzeWord('Bücher-Straßen-22'.slice(start, end)).term)
    }
  })

  const texts = fc.oneof(
    { weight: 4, arbitrary: hostileText() },
    { weight: 1, arbitrary: anyText },
    { weight: 4, arbitrary: germanText },
  )

  it('have terms that begin with a letter or a digit, so that no sign in front makes two the same', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const { term, key, parts } of analyzer.analyze(text).words) {
          expect(key).not.toBe('')
          expect(key.isWellFormed()).toBe(true)
          expect(term).toMatch(/^[\p{L}\p{N}]/u)
          for (const part of parts) expect(part.term).toMatch(/^[\p{L}\p{N}]/u)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('have ascending, disjoint parts that slice the surface', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const { surface, start, end, parts } of describeTokens(text, analyzer)) {
          expect(surface).toBe(text.slice(start, end))
          let last = start
          for (const part of parts ?? []) {
            expect(part.start).toBeGreaterThanOrEqual(last)
            expect(part.end).toBeGreaterThan(part.start)
            last = part.end
          }
          expect(last).toBeLessThanOrEqual(end)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('have the same terms in NFC and NFD', () => {
    const terms = (text: string): unknown[] =>
      analyzer
        .analyze(text)
        .words.map(({ form, term, stop, parts, subCompounds }) => [
          form,
          term,
          stop,
          ...[...parts, ...subCompounds].map((part) => part.term),
        ])
    fc.assert(
      fc.property(texts, (text) => {
        expect(terms(text.normalize('NFD'))).toEqual(terms(text.normalize('NFC')))
      }),
      { numRuns: 2000 },
    )
  })

  // the vocabulary of an index keeps one entry a form, so a form must say everything
  it('are decided by their form', () => {
    const known = new Map<string, unknown>()
    const decided = ({ term, stop, numeric, parts, subCompounds, aliases }: Word): unknown => [
      term,
      stop,
      numeric,
      [...parts, ...subCompounds].map((part) => part.term),
      aliases,
    ]
    fc.assert(
      fc.property(texts, (text) => {
        for (const word of analyzer.analyze(text).words) {
          const before = known.get(word.form)
          if (before === undefined) known.set(word.form, decided(word))
          else expect(decided(word)).toEqual(before)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('very long words', () => {
  const LONG: readonly { readonly why: string; readonly word: string }[] = [
    { why: 'letters', word: 'a'.repeat(1 << 20) },
    { why: 'letters in NFD', word: 'a\u0308'.repeat(1000) },
    { why: 'letters outside the first plane', word: 'x𐐀'.repeat(1000) },
    { why: 'letters with marks that stay', word: 'क\u094d\u0301'.repeat(1000) },
    { why: 'hyphens', word: `${'ab-'.repeat(100_000)}ab` },
    { why: 'hyphens and letters outside the first plane', word: `${'𐐀𐐀𐐀-'.repeat(100)}ab` },
    { why: 'soft hyphens', word: 'a\u00ad'.repeat(1000) },
    { why: 'digits', word: '7'.repeat(100_000) },
  ]
  it.each(LONG)('of $why are indexed by their beginning', ({ word }) => {
    const { key, term, parts } = analyzeWord(word)
    expect(key.length).toBeLessThanOrEqual(256)
    expect(key.isWellFormed()).toBe(true)
    expect(term.length).toBeGreaterThan(0)
    expect(term.length).toBeLessThanOrEqual(256)
    expect(parts.length).toBeLessThanOrEqual(128)
    expect(analyzeWord(word.normalize('NFD')).term).toBe(analyzeWord(word.normalize('NFC')).term)
  })

  // normalising all of them would take minutes
  it.each(['a', `Haus${'\u00ad'.repeat(1017)}tür`])('of marks in any order take linear time', (beginning) => {
    const [word] = describeTokens(beginning + '\u0301\u0316'.repeat(1 << 19), analyzer, 'de')
    expect(word?.end).toBe(beginning.length + (1 << 20))
  })

  it('with the same beginning are the same word in everything', () => {
    const beginning = `${'abc-'.repeat(63)}abc`
    for (const tail of ['', 'd', '-', '-d', 'd-e', '-abc-def']) {
      for (const other of ['x', '-x', 'dx-y']) {
        const [one, two] = [analyzeWord(`${beginning}${tail}z`), analyzeWord(`${beginning}${tail}${other}`)]
        if (one.key !== two.key) continue
        expect(one.parts.map((part) => part.term)).toEqual(two.parts.map((part) => part.term))
      }
    }
  })
})

describe('memory', () => {
  it('is not held by the texts that words came from', () => {
    v8.setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const own = createAnalyzer()
    const keys: string[] = []
    collect()
    const before = process.memoryUsage().heapUsed
    for (let i = 0; i < 40; i++) {
      const letters = String.fromCharCode(97 + (i % 26), 97 + Math.floor(i / 26))
      const text = Buffer.from(
        `kleingeschriebene${letters} Grossgeschriebene${letters} ${' '.repeat(1 << 18)}`,
      ).toString()
      keys.push(...own.analyze(text).words.map((word) => word.key))
    }
    collect()
    expect(keys).toHaveLength(80)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(4 << 20)
  })
})

it.each(['Lager', 'System', 'abgesagten', 'sicher'])('%s is not told to be a form of itself', (word) => {
  const [token] = describeTokens(word, analyzer, 'de')
  expect(token?.steps).not.toContain(`ist eine Form von „${word.toLowerCase()}“`)
})

describe('an owner who keeps words whole', () => {
  it('keeps them so in any form and in longer words, and may name one without its dots', () => {
    const { word } = createAnalyzer({ ...NO_RULES, unsplit: ['Wasserball', 'Muller'] })
    expect(word('Wasserbälle').parts).toEqual([])
    expect(word('Wasserballverein').parts.map(({ start, end }) => [start, end])).toEqual([
      [0, 10],
      [10, 16],
    ])
  })

  // the term of such a word depends on whether it can be split, and whether it is kept whole on its term
  it('does not change what other words are that lack their dots', () => {
    const [plain, kept] = [createAnalyzer(), createAnalyzer({ ...NO_RULES, unsplit: ['Wasserball'] })]
    for (const form of ['Abendrote', '10-Cent-Stuck', 'Abendkuhle']) expect(kept.word(form)).toEqual(plain.word(form))
  })
})
