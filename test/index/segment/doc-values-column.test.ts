import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FieldValue } from '../../../src/article/article-fields.ts'
import { lowered } from '../../../src/index/segment/case-folded-table.ts'
import { DocValuesColumn } from '../../../src/index/segment/doc-values-column.ts'
import { reopened } from '../../support/packed.ts'
import '../../support/property.ts'

const value = fc.constantFrom<FieldValue>('See', 'see', 'Haus', '7', 7, 0.5, 'Äpfel', 'äpfel', '')
/** An article's values, and how many articles before it do not have the field. */
const article = fc.tuple(fc.nat(2), fc.array(value, { maxLength: 4 }))
const rounds = fc.array(fc.array(article, { maxLength: 8 }), { minLength: 1, maxLength: 4 })

test('a column tells who has a value and what an article has, however often it was asked, packed and opened', () => {
  fc.assert(
    fc.property(rounds, (pieces) => {
      let column = new DocValuesColumn(false)
      let isUntouched = (): boolean => true
      const wanted = new Map<number, FieldValue[]>()
      let docId = -1
      const expectAll = (): void => {
        const entries = [...wanted].flatMap(([doc, values]) => values.map((one) => [doc, one] as const))
        expect(column.length).toBe(entries.length)
        expect([...column.docsWithEmptyList]).toEqual([...wanted.keys()].filter((doc) => wanted.get(doc)?.length === 0))
        for (let doc = 0; doc <= docId + 1; doc++)
          expect(column.codesOf(doc).map((code) => column.values.at(code))).toEqual(wanted.get(doc) ?? [])
        for (const one of new Set([...entries.map(([, each]) => each), 'fehlt'])) {
          const docIds = entries.filter(([, each]) => each === one).map(([doc]) => doc)
          expect([...column.docIdsWith(one)]).toEqual(docIds)
          const codes = column.codesWith(lowered(one)).map((code) => [column.values.at(code), column.lowered(code)])
          const alike = [...column.values].filter((each) => lowered(each) === lowered(one))
          expect(codes).toEqual(alike.map((each) => [each, lowered(one)]))
        }
        expect(isUntouched()).toBe(true)
      }
      for (const piece of pieces) {
        for (const [skipped, values] of piece) {
          docId += 1 + skipped
          column.add(docId, values)
          wanted.set(docId, [...new Set(values)])
        }
        expectAll()
        if (docId % 2 === 0) column.prepareDocIdsOfCodes()
        expectAll()
        const file = reopened(column.pack())
        isUntouched = file.isUntouched
        column = new DocValuesColumn(false, file.packed)
        expectAll()
      }
    }),
  )
})

test('who has a value is told of few entries that came later, and of many', () => {
  const column = new DocValuesColumn(false)
  const has = (docId: number): number => docId % 3
  column.prepareDocIdsOfCodes()
  for (let docId = 0; docId < 1000; docId++) {
    column.add(docId, [has(docId)])
    if (docId % 50 > 0 && docId !== 700) continue
    for (const value of [0, 1, 2, 3]) {
      const all = Array.from({ length: docId + 1 }, (_, one) => one).filter((one) => has(one) === value)
      expect([...column.docIdsWith(value)]).toEqual(all)
    }
  }
})
