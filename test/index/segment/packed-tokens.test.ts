import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LONG_ARTICLE, LONG_ARTICLE_MAX } from '../../../src/index/segment/long-articles.ts'
import { PackedTokens, packTokens } from '../../../src/index/segment/packed-tokens.ts'
import { FormSet } from '../../../src/search/engine/form-set.ts'
import { CAPITAL_BIT, FORM_MASK, MatchingTokensBuffer, SENTENCE_BIT } from '../../../src/search/engine/token-stream.ts'
import { reopened } from '../../support/packed.ts'
import '../../support/property.ts'

/** Of three groups. */
const FORMS = 140_000
const token = fc
  .tuple(
    fc.oneof(fc.nat(30), fc.nat(FORMS - 1)),
    fc.constantFrom(0, SENTENCE_BIT, CAPITAL_BIT, SENTENCE_BIT + CAPITAL_BIT),
  )
  .map(([form, bits]) => form + bits)
// a few tokens over and over, so that long articles cost little
const article = fc
  .tuple(
    fc.array(token, { minLength: 1, maxLength: 12 }),
    fc.constantFrom(0, 1, 7, 48, LONG_ARTICLE - 1, LONG_ARTICLE, LONG_ARTICLE + 1, 900),
  )
  .map(([some, count]) => Uint32Array.from({ length: count }, (_, at) => some[(at * at) % some.length] as number))
const wantedForms = fc.array(fc.oneof(fc.nat(30), fc.nat(FORMS - 1)), { maxLength: 20 })

function opened(articles: readonly Uint32Array[], forms: number) {
  const count = articles.reduce((sum, { length }) => sum + length, 0)
  const file = reopened(packTokens(articles, count, forms))
  return { tokens: new PackedTokens(file.packed), count, isUntouched: file.isUntouched }
}

/** By definition: places, and tokens with the border of a sentence since the one before. */
function matchingOf(article: Uint32Array, wanted: ReadonlySet<number>): [place: number, token: number][] {
  const found: [number, number][] = []
  let hasBorder = false
  for (const [place, one] of article.entries()) {
    if (one >= SENTENCE_BIT) hasBorder = true
    if (!wanted.has(one & FORM_MASK)) continue
    found.push([place, (one % SENTENCE_BIT) + (hasBorder ? SENTENCE_BIT : 0)])
    hasBorder = false
  }
  return found
}

const pairsIn = ({ count, places, tokens }: MatchingTokensBuffer): [number, number][] =>
  Array.from({ length: count }, (_, at) => [places[at] as number, tokens[at] as number])

test('articles come back as they were, and of each the tokens that are wanted', () => {
  fc.assert(
    fc.property(fc.array(article, { maxLength: 8 }), wantedForms, (articles, wanted) => {
      const { tokens, count, isUntouched } = opened(articles, FORMS)
      expect(tokens.length).toBe(count)
      const set = new FormSet(FORMS)
      for (const form of wanted) set.add(form)
      const into = new MatchingTokensBuffer()
      let start = 0
      for (const [row, one] of articles.entries()) {
        const end = start + one.length
        expect(tokens.tokens(row, start, end)).toEqual(one)
        expect(tokens.tokens(row, start, start + (one.length >> 1))).toEqual(one.slice(0, one.length >> 1))
        for (const at of [0, 1, one.length >> 1, one.length - 1])
          if (at >= 0 && at < one.length)
            expect(tokens.sentencesOf(row, start)(at)).toBe((one[at] as number) >= SENTENCE_BIT)
        const expected = matchingOf(one, new Set(wanted))
        tokens.matching(row, start, end, set, into)
        expect(pairsIn(into)).toEqual(expected)
        expect(pairsIn(into.find(one, set))).toEqual(expected)
        start = end
      }
      expect(isUntouched()).toBe(true)
    }),
    { numRuns: 60 },
  )
})

test.each([LONG_ARTICLE_MAX - 1, LONG_ARTICLE_MAX, LONG_ARTICLE_MAX + 1])(
  'an article of %i tokens between short ones, with a form that stands often',
  (length) => {
    const giant = Uint32Array.from({ length }, (_, at) => (at % 100 === 0 ? SENTENCE_BIT : 0) + (at % 7 === 0 ? 3 : at))
    const articles = [Uint32Array.of(5, 6), giant, Uint32Array.of(7), giant.slice(0, 600)]
    const { tokens } = opened(articles, length)
    const set = new FormSet(length)
    const wanted = [3, 6, 8000, length - 1]
    for (const form of wanted) set.add(form)
    const into = new MatchingTokensBuffer()
    let start = 0
    for (const [row, one] of articles.entries()) {
      const end = start + one.length
      expect(tokens.tokens(row, start, end)).toEqual(one)
      tokens.matching(row, start, end, set, into)
      expect(pairsIn(into)).toEqual(matchingOf(one, new Set(wanted)))
      start = end
    }
  },
)

test('long articles are written as docs/FORMAT.md says', () => {
  const article = new Uint32Array(600).fill(1)
  article[0] = SENTENCE_BIT + CAPITAL_BIT + 70_000
  article[599] = CAPITAL_BIT + 2
  const { long, tokens } = packTokens([Uint32Array.of(4), article], 601, 70_001)
  expect(tokens.shape).toEqual(Uint32Array.of(5, 1))
  expect(long.articles).toEqual(Uint32Array.of(2, 1, 600, 38, 4, 5))
  expect(long.forms).toEqual(Uint16Array.of(1, 1, 1, 2, 70_000 - 65_536))
  expect(long.counts).toEqual(Uint8Array.of(255, 255, 88, 1, 1))
  expect(Array.from(long.places)).toEqual([...Array(598).keys()].map((at) => at + 1).concat(599, 0))
  expect(Array.from(long.bits.subarray(0, 2))).toEqual([1, 0])
  expect(Array.from(long.bits.subarray(19, 21))).toEqual([1, 0])
  expect(long.bits[37]).toBe(2 ** 23)
})
