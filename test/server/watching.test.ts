import { afterAll, describe, expect, it } from 'vitest'
import { Metrics, textOfAll } from '../../src/metrics/metrics.ts'
import { createApp } from '../../src/server/app.ts'
import { readAssets } from '../../src/server/http/assets.ts'
import type { AnsweredRequest } from '../../src/server/watch-requests.ts'
import { apiContext, asking, MASTER_KEY } from '../support/api-context.ts'
import { articleOf } from '../support/articles.ts'
import { jsonOf } from '../support/json.ts'
import { memoryService } from '../support/memory-service.ts'

const memory = memoryService([articleOf({ id: 'geheim', title: 'Haus', text: 'Ein Haus am Ufer.' })])
afterAll(() => memory.close())

const GAUGES = {
  waiting: () => 2,
  refused: () => 7,
  tasks: () => ({ enqueued: 3, failed: 0 }),
  indexes: () => 4,
  articles: () => 5,
  ready: () => true,
}

function watchedApp(masterKey: string | null = MASTER_KEY) {
  const metrics = new Metrics(GAUGES)
  const answered: AnsweredRequest[] = []
  const failed: { id: string }[] = []
  const broken = async (): Promise<never> => {
    throw new Error('kaputt')
  }
  const app = createApp({
    service: { ...memory.service, suggest: broken },
    ready: () => true,
    assets: readAssets(),
    api: apiContext({ masterKey }),
    metrics: () => metrics.text(),
    onAnswered(request) {
      answered.push(request)
      metrics.answered({ ...request, seconds: request.ms / 1000 })
      metrics.searched(request.times)
    },
    onError: (_error, _request, id) => void failed.push({ id }),
  })
  return { app, answered, failed, metrics }
}

/** The values of a metric by its labels. */
function valuesIn(text: string, name: string): Record<string, number> {
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
  return Object.fromEntries(
    lines.map((line) => [line.slice(name.length, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
  )
}

describe('a request', () => {
  it('keeps the id that it came with, and gets one where it has none or one that is no id', async () => {
    const { app, answered } = watchedApp()
    const idFor = async (id: string | null) =>
      (await app.request('/search?q=Haus', { headers: id === null ? {} : { 'x-request-id': id } })).headers.get(
        'x-request-id',
      )
    expect(await idFor('a-1_B')).toBe('a-1_B')
    const made = [
      await idFor(null),
      await idFor('böse \r\n zeile'.slice(0, 5)),
      await idFor('x'.repeat(129)),
      await idFor('a b'),
    ]
    for (const id of made) expect(id).toMatch(/^[\da-f-]{36}$/)
    expect(new Set(made).size).toBe(4)
    expect(answered.map(({ id }) => id)).toEqual(['a-1_B', ...made])
  })

  it('is told to have an id where it fails', async () => {
    const { app, failed } = watchedApp()
    const response = await app.request('/suggest?q=Ha', { headers: { 'x-request-id': 'abc' } })
    expect([response.status, response.headers.get('x-request-id')]).toEqual([500, 'abc'])
    expect(failed).toEqual([{ id: 'abc' }])
  })

  it('tells what it took, and a search what each of its stages took', async () => {
    const { app } = watchedApp()
    const names = async (path: string) =>
      [...((await app.request(path)).headers.get('server-timing') ?? '').matchAll(/(\w+);dur=\d+\.\d/g)].map(
        ([, name]) => name,
      )
    expect(await names('/health')).toEqual(['total'])
    expect(await names('/search?q=Haus')).toEqual(['wait', 'rewrite', 'retrieve', 'rank', 'collect', 'locate', 'total'])
    expect(await names('/search')).toEqual(['wait', 'rewrite', 'retrieve', 'collect', 'locate', 'total'])
  })

  it('is told by the pattern of its route, without anything that somebody typed', async () => {
    const { app, answered } = watchedApp()
    const paths = [
      '/search?q=Haus',
      '/?q=Haus',
      '/articles/geheim',
      '/articles/geheim/similar',
      '/facets/ort?q=Kiel',
      '/indexes/filme/documents',
      '/gibt-es-nicht',
    ]
    for (const path of paths) await app.request(path, asking(MASTER_KEY))
    expect(answered.map(({ route }) => route)).toEqual([
      '/search',
      '/',
      '/articles/:id',
      '/articles/:path',
      '/facets/:name',
      '/indexes/:indexUid/documents',
      'other',
    ])
    expect(answered.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 404, 404])
    expect(answered[0]).toMatchObject({ queryLength: 4, method: 'GET' })
    expect(answered[0]?.query()).toBe('Haus')
    const { query: _query, ...written } = answered[0] as AnsweredRequest
    expect(JSON.stringify(written)).not.toContain('Haus')
  })

  it('that is answered with a 304 is one of its route', async () => {
    const { app, answered } = watchedApp()
    const tag = (await app.request('/search?q=Haus')).headers.get('etag') ?? ''
    expect((await app.request('/search?q=Haus', { headers: { 'if-none-match': tag } })).status).toBe(304)
    expect(answered.map(({ route, status }) => [route, status])).toEqual([
      ['/search', 200],
      ['/search', 304],
    ])
  })
})

describe('GET /metrics', () => {
  it('counts requests by route and status, and searches by stage', async () => {
    const { app } = watchedApp(null)
    for (const path of ['/search?q=Haus', '/search?q=Haus&limit=2', '/search?limit=x', '/nichts'])
      await app.request(path)
    const response = await app.request('/metrics')
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    const text = await response.text()
    expect(valuesIn(text, 'fundstelle_http_requests_total')).toEqual({
      '{route="/search",method="GET",status="200"}': 2,
      '{route="/search",method="GET",status="400"}': 1,
      '{route="other",method="GET",status="404"}': 1,
    })
    const counts = valuesIn(text, 'fundstelle_search_seconds_count')
    expect(
      Object.keys(counts)
        .map((label) => label.slice(8, -2))
        .sort(),
    ).toEqual(['collect', 'locate', 'rank', 'retrieve', 'rewrite', 'wait'])
    expect(new Set(Object.values(counts))).toEqual(new Set([2]))
    expect(valuesIn(text, 'fundstelle_http_request_seconds_count')['{route="/search"}']).toBe(3)
    expect(text).not.toMatch(/Haus|geheim|nichts/)
  })

  it('tells how the server stands', async () => {
    const text = await (await watchedApp(null).app.request('/metrics')).text()
    expect(valuesIn(text, 'fundstelle_searches_waiting')).toEqual({ '': 2 })
    expect(valuesIn(text, 'fundstelle_searches_refused_total')).toEqual({ '': 7 })
    expect(valuesIn(text, 'fundstelle_tasks')).toEqual({ '{status="enqueued"}': 3, '{status="failed"}': 0 })
    expect([
      valuesIn(text, 'fundstelle_indexes'),
      valuesIn(text, 'fundstelle_articles'),
      valuesIn(text, 'fundstelle_ready'),
    ]).toEqual([{ '': 4 }, { '': 5 }, { '': 1 }])
    for (const name of ['process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds'])
      expect(text).toContain(`\n${name} `)
    // of the stack nobody is told
    expect(text).not.toContain(process.version)
  })

  it('asks twice and counts the same once', async () => {
    const { app } = watchedApp(null)
    await app.request('/metrics')
    const text = await (await app.request('/metrics')).text()
    expect(valuesIn(text, 'fundstelle_searches_refused_total')).toEqual({ '': 7 })
  })

  it('needs a key that may read metrics where there is a master key', async () => {
    const { app } = watchedApp()
    const statusFor = async (bearer: string | null) => {
      const response = await app.request('/metrics', asking(bearer))
      return [response.status, response.status === 200 ? null : ((await jsonOf(response)) as { code: string }).code]
    }
    expect(await statusFor(null)).toEqual([401, 'missing_authorization_header'])
    expect(await statusFor('falsch')).toEqual([403, 'invalid_api_key'])
    expect(await statusFor(MASTER_KEY)).toEqual([200, null])
    const keyWith = async (actions: string[], indexes: string[]) => {
      const made = await app.request('/keys', asking(MASTER_KEY, 'POST', { actions, indexes, expiresAt: null }))
      return ((await jsonOf(made)) as { key: string }).key
    }
    expect(await statusFor(await keyWith(['metrics.get'], ['*']))).toEqual([200, null])
    expect(await statusFor(await keyWith(['search'], ['*']))).toEqual([403, 'invalid_api_key'])
    // the numbers are those of all indexes
    expect(await statusFor(await keyWith(['metrics.get'], ['filme']))).toEqual([403, 'invalid_api_key'])
  })

  it('of several processes is one: what they did is added up, what they share is told once', async () => {
    const [one, other] = [watchedApp(null), watchedApp(null)]
    await one.app.request('/search?q=Haus')
    await other.app.request('/search?q=Haus')
    const text = await textOfAll([await one.metrics.counted(), await other.metrics.counted()])
    expect(valuesIn(text, 'fundstelle_http_requests_total')).toEqual({
      '{route="/search",method="GET",status="200"}': 2,
    })
    expect(valuesIn(text, 'fundstelle_searches_waiting')).toEqual({ '': 4 })
    expect(valuesIn(text, 'fundstelle_searches_refused_total')).toEqual({ '': 14 })
    expect(valuesIn(text, 'fundstelle_indexes')).toEqual({ '': 4 })
    expect(valuesIn(text, 'fundstelle_tasks')).toEqual({ '{status="enqueued"}': 3, '{status="failed"}': 0 })
  })
})
