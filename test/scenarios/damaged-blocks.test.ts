import { afterAll, beforeAll, expect, test } from 'vitest'
import { BlockCache } from '../support/block-cache.ts'
import { seededRandom } from '../support/corpus.ts'

let cache: BlockCache
beforeAll(async () => {
  cache = await BlockCache.make(2048)
})
afterAll(() => cache.remove())

test('whichever block has a flipped bit, what opens the cache says so, makes it anew and answers as before', async () => {
  const random = seededRandom(11_292_026)
  const blocks = cache.blocks()
  expect(new Set(blocks.map(({ folder, name }) => `${folder}/${name}`)).size).toBe(9 + 9 + 1)
  for (const { folder, name, first, last } of blocks) {
    cache.restore()
    cache.flip(folder, name, first + Math.floor(random() * (last - first + 1)), Math.floor(random() * 8))
    const complaint = await cache.complaint()
    expect(complaint).toContain(`${folder}: ${name} ist beschädigt: die Bytes ${first} bis ${last} passen nicht`)
    await cache.expectMended(complaint)
  }
})
