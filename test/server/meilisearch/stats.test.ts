import { expect, test } from 'vitest'
import { apiRoutes } from '../../../src/server/meilisearch/routes.ts'
import { apiContext, asking, MASTER_KEY } from '../../support/api-context.ts'

test('the statistics of all indexes open the store of each once', async () => {
  const opened: string[] = []
  const context = apiContext({
    factsOf({ uid }) {
      opened.push(uid)
      return { documents: 2, attributes: { id: 2 }, bytes: 1000 }
    },
  })
  const { registry } = context
  for (const uid of ['a', 'b'])
    registry.transaction(() => registry.indexes.create(uid, 'id', '2026-11-30T07:00:00.000Z'))
  const response = await apiRoutes(context).request('/stats', asking(MASTER_KEY))
  expect(await response.json()).toMatchObject({ databaseSize: 2000, indexes: { a: { numberOfDocuments: 2 }, b: {} } })
  expect(opened).toEqual(['a', 'b'])
})
