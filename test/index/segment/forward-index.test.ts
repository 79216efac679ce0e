import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Analysis } from '../../../src/analysis/analyzer.ts'
import { ForwardIndex } from '../../../src/index/segment/forward-index.ts'
import { CAPITAL_BIT, type FieldTokens, FORM_MASK, SENTENCE_BIT } from '../../../src/search/engine/token-stream.ts'
import { reopened } from '../../support/packed.ts'
import '../../support/property.ts'

/** All forms are below. */
const FORMS = 100_000

interface Token {
  readonly form: number
  readonly gap: number
  readonly length: number
  readonly bits: number
}
const token: fc.Arbitrary<Token> = fc.record({
  form: fc.oneof(fc.nat(20), fc.constant(FORMS - 1)),
  gap: fc.oneof(fc.nat(3), fc.constantFrom(127, 128, 70_000)),
  length: fc.integer({ min: 1, max: 300 }),
  bits: fc.constantFrom(0, SENTENCE_BIT, CAPITAL_BIT, SENTENCE_BIT + CAPITAL_BIT),
})
// blocks of offsets have 64 tokens: fewer, just as many, one more, several blocks; and articles that are long by themselves or together
const field = fc
  .tuple(fc.array(token, { minLength: 1, maxLength: 8 }), fc.constantFrom(0, 1, 5, 63, 64, 65, 129, 300, 520))
  .map(([some, count]) => Array.from({ length: count }, (_, at) => some[at % some.length] as Token))
const article = fc.record({
  title: field,
  text: field,
  extras: fc.array(fc.nat(20), { maxLength: 5 }),
  headings: fc.array(fc.nat(600), { maxLength: 6 }),
})
type Article = typeof article extends fc.Arbitrary<infer A> ? A : never

function analysisOf(tokens: readonly Token[]): Analysis {
  const [starts, ends] = [new Uint32Array(tokens.length), new Uint32Array(tokens.length)]
  let last = 0
  for (const [at, { gap, length }] of tokens.entries()) {
    starts[at] = last + gap
    last += gap + length
    ends[at] = last
  }
  const sentences = Uint8Array.from(tokens, ({ bits }) => (bits >= SENTENCE_BIT ? 1 : 0))
  const capitals = Uint8Array.from(tokens, ({ bits }) => (bits % SENTENCE_BIT === CAPITAL_BIT ? 1 : 0))
  return { count: tokens.length, starts, ends, sentences, capitals, words: [] }
}

const formsOf = ({ title, text, extras }: Article): number[] => [
  ...[...title, ...text].map(({ form }) => form),
  ...extras,
]
/** Each of the extras has one word. */
const startsOf = ({ title, text, extras }: Article): number[] =>
  [...extras.keys()].map((at) => title.length + text.length + at)

function add(index: ForwardIndex, one: Article): void {
  const [title, text] = [analysisOf(one.title), analysisOf(one.text)]
  const { headings } = one
  index.add({ forms: Uint32Array.from(formsOf(one)), title, text, extraStarts: startsOf(one), headings, string: '' })
}

function expectField(got: FieldTokens, wanted: readonly Token[]): void {
  const { starts, ends, sentences } = analysisOf(wanted)
  const tokens = [...wanted.keys()]
  expect(got.count).toBe(wanted.length)
  // backwards, so that no block is decoded after the one before it
  expect(tokens.toReversed().map((at) => got.startOf(at))).toEqual([...starts].reverse())
  expect(tokens.map((at) => got.endOf(at))).toEqual([...ends])
  expect(tokens.map((at) => Number(got.beginsSentence(at)))).toEqual([...sentences])
}

function expectAll(index: ForwardIndex, articles: readonly Article[]): void {
  for (const [docId, one] of articles.entries()) {
    const { title, text, extras } = one
    expect([...index.forms(docId)]).toEqual(formsOf(one))
    const bits = [...[...title, ...text].map((each) => each.bits), ...extras.map(() => SENTENCE_BIT)]
    expect(Array.from(index.tokensOf(docId), (each) => (each & ~FORM_MASK) >>> 0)).toEqual(bits)
    expect(index.counts(docId)).toEqual({ title: title.length, text: text.length, extras: extras.length })
    expect(index.extraStarts(docId)).toEqual(startsOf(one))
    expect([...index.headings(docId)]).toEqual(one.headings)
    expectField(index.fields(docId).title, title)
    expectField(index.fields(docId).text, text)
  }
  expect(index.tokens).toBe(articles.reduce((sum, one) => sum + formsOf(one).length, 0))
}

const rounds = fc.array(fc.array(article, { maxLength: 3 }), { minLength: 1, maxLength: 3 })

test('tokens and their offsets come back, however often the index was packed and opened', () => {
  fc.assert(
    fc.property(rounds, (pieces) => {
      let index = new ForwardIndex()
      let isUntouched = (): boolean => true
      const articles: Article[] = []
      const atOnce = new ForwardIndex()
      for (const piece of pieces) {
        for (const one of piece) {
          add(index, one)
          add(atOnce, one)
          articles.push(one)
        }
        expectAll(index, articles)
        const file = reopened(index.pack(FORMS))
        expect(isUntouched()).toBe(true)
        isUntouched = file.isUntouched
        index = new ForwardIndex(file.packed)
        expectAll(index, articles)
      }
      expect(index.pack(FORMS)).toEqual(atOnce.pack(FORMS))
    }),
    { numRuns: 20 },
  )
})

test('what another index takes over is the same with its own numbers of forms', () => {
  fc.assert(
    fc.property(rounds, fc.integer({ min: 1, max: 3 }), (pieces, step) => {
      let index = new ForwardIndex()
      for (const piece of pieces) {
        for (const one of piece) add(index, one)
        index = new ForwardIndex(index.pack(FORMS))
      }
      for (const one of pieces[0] as Article[]) add(index, one)
      const articles = [...pieces.flat(), ...(pieces[0] as Article[])]
      const [taken, wanted] = [new ForwardIndex(), new ForwardIndex()]
      const renumbered = (form: number): number => form ^ 1
      for (let docId = articles.length - 1; docId >= 0; docId -= step) {
        taken.adopt(index, docId, renumbered)
        const { title, text, extras, headings } = articles[docId] as Article
        const own = (one: Token): Token => ({ ...one, form: renumbered(one.form) })
        add(wanted, { title: title.map(own), text: text.map(own), extras: extras.map(renumbered), headings })
      }
      expect(taken.pack(FORMS)).toEqual(wanted.pack(FORMS))
    }),
    { numRuns: 20 },
  )
})
