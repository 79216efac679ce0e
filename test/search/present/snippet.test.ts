import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LocatedField } from '../../../src/search/match/locate.ts'
import { questionOf } from '../../../src/search/present/question.ts'
import { snippetOf } from '../../../src/search/present/snippet.ts'
import type { Fragment } from '../../../src/search/present/snippet-room.ts'
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
  readonly q?: string
  /** A bar stands between two fragments. */
  readonly snippet: string
}

const CASES: readonly SnippetCase[] = [
  {
    why: 'the rest of a part from its last „und“ on is left out, where it tells nothing else',
    text: `${FILLER} Der Turm am alten Markt wurde vor vielen Jahren erbaut und erst im letzten Sommer von der Stadt verkauft. ${FILLER}`,
    words: ['Turm', 'Markt'],
    cropLength: 12,
    snippet: 'Der Turm am alten Markt wurde vor vielen Jahren erbaut',
  },
  {
    why: 'a part of a sentence begins where its clause does, where the words at the end tell nothing else',
    text: `${FILLER} Für den im Amt üblichen Austausch der Daten zwischen Bund und Land gelten dieselben Regeln seit einem Jahr auch für alle Vereine im Land Hessen. ${FILLER}`,
    words: ['Daten', 'Regeln'],
    cropLength: 16,
    snippet: 'Für den im Amt üblichen Austausch der Daten zwischen Bund und Land gelten dieselben Regeln',
  },
  {
    why: 'but not where they tell more',
    text: `${FILLER} Für den im Amt üblichen Austausch der Daten zwischen Bund und Land gelten dieselben Regeln seit einem Jahr. ${FILLER}`,
    words: ['Daten', 'Jahr'],
    cropLength: 12,
    snippet: 'der Daten zwischen Bund und Land gelten dieselben Regeln seit einem Jahr.',
  },
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
    why: 'of a long sentence as many words as there may be',
    text: `Haus ${run(5)}. Hund ${run(40)}`,
    words: ['Haus', 'Hund'],
    cropLength: 10,
    snippet: 'Hund wort0 wort1 wort2 wort3 wort4 wort5 wort6 wort7 wort8',
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
    why: 'of two such places the shorter sentence',
    text: `Ein Haus, ein Garten, ein Hund. ${fill(4)} Ein Haus und ein Hund. ${fill(4)}`,
    words: ['Haus', 'Hund'],
    cropLength: 6,
    snippet: 'Ein Haus und ein Hund.',
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
    why: 'a sentence that is too long: as many words before the match as after it',
    text: `${run(40)} Haus ${run(40)}`,
    words: ['Haus'],
    cropLength: 8,
    snippet: 'wort36 wort37 wort38 wort39 Haus wort0 wort1 wort2',
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
  {
    why: 'of equal sentences the one that answers when',
    text: `Die Burg steht auf dem alten Berg. ${fill(4)} Die Burg entstand im Jahr 1230 neu. ${fill(4)}`,
    words: ['Burg'],
    cropLength: 8,
    q: 'Wann entstand die Burg?',
    snippet: 'Die Burg entstand im Jahr 1230 neu.',
  },
  {
    why: 'the sentence that has the rare word of the text',
    text: `Die Burg ist alt und sehr groß. ${'Die Burg hat viele Mauern und Türme. '.repeat(6)}Den Brunnen grub man dort zuerst. ${fill(4)}`,
    words: ['Burg', 'Brunnen'],
    cropLength: 7,
    snippet: 'Den Brunnen grub man dort zuerst.',
  },
  {
    why: 'the sentence before counts too',
    text: `Ein Haus stand am Ufer des Flusses. Darin lebte ein alter Hund allein. ${fill(4)} Im Dorf bellte ein Hund sehr laut. ${fill(4)}`,
    words: ['Haus', 'Hund'],
    cropLength: 8,
    snippet: 'Darin lebte ein alter Hund allein.',
  },
  {
    why: 'with the sentence that it refers to, where both fit',
    text: `${fill(4)} Die Burg steht auf einem Berg. Sie hat einen tiefen Brunnen. ${fill(4)}`,
    words: ['Brunnen'],
    cropLength: 12,
    snippet: 'Die Burg steht auf einem Berg. Sie hat einen tiefen Brunnen.',
  },
  {
    why: 'whole neighbours as long as there is much room',
    text: `${fill(4)} Ein Hund bellte im Hof. Er war alt und müde. ${fill(4)}`,
    words: ['Hof'],
    cropLength: 10,
    snippet: 'Ein Hund bellte im Hof. Er war alt und müde.',
  },
  {
    why: 'no heading as a neighbour',
    text: `${fill(4)}\n\nLage\nDie Burg steht auf einem Berg.\n\nGeschichte\n${fill(4)}`,
    words: ['Burg'],
    snippet: 'Die Burg steht auf einem Berg.',
  },
  {
    why: 'a sentence rather than a heading',
    text: `Die Burg\n\n${fill(4)} Hoch oben steht seit langem die alte Burg. ${fill(4)}`,
    words: ['Burg'],
    cropLength: 8,
    snippet: 'Hoch oben steht seit langem die alte Burg.',
  },
  {
    why: 'a second fragment where another sentence tells as much',
    text: `Die Burg steht auf einem hohen Berg. ${fill(4)} Im Tal fand man einen tiefen Brunnen. ${fill(4)}`,
    words: ['Burg', 'Brunnen'],
    cropLength: 16,
    snippet: 'Die Burg steht auf einem hohen Berg. | Im Tal fand man einen tiefen Brunnen.',
  },
  {
    why: 'no second fragment where there is hardly room',
    text: `Die Burg steht auf einem hohen Berg. ${fill(4)} Im Tal fand man einen tiefen Brunnen. ${fill(4)}`,
    words: ['Burg', 'Brunnen'],
    cropLength: 13,
    snippet: 'Die Burg steht auf einem hohen Berg.',
  },
  {
    why: 'abbreviations with blanks are words of their own',
    text: 'Haus z. B. hier oder da',
    words: ['Haus'],
    cropLength: 4,
    snippet: 'Haus z. B. hier',
  },
  {
    why: 'the sign of a paragraph belongs to its number',
    text: `${run(30)}, § 5 Haus ${run(30)}`,
    words: ['Haus'],
    cropLength: 3,
    snippet: '§ 5 Haus wort0',
  },
]

/** What is shown of a text, with a bar between two fragments. */
function shown(text: string, words: readonly string[], cropLength = 30, weights?: readonly number[], q = ''): string {
  const query = { weights: weights ?? words.map(() => 1), question: questionOf(q) }
  const { fragments } = snippetOf(text, located(text, words), query, cropLength)
  return fragments.map(({ start, stop }) => text.slice(start, stop)).join('|')
}

describe('snippetOf: examples', () => {
  it.each(CASES)('$why', ({ text, words, cropLength, weights, q, snippet }) => {
    expect(shown(text, words, cropLength, weights, q)).toBe(snippet)
  })
})

/** As readers count them: what blanks part, with a letter or a number in it. */
const wordsIn = (text: string): number => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length

/** Of the token that has most. */
const wordsInLongest = (text: string, field: LocatedField): number =>
  Math.max(
    0,
    ...Array.from({ length: field.count }, (_, at) => wordsIn(text.slice(field.startOf(at), field.endOf(at)))),
  )

describe('snippetOf: any text', () => {
  const words = fc.constantFrom('Haus', 'Bücher', 'Straße', 'der', '4.700', 'x', 'a')

  it('is a stretch of the text with a match in it, of at most the words and the characters allowed, cut between graphemes', () => {
    fc.assert(
      fc.property(
        fc.array(hostileText(20), { maxLength: 8 }).map((texts) => texts.join(' Haus und ')),
        fc.array(words, { maxLength: 3 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(null, 'date', 'number', 'who', 'where', 'why', 'definition', 'measure', 'duration'),
        (text, wanted, cropLength, question) => {
          const field = located(text, wanted)
          const query = { weights: wanted.map(() => 1), question }
          const { fragments, best } = snippetOf(text, field, query, cropLength)
          expect(fragments.length === 1 || fragments.length === 2).toBe(true)
          const borders = graphemeBorders(text)
          let [length, words, done] = [0, 0, 0]
          for (const { start, stop } of fragments) {
            expect(start).toBeGreaterThanOrEqual(done)
            expect(stop).toBeGreaterThanOrEqual(start)
            expect(borders).toContain(start)
            expect(borders).toContain(stop)
            length += stop - start
            words += wordsIn(text.slice(start, stop))
            done = stop
          }
          expect(done).toBeLessThanOrEqual(text.length)
          expect(length).toBeLessThanOrEqual((cropLength + 1) * 24 + 10)
          // a word that is longer than all that may be shown is cut
          if (field.count > 0) expect(words).toBeLessThanOrEqual(Math.max(cropLength, wordsInLongest(text, field)))
          const isInside = (token: number): boolean =>
            fragments.some(({ start, stop }) => field.startOf(token) >= start && field.startOf(token) < stop)
          const inside = [...Array(field.count).keys()].filter(isInside)
          expect(inside.length).toBeLessThanOrEqual(cropLength)
          if (field.count > 0) expect(inside.length).toBeGreaterThan(0)
          if (field.matches.length > 0) expect(field.matches.some(isInside)).toBe(true)
          // the best fragment is one of them, but for the blank beside it
          expect(fragments.some(({ first, end }) => first === best.first && end === best.end)).toBe(true)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('holds all words that fit together', () => {
    fc.assert(
      fc.property(fc.nat(80), fc.nat(20), fc.nat(80), (before, between, after) => {
        const text = `${run(before)} Haus ${run(between)} Hund ${run(after)}`
        expect(shown(text, ['Haus', 'Hund'])).toMatch(/Haus.*Hund/)
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
    const { length } = shown(text, ['haus'])
    expect(length).toBeGreaterThan(0)
    expect(length).toBeLessThanOrEqual(31 * 24 + 10)
  })

  it('cuts no flag in two', () => {
    const text = `!${'🇩🇪'.repeat(1000)}`
    const [{ stop }] = snippetOf(text, located(text, []), { weights: [], question: null }, 30).fragments as [Fragment]
    expect(graphemeBorders(text)).toContain(stop)
  })
})
