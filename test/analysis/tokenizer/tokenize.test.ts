import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAnalyzer } from '../../../src/analysis/analyzer.ts'
import { tokenize } from '../../../src/analysis/tokenizer/tokenize.ts'
import { anyText, graphemeBorders, hostileText } from '../../support/property.ts'
import { TOKEN_CASES } from './tokens.cases.ts'

interface Token {
  readonly start: number
  readonly end: number
  readonly begins: boolean
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  tokenize(text, (start, end, begins) => tokens.push({ start, end, begins }))
  return tokens
}

describe('tokenize: examples', () => {
  it.each(TOKEN_CASES)('$why', ({ text, tokens }) => {
    const found = tokensOf(text).map(({ start, end, begins }) => (begins ? '^' : '') + text.slice(start, end))
    expect(found).toEqual(tokens)
  })
})

const texts = fc.oneof({ weight: 4, arbitrary: hostileText() }, { weight: 1, arbitrary: anyText })
const RUNS = { numRuns: 2000 }

describe('tokenize: any text', () => {
  it('gives ascending, disjoint, non-empty tokens that begin and end between graphemes', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const borders = graphemeBorders(text)
        let last = 0
        for (const { start, end } of tokensOf(text)) {
          const sound = start >= last && end > start && borders.has(start) && borders.has(end)
          if (!sound) expect.fail(`token ${start}-${end} of ${JSON.stringify(text)}`)
          last = end
        }
      }),
      RUNS,
    )
  })

  it('keeps to graphemes beside every character there is', () => {
    // of ideographs, syllables, surrogates and private use a few stand for the rest
    const alike = (code: number): boolean => (code >= 0x3400 && code < 0xa000) || (code >= 0xac00 && code < 0xf900)
    for (let code = 0; code < 0x12000; code++) {
      if (alike(code) && code % 64 !== 0) continue
      const character = String.fromCodePoint(code)
      const text = `a${character}!-${character}1 ${character}\u200d👩a-${character}`
      const tokens = tokensOf(text)
      if (tokens.length === 0) continue
      const borders = graphemeBorders(text)
      const cut = tokens.find(({ start, end }) => !borders.has(start) || !borders.has(end))
      if (cut !== undefined) expect.fail(`U+${code.toString(16)}: ${JSON.stringify(text.slice(cut.start, cut.end))}`)
    }
  })

  it('begins a sentence with the first token', () => {
    const analyzer = createAnalyzer()
    fc.assert(
      fc.property(texts, (text) => {
        expect(analyzer.analyze(text).sentences[0] ?? 1).toBe(1)
      }),
      RUNS,
    )
  })

  it('is the same for an analyser that has read nothing before', () => {
    const analyzer = createAnalyzer()
    fc.assert(
      fc.property(texts, (text) => {
        expect(createAnalyzer().analyze(text)).toEqual(analyzer.analyze(text))
      }),
      { numRuns: 300 },
    )
  })

  it('cuts a token, standing alone, into itself', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        for (const { start, end } of tokensOf(text)) {
          const surface = text.slice(start, end)
          expect(tokensOf(surface)).toEqual([{ start: 0, end: surface.length, begins: true }])
        }
      }),
      RUNS,
    )
  })
})

/** What a megabyte of is cheap to write and must be cheap to read: a text and how many tokens it may have at most. */
const MEGABYTE = 1 << 20
const ENDLESS: readonly { readonly why: string; readonly unit: string; readonly tokens: number }[] = [
  { why: 'one word', unit: 'a', tokens: 1 },
  { why: 'one word outside the first plane', unit: '𐐀', tokens: 1 },
  { why: 'stops', unit: '.', tokens: 0 },
  { why: 'digits', unit: '1', tokens: 1 },
  { why: 'digits and stops', unit: '1.', tokens: MEGABYTE / 2 },
  { why: 'digits and commas', unit: '1,', tokens: MEGABYTE / 2 },
  { why: 'letters and stops', unit: 'a.', tokens: MEGABYTE / 2 },
  { why: 'letters in NFD and stops', unit: 'a\u0308.', tokens: MEGABYTE / 3 },
  { why: 'soft hyphens', unit: '\u00ad', tokens: 0 },
  { why: 'a word of soft hyphens', unit: 'a\u00ad', tokens: 1 },
  { why: 'marks', unit: '\u0301', tokens: 0 },
  { why: 'a word of marks', unit: 'a\u0301', tokens: 1 },
  { why: 'hyphens', unit: 'a-', tokens: 1 },
  { why: 'hyphens with marks', unit: 'a-\u0301', tokens: MEGABYTE / 3 },
  { why: 'apostrophes', unit: "a'", tokens: 1 },
  { why: 'number signs', unit: '\u0600', tokens: 0 },
  { why: 'joiners', unit: '\u200d', tokens: 0 },
  { why: 'groups of thousands', unit: '1\u00a0234', tokens: MEGABYTE / 2 },
]

/** Counts how often a text's characters are looked at: what a time would only suggest. */
function reads(text: string): number {
  let count = 0
  const counted = new Proxy(Object(text) as object, {
    get(target, name) {
      if (typeof name === 'string' && /^\d+$/.test(name)) count += 1
      const value = Reflect.get(target, name) as unknown
      if (typeof value !== 'function') return value
      return (...values: unknown[]) => {
        count += name === 'slice' ? Number(values[1] ?? text.length) - Number(values[0]) : 1
        return (value as (...values: unknown[]) => unknown).apply(text, values)
      }
    },
  })
  tokenize(counted as unknown as string, () => {})
  return count
}

describe('tokenize: cost', () => {
  it.each(ENDLESS)('a megabyte of $why', ({ unit, tokens }) => {
    const text = unit.repeat(MEGABYTE / unit.length)
    expect(tokensOf(text).length).toBeLessThanOrEqual(tokens)
  })

  it.each([...ENDLESS, { why: 'abbreviations', unit: 'z. ' }, { why: 'ends of sentences', unit: 'x. ' }])(
    'twice the text, twice the reading: $why',
    ({ unit }) => {
      const [once, twice] = [reads(`a${unit.repeat(1000)}`), reads(`a${unit.repeat(2000)}`)]
      expect(twice).toBeLessThan(once * 2.1)
    },
  )
})
