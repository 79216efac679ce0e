import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, describe, expect, it } from 'vitest'
import { Metrics } from '../../src/metrics/metrics.ts'
import { createApp } from '../../src/server/app.ts'
import { readAssets } from '../../src/server/http/assets.ts'
import { apiContext } from '../support/api-context.ts'
import { jsonOf } from '../support/json.ts'
import { memoryService } from '../support/memory-service.ts'

const memory = memoryService([])
afterAll(() => memory.close())

interface Described {
  readonly openapi: string
  readonly info: { readonly version: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}
interface Operation {
  readonly operationId: string
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: object }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> }
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >
}

function described(withApi: boolean) {
  const metrics = new Metrics({
    waiting: () => 0,
    refused: () => 0,
    tasks: () => ({}),
    indexes: () => 0,
    articles: () => 0,
    ready: () => true,
  })
  const app = createApp({
    service: memory.service,
    ready: () => true,
    onError: () => {},
    assets: readAssets(),
    version: '1.2.3',
    ...(withApi && { api: apiContext(), metrics: () => metrics.text() }),
  })
  const document = async () => (await jsonOf(await app.request('/openapi.json'))) as Described
  return { app, document }
}

/** What is no interface: files of the pages, and what is refused whatever it says. */
const UNTOLD =
  /^(?:GET \/(?:page|embed|icon)(?:-[\w-]+)?\.\w+|\w+ \/indexes\/\{indexUid\}\/settings\/chat|POST \/indexes\/\{indexUid\}\/documents\/edit)$/

const asOpenApi = (path: string): string =>
  path === '/articles/:path{.+/similar}' ? '/articles/{id}/similar' : path.replaceAll(/:(\w+)(?:\{[^}]*\})?/g, '{$1}')

describe('GET /openapi.json', () => {
  it('names every route there is, and none that is not', async () => {
    for (const withApi of [true, false]) {
      const { app, document } = described(withApi)
      const routes = app.routes
        .filter(({ method, path }) => method !== 'ALL' && !path.includes('*'))
        .map(({ method, path }) => `${method} ${asOpenApi(path)}`)
      const told = Object.entries((await document()).paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
      )
      const wanted = new Set([...routes.filter((route) => !UNTOLD.test(route)), 'GET /embed.js'])
      expect(told.sort()).toEqual([...wanted].sort())
    }
  })

  it('is OpenAPI 3.1 whose schemas are JSON Schema, with names that are there once', async () => {
    const { openapi, info, paths } = await described(true).document()
    expect([openapi, info.version]).toEqual(['3.1.0', '1.2.3'])
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods))
    expect(operations.length).toBeGreaterThan(100)
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
    const ajv = new Ajv2020({ strict: true, strictTypes: false, formats: { 'date-time': true, uuid: true, uri: true } })
    ajv.addSchema({ $id: '/', ...(await described(true).document()) }, '/')
    for (const { parameters = [], requestBody, responses } of operations) {
      const contents = [requestBody?.content, ...Object.values(responses).map(({ content }) => content)]
      const schemas = [
        ...parameters.map(({ schema }) => schema),
        ...contents.flatMap((content) => Object.values(content ?? {}).map(({ schema }) => schema)),
      ]
      for (const schema of schemas) if (!('$ref' in schema)) ajv.compile(schema)
    }
  })

  it('describes requests by what checks them', async () => {
    const { paths } = await described(true).document()
    const search = paths['/search']?.['get']
    const limit = search?.parameters?.find(({ name }) => name === 'limit')
    expect(limit).toMatchObject({ in: 'query', required: false })
    const body = paths['/keys']?.['post']?.requestBody?.content['application/json']?.schema
    expect(body).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: ['actions', 'indexes', 'expiresAt'],
    })
  })
})

describe('GET /docs', () => {
  it('shows every operation on a page that asks for nothing from elsewhere', async () => {
    const { app, document } = described(true)
    const response = await app.request('/docs?lang=en')
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    const text = await response.text()
    for (const [path, methods] of Object.entries((await document()).paths))
      for (const method of Object.keys(methods)) expect(text).toContain(`${method.toUpperCase()} ${path}</code>`)
    expect([...text.matchAll(/(?:src|href)="([^"]*)"/g)].filter(([, link]) => !link?.startsWith('./'))).toEqual([])
    expect(text).not.toMatch(/<style|\sstyle=|<script>|\son\w+=/)
  })
})
