import { expect, test } from 'vitest'
import { apiRoutes } from '../../../src/server/meilisearch/routes.ts'
import { apiContext, asking, MASTER_KEY } from '../../support/api-context.ts'
import { jsonOf } from '../../support/json.ts'

test.each([
  ['/dumps', 'dumpCreation', { dumpUid: null }],
  ['/snapshots', 'snapshotCreation', undefined],
])('POST %s puts a task into the queue, for whoever may', async (path, type, details) => {
  const context = apiContext()
  const app = apiRoutes(context)
  const refused = await app.request(path, asking(null, 'POST'))
  expect([refused.status, (await jsonOf(refused)).code]).toEqual([401, 'missing_authorization_header'])
  const wrong = await app.request(path, asking('kein Schluessel', 'POST'))
  expect([wrong.status, (await jsonOf(wrong)).code]).toEqual([403, 'invalid_api_key'])
  expect(context.registry.tasks.waiting().count).toBe(0)

  const answer = await app.request(path, asking(MASTER_KEY, 'POST'))
  expect(answer.status).toBe(202)
  expect(await jsonOf(answer)).toMatchObject({ taskUid: 0, indexUid: null, status: 'enqueued', type })
  const task = await jsonOf(app.request('/tasks/0', asking(MASTER_KEY)))
  expect(task).toMatchObject({ uid: 0, type, status: 'enqueued' })
  expect(task.details).toEqual(details)
})
