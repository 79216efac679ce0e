import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiServer } from '../support/api-client.ts'
import { CLUSTER_URL, clearTaskIndexes, NEEDS_CLUSTER } from '../support/cluster-engine.ts'
import { compareWithModel } from '../support/compare-with-model.ts'
import { seededRandom } from '../support/corpus.ts'
import type { Operation } from '../support/document-model.ts'
import { randomOperation, request } from '../support/random-operations.ts'
import { oneOf } from '../support/thorough.ts'

/** How many runs, and from which seed on: that of a run that failed makes it again. */
const RUNS = Number(process.env['RANDOM_RUNS'] ?? 2)
const SEED = Number(process.env['RANDOM_SEED'] ?? 20_261_201)
const ROUNDS = 3
const OPERATIONS_MAX = 25

describe.skipIf(CLUSTER_URL === undefined)(`random operations on servers of a cluster${NEEDS_CLUSTER}`, () => {
  beforeAll(clearTaskIndexes)
  afterAll(clearTaskIndexes)

  it.each(Array.from({ length: RUNS }, (_, at) => SEED + at))(
    'run %i: as a simple model has it, whichever server is asked, and through a kill',
    async (seed) => {
      await clearTaskIndexes()
      const random = seededRandom(seed)
      const start = () => ApiServer.onCluster(CLUSTER_URL as string, '--index', `model-${process.pid}`)
      const servers = [await start(), await start()]
      const log = new Map<number, Operation>()
      const seen = { canceled: 0, searches: 0 }
      for (let round = 0; round < ROUNDS; round++) {
        const count = 1 + Math.floor(random() * OPERATIONS_MAX)
        for (let at = 0; at < count; at++) {
          const operation = randomOperation(random)
          // there are no backups of a cluster
          if (operation.kind === 'dump') continue
          log.set(await request(oneOf(servers, random), operation), operation)
        }
        if (round === 1) {
          const killed = Math.floor(random() * 2)
          await servers[killed]?.program.end('SIGKILL')
          servers[killed] = await start()
        }
        const asked = oneOf(servers, random)
        await asked.idle()
        await compareWithModel(asked, log, random, seen)
      }
      console.log(`random operations on a cluster, run ${seed}: ${log.size} operations, ${JSON.stringify(seen)}`)
      for (const { program } of servers) {
        const { code, err } = await program.end()
        expect(code).toBe(0)
        expect(err).not.toMatch(/tasks wait|has failed/)
      }
    },
  )
})
