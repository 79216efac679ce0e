import fc from 'fast-check'
import { expect, test } from 'vitest'
import { KeyedLists } from '../../../src/index/arrays/keyed-lists.ts'
import { reopened } from '../../support/packed.ts'
import '../../support/property.ts'

const key = fc.constantFrom(0, 1, 2, 9, 10, 100, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff)
const rounds = fc.array(fc.array(fc.tuple(key, fc.integer({ min: 0, max: 0xffff_ffff })), { maxLength: 30 }), {
  minLength: 1,
  maxLength: 4,
})
const OTHERS = [3, 11, 99, 0x7fff_fffe, 0xffff_fffe]

test('give the numbers of a key in the order they came, however often they were packed and opened', () => {
  fc.assert(
    fc.property(rounds, (pieces) => {
      let lists = new KeyedLists()
      let isUntouched = (): boolean => true
      const wanted = new Map<number, number[]>()
      const expectAll = (): void => {
        for (const one of [...wanted.keys(), ...OTHERS]) {
          expect(Array.from(lists.read(one))).toEqual(wanted.get(one) ?? [])
          expect(lists.lengthOf(one)).toBe(wanted.get(one)?.length ?? 0)
        }
      }
      for (const piece of pieces) {
        for (const [one, value] of piece) {
          lists.push(one, value)
          wanted.set(one, [...(wanted.get(one) ?? []), value])
        }
        expectAll()
        expect(isUntouched()).toBe(true)
        const file = reopened(lists.pack())
        isUntouched = file.isUntouched
        expect(Array.from(file.packed.keys)).toEqual([...wanted.keys()].sort((a, b) => a - b))
        lists = new KeyedLists(file.packed)
        expectAll()
        expect(lists.pack()).toBe(file.packed)
      }
    }),
  )
})

test('a long list, and one beside it', () => {
  const lists = new KeyedLists()
  for (let value = 0; value < 500; value++) {
    lists.push(5, value)
    if (value % 100 === 0) lists.push(4, value)
  }
  const opened = new KeyedLists(lists.pack())
  for (let value = 500; value < 1200; value++) opened.push(5, value)
  expect(Array.from(opened.read(5))).toEqual(Array.from({ length: 1200 }, (_, value) => value))
  expect(Array.from(opened.read(4))).toEqual([0, 100, 200, 300, 400])
})
