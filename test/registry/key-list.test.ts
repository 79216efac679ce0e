import fc from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'
import { KeyList } from '../../src/registry/key-list.ts'
import type { ApiKey } from '../../src/registry/key-table.ts'
import { Registry } from '../../src/registry/registry.ts'
import type { ChangeableKeys } from '../../src/registry/served-registry.ts'
import { temporaryFolder } from '../support/folders.ts'

const keyOf = (uid: string, day: number): ApiKey => ({
  ...{ uid, name: null, description: null, actions: ['search'], indexes: ['*'], expiresAt: null },
  ...{ origins: null, perMinute: null, forced: null },
  createdAt: `2026-11-0${day}T00:00:00.000Z`,
  updatedAt: `2026-11-0${day}T00:00:00.000Z`,
})

const change = fc.record({
  kind: fc.constantFrom('add', 'change', 'remove'),
  uid: fc.constantFrom('a', 'b', 'c', 'd'),
  day: fc.integer({ min: 1, max: 3 }),
  name: fc.option(fc.string({ maxLength: 3 })),
})

it('keys in memory are as those in a database after the same changes, in the same order', () => {
  const registry = Registry.open(temporaryFolder())
  onTestFinished(() => registry.close())
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      for (const { uid } of registry.keys.all()) registry.keys.remove(uid)
      const list = new KeyList([], registry.keys.version)
      for (const keys of [list, registry.keys] as ChangeableKeys[])
        for (const { kind, uid, day, name } of changes) {
          if (kind === 'remove') keys.remove(uid)
          else if (kind === 'change')
            keys.change(uid, { name, description: name, updatedAt: keyOf(uid, day).updatedAt })
          else if (keys.get(uid) === undefined) keys.add(keyOf(uid, day))
        }
      expect(list.all()).toEqual(registry.keys.all())
      expect([list.count, list.version]).toEqual([registry.keys.count, registry.keys.version])
      for (const uid of ['a', 'b', 'c', 'd']) expect(list.get(uid)).toEqual(registry.keys.get(uid))
    }),
  )
})
