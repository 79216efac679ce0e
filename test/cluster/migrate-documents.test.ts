import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ApiServer } from '../support/api-client.ts'
import { CLUSTER_URL, clearTaskIndexes, NEEDS_CLUSTER } from '../support/cluster-engine.ts'
import type { Json } from '../support/json.ts'
import { type Finished, poll, run } from '../support/program.ts'

/** Only for what hangs. */
const DONE_MS = 120_000
const INDEX = 'laden'
const SETTINGS = {
  displayedAttributes: ['sku', 'name', 'farbe'],
  filterableAttributes: ['farbe'],
  sortableAttributes: ['preis'],
  synonyms: { krug: ['gießkanne'] },
}

describe.skipIf(CLUSTER_URL === undefined)(`an index that is written over HTTP, migrated${NEEDS_CLUSTER}`, () => {
  let folder = ''
  beforeAll(async () => {
    await clearTaskIndexes()
    folder = mkdtempSync(join(tmpdir(), 'fundstelle-migrate-'))
  })
  afterAll(async () => {
    await clearTaskIndexes()
    rmSync(folder, { recursive: true, force: true })
  })

  const migrate = (cache: string, to: string): Promise<Finished> =>
    run(['migrate', '--to', to, '--cache', join(folder, cache), '--index', INDEX, '--lang', 'en'], {
      env: { FUNDSTELLE_OPENSEARCH_URL: CLUSTER_URL },
    })
  const serving = async (started: Promise<ApiServer>): Promise<ApiServer> => {
    const server = await started
    onTestFinished(async () => {
      await server.program.end()
    })
    return server
  }
  const done = async (server: ApiServer, method: string, path: string, body: unknown): Promise<Json> => {
    const { status, body: asked } = await server.ask(method, path, body)
    expect([path, status]).toEqual([path, 202])
    await poll(async () => (await server.get(`/tasks/${asked.taskUid}`)).finishedAt !== null, DONE_MS)
    return server.get(`/tasks/${asked.taskUid}`)
  }
  const found = async (server: ApiServer, q: string, more: object = {}): Promise<readonly string[]> => {
    const { status, body } = await server.ask('POST', `/indexes/${INDEX}/search`, { q, ...more })
    expect([status, body.code]).toEqual([200, undefined])
    return body.hits.map(({ sku }: { sku: string }) => sku)
  }
  /** As it is told, and written to, and found in. */
  const mustBeWhole = async (server: ApiServer, isNew: boolean): Promise<void> => {
    expect(await server.get(`/indexes/${INDEX}`)).toMatchObject({ primaryKey: 'sku' })
    expect(await server.get(`/indexes/${INDEX}/settings`)).toMatchObject(SETTINGS)
    expect(await found(server, 'krug')).toEqual(['k1'])
    expect(await found(server, '', { filter: 'farbe = rot', sort: ['preis:asc'] })).toEqual(
      isNew ? ['k3', 'k1', 'k2'] : ['k1', 'k2'],
    )
    expect(await server.get(`/indexes/${INDEX}/documents/k1`)).toEqual({
      ...{ sku: 'k1', name: 'Gießkanne', farbe: 'rot', preis: 5 },
    })
  }

  it('goes on to be written over HTTP, with its settings, on both sides', async () => {
    const here = await serving(ApiServer.start(join(folder, 'one')))
    expect(await done(here, 'POST', '/indexes', { uid: INDEX, primaryKey: 'sku' })).toMatchObject({
      status: 'succeeded',
    })
    expect(await done(here, 'PATCH', `/indexes/${INDEX}/settings`, SETTINGS)).toMatchObject({ status: 'succeeded' })
    const documents = [
      { sku: 'k1', name: 'Gießkanne', farbe: 'rot', preis: 5 },
      { sku: 'k2', name: 'Eimer', farbe: 'rot', preis: 7 },
    ]
    expect(await done(here, 'POST', `/indexes/${INDEX}/documents`, documents)).toMatchObject({ status: 'succeeded' })
    await mustBeWhole(here, false)
    await here.program.end()

    expect(await migrate('one', 'opensearch')).toMatchObject({ code: 0 })
    const there = await serving(ApiServer.onCluster(CLUSTER_URL as string))
    await mustBeWhole(there, false)
    const added = { sku: 'k3', name: 'Schaufel', farbe: 'rot', preis: 1 }
    const task = await done(there, 'POST', `/indexes/${INDEX}/documents`, [added])
    expect([task.status, task.error]).toEqual(['succeeded', null])
    await mustBeWhole(there, true)
    // what tasks write is not overwritten by a folder that they know nothing of
    expect(await migrate('one', 'opensearch')).toMatchObject({ code: 1, err: expect.stringContaining('over HTTP') })
    await there.program.end()

    expect(await migrate('two', 'embedded')).toMatchObject({ code: 0, out: expect.stringContaining('3 articles') })
    const back = await serving(ApiServer.start(join(folder, 'two')))
    await mustBeWhole(back, true)
    const last = await done(back, 'POST', `/indexes/${INDEX}/documents`, [{ sku: 'k4', name: 'Harke' }])
    expect([last.status, last.error]).toEqual(['succeeded', null])
    expect(await found(back, 'harken')).toEqual(['k4'])
  })
})
