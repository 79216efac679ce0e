import { describe, expect, test } from 'vitest'
import type { SnapshotFiles, SnapshotName } from '../../src/index/snapshot/read-files.ts'
import { SharedSnapshots, type SnapshotTaker } from '../../src/search-threads/shared-snapshots.ts'

const name = (change: number, more: Partial<SnapshotName> = {}): SnapshotName => ({
  folder: `gen-${change}`,
  sha256: `sum-${change}`,
  storeId: 'store',
  change,
  ...more,
})
const filesOf = (byte: number): SnapshotFiles =>
  new Map([[`segment-${byte}`, new Map([['eins.bin', new Uint8Array(new SharedArrayBuffer(1)).fill(byte)]])]])

/** Notes what it is told. */
function taker() {
  const told: ('read' | SnapshotFiles)[] = []
  const one: SnapshotTaker = { readSnapshot: () => told.push('read'), takeSnapshot: (files) => told.push(files) }
  return { ...one, told }
}

describe('a snapshot', () => {
  test('is read by who wants it first; others wait, and get what was read; who comes later gets it at once', () => {
    const snapshots = new SharedSnapshots()
    const [first, second, third, later] = [taker(), taker(), taker(), taker()]
    for (const one of [first, second, third]) snapshots.want(one, name(1))
    expect([first.told, second.told, third.told]).toEqual([['read'], [], []])
    const files = filesOf(1)
    snapshots.wasRead(first, files)
    snapshots.want(later, name(1))
    for (const { told } of [second, third, later]) {
      expect(told).toHaveLength(1)
      expect(told[0]).toBe(files)
    }
    expect(first.told).toEqual(['read'])
  })

  test.each([
    ['cannot read it', (snapshots: SharedSnapshots, reader: SnapshotTaker) => snapshots.wasRead(reader, undefined)],
    ['ends', (snapshots: SharedSnapshots, reader: SnapshotTaker) => snapshots.left(reader)],
  ])(
    'is read by the next one that waits where the reader %s, and so on; the rest get what that one read',
    (_, fail) => {
      const snapshots = new SharedSnapshots()
      const [first, second, third, last] = [taker(), taker(), taker(), taker()]
      for (const one of [first, second, third, last]) snapshots.want(one, name(1))
      fail(snapshots, first)
      expect([second.told, third.told]).toEqual([['read'], []])
      fail(snapshots, second)
      expect(third.told).toEqual(['read'])
      const files = filesOf(1)
      snapshots.wasRead(third, files)
      expect(last.told).toEqual([files])
      expect([first.told, second.told]).toEqual([['read'], ['read']])
    },
  )

  test('that nobody could read is tried again by who wants it next', () => {
    const snapshots = new SharedSnapshots()
    const [first, next] = [taker(), taker()]
    snapshots.want(first, name(1))
    snapshots.wasRead(first, undefined)
    snapshots.want(next, name(1))
    expect(next.told).toEqual(['read'])
  })

  test('is not given to one that has ended, and what comes of one that reads no more is nothing', () => {
    const snapshots = new SharedSnapshots()
    const [first, gone, last] = [taker(), taker(), taker()]
    for (const one of [first, gone, last]) snapshots.want(one, name(1))
    snapshots.left(gone)
    snapshots.left(first)
    snapshots.wasRead(first, filesOf(1))
    expect([gone.told, last.told]).toEqual([[], ['read']])
  })

  test('of the same folder with another checksum is another one', () => {
    const snapshots = new SharedSnapshots()
    const [first, second] = [taker(), taker()]
    snapshots.want(first, name(1))
    snapshots.wasRead(first, filesOf(1))
    snapshots.want(second, name(1, { sha256: 'other' }))
    expect(second.told).toEqual(['read'])
  })
})

test('who is to read a newer snapshot is given what there is of the one before', () => {
  const snapshots = new SharedSnapshots()
  const known: SnapshotFiles[] = []
  const reader: SnapshotTaker = { readSnapshot: (files) => known.push(files), takeSnapshot: () => {} }
  const files = filesOf(1)
  snapshots.want(reader, name(1))
  snapshots.wasRead(reader, files)
  snapshots.want(reader, name(2))
  expect(known).toHaveLength(2)
  expect([known[0]?.size, known[1]]).toEqual([0, files])
})

describe('what is kept', () => {
  /** Has them read one after the other; then each is wanted again. @returns of which of them the memory was there */
  function keptOf(...names: SnapshotName[]): SnapshotName[] {
    const snapshots = new SharedSnapshots()
    const readers = names.map(() => taker())
    for (const [at, one] of names.entries()) snapshots.want(readers[at] as SnapshotTaker, one)
    for (const [at] of names.entries()) snapshots.wasRead(readers[at] as SnapshotTaker, filesOf(at))
    return names.filter((one) => {
      const { told, ...again } = taker()
      snapshots.want(again, one)
      return told[0] !== 'read'
    })
  }

  test('is the newest snapshot alone', () => {
    expect(keptOf(name(1), name(2))).toEqual([name(2)])
  })

  test('is not an older one that took longer to read', () => {
    expect(keptOf(name(2), name(1))).toEqual([name(2)])
  })

  test('is that of the store that is there now, however few changes it has', () => {
    const other = name(1, { storeId: 'other' })
    expect(keptOf(name(2), other)).toEqual([other])
  })

  test('is of two at the same change the one that was read last: made by other rules', () => {
    const other = name(2, { folder: 'gen-3', sha256: 'other' })
    expect(keptOf(name(2), other)).toEqual([other])
  })
})
