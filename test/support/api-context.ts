import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { Registry } from '../../src/registry/registry.ts'
import type { ApiContext } from '../../src/server/meilisearch/context.ts'
import { temporaryFolder } from './folders.ts'

export const MASTER_KEY = 'ein-Hauptschluessel-von-32-Bytes'

export type TestedContext = ApiContext & { readonly registry: Registry; readonly clock: { now: Date } }

/** What Meilisearch's routes work with: a real registry in a folder of its own; nothing carries out its tasks, and nothing searches. */
export function apiContext(options: Partial<Omit<ApiContext, 'registry'>> = {}): TestedContext {
  const folder = temporaryFolder()
  const registry = Registry.open(folder)
  onTestFinished(() => registry.close())
  const clock = { now: new Date('2026-11-29T12:00:00.000Z') }
  const context: ApiContext & { readonly registry: Registry } = {
    registry,
    tasks: registry,
    isIndexing: ({ uid }) => registry.taskLists.uids({ indexUids: [uid], statuses: ['processing'] }).length > 0,
    searchIn: () => {
      throw new Error('nothing is searched here')
    },
    enqueue: (indexUid, work, details) =>
      registry.transaction(() => registry.tasks.enqueue(indexUid, work, { now: clock.now.toISOString(), details })),
    factsOf: () => {
      throw new Error('no index has articles here')
    },
    mustHaveRoom: () => {},
    payloads: folder,
    payloadText: async (name) => readFileSync(join(folder, name), 'utf8'),
    bodyBytesMax: 1024 * 1024,
    masterKey: MASTER_KEY,
    now: () => clock.now,
    ...options,
  }
  return Object.assign(context, { clock })
}

/** The init of a request with a bearer, and with a body of JSON where there is one. */
export function asking(bearer: string | null, method = 'GET', body?: unknown): RequestInit {
  const headers: Record<string, string> = {}
  if (bearer !== null) headers['authorization'] = `Bearer ${bearer}`
  if (body === undefined) return { method, headers }
  headers['content-type'] = 'application/json'
  return { method, headers, body: JSON.stringify(body) }
}
