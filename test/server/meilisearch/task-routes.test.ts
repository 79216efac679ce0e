import { expect, test } from 'vitest'
import { keyValue } from '../../../src/server/meilisearch/key-values.ts'
import { apiRoutes } from '../../../src/server/meilisearch/routes.ts'
import { apiContext, asking, MASTER_KEY } from '../../support/api-context.ts'

const UID = '4bc0887a-0e41-4f3b-935d-0c451dcee9c8'
const NOW = '2026-11-30T07:00:00.000Z'
const rest = { name: null, description: null, expiresAt: null, origins: null, perMinute: null, forced: null }

test('a key sees of what was canceled together the tasks of its own indexes alone', async () => {
  const context = apiContext()
  const app = apiRoutes(context)
  const { registry } = context
  const parts = { uid: UID, actions: ['tasks.get'], indexes: ['shop*'], createdAt: NOW, updatedAt: NOW }
  const { tasks } = registry
  /** Cancels tasks of some indexes. */
  const canceled = (filter: string, indexes: readonly string[]) =>
    registry.transaction(() => {
      const enqueued = indexes.map(
        (index) => tasks.enqueue(index, { type: 'indexDeletion' }, { now: NOW, details: null }).uid,
      )
      const { uid } = tasks.enqueue(
        null,
        { type: 'taskCancelation', uids: enqueued, filter },
        { now: NOW, details: { originalFilter: filter } },
      )
      const batch = tasks.begin([uid], NOW)
      for (const one of enqueued) tasks.cancel(one, uid, batch, NOW)
      return { task: uid, batch }
    })
  registry.transaction(() => registry.keys.add({ ...parts, ...rest }))
  const ask = async (path: string, bearer = keyValue(MASTER_KEY, UID)): Promise<{ status: number; text: string }> => {
    const response = await app.request(path, asking(bearer))
    return { status: response.status, text: await response.text() }
  }
  const both = canceled('?statuses=enqueued', ['shop', 'secret'])
  const foreign = canceled('?indexUids=secret', ['secret'])
  for (const path of [`/batches/${both.batch}`, '/batches']) {
    const { status, text } = await ask(path)
    expect(status).toBe(200)
    expect(text).toContain('"indexUids":{"shop":1}')
    expect(text).not.toContain('secret')
    expect((await ask(path, MASTER_KEY)).text).toContain('secret')
  }
  expect((await ask(`/tasks/${both.task}`)).status).toBe(200)
  expect((await ask(`/tasks/${foreign.task}`)).status).toBe(404)
  expect((await ask(`/batches/${foreign.batch}`)).status).toBe(404)
})

test('a key sees swaps of its own indexes alone, as tasks and as batches', async () => {
  const context = apiContext()
  const app = apiRoutes(context)
  const { registry } = context
  const swap = (one: string, other: string): { task: number; batch: number } =>
    registry.transaction(() => {
      const swaps = [{ indexes: [one, other] as const, rename: false }]
      const { uid } = registry.tasks.enqueue(null, { type: 'indexSwap', swaps }, { now: NOW, details: { swaps } })
      return { task: uid, batch: registry.tasks.begin([uid], NOW) }
    })
  const parts = { uid: UID, actions: ['tasks.get'], indexes: ['shop*'], createdAt: NOW, updatedAt: NOW }
  registry.transaction(() => registry.keys.add({ ...parts, ...rest }))
  const status = async (path: string): Promise<number> =>
    (await app.request(path, asking(keyValue(MASTER_KEY, UID)))).status
  const [own, half, others] = [swap('shop', 'shop_new'), swap('shop', 'secret'), swap('secret', 'secret_new')]
  for (const [{ task, batch }, expected] of [
    [own, 200],
    [half, 404],
    [others, 404],
  ] as const) {
    expect(await status(`/tasks/${task}`)).toBe(expected)
    expect(await status(`/batches/${batch}`)).toBe(expected)
  }
})

test('what a list can be filtered by is said in words', async () => {
  const app = apiRoutes(apiContext())
  for (const [query, words] of [
    ['statuses=done', 'Available task statuses are `enqueued`'],
    ['types=writing', 'Available task types are `'],
  ]) {
    const response = await app.request(`/tasks?${query}`, asking(MASTER_KEY))
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(words as string)])
  }
})
