import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packColumns } from '../../../src/index/arrays/packed-file.ts'
import { docsByFrequency } from '../../../src/index/segment/docs-by-frequency.ts'
import {
  ALIAS,
  EXTRA,
  FREQUENCY_MAX,
  OCCURRENCE_KINDS,
  PART,
  type PostingList,
  slotOf,
  TITLE,
  WHOLE,
} from '../../../src/index/segment/posting-list.ts'
import { Postings } from '../../../src/index/segment/postings.ts'
import { reopened } from '../../support/packed.ts'
import '../../support/property.ts'

const KINDS = [WHOLE, PART, EXTRA, ALIAS, TITLE]
const TERMS = 6
/** Terms that came with an article: more than those before have. */
const LAST_TERM = 1300

interface Occurrence {
  readonly term: number
  readonly kind: number
  readonly frequency: number
}
const occurrence: fc.Arbitrary<Occurrence> = fc.record({
  term: fc.oneof({ weight: 9, arbitrary: fc.nat(TERMS - 1) }, fc.constantFrom(35, 36, 255, LAST_TERM)),
  kind: fc.constantFrom(...KINDS),
  frequency: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 250, max: 1000 })),
})
/** An article, and how many docIds are left out before it. */
const anyArticle = fc.record({
  skipped: fc.constantFrom(0, 0, 0, 1, 7),
  occurrences: fc.uniqueArray(occurrence, { selector: ({ term, kind }) => slotOf(term, kind), maxLength: 8 }),
})
type Article = typeof anyArticle extends fc.Arbitrary<infer A> ? A : never
const anyArticles = fc.array(anyArticle, { maxLength: 30, size: 'max' })

/** Posting lists beside what they should say: by slot the docIds and frequencies. */
class Checked {
  postings: Postings
  readonly #wanted = new Map<number, [docId: number, frequency: number][]>()
  #docId = -1
  #isUntouched = (): boolean => true
  readonly #writableMax: number | undefined

  constructor(writableMax?: number) {
    this.#writableMax = writableMax
    this.postings = new Postings(undefined, writableMax)
  }

  add({ skipped, occurrences }: Article): void {
    this.#docId += 1 + skipped
    const slots = occurrences.map(({ term, kind }) => slotOf(term, kind))
    const frequencies = occurrences.map(({ frequency }) => frequency)
    const terms = [...new Set(occurrences.map(({ term }) => term))]
    this.postings.add(this.#docId, { slots, frequencies, terms })
    for (const [at, slot] of slots.entries()) {
      const list = this.#wanted.get(slot) ?? []
      list.push([this.#docId, Math.min(frequencies[at] as number, FREQUENCY_MAX)])
      this.#wanted.set(slot, list)
    }
  }

  reopen(): void {
    const file = reopened(this.postings.pack(LAST_TERM + 1))
    this.#isUntouched = file.isUntouched
    this.postings = new Postings(file.packed, this.#writableMax)
  }

  expectAll(): void {
    for (const term of [...Array(TERMS + 1).keys(), 35, 36, 255, LAST_TERM]) {
      for (let kind = 0; kind < OCCURRENCE_KINDS; kind++) {
        const lists = this.postings.lists(term, kind)
        const wanted = this.#wanted.get(slotOf(term, kind)) ?? []
        expect(pairsIn(lists), `${term} as ${kind}`).toEqual(wanted)
        expect(lists.every(({ start, end }) => start < end)).toBe(true)
        for (const least of [undefined, 2, FREQUENCY_MAX])
          expect(Array.from(docsByFrequency(lists, least))).toEqual(byFrequency(wanted, least ?? 1))
      }
    }
    expect(this.postings.lists(undefined, WHOLE)).toEqual([])
    expect(this.#isUntouched()).toBe(true)
  }
}

const pairsIn = (lists: readonly PostingList[]): [number, number][] =>
  lists.flatMap(({ docIds, frequencies, start, end }) =>
    Array.from(docIds.subarray(start, end), (docId, at): [number, number] => [
      docId,
      frequencies[start + at] as number,
    ]),
  )

const byFrequency = (pairs: readonly (readonly [number, number])[], least: number): number[] =>
  pairs
    .filter(([, frequency]) => frequency >= least)
    .sort((a, b) => a[1] - b[1] || a[0] - b[0])
    .map(([docId]) => docId)

describe('posting lists', () => {
  test('every kind there is, is tried here', () => {
    expect([...KINDS].sort()).toEqual(Array.from({ length: OCCURRENCE_KINDS }, (_, kind) => kind))
  })

  test('one term has a list for each kind', () => {
    const postings = new Postings()
    postings.add(0, { slots: KINDS.map((kind) => slotOf(0, kind)), frequencies: [2, 1, 3, 4, 5], terms: [0] })
    const lists = KINDS.map((kind) => pairsIn(postings.lists(0, kind)))
    expect(lists).toEqual([[[0, 2]], [[0, 1]], [[0, 3]], [[0, 4]], [[0, 5]]])
  })

  test('of long lists say the same however often they are asked for, and whatever comes, packed or reopened in between', () => {
    const checked = new Checked()
    const more = (count: number): void => {
      for (let at = 0; at < count; at++)
        checked.add({
          skipped: at % 3 === 0 ? 1 : 0,
          occurrences: [
            { term: 0, kind: WHOLE, frequency: 1 + (at % 5) },
            { term: 0, kind: PART, frequency: 1 },
            { term: 1, kind: at % 2 === 0 ? ALIAS : TITLE, frequency: 2 },
          ],
        })
    }
    for (const change of [() => checked.reopen(), () => checked.postings.pack(LAST_TERM + 1), () => {}]) {
      more(700)
      checked.expectAll()
      change()
      checked.expectAll()
      checked.expectAll()
    }
  })

  test('hold every article with its frequency, clamped at 255', () => {
    fc.assert(
      fc.property(anyArticles, (articles) => {
        const checked = new Checked()
        for (const article of articles) checked.add(article)
        checked.expectAll()
      }),
    )
  })

  // packing seals what was added: what comes later begins another part
  const step = fc.oneof(
    { weight: 6, arbitrary: anyArticle },
    fc.constant('pack' as const),
    fc.constant('reopen' as const),
    fc.constant('ask' as const),
  )
  test('say the same in several parts, packed, reopened and asked in between, and go on growing', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
        const checked = new Checked()
        for (const one of steps) {
          if (one === 'pack') checked.postings.pack(LAST_TERM + 1)
          else if (one === 'reopen') checked.reopen()
          else if (one === 'ask') checked.expectAll()
          else checked.add(one)
        }
        checked.expectAll()
      }),
      { numRuns: 60 },
    )
  })

  test('say the same however often they are sealed, and the last sealed ones are joined', () => {
    const sealedAfter = fc.integer({ min: 1, max: 4 })
    const steps = fc.array(step, { minLength: 30, maxLength: 120, size: 'max' })
    fc.assert(
      fc.property(sealedAfter, steps, (writableMax, steps) => {
        const [checked, atOnce] = [new Checked(writableMax), new Checked()]
        for (const one of steps) {
          if (one === 'pack') checked.postings.pack(LAST_TERM + 1)
          else if (one === 'reopen') checked.reopen()
          else if (one === 'ask') checked.expectAll()
          else for (const postings of [checked, atOnce]) postings.add(one)
        }
        checked.expectAll()
        expect(checked.postings.pack(LAST_TERM + 1)).toEqual(atOnce.postings.pack(LAST_TERM + 1))
      }),
      { numRuns: 40 },
    )
  })

  test('packed in parts or at once is the same file', () => {
    fc.assert(
      fc.property(anyArticles, fc.nat(30), fc.boolean(), (articles, at, reopens) => {
        const [atOnce, inParts] = [new Checked(), new Checked()]
        for (const [place, article] of articles.entries()) {
          atOnce.add(article)
          inParts.add(article)
          if (place !== at) continue
          if (reopens) inParts.reopen()
          else inParts.postings.pack(LAST_TERM + 1)
        }
        const [one, other] = [inParts, atOnce].map(({ postings }) =>
          Buffer.concat(packColumns(postings.pack(LAST_TERM + 1))),
        )
        expect(Buffer.compare(one as Buffer, other as Buffer)).toBe(0)
      }),
    )
  })

  test('packed in pieces, between which others go on, is the same', () => {
    const [atOnce, inPieces] = [new Postings(), new Postings()]
    const terms = 10_000
    for (let docId = 0; docId < 2; docId++) {
      const all = Array.from({ length: terms }, (_, term) => term)
      const slots = all.map((term) => slotOf(term, WHOLE))
      for (const postings of [atOnce, inPieces]) {
        postings.add(docId, { slots, frequencies: all.map(() => 1), terms: all })
        // two parts are joined
        if (docId === 0) postings.pack(terms)
      }
    }
    const packing = inPieces.packing(terms)
    let pieces = 0
    let next = packing.next()
    for (; next.done !== true; next = packing.next()) pieces += 1
    expect(pieces).toBeGreaterThan(3)
    expect(next.value).toEqual(atOnce.pack(terms))
  })

  test('of many articles, too', () => {
    const checked = new Checked()
    for (let docId = 0; docId < 1200; docId++)
      checked.add({ skipped: 0, occurrences: [{ term: docId % 2, kind: WHOLE, frequency: (docId % 300) + 1 }] })
    checked.expectAll()
    checked.reopen()
    checked.add({ skipped: 0, occurrences: [{ term: 1, kind: WHOLE, frequency: 1 }] })
    checked.expectAll()
  })

  test('are written as docs/FORMAT.md says', () => {
    const postings = new Postings()
    postings.add(0, { slots: [slotOf(1, WHOLE), slotOf(1, EXTRA)], frequencies: [1, 3], terms: [1] })
    postings.add(200, { slots: [slotOf(1, WHOLE)], frequencies: [300], terms: [1] })
    // gap 0 and once; gap 199, and 255 times; then no parts, and in the extras gap 0 and three times
    const bytes = [4, 1, 0x8e, 0x03, 255, 0, 2, 0, 3]
    expect(postings.pack(2)).toEqual({ ends: Uint32Array.of(0, bytes.length), bytes: Uint8Array.from(bytes) })
  })

  test('what was opened is given back where nothing came', () => {
    const postings = new Postings()
    postings.add(3, { slots: [slotOf(1, WHOLE)], frequencies: [300], terms: [1] })
    const packed = postings.pack(2)
    expect(packed.ends.length).toBe(2)
    const opened = new Postings(packed)
    expect(opened.pack(2)).toBe(packed)
    expect(pairsIn(opened.lists(1, WHOLE))).toEqual([[3, FREQUENCY_MAX]])
    // more terms by now, though no article of theirs
    expect(opened.pack(5).ends.length).toBe(5)
  })
})
