import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DecodedLists } from '../../../src/index/segment/decoded-lists.ts'
import type { PostingList } from '../../../src/index/segment/posting-list.ts'
import '../../support/property.ts'

const ROOM = 64
const LENGTH_MAX = ROOM / 8

/** A list that says which slot it is of, in the middle of longer arrays. */
const listOf = (slot: number, length: number): PostingList => ({
  docIds: Uint32Array.from({ length: length + 5 }, (_, at) => slot * 1000 + at),
  frequencies: Uint8Array.from({ length: length + 5 }, (_, at) => (slot + at) % 256),
  start: 3,
  end: 3 + length,
})

const read = ({ docIds, frequencies, start, end }: PostingList): unknown => [
  [...docIds.subarray(start, end)],
  [...frequencies.subarray(start, end)],
]

describe('lists that stay decoded', () => {
  test('are what was kept, whatever came since, or are not there', () => {
    const steps = fc.array(fc.record({ slot: fc.nat(12), length: fc.nat(LENGTH_MAX + 3) }), { maxLength: 200 })
    fc.assert(
      fc.property(steps, (asked) => {
        const lists = new DecodedLists(ROOM)
        const kept = new Map<number, PostingList>()
        for (const { slot, length } of asked) {
          const known = lists.get(slot)
          if (known === undefined) {
            const list = listOf(slot, length)
            expect(read(lists.keep(slot, list))).toEqual(read(list))
            kept.set(slot, list)
            // the one kept last is there, unless it is too long
            expect(lists.get(slot) !== undefined).toBe(length <= LENGTH_MAX)
          }
          let postings = 0
          for (const [other, list] of kept) {
            const there = lists.get(other)
            if (there === undefined) continue
            expect(read(there)).toEqual(read(list))
            postings += there.end - there.start
          }
          expect(postings).toBeLessThanOrEqual(ROOM)
        }
      }),
    )
  })

  test('make room oldest first', () => {
    const lists = new DecodedLists(ROOM)
    for (let slot = 0; slot < 9; slot++) lists.keep(slot, listOf(slot, LENGTH_MAX))
    expect(lists.get(0)).toBeUndefined()
    for (let slot = 1; slot < 9; slot++) expect(lists.get(slot), `${slot}`).toBeDefined()
  })

  test('are gone when they are forgotten', () => {
    const lists = new DecodedLists(ROOM)
    lists.keep(1, listOf(1, 4))
    lists.clear()
    expect(lists.get(1)).toBeUndefined()
    expect(read(lists.keep(1, listOf(1, 6)))).toEqual(read(listOf(1, 6)))
  })
})
