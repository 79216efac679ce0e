import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BlockLists } from '../../../src/index/arrays/block-lists.ts'

test('lists give what was pushed, in order, however they grew by turns', () => {
  const pushes = fc.array(fc.record({ list: fc.nat(5), value: fc.nat(2 ** 32 - 1) }), { maxLength: 200 })
  fc.assert(
    fc.property(pushes, (all) => {
      const lists = new BlockLists()
      for (let list = 0; list <= 5; list++) expect(lists.create()).toBe(list)
      for (const { list, value } of all) lists.push(list, value)
      for (let list = 0; list <= 5; list++) {
        const expected = all.filter((one) => one.list === list).map(({ value }) => value)
        expect(lists.lengthOf(list)).toBe(expected.length)
        const into = new Uint32Array(expected.length)
        expect(lists.read(list, into)).toBe(expected.length)
        expect([...into]).toEqual(expected)
      }
    }),
  )
})
