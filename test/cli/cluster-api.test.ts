import { expect, test } from 'vitest'
import { clusterApi } from '../../src/cli/cluster-api.ts'
import { FundstelleError } from '../../src/errors.ts'
import type { OpenedRegistry } from '../../src/opensearch/open-cluster.ts'
import { apiRoutes } from '../../src/server/meilisearch/routes.ts'
import { asking, MASTER_KEY } from '../support/api-context.ts'
import { temporaryFolder } from '../support/folders.ts'

test('documents of a task are read from the cluster, where its server has put them', async () => {
  const tasks = new Map([
    [1, { uid: 1, indexUid: 'blog', payload: 'there', finishedAt: null }],
    [2, { uid: 2, indexUid: 'blog', payload: 'gone', finishedAt: null }],
    [3, { uid: 3, indexUid: 'blog', payload: null, finishedAt: null }],
  ])
  const opened = {
    registry: { keys: { count: 0, version: 0, all: () => [], get: () => undefined } },
    tasks: { taskLists: {}, tasks: { get: async (uid: number) => tasks.get(uid) } },
    payloads: { text: async (name: string) => (name === 'there' ? '{"id":1}\n{"id":2}\n' : null) },
  } as unknown as OpenedRegistry
  const context = clusterApi({
    ...{ opened, config: { trustedProxies: [] }, masterKey: MASTER_KEY, uploads: temporaryFolder() },
    ...{ indexes: {} as never, mustAnswer: () => {}, onAdded: () => {} },
  })
  const routes = apiRoutes(context)
  const documents = async (uid: number): Promise<string> => {
    const response = await routes.request(`/tasks/${uid}/documents`, asking(MASTER_KEY))
    expect(response.status).toBe(200)
    return response.text()
  }
  expect([await documents(1), await documents(2), await documents(3)]).toEqual(['{"id":1}\n{"id":2}\n', '', ''])
})

test('what needs the cluster is refused at once where it is known not to answer', async () => {
  const registry = {
    keys: { count: 0, version: 0, all: () => [], get: () => undefined },
    indexes: { get: () => ({ uid: 'blog', folder: 'x', primaryKey: 'id', set: {} }) },
  }
  const unasked = (): never => {
    throw new Error('nobody asks it')
  }
  const opened = {
    registry,
    tasks: { taskLists: {}, tasks: {}, hasRoom: unasked, enqueue: unasked },
    payloads: { write: unasked },
  } as unknown as OpenedRegistry
  const context = clusterApi({
    ...{ opened, config: { trustedProxies: [] }, masterKey: MASTER_KEY, uploads: temporaryFolder() },
    mustAnswer() {
      throw new FundstelleError('engine_unavailable', { why: { de: 'still', en: 'silent' } })
    },
    ...{ indexes: { searchIn: unasked } as never, onAdded: unasked },
  })
  const routes = apiRoutes(context)
  for (const [path, method, body] of [
    ['/indexes/blog/search', 'POST', { q: 'Haus' }],
    ['/indexes/blog/documents', 'POST', [{ id: 1 }]],
    ['/indexes/blog', 'DELETE', undefined],
  ] as const) {
    const response = await routes.request(path, asking(MASTER_KEY, method, body))
    expect([path, response.status, await response.json()]).toEqual([
      path,
      503,
      expect.objectContaining({ code: 'unavailable', message: expect.stringContaining('silent') }),
    ])
  }
})
