import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ApiServer } from '../support/api-client.ts'
import { CLUSTER_URL, clearTaskIndexes, NEEDS_CLUSTER, testCluster } from '../support/cluster-engine.ts'
import type { Json } from '../support/json.ts'
import { poll } from '../support/program.ts'

/** Another server waits for half a minute whether the one that had the lease still lives. */
const TAKEN_OVER_MS = 120_000
const UID = 'killed'

describe.skipIf(CLUSTER_URL === undefined)(`a server that is killed while it writes documents${NEEDS_CLUSTER}`, () => {
  beforeEach(clearTaskIndexes)
  afterEach(clearTaskIndexes)

  const stored = async (path: string): Promise<Json> =>
    (await testCluster().send<Json>({ method: 'GET', path, expected: [404] })).body._source

  it.each(['begun', 'decided'])(
    'leaves them to another, which writes them once: killed when they are %s',
    async (moment) => {
      const start = () => ApiServer.onCluster(CLUSTER_URL as string, '--index', `killed-${process.pid}`)
      const servers = [await start(), await start()]
      const [one] = servers as [ApiServer]
      const documents = Array.from({ length: 3_000 }, (_, id) => ({
        ...{ id, title: `Haus ${id}`, text: 'Leuchtturm am See '.repeat(20) },
      }))
      const { body: asked } = await one.ask('POST', `/indexes/${UID}/documents`, documents)
      const { body: later } = await one.ask('DELETE', `/indexes/${UID}/documents/5`)
      await poll(async () => {
        if (moment === 'begun') return (await one.get(`/tasks/${asked.taskUid}`)).status === 'processing'
        const state = await stored(`/fundstelle-${UID}.${asked.taskUid}-vocabulary/_doc/state`)
        return state?.pending !== undefined
      }, TAKEN_OVER_MS)
      const { pid } = (await stored('/fundstelle-system/_doc/lease-fundstelle-tasks')).value.holder
      const killed = servers.find(({ program }) => program.child.pid === pid) as ApiServer
      const other = servers.find((server) => server !== killed) as ApiServer
      await killed.program.end('SIGKILL')
      // it was in the middle of it
      expect((await other.get(`/tasks/${asked.taskUid}`)).status).toBe('processing')
      await poll(async () => (await other.get(`/tasks/${later.taskUid}`)).finishedAt !== null, TAKEN_OVER_MS)
      expect(await other.get(`/tasks/${asked.taskUid}`)).toMatchObject({
        status: 'succeeded',
        details: { indexedDocuments: 3_000 },
      })
      expect(await other.get(`/indexes/${UID}/stats`)).toMatchObject({
        numberOfDocuments: 2_999,
        fieldDistribution: { id: 2_999 },
      })
      const { body } = await other.ask('POST', `/indexes/${UID}/search`, { q: '"Haus 1234"' })
      expect(body.hits.map(({ id }: Json) => id)).toEqual([1234])
    },
  )
})
