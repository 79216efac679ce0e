import { expect, it } from 'vitest'
import type { ApiKey } from '../../src/registry/key-table.ts'
import { Registry } from '../../src/registry/registry.ts'
import { temporaryFolder } from '../support/folders.ts'

const KEY: ApiKey = {
  uid: '4bc0887a-0e41-4f3b-935d-0c451dcee9c8',
  name: 'Laden',
  description: null,
  actions: ['search'],
  indexes: ['produkte*'],
  expiresAt: '2030-01-01T00:00:00Z',
  origins: ['https://www.beispiel.de'],
  perMinute: 60,
  forced: { filter: 'sichtbar = true' },
  createdAt: '2026-11-29T12:00:00.000Z',
  updatedAt: '2026-11-29T12:00:00.000Z',
}

it('keys are kept as they are, and nothing of their values', () => {
  const cache = temporaryFolder()
  const made = Registry.open(cache)
  made.transaction(() => made.keys.add(KEY))
  made.transaction(() =>
    made.keys.add({ ...KEY, uid: 'b', origins: null, perMinute: null, forced: null, expiresAt: null }),
  )
  made.close()
  const read = Registry.open(cache)
  expect(read.keys.get(KEY.uid)).toEqual(KEY)
  expect(read.keys.all().map(({ uid }) => uid)).toEqual(['b', KEY.uid])
  expect(read.keys.count).toBe(2)
  read.close()
})

it('each change is another version, for other processes too', () => {
  const cache = temporaryFolder()
  const [one, other] = [Registry.open(cache), Registry.open(cache)]
  const versions = [other.keys.version]
  for (const change of [
    () => one.keys.add(KEY),
    () => one.keys.change(KEY.uid, { name: 'neu', description: null, updatedAt: KEY.updatedAt }),
    () => one.keys.remove(KEY.uid),
  ]) {
    one.transaction(change)
    versions.push(other.keys.version)
  }
  expect(versions).toEqual([0, 1, 2, 3])
  one.close()
  other.close()
})
