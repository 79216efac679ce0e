import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StringColumn, StringTable } from '../../../src/index/arrays/string-table.ts'
import { reopened } from '../../support/packed.ts'
import { wellFormed } from '../../support/well-formed.ts'

/** Strings that come between one packing and the next. */
const rounds = fc.array(fc.array(wellFormed, { maxLength: 12 }), { minLength: 1, maxLength: 4 })

test('a column gives every string as it came, however often it was packed and opened', () => {
  fc.assert(
    fc.property(rounds, (pieces) => {
      let column = new StringColumn()
      const wanted: string[] = []
      for (const piece of pieces) {
        for (const string of piece) {
          expect(column.push(string)).toBe(wanted.length)
          wanted.push(string)
        }
        expect([...column]).toEqual(wanted)
        const file = reopened(column.pack())
        expect(column.pack()).toEqual(file.packed)
        column = new StringColumn(file.packed)
        expect([...column]).toEqual(wanted)
        expect([column.length, column.packedLength]).toEqual([wanted.length, wanted.length])
        expect(column.at(wanted.length)).toBeUndefined()
      }
    }),
  )
})

test('packed at once or in pieces is the same file', () => {
  fc.assert(
    fc.property(rounds, (pieces) => {
      const [atOnce, table] = [new StringColumn(), new StringTable()]
      for (const string of new Set(pieces.flat())) {
        atOnce.push(string)
        table.add(string)
      }
      let [column, grown] = [new StringColumn(), new StringTable()]
      for (const piece of pieces) {
        for (const string of piece) {
          if (grown.numberOf(string) !== undefined) continue
          column.push(string)
          grown.add(string)
        }
        column = new StringColumn(column.pack())
        grown = new StringTable(grown.pack())
      }
      expect(column.pack()).toEqual(atOnce.pack())
      expect(grown.pack()).toEqual(table.pack())
    }),
  )
})

describe('a table', () => {
  test('finds what is there and nothing else, like a Map', () => {
    fc.assert(
      fc.property(rounds, fc.array(wellFormed), (pieces, others) => {
        let table = new StringTable()
        const numbers = new Map<string, number>()
        let isUntouched = (): boolean => true
        for (const piece of pieces) {
          for (const string of piece) {
            expect(table.numberOf(string)).toBe(numbers.get(string))
            if (numbers.has(string)) continue
            expect(table.add(string)).toBe(numbers.size)
            numbers.set(string, numbers.size)
          }
          for (const string of [...numbers.keys(), ...others]) expect(table.numberOf(string)).toBe(numbers.get(string))
          expect(isUntouched()).toBe(true)
          const file = reopened(table.pack())
          isUntouched = file.isUntouched
          table = new StringTable(file.packed)
          expect([...table]).toEqual([...numbers.keys()])
          expect([table.length, table.packedLength]).toEqual([numbers.size, numbers.size])
        }
        for (const string of [...numbers.keys(), ...others]) expect(table.numberOf(string)).toBe(numbers.get(string))
      }),
    )
  })

  test('gives back what it was opened with where nothing came', () => {
    const table = new StringTable()
    table.add('Haus')
    const packed = table.pack()
    expect(new StringTable(packed).pack()).toBe(packed)
  })

  test.each([0, 1, 2, 3, 4, 5, 6, 11, 12, 95, 96, 97, 3000])(
    'of %i strings has free places, and finds all',
    (count) => {
      const table = new StringTable()
      for (let at = 0; at < count; at++) table.add(`w${at}`)
      const { packed } = reopened(table.pack())
      const found = new StringTable(packed)
      for (let at = 0; at < count; at++) expect(found.numberOf(`w${at}`)).toBe(at)
      // an endless search, were there no free place
      for (let at = count; at < count + 50; at++) expect(found.numberOf(`w${at}`)).toBeUndefined()
      expect(packed.slots.length).toBeLessThan(count * 3 + 4)
    },
  )

  test('half a character is not the sign that stands for one', () => {
    const table = new StringTable()
    table.add('\ufffd')
    expect(new StringTable(table.pack()).numberOf('\ud83d')).toBeUndefined()
  })
})

test('strings where they lie are in the order that `<` has', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'ä', 'ﬀ', '\ue000', '\ud7ff', '😀', '𐀀', '\uffff', ''),
    maxLength: 4,
  })
  fc.assert(
    fc.property(fc.array(text, { maxLength: 8 }), fc.array(text, { maxLength: 3 }), (packed, later) => {
      const column = new StringColumn()
      for (const string of packed) column.push(string)
      const opened = new StringColumn(column.pack())
      for (const string of later) opened.push(string)
      const all = [...packed, ...later]
      for (const [one, a] of all.entries())
        for (const [other, b] of all.entries())
          expect(Math.sign(opened.compare(one, other))).toBe(a < b ? -1 : a > b ? 1 : 0)
    }),
  )
})
