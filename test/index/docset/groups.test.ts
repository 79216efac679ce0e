import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ALONE,
  COMPARED_MAX,
  equalGroups,
  type Groups,
  MISSES_MAX,
  nearGroups,
} from '../../../src/index/docset/groups.ts'
import { HASHES } from '../../../src/index/docset/minhash.ts'
import { Signatures } from '../../../src/index/docset/signatures.ts'
import type { Steps } from '../../../src/index/docset/stepwise.ts'

/** Takes all steps; gives the result, what the dearest step cost, and all of them. */
function done<T>(steps: Steps<T>): { value: T; dearest: number; cost: number } {
  let [dearest, cost] = [0, 0]
  for (;;) {
    const step = steps.next()
    if (step.done === true) return { value: step.value, dearest, cost }
    cost += step.value
    dearest = Math.max(dearest, step.value)
  }
}

/** The groups of more than one, each as its docIds. */
function told({ of }: Groups, docIds: Iterable<number>): string[] {
  const groups = new Map<number, number[]>()
  for (const docId of docIds) {
    const group = of[docId] as number
    if (group !== ALONE) groups.set(group, [...(groups.get(group) ?? []), docId])
  }
  return [...groups.values()].map((group) => group.join(' ')).sort()
}

const BEYOND = 2 ** 21

describe('groups of equal contents', () => {
  const groupsOf = (contents: readonly number[]): number[] =>
    Array.from(done(equalGroups(contents, Int32Array.from(contents.keys()), contents.length)).value.of)

  test.each([
    [[], []],
    [[7], [ALONE]],
    [
      [7, 8, 7, 9, 8, 7],
      [0, 1, 0, ALONE, 1, 0],
    ],
    [
      [0, 2 ** 53 - 1, 0],
      [0, ALONE, 0],
    ],
  ])('of %j: %j', (contents, groups) => expect(groupsOf(contents)).toEqual(groups))

  test('are those found by comparing each with each, tombstones apart', () => {
    const anyRow = fc.record({ content: fc.nat(12).map((n) => n * 2 ** 40 + 3), deletedDocs: fc.boolean() })
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 400 }), (rows) => {
        const docIds = [...rows.keys()].filter((docId) => rows[docId]?.deletedDocs === false)
        const wanted = rows.map(({ content, deletedDocs }, docId) => {
          const same = docIds.filter((other) => rows[other]?.content === content)
          return deletedDocs || same.length < 2 || !same.includes(docId) ? ALONE : same[0]
        })
        const contents = rows.map(({ content }) => content)
        const { value, dearest } = done(equalGroups(contents, Int32Array.from(docIds), rows.length))
        expect(Array.from(value.of)).toEqual(wanted)
        expect(dearest).toBeLessThanOrEqual(256)
      }),
    )
  })

  test('hold beyond two million docIds', () => {
    const size = BEYOND + 8
    const contents = new Float64Array(size)
    const docIds = [5, BEYOND - 1, BEYOND, BEYOND + 1, BEYOND + 5, BEYOND + 7]
    for (const [at, docId] of docIds.entries()) contents[docId] = 1000 + (at % 3)
    const { value } = done(equalGroups(contents, Int32Array.from(docIds), size))
    expect(told(value, docIds)).toEqual([`${BEYOND - 1} ${BEYOND + 5}`, `${BEYOND} ${BEYOND + 7}`, `5 ${BEYOND + 1}`])
  })
})

/** Articles are numbers here, near to each other by a rule; by their signatures they may all be. */
function nearOf(
  docIds: readonly number[],
  isNear: (a: number, b: number) => boolean,
  { size = Math.max(...docIds) + 1, exact = new Int32Array(size).fill(ALONE), differing = [] as number[] } = {},
): { groups: string[]; compared: [number, number][]; dearest: number; cost: number } {
  const signatures = new Uint16Array(size * HASHES)
  for (const docId of docIds) {
    signatures.fill(1, docId * HASHES, (docId + 1) * HASHES)
    // each with hashes of its own there
    for (const hash of differing) signatures[docId * HASHES + hash] = docId + 2
  }
  const compared: [number, number][] = []
  const { value, ...costs } = done(
    nearGroups({
      exact: { of: exact, count: size },
      signatures: new Signatures(signatures),
      docIds: Int32Array.from(docIds),
      isNear: (a, b) => {
        compared.push([a, b])
        return isNear(a, b)
      },
      costOf: () => 100,
    }),
  )
  return { groups: told(value, docIds), compared, ...costs }
}

const numbers = (count: number, from = 0): number[] => Array.from({ length: count }, (_, at) => from + at)

describe('groups of nearly equal articles', () => {
  test('join what is nearly the same as one of a group', () => {
    const isNear = (a: number, b: number): boolean => Math.abs(a - b) === 2
    expect(nearOf(numbers(7), isNear).groups).toEqual(['0 2 4 6', '1 3 5'])
  })

  test('keep those that are the same, whatever they are compared with', () => {
    const exact = Int32Array.from([0, ALONE, 0, ALONE])
    expect(nearOf(numbers(4), (a, b) => a * b === 0 && a + b === 3, { exact }).groups).toEqual(['0 2 3'])
    expect(nearOf(numbers(4), () => false, { exact }).groups).toEqual(['0 2'])
  })

  test('hold beyond two million docIds', () => {
    const docIds = [3, 4, BEYOND - 1, BEYOND, BEYOND + 3, BEYOND + 4, 2 * BEYOND + 3]
    const { groups, compared } = nearOf(docIds, () => false)
    expect(groups).toEqual([])
    // every pair once, and none that there is not
    expect(compared.length).toBe((docIds.length * (docIds.length - 1)) / 2)
    for (const pair of compared) expect(docIds).toEqual(expect.arrayContaining(pair))
    const pairs = (a: number, b: number): boolean => Math.abs(a - b) === BEYOND
    expect(nearOf(docIds, pairs).groups).toEqual([`3 ${BEYOND + 3} ${2 * BEYOND + 3}`, `4 ${BEYOND + 4}`])
  })

  test('compare an article with those that share a band, up to so many before it', () => {
    const first = (a: number, b: number): boolean => Math.min(a, b) === 0
    const last = COMPARED_MAX
    const isPair = (a: number, b: number): boolean => first(a, b) && Math.max(a, b) === last
    expect(nearOf(numbers(last + 1), isPair).groups).toEqual([`0 ${last}`])
    const isFarther = (a: number, b: number): boolean => first(a, b) && Math.max(a, b) === last + 1
    expect(nearOf(numbers(last + 2), isFarther).groups).toEqual([])
  })

  test('are found behind others of the same form, up to so many', () => {
    const last = MISSES_MAX
    const isPair = (a: number, b: number): boolean => Math.max(a, b) === last && Math.min(a, b) === last - 1
    expect(nearOf(numbers(last + 1), isPair).groups).toEqual([`${last - 1} ${last}`])
    const isLater = (a: number, b: number): boolean => Math.max(a, b) === last + 1 && Math.min(a, b) === last
    expect(nearOf(numbers(last + 2), isLater).groups).toEqual([])
  })

  test('the limits are those that were measured', () => {
    expect([COMPARED_MAX, MISSES_MAX]).toEqual([32, 16])
  })

  test('cost no more than so many comparisons an article, and each pair is compared once', () => {
    const docIds = numbers(300)
    const { compared, dearest } = nearOf(docIds, () => false)
    expect(compared.length).toBeLessThanOrEqual(docIds.length * MISSES_MAX)
    expect(new Set(compared.map((pair) => pair.sort((a, b) => a - b).join(' '))).size).toBe(compared.length)
    expect(dearest).toBeLessThan(400)
  })

  test('are not looked for among articles of one band whose hashes differ else', () => {
    const differing = numbers(HASHES - 2, 2)
    const { compared, dearest, cost } = nearOf(numbers(2000), () => true, { differing })
    expect(compared).toEqual([])
    // and the looks at their signatures count, and come in steps
    expect(cost).toBeGreaterThan(2000 * COMPARED_MAX)
    expect(dearest).toBeLessThan(400)
  })
})
