import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  isMuch,
  keptSegments,
  LATER_SHARE_MAX,
  SEGMENTS_MAX,
  type SegmentSize,
} from '../../../src/index/snapshot/merge-policy.ts'
import '../../support/property.ts'

/** A segment of so many tokens, ten an article. */
const sized = (tokens: number, deleted = 0): SegmentSize => ({
  docs: Math.ceil(tokens / 10),
  articles: Math.ceil(tokens / 10) - deleted,
  tokens,
})
const NONE = sized(0)

describe('segments that stay where a new one comes', () => {
  test.each<[string, readonly number[], number, number]>([
    ['there is no other', [], 100, 0],
    ['it is small beside the only other one', [100_000], 100, 1],
    ['it is of the size of the last one: these are joined', [100_000, 100], 100, 1],
    ['it is half of the last one', [100_000, 200], 100, 2],
    ['it is hardly more than half of the last one: these are joined', [100_000, 199], 100, 1],
    ['it makes, with the last one, as much as the one before: all small ones are joined', [100_000, 400, 200], 101, 1],
    ['it is joined with the last one, and both are small beside the one before', [100_000, 1000, 200], 200, 2],
    ['it is larger than all small ones', [100_000, 400, 200, 100], 5000, 1],
    ['all small ones take an eighth of the first one', [8000, 500], 500, 1],
    ['all small ones take more than an eighth of the first one', [8000, 500], 501, 0],
    ['it is larger than the first one', [100], 1000, 0],
    ['the first one is empty', [0], 1, 0],
  ])('%s', (_, segments, fresh, kept) => {
    expect(
      keptSegments(
        segments.map((tokens) => sized(tokens)),
        sized(fresh),
      ),
    ).toBe(kept)
  })

  test('are fewer than the most there may be', () => {
    const segments = Array.from({ length: SEGMENTS_MAX }, (_, at) => sized(10 ** (11 - at)))
    expect(keptSegments(segments, sized(1))).toBe(SEGMENTS_MAX - 1)
    expect(keptSegments(segments.slice(0, -1), sized(1))).toBe(SEGMENTS_MAX - 1)
  })
})

describe('segments that stay where articles went', () => {
  test.each<[string, readonly SegmentSize[], SegmentSize, number]>([
    ['some of one', [sized(1000, 20)], NONE, 1],
    ['more than a fifth of one', [sized(1000, 21)], NONE, 0],
    ['of all not more than a fifth, though all of one', [sized(1000), sized(100, 10)], NONE, 2],
    ['more than a fifth of all', [sized(1000, 20), sized(100, 10)], NONE, 0],
    ['more than a fifth but for those that came', [sized(1000, 22)], sized(100), 1],
  ])('%s', (_, segments, fresh, kept) => expect(keptSegments(segments, fresh)).toBe(kept))
})

test.each([
  [8_000_000, 20_000_000, false],
  [8_000_000, 20_000_001, true],
  [0, 1, true],
])('beside %i tokens %i bytes are much: %s', (tokens, bytes, much) => {
  expect(isMuch([sized(tokens)], bytes)).toBe(much)
})

test('nothing is much where there is nothing', () => expect(isMuch([], 10 ** 12)).toBe(false))

describe('whatever comes and goes', () => {
  interface Step {
    readonly tokens: number
    /** Articles that go, as a share of those that are there. */
    readonly gone: number
  }
  const anyStep = fc.record({
    tokens: fc.oneof(fc.integer({ min: 0, max: 50_000 }), fc.constantFrom(0, 2000, 2000, 2000)),
    gone: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.3, noNaN: true })),
  })

  /** Builds one generation after the other; gives the tokens that were written in all. */
  function built(steps: readonly Step[], check: (segments: readonly SegmentSize[]) => void): number {
    let segments: SegmentSize[] = []
    let written = 0
    for (const { tokens, gone } of steps) {
      const left = segments.map((one) => ({ ...one, articles: one.articles - Math.floor(one.articles * gone) }))
      const fresh = sized(tokens)
      const kept = keptSegments(left, fresh)
      const rest = [...left.slice(kept), fresh].filter(({ docs }) => docs > 0)
      const joined = {
        docs: rest.reduce((sum, { articles }) => sum + articles, 0),
        articles: rest.reduce((sum, { articles }) => sum + articles, 0),
        tokens: rest.reduce((sum, one) => sum + one.tokens, 0),
      }
      written += joined.tokens
      segments = [...left.slice(0, kept), ...(joined.docs > 0 || kept === 0 ? [joined] : [])]
      check(segments)
    }
    return written
  }

  test('there are not many segments, the later ones are small, and few articles are deleted', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60, size: 'max' }), (steps) => {
        built(steps, (segments) => {
          expect(segments.length).toBeGreaterThan(0)
          expect(segments.length).toBeLessThanOrEqual(SEGMENTS_MAX)
          const [first, ...later] = segments as [SegmentSize, ...SegmentSize[]]
          const tokens = later.reduce((sum, one) => sum + one.tokens, 0)
          if (later.length > 0) expect(tokens).toBeLessThanOrEqual(first.tokens * LATER_SHARE_MAX)
          const docs = segments.reduce((sum, one) => sum + one.docs, 0)
          const articles = segments.reduce((sum, one) => sum + one.articles, 0)
          expect(docs - articles).toBeLessThanOrEqual(docs / 5)
        })
      }),
    )
  })

  test('of many small portions each is written a few times, not once for each that follows', () => {
    const [first, portion, count] = [10_000_000, 1000, 1000]
    const steps = [{ tokens: first, gone: 0 }, ...Array.from({ length: count }, () => ({ tokens: portion, gone: 0 }))]
    const written = built(steps, () => {}) - first
    expect(written).toBeLessThan(portion * count * Math.log2(count))
  })
})
