import { beforeEach, describe, expect, it } from 'vitest'
import { Registry } from '../../../src/registry/registry.ts'
import { makeDefaultKeys } from '../../../src/server/meilisearch/default-keys.ts'
import { keyRoutes } from '../../../src/server/meilisearch/key-routes.ts'
import { apiContext, asking, MASTER_KEY } from '../../support/api-context.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { type Json, jsonOf } from '../../support/json.ts'

let context: ReturnType<typeof apiContext>
let app: ReturnType<typeof keyRoutes>

beforeEach(() => {
  context = apiContext()
  context.registry.transaction(() => makeDefaultKeys(context.registry.keys, context.now()))
  app = keyRoutes(context)
})

const UID = '4bc0887a-0e41-4f3b-935d-0c451dcee9c8'
const GOOD = { uid: UID, actions: ['search'], indexes: ['produkte'], expiresAt: null }

async function asked(path: string, method = 'GET', body?: unknown, bearer: string | null = MASTER_KEY) {
  const response = await app.request(`/keys${path}`, asking(bearer, method, body))
  const text = await response.text()
  return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as Json }
}

describe('a key', () => {
  it('is made, found by uid and by value, renamed and taken back', async () => {
    const made = await asked('', 'POST', { ...GOOD, name: 'Laden', description: 'für den Laden' })
    expect(made).toEqual({
      status: 201,
      body: {
        name: 'Laden',
        description: 'für den Laden',
        key: expect.stringMatching(/^[0-9a-f]{64}$/),
        uid: UID,
        actions: ['search'],
        indexes: ['produkte'],
        expiresAt: null,
        createdAt: '2026-11-29T12:00:00.000Z',
        updatedAt: '2026-11-29T12:00:00.000Z',
      },
    })
    expect(await asked(`/${UID}`)).toEqual({ status: 200, body: made.body })
    expect(await asked(`/${made.body.key}`)).toEqual({ status: 200, body: made.body })
    context.clock.now = new Date('2026-11-29T13:00:00.000Z')
    const renamed = { ...made.body, name: null, updatedAt: '2026-11-29T13:00:00.000Z' }
    expect(await asked(`/${made.body.key}`, 'PATCH', { name: null })).toEqual({ status: 200, body: renamed })
    expect((await asked(`/${UID}`)).body).toEqual(renamed)
    expect(await asked(`/${UID}`, 'DELETE')).toEqual({ status: 204, body: null })
    expect(await asked(`/${UID}`)).toMatchObject({
      status: 404,
      body: { code: 'api_key_not_found', message: `API key \`${UID}\` not found.` },
    })
    expect((await asked(`/${UID}`, 'DELETE')).status).toBe(404)
    expect((await asked(`/${UID}`, 'PATCH', { name: 'x' })).status).toBe(404)
  })

  it('has the value that Meilisearch gives it for the same uid and master key', async () => {
    app = keyRoutes({ ...context, masterKey: 'MASTER_KEY' })
    const { body } = await asked('', 'POST', GOOD, 'MASTER_KEY')
    expect(body.key).toBe('d9e776b8412f1db6974c9a5556b961c3559440b6588216f4ea5d9ed49f7c8f3c')
  })

  it('has another value under another master key', async () => {
    const { key } = (await asked('', 'POST', GOOD)).body
    app = keyRoutes({ ...context, masterKey: 'ein-anderer-Hauptschluessel' })
    expect((await asked(`/${UID}`, 'GET', undefined, 'ein-anderer-Hauptschluessel')).body.key).not.toBe(key)
    expect((await asked('', 'GET', undefined, key)).status).toBe(403)
  })

  it('is there once only', async () => {
    await asked('', 'POST', GOOD)
    expect(await asked('', 'POST', GOOD)).toMatchObject({
      status: 409,
      body: {
        code: 'api_key_already_exists',
        message: `\`uid\` field value \`${UID}\` is already an existing API key.`,
      },
    })
  })

  it.each([
    ['2050-11-13T00:00:00Z', '2050-11-13T00:00:00Z'],
    ['2050-11-13T00:00:00.000Z', '2050-11-13T00:00:00Z'],
    ['2050-11-13T00:00:00.5Z', '2050-11-13T00:00:00.500Z'],
    ['2050-11-13T02:00:00+02:00', '2050-11-13T00:00:00Z'],
    ['2050-11-13 00:00:00', '2050-11-13T00:00:00Z'],
    ['2050-11-13T00:00:00', '2050-11-13T00:00:00Z'],
    ['2050-11-13', '2050-11-13T00:00:00Z'],
  ])('that expires at %s says %s', async (expiresAt, told) => {
    expect((await asked('', 'POST', { ...GOOD, expiresAt })).body.expiresAt).toBe(told)
  })

  it('may be tied to sites, to requests a minute and to parameters', async () => {
    const tied = {
      allowedOrigins: ['https://www.beispiel.de'],
      requestsPerMinute: 60,
      searchParameters: { filter: 'sichtbar = true', limit: 5 },
    }
    expect((await asked('', 'POST', { ...GOOD, ...tied })).body).toMatchObject(tied)
    expect((await asked(`/${UID}`)).body).toMatchObject(tied)
  })
})

describe('keys', () => {
  it('that everybody needs are there, once', async () => {
    context.registry.transaction(() => makeDefaultKeys(context.registry.keys, context.now()))
    const { body } = await asked('')
    expect(body).toMatchObject({ offset: 0, limit: 20, total: 3 })
    const named = body.results.map(({ name, actions, indexes, expiresAt }: Json) => [name, actions, indexes, expiresAt])
    expect(named).toEqual([
      ['Default Search API Key', ['search'], ['*'], null],
      ['Default Admin API Key', ['*'], ['*'], null],
      ['Default Read-Only Admin API Key', ['*.get', 'keys.get'], ['*'], null],
    ])
  })

  it('that were all deleted are not made again', async () => {
    for (const { uid } of (await asked('')).body.results) await asked(`/${uid}`, 'DELETE')
    context.registry.transaction(() => makeDefaultKeys(context.registry.keys, context.now()))
    expect((await asked('')).body.results).toEqual([])
  })

  it('are listed in pages', async () => {
    const all = (await asked('')).body.results
    expect((await asked('?limit=1&offset=1')).body).toEqual({ results: [all[1]], offset: 1, limit: 1, total: 3 })
    expect((await asked('?limit=1&offset=7')).body).toEqual({ results: [], offset: 7, limit: 1, total: 3 })
    expect((await asked('?limit=0')).body.results).toEqual([])
  })

  it('that another process makes or takes back count at once', async () => {
    const cache = temporaryFolder()
    const [here, there] = [Registry.open(cache), Registry.open(cache)]
    const served = keyRoutes({ ...context, registry: here })
    const other = keyRoutes({ ...context, registry: there })
    const { key } = await jsonOf(other.request('/keys', asking(MASTER_KEY, 'POST', { ...GOOD, actions: ['keys.get'] })))
    expect((await served.request('/keys', asking(key))).status).toBe(200)
    await other.request(`/keys/${UID}`, asking(MASTER_KEY, 'DELETE'))
    expect((await served.request('/keys', asking(key))).status).toBe(403)
    here.close()
    there.close()
  })
})

const AUTH = (code: string, message: string) => ({
  message,
  code,
  type: 'auth',
  link: `https://docs.meilisearch.com/errors#${code}`,
})

describe('who may manage keys', () => {
  it('nobody without the header', async () => {
    for (const [path, method, body] of [
      ['', 'GET'],
      ['', 'POST', GOOD],
      [`/${UID}`, 'GET'],
      [`/${UID}`, 'PATCH', {}],
      [`/${UID}`, 'DELETE'],
    ] as const) {
      expect(await asked(path, method, body, null)).toEqual({
        status: 401,
        body: AUTH(
          'missing_authorization_header',
          'The Authorization header is missing. It must use the bearer authorization method.',
        ),
      })
    }
  })

  it('nobody with a key that is for something else', async () => {
    const [search] = (await asked('')).body.results
    expect(await asked('', 'GET', undefined, search.key)).toEqual({
      status: 403,
      body: AUTH('invalid_api_key', 'The provided API key is invalid.'),
    })
    expect((await asked('', 'POST', GOOD, search.key)).status).toBe(403)
  })

  it('nobody where there is no master key, and the error says what to do', async () => {
    app = keyRoutes({ ...context, masterKey: null })
    const { status, body } = await asked('', 'GET', undefined, MASTER_KEY)
    expect([status, body.code]).toEqual([401, 'missing_master_key'])
    expect(body.message).toContain('FUNDSTELLE_MASTER_KEY')
  })

  it('the admin key as well as the master key', async () => {
    const { key } = (await asked('')).body.results[1]
    expect((await asked('', 'POST', GOOD, key)).status).toBe(201)
    expect((await asked(`/${UID}`, 'PATCH', { name: 'neu' }, key)).body.name).toBe('neu')
    expect((await asked(`/${UID}`, 'DELETE', undefined, key)).status).toBe(204)
  })

  it('sees no values of keys that may do more', async () => {
    const [search, admin, reading] = (await asked('')).body.results
    const { body } = await asked('', 'GET', undefined, reading.key)
    expect(body.results.map(({ key }: Json) => key)).toEqual(['***', '***', reading.key])
    expect((await asked(`/${admin.uid}`, 'GET', undefined, reading.key)).body.key).toBe('***')
    expect(search.key).not.toBe('***')
  })

  it.each([
    [{ actions: ['*'] }],
    [{ actions: ['keys.delete'] }],
    [{ indexes: ['*'] }],
    [{ indexes: ['produkt*'] }],
    [{ expiresAt: null }],
    [{ expiresAt: '2027-02-01' }],
  ])('makes none that may do more than the own: %j', async (more) => {
    const own = {
      actions: ['keys.create', 'search', 'documents.*'],
      indexes: ['produkte*', 'artikel'],
      expiresAt: '2027-01-01',
    }
    const { key } = (await asked('', 'POST', own)).body
    const fewer = { actions: ['documents.add'], indexes: ['produkte_neu'], expiresAt: '2026-12-24' }
    expect((await asked('', 'POST', fewer, key)).status).toBe(201)
    expect(await asked('', 'POST', { ...fewer, ...more }, key)).toEqual({
      status: 403,
      body: AUTH('invalid_api_key', 'The provided API key cannot manage an API key that may do more than itself.'),
    })
  })

  it('makes none with a key that is tied to something', async () => {
    const { key } = (await asked('', 'POST', { ...GOOD, actions: ['*'], requestsPerMinute: 60 })).body
    expect((await asked('', 'POST', { ...GOOD, uid: undefined }, key)).status).toBe(403)
  })

  it('takes back none that may do more', async () => {
    const admin = (await asked('')).body.results[1]
    const { key } = (await asked('', 'POST', { ...GOOD, actions: ['keys.delete', 'keys.update'] })).body
    expect((await asked(`/${admin.uid}`, 'DELETE', undefined, key)).status).toBe(403)
    expect((await asked(`/${admin.uid}`, 'PATCH', { name: 'x' }, key)).status).toBe(403)
    expect((await asked(`/${admin.uid}`)).body).toEqual(admin)
  })
})

const CREATE_FIELDS =
  'expected one of `description`, `name`, `uid`, `actions`, `indexes`, `expiresAt`, `allowedOrigins`, `requestsPerMinute`, `searchParameters`'
const PATTERN_WORDS =
  'is not a valid index uid pattern. Index uid patterns can be an integer or a string containing only alphanumeric characters, ' +
  'hyphens (-), underscores (_), and optionally end with a star (*).'
const DATE_WORDS =
  'is not a valid date. It should follow the RFC 3339 format to represents a date or datetime in the future or specified as a null value. ' +
  "e.g. 'YYYY-MM-DD' or 'YYYY-MM-DD HH:MM:SS'.\n"

/** What is refused when a key is made: what, with which code and which words. */
const BAD: readonly [body: unknown, code: string, message: string][] = [
  [
    { description: ['doggo'] },
    'invalid_api_key_description',
    'Invalid value type at `.description`: expected a string, but found an array: `["doggo"]`',
  ],
  [
    { name: ['doggo'] },
    'invalid_api_key_name',
    'Invalid value type at `.name`: expected a string, but found an array: `["doggo"]`',
  ],
  [
    { uid: ['doggo'] },
    'invalid_api_key_uid',
    'Invalid value type at `.uid`: expected a string, but found an array: `["doggo"]`',
  ],
  [
    { uid: 'doggo' },
    'invalid_api_key_uid',
    'Invalid value at `.uid`: a UUID such as `01b4bc42-eb33-4041-b481-254d00cce834` was expected',
  ],
  [
    { actions: 'doggo' },
    'invalid_api_key_actions',
    'Invalid value type at `.actions`: expected an array, but found a string: `"doggo"`',
  ],
  [
    { indexes: 'doggo' },
    'invalid_api_key_indexes',
    'Invalid value type at `.indexes`: expected an array, but found a string: `"doggo"`',
  ],
  [
    { indexes: ['good doggo'] },
    'invalid_api_key_indexes',
    `Invalid value at \`.indexes[0]\`: \`good doggo\` ${PATTERN_WORDS}`,
  ],
  [{ indexes: ['a*b'] }, 'invalid_api_key_indexes', `Invalid value at \`.indexes[0]\`: \`a*b\` ${PATTERN_WORDS}`],
  [{ indexes: [''] }, 'invalid_api_key_indexes', `Invalid value at \`.indexes[0]\`: \`\` ${PATTERN_WORDS}`],
  [{ expires_at: 'doggo' }, 'bad_request', `Unknown field \`expires_at\`: ${CREATE_FIELDS}`],
  [{ indexes: ['doggo'], expiresAt: null }, 'missing_api_key_actions', 'Missing field `actions`'],
  [{ actions: ['*'], expiresAt: null }, 'missing_api_key_indexes', 'Missing field `indexes`'],
  [{ actions: ['*'], indexes: ['doggo'] }, 'missing_api_key_expires_at', 'Missing field `expiresAt`'],
  [{ ...GOOD, doggo: 'bork' }, 'bad_request', `Unknown field \`doggo\`: ${CREATE_FIELDS}`],
  [{ ...GOOD, key: 'x' }, 'bad_request', `Unknown field \`key\`: ${CREATE_FIELDS}`],
  [
    { ...GOOD, expiresAt: '2010-11-13T00:00:00Z' },
    'invalid_api_key_expires_at',
    `Invalid value at \`.expiresAt\`: \`2010-11-13T00:00:00Z\` ${DATE_WORDS}`,
  ],
  [
    { ...GOOD, expiresAt: '2050-02-30' },
    'invalid_api_key_expires_at',
    `Invalid value at \`.expiresAt\`: \`2050-02-30\` ${DATE_WORDS}`,
  ],
  [
    { ...GOOD, expiresAt: 'morgen' },
    'invalid_api_key_expires_at',
    `Invalid value at \`.expiresAt\`: \`morgen\` ${DATE_WORDS}`,
  ],
  [
    { ...GOOD, expiresAt: { name: 'products' } },
    'invalid_api_key_expires_at',
    'Invalid value type at `.expiresAt`: expected a string, but found an object: `{"name":"products"}`',
  ],
  [
    { ...GOOD, allowedOrigins: ['www.beispiel.de'] },
    'invalid_api_key_allowed_origins',
    'Invalid value at `.allowedOrigins[0]`: the beginning of an address such as `https://www.example.org`, or `*` alone, was expected',
  ],
  [
    { ...GOOD, requestsPerMinute: 0 },
    'invalid_api_key_requests_per_minute',
    'Invalid value at `.requestsPerMinute`: a non-zero integer value was expected, but found a zero',
  ],
  [
    { ...GOOD, searchParameters: { filter: 5 } },
    'invalid_api_key_search_parameters',
    'Invalid value at `.searchParameters.filter`: expected a text, or a list of texts and lists of texts',
  ],
  [
    { ...GOOD, searchParameters: { limit: 'x' } },
    'invalid_api_key_search_parameters',
    'Invalid value type at `.searchParameters.limit`: expected a positive integer, but found a string: `"x"`',
  ],
  [
    { ...GOOD, actions: ['search', 'documents.get'], searchParameters: { limit: 5 } },
    'invalid_api_key_search_parameters',
    '`searchParameters` need a key whose only action is `search`.',
  ],
  [[], 'bad_request', 'Invalid value type: expected an object, but found an array: `[]`'],
]

describe('a key that cannot be', () => {
  it.each(BAD)('%j', async (body, code, message) => {
    expect(await asked('', 'POST', body)).toEqual({
      status: 400,
      body: { message, code, type: 'invalid_request', link: `https://docs.meilisearch.com/errors#${code}` },
    })
    expect((await asked('')).body.total).toBe(3)
  })

  it('names every action there is', async () => {
    const { body } = await asked('', 'POST', { actions: ['doggo'] })
    expect(body.code).toBe('invalid_api_key_actions')
    expect(body.message).toMatch(/^Unknown value `doggo` at `\.actions\[0\]`: expected one of `\*`, .*`keys\.delete`/)
  })

  it('forces no parameter that a search has not', async () => {
    const { body } = await asked('', 'POST', { ...GOOD, searchParameters: { vector: [1] } })
    expect(body.message).toContain('Unknown field `vector` inside `.searchParameters`: expected one of `filter`, ')
  })

  it.each([
    [
      '?offset=doggo',
      'invalid_api_key_offset',
      'Invalid value in parameter `offset`: could not parse `doggo` as a positive integer',
    ],
    [
      '?limit=-1',
      'invalid_api_key_limit',
      'Invalid value in parameter `limit`: could not parse `-1` as a positive integer',
    ],
    ['?doggo=no_limit', 'bad_request', 'Unknown parameter `doggo`: expected one of `offset`, `limit`'],
  ])('is not listed with %s', async (query, code, message) => {
    expect((await asked(query)).body).toMatchObject({ code, message })
  })
})

describe('what a key is cannot be changed', () => {
  it.each([
    ['uid', 'immutable_api_key_uid'],
    ['actions', 'immutable_api_key_actions'],
    ['indexes', 'immutable_api_key_indexes'],
    ['expiresAt', 'immutable_api_key_expires_at'],
    ['createdAt', 'immutable_api_key_created_at'],
    ['updatedAt', 'immutable_api_key_updated_at'],
    ['key', 'immutable_api_key_key'],
    ['searchParameters', 'immutable_api_key_search_parameters'],
  ])('%s', async (name, code) => {
    await asked('', 'POST', GOOD)
    const before = (await asked(`/${UID}`)).body
    const { status, body } = await asked(`/${UID}`, 'PATCH', { [name]: 'doggo' })
    expect([status, body.code, body.message]).toEqual([
      400,
      code,
      `Immutable field \`${name}\`: expected one of \`description\`, \`name\``,
    ])
    expect((await asked(`/${UID}`)).body).toEqual(before)
  })

  it('and others are unknown', async () => {
    const { body } = await asked(`/${UID}`, 'PATCH', { doggo: 'bork' })
    expect(body).toMatchObject({
      code: 'bad_request',
      message: 'Unknown field `doggo`: expected one of `description`, `name`',
    })
  })
})

describe('the body of a request', () => {
  const send = async (headers: Record<string, string>, body: string): Promise<Json> =>
    jsonOf(
      app.request('/keys', { method: 'POST', headers: { authorization: `Bearer ${MASTER_KEY}`, ...headers }, body }),
    )

  it('must say that it is JSON', async () => {
    expect(await send({ 'content-type': 'text/plain' }, '{}')).toMatchObject({
      code: 'invalid_content_type',
      message:
        'The Content-Type `text/plain` is invalid. Accepted values for the Content-Type header are: `application/json`',
    })
    const nothing = new Request('http://x/keys', {
      method: 'POST',
      headers: { authorization: `Bearer ${MASTER_KEY}` },
      body: new Blob(['{}']),
    })
    expect(await jsonOf(app.request(nothing))).toMatchObject({
      code: 'missing_content_type',
      message: 'A Content-Type header is missing. Accepted values for the Content-Type header are: `application/json`',
    })
    expect(await send({ 'content-type': 'application/json; charset=utf-8' }, JSON.stringify(GOOD))).toHaveProperty(
      'uid',
    )
  })

  it('must be there, and be JSON', async () => {
    const json = { 'content-type': 'application/json' }
    expect(await send(json, '')).toMatchObject({ code: 'missing_payload', message: 'A json payload is missing.' })
    const { code, message } = await send(json, '{"malormed": "payload"')
    expect(code).toBe('malformed_payload')
    expect(message).toMatch(/^The json payload provided is malformed\. `.+`\.$/)
  })
})
