import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StringColumn } from '../../../src/index/arrays/string-table.ts'
import { CaseFoldedTable, lowered } from '../../../src/index/segment/case-folded-table.ts'
import { inFile } from '../../support/packed.ts'
import { wellFormed } from '../../support/well-formed.ts'

const text = fc.oneof(
  fc.constantFrom('Haus', 'haus', 'HAUS', 'ä', 'Ä', 'a\u0308', 'A\u0308', 'ß', 'ẞ', 'SS', 'İ', 'i̇', '', 'a/b'),
  wellFormed,
)
const rounds = fc.array(fc.array(text, { maxLength: 10 }), { minLength: 1, maxLength: 4 })

test('texts have their numbers whatever their case, also those that lie in a file', () => {
  fc.assert(
    fc.property(rounds, fc.array(text, { maxLength: 5 }), (pieces, others) => {
      let texts = new StringColumn()
      let table = new CaseFoldedTable(texts)
      const all: string[] = []
      const expectAll = (): void => {
        for (const one of [...all, ...others]) {
          const wanted = [...all.keys()].filter((number) => lowered(all[number] as string) === lowered(one))
          expect(table.numbersOf(lowered(one))).toEqual(wanted)
        }
      }
      for (const [at, piece] of pieces.entries()) {
        for (const one of piece) {
          texts.push(one)
          all.push(one)
          // entered one after the other, or all at once
          if (at % 2 === 0) table.numbersOf('')
        }
        expectAll()
        const slots = inFile(table.pack())
        const before = slots.slice()
        texts = new StringColumn(texts.pack())
        table = new CaseFoldedTable(texts, slots)
        expectAll()
        expect(slots).toEqual(before)
        expect(table.pack()).toBe(slots)
      }
    }),
  )
})

test('numbers are found as they are written', () => {
  const values: (string | number)[] = [7, '7', 'x']
  const table = new CaseFoldedTable({ length: 3, packedLength: 0, at: (number) => values[number] })
  expect(table.numbersOf('7')).toEqual([0, 1])
  const packed = new CaseFoldedTable({ length: 3, packedLength: 3, at: (number) => values[number] }, table.pack())
  expect(packed.numbersOf('7')).toEqual([0, 1])
  expect(packed.numbersOf('8')).toEqual([])
})
