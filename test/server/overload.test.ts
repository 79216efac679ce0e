import { afterAll, describe, expect, it } from 'vitest'
import { FundstelleError } from '../../src/errors.ts'
import { createApp } from '../../src/server/app.ts'
import { readAssets } from '../../src/server/http/assets.ts'
import { apiContext, asking, MASTER_KEY } from '../support/api-context.ts'
import { articleOf } from '../support/articles.ts'
import { jsonOf } from '../support/json.ts'
import { memoryService } from '../support/memory-service.ts'

const memory = memoryService([articleOf({ id: 'a', title: 'Haus', text: 'Ein Haus.' })])
afterAll(() => memory.close())

/** A server whose queue of searches is full. */
function fullApp() {
  const errors: unknown[] = []
  const refuse = async (): Promise<never> => {
    throw new FundstelleError('overloaded')
  }
  const service = { ...memory.service, search: refuse, article: refuse, suggest: refuse }
  const api = apiContext({ searchIn: () => new Proxy({}, { get: () => refuse }) as never })
  api.registry.transaction(() => api.registry.indexes.create('filme', 'id', new Date().toISOString()))
  const onError = (error: unknown): void => void errors.push(error)
  return { errors, app: createApp({ service, ready: () => true, onError, assets: readAssets(), api }) }
}

describe('a server with more searches than it can answer', () => {
  it('says so on its own routes with a code of its own, and when to come again; no failure is written down', async () => {
    const { app, errors } = fullApp()
    for (const path of ['/search?q=Haus', '/articles/a', '/suggest?q=Ha']) {
      const response = await app.request(path, { headers: { 'accept-language': 'en' } })
      expect([path, response.status]).toEqual([path, 503])
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
      expect(response.headers.get('retry-after')).toBe('1')
      expect(await jsonOf(response)).toMatchObject({ code: 'overloaded', title: 'Too many searches at once' })
    }
    expect(errors).toEqual([])
  })

  it('says so to people on a page', async () => {
    const response = await fullApp().app.request('/?q=Haus', { headers: { accept: 'text/html' } })
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
    expect(await response.text()).toContain('Zu viele Suchen auf einmal')
  })

  it("says so on Meilisearch's routes in Meilisearch's words", async () => {
    const { app, errors } = fullApp()
    const response = await app.request('/indexes/filme/documents/a', asking(MASTER_KEY))
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
    expect(await jsonOf(response)).toMatchObject({ code: 'too_many_search_requests', type: 'system' })
    expect(errors).toEqual([])
  })

  it('is alive and ready all the same', async () => {
    const { app } = fullApp()
    for (const path of ['/health', '/ready']) expect([path, (await app.request(path)).status]).toEqual([path, 200])
  })
})
