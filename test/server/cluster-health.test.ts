import { describe, expect, it } from 'vitest'
import type { SearchService } from '../../src/search/service.ts'
import { createApp } from '../../src/server/app.ts'
import { readAssets } from '../../src/server/http/assets.ts'
import { jsonOf } from '../support/json.ts'

const OWN = [
  '/?q=Haus',
  '/search?q=Haus',
  '/suggest?q=Ha',
  '/facets/tags',
  '/articles/a',
  '/articles/a/similar',
  '/marks?q=Haus&url=x',
]

/** Nothing may be asked for what is known to fail. */
const unasked = new Proxy({} as SearchService, {
  get: (_, name) => () => {
    throw new Error(`${String(name)} is asked for`)
  },
})

const appWith = (options: Partial<Parameters<typeof createApp>[0]>): ReturnType<typeof createApp> =>
  createApp({
    ...{ service: unasked, ready: () => true, assets: readAssets() },
    onError: (error) => {
      throw error
    },
    ...options,
  })

describe('a cluster that is known not to answer', () => {
  it.each([...OWN, '/ready'])('is not asked by %s, which says so at once', async (path) => {
    for (const ready of [true, false]) {
      const response = await appWith({ cluster: () => 'unreachable', ready: () => ready }).request(path)
      expect([response.status, (await jsonOf(response)).code]).toEqual([503, 'engine_unavailable'])
    }
  })

  it('lets the server say that it lives', async () => {
    expect((await appWith({ cluster: () => 'unreachable' }).request('/health')).status).toBe(200)
  })
})

describe('a server whose index in use nobody has made', () => {
  it.each(OWN)('answers %s with 404: others may be there', async (path) => {
    const app = appWith({ cluster: () => 'green', hasIndexInUse: () => false, indexInUse: 'artikel' })
    const response = await app.request(path)
    expect([response.status, (await jsonOf(response)).code]).toEqual([404, 'index_unknown'])
  })

  it('is ready for others', async () => {
    const app = appWith({ cluster: () => 'green', hasIndexInUse: () => false })
    expect(await (await app.request('/ready')).json()).toEqual({ status: 'ready', cluster: 'green' })
  })
})
