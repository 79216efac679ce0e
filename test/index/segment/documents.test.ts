import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DocumentRow, Documents } from '../../../src/index/segment/documents.ts'
import { lengthNorm } from '../../../src/search/ranking/bm25.ts'
import { reopened } from '../../support/packed.ts'
import { wellFormed } from '../../support/well-formed.ts'

const id = fc.oneof(fc.constantFrom('a', 'A', 'ä', 'Ä', 'b/c', '\ufeffa'), wellFormed)
const row = (seqNo: number): fc.Arbitrary<DocumentRow> =>
  fc.record({
    seqNo: fc.constant(seqNo),
    id,
    time: fc.constantFrom(Number.NEGATIVE_INFINITY, 0, 86_400_000, 2 ** 40),
    length: fc.integer({ min: 0, max: 60 }).map((halves) => halves / 2),
    titleLength: fc.constantFrom(0, 1, 3, 255, 300),
    content: fc.maxSafeNat(),
  })
const step = (seqNo: number) =>
  fc.oneof(
    { weight: 6, arbitrary: row(seqNo).map((one) => ({ kind: 'add' as const, row: one })) },
    { weight: 2, arbitrary: fc.nat(30).map((at) => ({ kind: 'remove' as const, at })) },
    { weight: 1, arbitrary: fc.constant({ kind: 'reopen' as const }) },
  )
/** Sequence numbers below 2^53, each once; ascending, as changes come, or not. */
const steps = fc
  .tuple(fc.uniqueArray(fc.oneof(fc.nat(40), fc.maxSafeNat()), { maxLength: 25, size: 'max' }), fc.boolean())
  .map(([seqNos, isAscending]) => (isAscending ? seqNos.sort((a, b) => a - b) : seqNos))
  .chain((seqNos) => fc.tuple(...seqNos.map(step)))

class Checked {
  documents = new Documents()
  readonly #rows: (DocumentRow & { isLiving: boolean })[] = []
  #isUntouched = (): boolean => true

  add(one: DocumentRow): void {
    expect(this.documents.add(one)).toBe(this.#rows.length)
    this.#rows.push({ ...one, isLiving: true })
  }

  remove(at: number): void {
    const one = this.#rows[at]
    if (one?.isLiving !== true) return
    one.isLiving = false
    this.documents.remove(at)
  }

  reopen(): void {
    const file = reopened(this.documents.pack())
    this.#isUntouched = file.isUntouched
    this.documents = new Documents(file.packed)
  }

  expectAll(): void {
    const { documents } = this
    const rows = this.#rows
    const living = rows.filter(({ isLiving }) => isLiving)
    const total = living.reduce((sum, { length }) => sum + length, 0)
    expect(documents.size).toBe(rows.length)
    expect(documents.liveCount).toBe(living.length)
    expect(documents.meanLength).toBe(living.length === 0 ? 0 : total / living.length)
    expect([...documents.ids]).toEqual(rows.map((one) => one.id))
    expect([...documents.seqNos]).toEqual(rows.map(({ seqNo }) => seqNo))
    expect([...documents.times]).toEqual(rows.map(({ time }) => time))
    expect([...documents.lengths]).toEqual(rows.map(({ length }) => length))
    const titleLengths = rows.map(({ titleLength }) => Math.min(255, titleLength))
    expect([...documents.titleLengths]).toEqual(titleLengths)
    const titled = titleLengths.filter((length, docId) => length > 0 && rows[docId]?.isLiving === true)
    expect(documents.titledCount).toBe(titled.length)
    expect(documents.meanTitleLength).toBe(
      titled.length === 0 ? 0 : titled.reduce((sum, length) => sum + length, 0) / titled.length,
    )
    expect([...documents.contents]).toEqual(rows.map(({ content }) => content))
    expect([...documents.deletedDocs.subarray(0, rows.length)]).toEqual(rows.map(({ isLiving }) => Number(!isLiving)))
    for (const [docId, one] of rows.entries()) {
      expect(documents.docIdOf(one.seqNo)).toBe(one.isLiving ? docId : undefined)
      const first = rows.findIndex((other) => other.isLiving && other.id === one.id)
      expect(documents.docIdOfId(one.id)).toBe(first < 0 ? undefined : first)
    }
    for (const seqNo of [-1, 41, 2 ** 53])
      if (rows.every((one) => one.seqNo !== seqNo)) expect(documents.docIdOf(seqNo)).toBeUndefined()
    expect(documents.docIdOfId('nobody’s')).toBeUndefined()
    const ranks = documents.idOrder.ranks()
    const order = [...rows.keys()].sort(documents.compare)
    expect(order).toEqual([...rows.keys()].sort((a, b) => compared(rows[a] as DocumentRow, rows[b] as DocumentRow)))
    for (const [a, one] of rows.entries())
      for (const [b, other] of rows.entries()) expect(ranks[a] === ranks[b]).toBe(one.id === other.id)
    expect(this.#isUntouched()).toBe(true)
  }
}

const compared = (a: DocumentRow, b: DocumentRow): number =>
  a.time === b.time ? (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) : b.time > a.time ? 1 : -1

test('articles are found by number and id, whatever came, went, and was opened again', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const checked = new Checked()
      for (const one of all) {
        if (one.kind === 'add') checked.add(one.row)
        else if (one.kind === 'remove') checked.remove(one.at)
        else checked.reopen()
        if (one.kind === 'reopen') checked.expectAll()
      }
      checked.expectAll()
    }),
  )
})

test('norms of lengths that are looked up and of those that are not', () => {
  const documents = new Documents()
  const lengths = [0, 0.5, 17, 1023.5, 1024, 40_000.5]
  for (const [at, length] of lengths.entries())
    documents.add({ seqNo: at + 1, id: `${at}`, time: 0, content: 0, length, titleLength: 0 })
  const norms = lengths.map((length) => lengthNorm(length, documents.meanLength))
  expect([...documents.norms().subarray(0, lengths.length)]).toEqual(norms)
})

test('norms follow the mean length, also of a file', () => {
  const documents = new Documents()
  const one = { time: 0, content: 0, titleLength: 0 }
  documents.add({ ...one, seqNo: 1, id: 'a', length: 2 })
  documents.add({ ...one, seqNo: 2, id: 'b', length: 6 })
  const opened = new Documents(documents.pack())
  expect([...opened.norms().subarray(0, 2)]).toEqual([...documents.norms().subarray(0, 2)])
  opened.remove(0)
  const alone = new Documents()
  alone.add({ ...one, seqNo: 2, id: 'b', length: 6 })
  expect(opened.norms()[1]).toBe(alone.norms()[0])
})
