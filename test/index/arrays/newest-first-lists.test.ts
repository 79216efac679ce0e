import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NewestFirstLists } from '../../../src/index/arrays/newest-first-lists.ts'
import { reopened } from '../../support/packed.ts'
import '../../support/property.ts'

const KEYS = 6
const entry = fc.tuple(fc.nat(KEYS - 1), fc.oneof(fc.nat(9), fc.integer({ min: 0, max: 0xffff_ffff })))
// between one packing and the next: what came, and how many keys there are then
const rounds = fc.array(fc.tuple(fc.array(entry, { maxLength: 12 }), fc.nat(3)), { minLength: 1, maxLength: 4 })

const listOf = (lists: NewestFirstLists, key: number): number[] => {
  const found: number[] = []
  lists.forEach(key, (value) => found.push(value))
  return found
}

test('give the numbers of a key from the newest to the oldest, however often they were packed and opened', () => {
  fc.assert(
    fc.property(rounds, (pieces) => {
      let lists = new NewestFirstLists()
      let isUntouched = (): boolean => true
      let keys = KEYS
      const wanted = Array.from({ length: KEYS + 20 }, (): number[] => [])
      const expectAll = (): void => {
        for (const [key, list] of wanted.entries()) expect(listOf(lists, key)).toEqual(list)
      }
      for (const [entries, more] of pieces) {
        for (const [key, value] of entries) {
          lists.add(key, value)
          wanted[key]?.unshift(value)
        }
        expectAll()
        expect(isUntouched()).toBe(true)
        keys += more
        const file = reopened(lists.pack(keys))
        expect(file.packed.ends.length).toBe(keys)
        isUntouched = file.isUntouched
        lists = new NewestFirstLists(file.packed)
        expectAll()
      }
    }),
  )
})

test('packed twice is the same, and what was opened is given back where nothing came', () => {
  const lists = new NewestFirstLists()
  for (const [key, value] of [
    [2, 7],
    [0, 1],
    [2, 8],
  ] as const)
    lists.add(key, value)
  const packed = lists.pack(4)
  expect(packed).toEqual({ ends: Uint32Array.of(1, 1, 3, 3), bytes: Uint8Array.of(1, 8, 1) })
  expect(lists.pack(4)).toEqual(packed)
  expect(new NewestFirstLists(packed).pack(4)).toBe(packed)
})
