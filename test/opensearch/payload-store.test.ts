import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { isPayload, PayloadStore } from '../../src/opensearch/payload-store.ts'
import type { SystemIndex } from '../../src/opensearch/system-index.ts'
import { temporaryFolder } from '../support/folders.ts'

interface Piece {
  readonly value: { readonly data: string }
  readonly searched: { readonly payload: string; readonly owner?: string; readonly writtenAt: string }
}

/** The pieces of a cluster, in memory. */
function pieces(failsAt = Number.POSITIVE_INFINITY): { all: Map<string, Piece>; store: PayloadStore } {
  const all = new Map<string, Piece>()
  const index: Pick<SystemIndex, 'write' | 'read' | 'remove' | 'search'> = {
    async write(id, value, before, searched) {
      expect(before).toBeNull()
      if (all.size >= failsAt) throw new Error('the cluster is away')
      all.set(id, { value, searched } as Piece)
      return { seqNo: 0, primaryTerm: 1 }
    },
    read: async (id) =>
      all.has(id) ? { value: all.get(id)?.value as never, version: { seqNo: 0, primaryTerm: 1 } } : null,
    async remove(id) {
      all.delete(id)
    },
    async search(body) {
      const { lt } = (body as { query: { range: { writtenAt: { lt: string } } } }).query.range.writtenAt
      const found = [...all].filter(([, { searched }]) => searched.writtenAt < lt)
      const hits = found.map(
        ([
          _id,
          {
            searched: { payload, owner },
          },
        ]) => ({
          ...{ _id, fields: { payload: [payload], ...(owner !== undefined && { owner: [owner] }) } },
        }),
      )
      return { hits: { hits } } as never
    },
  }
  return { all, store: new PayloadStore(index as SystemIndex) }
}

const NOW = new Date('2026-12-01T12:00:00Z')

it.each([
  ['nothing', Buffer.alloc(0)],
  ['one piece', Buffer.from('ä\n')],
  ['several', randomBytes(5_000_000)],
])('gives back %s as it was written, and removes all of it', async (_, content) => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'sent'), content)
  const { all, store } = pieces()
  const name = await store.write(join(folder, 'sent'), null, NOW)
  expect(all.size).toBe(content.length > 1_000_000 ? 3 : 1)
  for (const { value } of all.values()) expect(value.data.length).toBeLessThan(3_000_000)
  await store.readTo(name, join(folder, 'got'))
  expect(readFileSync(join(folder, 'got')).equals(content)).toBe(true)
  expect(await store.text(name)).toBe(content.toString('utf8'))
  await store.remove(name)
  expect(all.size).toBe(0)
  await expect(store.readTo(name, join(folder, 'got'))).rejects.toThrow(/lacks its piece 0/)
  expect(await store.text(name)).toBeNull()
})

it('leaves nothing of what could not be written whole', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'sent'), randomBytes(5_000_000))
  const { all, store } = pieces(2)
  await expect(store.write(join(folder, 'sent'), null, NOW)).rejects.toThrow('away')
  expect(all.size).toBe(0)
})

it('clears away what was left long ago and nobody needs', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'sent'), 'x')
  const { all, store } = pieces()
  const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000)
  const write = (owner: string | null, days: number) => store.write(join(folder, 'sent'), owner, daysAgo(days))
  const [left, needed, young, journal] = [
    await write(null, 2),
    await write(null, 2),
    await write(null, 0.5),
    await write('blog', 3),
  ]
  const asked: unknown[] = []
  await store.removeLeft(NOW, async (one) => {
    asked.push(one)
    return isPayload(needed, one.name) || one.owner === 'blog'
  })
  expect(asked).toHaveLength(3)
  const still = new Set([...all.values()].map(({ searched }) => searched.payload))
  expect([left, needed, young, journal].map((name) => [...still].some((one) => isPayload(name, one)))).toEqual([
    ...[false, true, true, true],
  ])
})
