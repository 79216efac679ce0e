import { readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { verify } from '../../../src/index/snapshot/verify.ts'
import { BlockCache, FOLDERS, type Folder } from '../../support/block-cache.ts'
import { seededRandom } from '../../support/corpus.ts'
import { analyzer } from '../../support/memory-index.ts'

const BLOCK_BYTES = 1024
const FILES: Readonly<Record<Folder, number>> = { 'seg-1': 9, 'seg-2': 9, 'gen-2': 1 }

let cache: BlockCache
beforeAll(async () => {
  cache = await BlockCache.make(BLOCK_BYTES)
})
afterAll(() => cache.remove())
beforeEach(() => cache.restore())

const NAME = 'documents.bin'
/** The one that changes places with it. */
const OTHER = 'postings.bin'

describe('a snapshot of several blocks a file', () => {
  test('has a checksum for each of them', () => {
    for (const folder of FOLDERS) {
      expect(Object.keys(cache.files(folder))).toHaveLength(FILES[folder])
      for (const [name, { bytes, sha256 }] of Object.entries(cache.files(folder))) {
        expect(bytes, name).toBe(readFileSync(cache.path(folder, name)).length)
        expect(sha256, name).toHaveLength(Math.ceil(bytes / BLOCK_BYTES))
        if (name !== 'deletions.bin') expect(sha256.length, name).toBeGreaterThan(1)
      }
    }
  })

  test('a flipped bit in any block of any file is noticed, and named by its file and bytes', async () => {
    const random = seededRandom(20_261_129)
    for (const { folder, name, first, last } of cache.blocks()) {
      const at = first + Math.floor(random() * (last - first + 1))
      const bit = Math.floor(random() * 8)
      cache.flip(folder, name, at, bit)
      expect(await cache.complaint()).toContain(
        `${folder}: ${name} ist beschädigt: die Bytes ${first} bis ${last} passen nicht zu`,
      )
      cache.flip(folder, name, at, bit)
    }
  })

  test('all damaged places of a file are named, up to three; blocks side by side are one', async () => {
    const [name] = Object.entries(cache.files('seg-2')).find(([, { sha256 }]) => sha256.length > 9) as [string, unknown]
    const damage = (block: number): void => cache.flip('seg-2', name, block * BLOCK_BYTES + 7, 3)
    for (const block of [0, 1, 3]) damage(block)
    expect(await cache.complaint()).toContain('die Bytes 0 bis 2047, 3072 bis 4095 passen')
    for (const block of [5, 7, 9]) damage(block)
    expect(await cache.complaint()).toContain(
      'die Bytes 0 bis 2047, 3072 bis 4095, 5120 bis 6143 und 2 weitere Stellen passen',
    )
  })

  test('a file that the disk cannot read is named, too', async () => {
    const file = await open(cache.path('seg-1', NAME))
    await file.close()
    const broken = Object.assign(new Error('i/o error'), { code: 'EIO' })
    const reading = vi.spyOn(Object.getPrototypeOf(file) as FileHandle, 'read').mockRejectedValueOnce(broken)
    onTestFinished(() => reading.mockRestore())
    expect(await cache.complaint()).toBe(`${cache.path('gen-2', 'deletions.bin')}: Fehler des Datenträgers, EIO`)
  })

  test('check names every damaged file', async () => {
    rmSync(cache.path('seg-1', 'order.bin'))
    cache.flip('seg-1', NAME, BLOCK_BYTES, 1)
    cache.flip('seg-2', OTHER, 0, 1)
    cache.flip('gen-2', 'deletions.bin', 100, 1)
    const { faults } = await verify(cache.cache, analyzer, 'probe')
    expect(faults.map((fault) => fault.detail('en'))).toEqual([
      expect.stringContaining('gen-2: deletions.bin is damaged: bytes 0 to'),
      expect.stringContaining(`seg-1: ${NAME} is damaged: bytes 1024 to 2047 do`),
      expect.stringContaining('seg-1/order.bin: does not exist'),
      expect.stringContaining(`seg-2: ${OTHER} is damaged: bytes 0 to 1023 do`),
    ])
  })

  // what of each file is noticed is in snapshot.test.ts
  test.each<[string, (path: string, bytes: Buffer) => void, string]>([
    ['is cut off', (path, bytes) => truncateSync(path, bytes.length - BLOCK_BYTES), 'Bytes statt'],
    ['is cut off to nothing', (path) => truncateSync(path), '0 Bytes statt'],
    ['is longer', (path, bytes) => writeFileSync(path, Buffer.concat([bytes, bytes])), 'Bytes statt'],
    ['is missing', (path) => rmSync(path), 'gibt es nicht'],
    [
      'has changed places with another',
      (path) => {
        renameSync(path, `${path}.1`)
        renameSync(cache.path('seg-1', OTHER), path)
        renameSync(`${path}.1`, cache.path('seg-1', OTHER))
      },
      'Bytes statt',
    ],
    [
      'has two blocks that changed places',
      (path, bytes) => {
        const [one, other] = [bytes.subarray(0, BLOCK_BYTES), bytes.subarray(BLOCK_BYTES, 2 * BLOCK_BYTES)]
        writeFileSync(path, Buffer.concat([other, one, bytes.subarray(2 * BLOCK_BYTES)]))
      },
      'die Bytes 0 bis 2047 passen nicht',
    ],
    ['has zeros', (path, bytes) => writeFileSync(path, Buffer.alloc(bytes.length)), 'passen nicht'],
  ])('is made anew where a file %s', async (_, damage, words) => {
    const path = cache.path('seg-1', NAME)
    damage(path, readFileSync(path))
    const complaint = await cache.complaint()
    expect(complaint).toContain(NAME)
    expect(complaint).toContain(words)
    await cache.expectMended(complaint)
  })
})
