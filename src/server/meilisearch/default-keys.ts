import { randomUUID } from 'node:crypto'
import type { ApiKey } from '../../registry/key-table.ts'
import type { ChangeableKeys } from '../../registry/served-registry.ts'

/** The last is the first of a list. */
const DEFAULTS: readonly Pick<ApiKey, 'name' | 'description' | 'actions'>[] = [
  {
    name: 'Default Read-Only Admin API Key',
    description:
      'Use it to read information across the whole database. Caution! Do not expose this key on a public frontend',
    actions: ['*.get', 'keys.get'],
  },
  {
    name: 'Default Admin API Key',
    description: 'Use it for anything that is not a search operation. Caution! Do not expose it on a public frontend',
    actions: ['*'],
  },
  { name: 'Default Search API Key', description: 'Use it to search from the frontend', actions: ['search'] },
]

/**
 * Makes the keys that everybody needs, as Meilisearch does, where there has never been a key: one for searching, one for everything, one for
 * reading. To be called when a server with a master key starts, within a change of the keys.
 */
export function makeDefaultKeys(keys: ChangeableKeys, now: Date): void {
  // who has deleted all of them meant to
  if (keys.version > 0) return
  const moment = now.toISOString()
  for (const { name, description, actions } of DEFAULTS) {
    keys.add({
      uid: randomUUID(),
      name,
      description,
      actions,
      indexes: ['*'],
      expiresAt: null,
      origins: null,
      perMinute: null,
      forced: null,
      createdAt: moment,
      updatedAt: moment,
    })
  }
}
