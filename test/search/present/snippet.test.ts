import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { snippetOf } from '../../../src/search/present/snippet.ts'
import { located } from '../../support/located.ts'
import { graphemeBorders, hostileText } from '../../support/property.ts'

const FILLER = 'Am Morgen zog Nebel über den Fluss.'
const fill = (sentences: number): string => Array.from({ length: sentences }, () => FILLER).join(' ')
/** Words without a stop between them, so that no sentence is near. */
const run = (words: number): string => Array.from({ length: words }, (_, i) => `wort${i}`).join(' ')

interface SnippetCase {
  readonly why: string
  readonly text: string
  readonly words: readonly string[]
  readonly cropLength?: number
  readonly weights?: readonly number[]
  readonly snippet: string
}

const CASES: readonly SnippetCase[] = [
  { why: 'nothing', text: '', words: [], snippet: '' },
  { why: 'a short text is shown whole, edges included', text: '  „Ja!“ ', words: [], snippet: '  „Ja!“ ' },
  {
    why: 'sixteen signs before the first word',
    text: `${'*'.repeat(16)}Haus`,
    words: [],
    snippet: `${'*'.repeat(16)}Haus`,
  },
  { why: 'seventeen are left out', text: `${'*'.repeat(17)}Haus`, words: [], snippet: 'Haus' },
  {
    why: 'sixteen signs after the last word',
    text: `Haus${'*'.repeat(16)}`,
    words: [],
    snippet: `Haus${'*'.repeat(16)}`,
  },
  { why: 'seventeen are left out, too', text: `Haus${'*'.repeat(17)}`, words: [], snippet: 'Haus' },
  {
    why: 'no sentence ends it before the last of the words',
    text: `Haus ${run(5)}. Hund ${run(40)}`,
    words: ['Haus', 'Hund'],
    cropLength: 10,
    snippet: 'Haus wort0 wort1 wort2 wort3 wort4. Hund wort0 wort1 wort2',
  },
  {
    why: 'without a match: the beginning',
    text: `Erster Satz. ${fill(9)}`,
    words: [],
    cropLength: 2,
    snippet: 'Erster Satz.',
  },
  {
    why: 'without a word: the beginning of the text',
    text: '… — …',
    words: ['Haus'],
    snippet: '… — …',
  },
  {
    why: 'the sentence of the match, from its beginning to its end',
    text: `${fill(5)} Dort stand ein Haus am See. ${fill(5)}`,
    words: ['Haus'],
    cropLength: 10,
    snippet: 'Dort stand ein Haus am See.',
  },
  {
    why: 'where the words stand closest together',
    text: `Das Haus brannte. ${fill(3)} Ein Hund lief. ${fill(3)} Vor dem Haus lag ein Hund. ${fill(3)}`,
    words: ['Haus', 'Hund'],
    cropLength: 8,
    snippet: 'Vor dem Haus lag ein Hund.',
  },
  {
    why: 'of two such places the one where they are closer',
    text: `Ein Haus, ein Garten, ein Hund. ${fill(4)} Ein Haus, ein Hund. ${fill(4)}`,
    words: ['Haus', 'Hund'],
    cropLength: 6,
    snippet: 'Ein Haus, ein Hund.',
  },
  {
    why: 'the first of equal places',
    text: `Haus Nummer eins. ${fill(4)} Haus Nummer zwei. ${fill(4)}`,
    words: ['Haus'],
    cropLength: 4,
    snippet: 'Haus Nummer eins.',
  },
  {
    why: 'the word that tells more',
    text: `Ein Jahr verging. ${fill(4)} Die Drohne flog. ${fill(4)}`,
    words: ['Jahr', 'Drohne'],
    weights: [0.1, 5],
    cropLength: 4,
    snippet: 'Die Drohne flog.',
  },
  {
    why: 'a sentence that begins too far away: a few words before the match',
    text: `${run(40)} Haus ${run(40)}`,
    words: ['Haus'],
    cropLength: 8,
    snippet: 'wort39 Haus wort0 wort1 wort2 wort3 wort4 wort5',
  },
  {
    why: 'a match at the end: more of what stands before',
    text: `${fill(3)} Davor ein Satz. Dann das Haus.`,
    words: ['Haus'],
    cropLength: 7,
    snippet: 'Davor ein Satz. Dann das Haus.',
  },
  { why: 'one word', text: `${run(5)} Haus ${run(5)}`, words: ['Haus'], cropLength: 1, snippet: 'Haus' },
  {
    why: 'quotes and brackets belong to their words',
    text: `${fill(3)} („Das Haus“) ${fill(3)}`,
    words: ['Haus'],
    cropLength: 2,
    snippet: '(„Das Haus“)',
  },
  {
    why: 'an opening quote at the beginning of a sentence',
    text: `${fill(3)} „Das Haus.“ ${fill(3)}`,
    words: ['Haus'],
    cropLength: 2,
    snippet: '„Das Haus.“',
  },
]

describe('snippetOf: examples', () => {
  it.each(CASES)('$why', ({ text, words, cropLength = 30, weights, snippet }) => {
    const { start, end } = snippetOf(text, located(text, words), weights ?? words.map(() => 1), cropLength)
    expect(text.slice(start, end)).toBe(snippet)
  })
})

describe('snippetOf: any text', () => {
  const words = fc.constantFrom('Haus', 'Bücher', 'Straße', 'der', '4.700', 'x', 'a')

  it('is a stretch of the text with a match in it, of at most the words and the characters allowed, cut between graphemes', () => {
    fc.assert(
      fc.property(
        fc.array(hostileText(20), { maxLength: 8 }).map((texts) => texts.join(' Haus und ')),
        fc.array(words, { maxLength: 3 }),
        fc.integer({ min: 1, max: 40 }),
        (text, wanted, cropLength) => {
          const field = located(text, wanted)
          const { start, end } = snippetOf(
            text,
            field,
            wanted.map(() => 1),
            cropLength,
          )
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeGreaterThanOrEqual(start)
          expect(end).toBeLessThanOrEqual(text.length)
          expect(end - start).toBeLessThanOrEqual((cropLength + 1) * 24 + 4)
          const inside = [...Array(field.count).keys()].filter((i) => {
            const from = field.startOf(i)
            return from >= start && from < end
          })
          expect(inside.length).toBeLessThanOrEqual(cropLength)
          if (field.count > 0) expect(inside.length).toBeGreaterThan(0)
          if (field.matches.length > 0) expect(inside.some((i) => field.matches.includes(i))).toBe(true)
          const borders = graphemeBorders(text)
          expect(borders).toContain(start)
          expect(borders).toContain(end)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('holds all words that fit together', () => {
    fc.assert(
      fc.property(fc.nat(80), fc.nat(20), fc.nat(80), (before, between, after) => {
        const text = `${run(before)} Haus ${run(between)} Hund ${run(after)}`
        const { start, end } = snippetOf(text, located(text, ['Haus', 'Hund']), [1, 1], 30)
        expect(text.slice(start, end)).toMatch(/Haus.*Hund/)
      }),
    )
  })
})

describe('snippetOf: a text made to do harm', () => {
  const HARM: readonly { readonly why: string; readonly text: string }[] = [
    { why: 'one word of a megabyte', text: 'haus'.repeat(1 << 18) },
    { why: 'a match before a megabyte without words', text: `haus ${'!'.repeat(1 << 20)}` },
    { why: 'a match after a megabyte without words', text: `${'!'.repeat(1 << 20)} haus` },
    { why: 'a megabyte of matches', text: 'haus '.repeat(1 << 18) },
    { why: 'a megabyte of sentences', text: 'Haus! '.repeat(1 << 17) },
    { why: 'flags', text: `x${'🇩🇪'.repeat(1000)}` },
    { why: 'flags without a word', text: ` ${'🇩🇪'.repeat(1000)}` },
    { why: 'marks', text: `x${'\u0301'.repeat(1 << 20)}` },
  ]
  it.each(HARM)('gives few characters: $why', ({ text }) => {
    const { start, end } = snippetOf(text, located(text, ['haus']), [1], 30)
    expect(end).toBeGreaterThan(start)
    expect(end - start).toBeLessThanOrEqual(31 * 24 + 4)
  })

  it('cuts no flag in two', () => {
    const text = `!${'🇩🇪'.repeat(1000)}`
    const { end } = snippetOf(text, located(text, []), [], 30)
    expect(graphemeBorders(text)).toContain(end)
  })
})
