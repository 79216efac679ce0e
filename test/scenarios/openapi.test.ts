import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { run, start } from '../support/program.ts'
import { jsonl } from '../support/updating.ts'

const KEY = 'a-master-key-of-more-than-16-bytes'

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >
}

interface Asked {
  /** As the document writes it. */
  readonly operation: string
  readonly path?: string
  readonly body?: unknown
  readonly type?: string
  readonly status?: number
}

const NO_FILTER = '?statuses=succeeded'
const INDEX = '/indexes/filme'

/** Requests of every operation but those of single settings, in an order in which all of them can be answered. */
const REQUESTS: readonly Asked[] = [
  { operation: 'GET /' },
  { operation: 'GET /search', path: '/search?q=Haus&facets=ort&explain=true' },
  { operation: 'GET /search', path: '/search?q=Hauss&page=1&hitsPerPage=3' },
  { operation: 'GET /search', path: '/search?q=gibtesnicht&explain=true' },
  { operation: 'POST /search', body: { q: 'Haus', attributesToRetrieve: ['id'] } },
  { operation: 'POST /multi-search', body: { queries: [{ q: 'Haus' }, { q: 'Ufer' }] } },
  { operation: 'GET /suggest', path: '/suggest?q=Ha' },
  { operation: 'GET /facets/{name}', path: '/facets/ort?q=Ki' },
  { operation: 'GET /articles/{id}', path: '/articles/a' },
  { operation: 'GET /articles/{id}/similar', path: '/articles/a/similar' },
  {
    operation: 'GET /analyze',
    path: `/analyze?text=${encodeURIComponent('Die Donaudampfschiffe nahmen 1.000 Gäste auf')}`,
  },
  { operation: 'GET /marks', path: '/marks?q=Haus&url=https://beispiel.example/a' },
  { operation: 'GET /health' },
  { operation: 'GET /ready' },
  { operation: 'GET /metrics' },
  { operation: 'GET /opensearch.xml' },
  { operation: 'GET /embed.js' },
  { operation: 'GET /openapi.json' },
  { operation: 'GET /docs' },
  { operation: 'POST /indexes', body: { uid: 'filme', primaryKey: 'id' }, status: 202 },
  {
    operation: 'PATCH /indexes/{indexUid}/settings',
    body: { filterableAttributes: ['jahr', 'genre'], sortableAttributes: ['jahr'] },
    status: 202,
  },
  {
    operation: 'POST /indexes/{indexUid}/documents',
    body: [
      { id: 1, titel: 'Das Boot', jahr: 1981, genre: ['Krieg'] },
      { id: 2, titel: 'Lola rennt', jahr: 1998, genre: ['Drama'] },
    ],
    status: 202,
  },
  { operation: 'PUT /indexes/{indexUid}/documents', body: [{ id: 2, laenge: 81 }], status: 202 },
  {
    operation: 'POST /indexes/{indexUid}/documents',
    path: `${INDEX}/documents?csvDelimiter=;&customMetadata=aus%20CSV`,
    body: 'id;titel\n3;Metropolis\n',
    type: 'text/csv',
    status: 202,
  },
  {
    operation: 'POST /indexes/{indexUid}/documents',
    body: '{"id":4,"titel":"Nosferatu"}\n',
    type: 'application/x-ndjson',
    status: 202,
  },
  { operation: 'POST /indexes', body: { uid: 'buecher' }, status: 202 },
  { operation: 'POST /indexes', body: { uid: 'weg' }, status: 202 },
  { operation: 'POST /swap-indexes', body: [{ indexes: ['buecher', 'weg'] }], status: 202 },
  { operation: 'PATCH /indexes/{indexUid}', path: '/indexes/buecher', body: { primaryKey: 'isbn' }, status: 202 },
  { operation: 'DELETE /indexes/{indexUid}', path: '/indexes/weg', status: 202 },
  // fails, and says why
  { operation: 'DELETE /indexes/{indexUid}', path: '/indexes/gibt-es-nicht', status: 202 },
  { operation: 'POST /dumps', status: 202 },
  { operation: 'POST /snapshots', status: 202 },
  { operation: 'GET /indexes', path: '/indexes?limit=2' },
  { operation: 'GET /indexes/{indexUid}' },
  { operation: 'GET /indexes/{indexUid}/stats' },
  { operation: 'POST /indexes/{indexUid}/fields', body: {} },
  { operation: 'GET /indexes/{indexUid}/documents', path: `${INDEX}/documents?limit=2&fields=id,titel` },
  { operation: 'POST /indexes/{indexUid}/documents/fetch', body: { filter: 'jahr > 1990' } },
  { operation: 'GET /indexes/{indexUid}/documents/{id}', path: `${INDEX}/documents/1` },
  { operation: 'GET /indexes/{indexUid}/search', path: `${INDEX}/search?q=boot&showRankingScore=true` },
  {
    operation: 'POST /indexes/{indexUid}/search',
    body: {
      q: 'boot',
      facets: ['jahr', 'genre'],
      attributesToHighlight: ['*'],
      showMatchesPosition: true,
      showRankingScoreDetails: true,
      showPerformanceDetails: true,
    },
  },
  { operation: 'POST /indexes/{indexUid}/search', body: { q: '', page: 1, hitsPerPage: 1, sort: ['jahr:desc'] } },
  { operation: 'POST /indexes/{indexUid}/similar', body: { id: 1 } },
  { operation: 'GET /indexes/{indexUid}/similar', path: `${INDEX}/similar?id=1` },
  { operation: 'POST /indexes/{indexUid}/facet-search', body: { facetName: 'genre', facetQuery: 'Kr' } },
  { operation: 'POST /multi-search', body: { queries: [{ indexUid: 'filme', q: 'boot' }] } },
  {
    operation: 'POST /multi-search',
    body: {
      federation: {},
      queries: [
        { indexUid: 'filme', q: 'boot' },
        { indexUid: 'filme', q: 'lola' },
      ],
    },
  },
  { operation: 'GET /indexes/{indexUid}/settings' },
  { operation: 'GET /tasks', path: '/tasks?limit=50' },
  { operation: 'GET /tasks/{uid}', path: '/tasks/2' },
  { operation: 'GET /tasks/{uid}/documents', path: '/tasks/2/documents' },
  { operation: 'GET /batches' },
  { operation: 'GET /batches/{uid}', path: '/batches/0' },
  { operation: 'POST /tasks/cancel', path: `/tasks/cancel${NO_FILTER}` },
  { operation: 'DELETE /tasks', path: `/tasks${NO_FILTER}` },
  { operation: 'GET /keys', path: '/keys?limit=2' },
  {
    operation: 'POST /keys',
    body: {
      uid: '01b4bc42-eb33-4041-b481-254d00cce834',
      actions: ['search'],
      indexes: ['filme'],
      expiresAt: null,
      requestsPerMinute: 100,
      allowedOrigins: ['https://beispiel.example'],
      searchParameters: { limit: 5 },
    },
    status: 201,
  },
  { operation: 'GET /keys/{key}', path: '/keys/01b4bc42-eb33-4041-b481-254d00cce834' },
  { operation: 'PATCH /keys/{key}', path: '/keys/01b4bc42-eb33-4041-b481-254d00cce834', body: { name: 'Filme' } },
  { operation: 'DELETE /keys/{key}', path: '/keys/01b4bc42-eb33-4041-b481-254d00cce834', status: 204 },
  { operation: 'GET /stats' },
  { operation: 'GET /version' },
  { operation: 'GET /experimental-features' },
  { operation: 'PATCH /experimental-features', body: { metrics: true } },
  { operation: 'POST /indexes/{indexUid}/documents/delete-batch', body: [4], status: 202 },
  { operation: 'POST /indexes/{indexUid}/documents/delete', body: { filter: 'jahr = 1998' }, status: 202 },
  { operation: 'DELETE /indexes/{indexUid}/documents/{id}', path: `${INDEX}/documents/3`, status: 202 },
  { operation: 'DELETE /indexes/{indexUid}/documents', status: 202 },
  { operation: 'DELETE /indexes/{indexUid}/settings', status: 202 },
]

/** What is wrong is told in the shape that the document says. */
const WRONG: readonly Asked[] = [
  { operation: 'GET /search', path: '/search?limit=x', status: 400 },
  { operation: 'GET /articles/{id}', path: '/articles/gibt-es-nicht', status: 404 },
  { operation: 'POST /search', body: '{', type: 'application/json', status: 400 },
  { operation: 'GET /indexes/{indexUid}', path: '/indexes/gibt-es-nicht', status: 404 },
  { operation: 'POST /indexes', body: { uid: 'ä ö' }, status: 400 },
  { operation: 'POST /indexes/{indexUid}/documents', body: '{', type: 'application/json', status: 400 },
  { operation: 'POST /indexes/{indexUid}/documents', body: 'x', type: 'text/plain', status: 415 },
  { operation: 'GET /tasks/{uid}', path: '/tasks/999', status: 404 },
]

test('every route answers as /openapi.json says', async () => {
  const [root, cache] = [temporaryFolder(), temporaryFolder()]
  writeFiles(root, {
    'a.jsonl': jsonl({ a: 'Haus am Ufer', b: 'Ein Haus in Kiel' }),
    'b.jsonl':
      '{"id":"c","title":"Haus","text":"Ein Ufer.","url":"https://beispiel.example/a","date":"2024-03-03","ort":"Kiel","zahl":3}\n',
  })
  expect((await run(['index', '--cache', cache, root])).code).toBe(0)
  const program = start(['serve', '--cache', cache, '--port', '0', '--threads', '1'], { FUNDSTELLE_MASTER_KEY: KEY })
  const [url] = await program.until('out', /http:\/\/\S+/)
  const headers = { authorization: `Bearer ${KEY}` }
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Operation>>
  }
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema(document, 'openapi')
  const pointer = (...steps: string[]): string =>
    steps.map((step) => `/${encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')

  const validators = new Map<string, ValidateFunction>()
  const validatorAt = (place: string): ValidateFunction => {
    const known = validators.get(place) ?? ajv.compile({ $ref: `openapi#${place}` })
    validators.set(place, known)
    return known
  }

  const answered = new Set<string>()
  const ask = async ({ operation, path, body, type, status = 200 }: Asked): Promise<void> => {
    const [method, template] = operation.split(' ') as [string, string]
    const sent =
      body === undefined ? {} : { body: typeof body === 'string' && type !== undefined ? body : JSON.stringify(body) }
    const contentType = body === undefined ? {} : { 'content-type': type ?? 'application/json' }
    const at = path ?? template.replace('{indexUid}', 'filme')
    const response = await fetch(`${url}${at}`, { method, headers: { ...headers, ...contentType }, ...sent })
    const text = await response.text()
    expect([operation, at, response.status, response.status === status ? '' : text]).toEqual([
      operation,
      at,
      status,
      '',
    ])
    const told = document.paths[template]?.[method.toLowerCase()]?.responses[String(status)]
    expect([operation, told]).toEqual([operation, expect.anything()])
    if (status < 300) answered.add(operation)
    const types = Object.keys(told?.content ?? {})
    const given = response.headers.get('content-type')
    if (types.length === 0) return expect([operation, text]).toEqual([operation, ''])
    const sameType = types.find((one) => one.split(';')[0]?.toLowerCase() === given?.split(';')[0]?.toLowerCase())
    expect([operation, at, given, types]).toEqual([
      operation,
      at,
      sameType === undefined ? 'one of them' : given,
      types,
    ])
    if (!given?.includes('json') || given.includes('ndjson')) return
    const validate = validatorAt(
      pointer(
        'paths',
        template,
        method.toLowerCase(),
        'responses',
        String(status),
        'content',
        sameType as string,
        'schema',
      ),
    )
    validate(JSON.parse(text))
    expect([operation, at, validate.errors, validate.errors === null ? '' : text.slice(0, 1000)]).toEqual([
      operation,
      at,
      null,
      '',
    ])
  }

  const isDone = async (): Promise<boolean> => {
    const list = (await (await fetch(`${url}/tasks?statuses=enqueued,processing`, { headers })).json()) as {
      total: number
    }
    return list.total === 0
  }
  for (const request of REQUESTS) {
    // what was asked for before is carried out: what is read then is there
    if (request.operation.startsWith('GET') || request.status === undefined)
      while (!(await isDone())) await new Promise((resolve) => setTimeout(resolve, 20))
    await ask(request)
  }
  for (const request of WRONG) await ask(request)

  // each setting by itself: it can be set to what it is
  const single = Object.entries(document.paths).filter(([path]) => /\/settings\/[\w-]+$/.test(path))
  for (const [template, methods] of single) {
    const at = template.replace('{indexUid}', 'filme')
    const value: unknown = await (await fetch(`${url}${at}`, { headers })).json()
    await ask({ operation: `GET ${template}` })
    const method = 'patch' in methods ? 'PATCH' : 'PUT'
    await ask({ operation: `${method} ${template}`, body: value, status: 202 })
    await ask({ operation: `DELETE ${template}`, status: 202 })
  }

  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(all.filter((operation) => !answered.has(operation))).toEqual([])
  expect(await program.end()).toMatchObject({ code: 0, signal: null })
  expect(program.err).not.toContain(KEY)
  expect(program.err).not.toMatch(/"level":(?:50|60)/)
})
