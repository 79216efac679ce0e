import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EqualKeys } from '../../../src/index/arrays/equal-keys.ts'

/** By docId what `add` gave, and of the last of each key all that have it. */
function entered(keys: readonly (readonly [docId: number, key: number])[], docIds: number): string {
  const equal = new EqualKeys(docIds, keys.length)
  const heads = keys.map(([docId, key]) => equal.add(docId, key))
  const lasts = new Map(keys.map(([docId], at) => [heads[at], docId]))
  const chains = Array.from(lasts.values(), (last) => {
    const chain = [last]
    for (let docId = equal.before(last); docId >= 0; docId = equal.before(docId)) chain.unshift(docId)
    return chain.join(' ')
  })
  return `${heads.join(' ')} · ${chains.join(', ')}`
}

/** The same by a Map. */
function expected(keys: readonly (readonly [docId: number, key: number])[]): string {
  const groups = new Map<number, number[]>()
  const heads = keys.map(([docId, key]) => {
    const group = groups.get(key) ?? []
    groups.set(key, group)
    group.push(docId)
    return group[0] as number
  })
  return `${heads.join(' ')} · ${[...groups.values()].map((group) => group.join(' ')).join(', ')}`
}

describe('docIds by equal keys', () => {
  test.each([
    ['none', []],
    ['one', [[3, 7]]],
    [
      'keys that are equal and keys that are not',
      [
        [0, 5],
        [1, 6],
        [2, 5],
        [5, 5],
        [6, 6],
      ],
    ],
    [
      'nought and the largest',
      [
        [0, 0],
        [1, 2 ** 53 - 1],
        [2, 0],
        [3, 2 ** 53 - 1],
      ],
    ],
    [
      'keys that differ in their upper half alone',
      [
        [0, 1],
        [1, 2 ** 32 + 1],
        [2, 2 ** 52 + 1],
        [3, 2 ** 32 + 1],
      ],
    ],
    [
      'docIds above two million',
      [
        [2 ** 21 - 1, 4],
        [2 ** 21, 9],
        [2 ** 21 + 1, 9],
        [2 ** 21 + 5, 4],
      ],
    ],
  ] as const)('%s', (_, keys) => {
    expect(entered(keys, (keys.at(-1)?.[0] ?? 0) + 1)).toBe(expected(keys))
  })

  test('are those that a Map finds, however the keys fall', () => {
    const anyKey = fc.oneof(fc.nat(20), fc.nat(2 ** 31 - 1), fc.maxSafeNat())
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), anyKey), { maxLength: 300 }), (steps) => {
        // ascending, with gaps
        let docId = -1
        const keys = steps.map(([gap, key]) => {
          docId += 1 + gap
          return [docId, key] as const
        })
        expect(entered(keys, docId + 1)).toBe(expected(keys))
      }),
    )
  })

  test('are forgotten at once', () => {
    const equal = new EqualKeys(4, 4)
    expect([equal.add(0, 7), equal.add(1, 7)]).toEqual([0, 0])
    equal.clear()
    expect([equal.add(1, 7), equal.before(1), equal.add(2, 7), equal.before(2)]).toEqual([1, -1, 1, 1])
  })
})
