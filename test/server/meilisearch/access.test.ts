import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ApiKey } from '../../../src/registry/key-table.ts'
import { ACTIONS, type Action, allows, READING } from '../../../src/server/meilisearch/actions.ts'
import { apiApp } from '../../../src/server/meilisearch/api-app.ts'
import { closestPattern, matchesIndex } from '../../../src/server/meilisearch/index-names.ts'
import { keyValue } from '../../../src/server/meilisearch/key-values.ts'
import { accessOf, requireAction } from '../../../src/server/meilisearch/require-action.ts'
import { allFilters } from '../../../src/server/meilisearch/search-rules.ts'
import { apiContext, asking, MASTER_KEY } from '../../support/api-context.ts'
import { type Json, jsonOf } from '../../support/json.ts'
import { tenantToken, unsignedToken } from '../../support/tenant-tokens.ts'

let context: ReturnType<typeof apiContext>
let app: ReturnType<typeof apiApp>

/** A route of each kind; they tell what they were let do. */
function appOf(served: typeof context): ReturnType<typeof apiApp> {
  const made = apiApp()
  made.get('/indexes/:indexUid/search', requireAction(served, 'search'), (c) =>
    c.json(accessOf(c).searchRulesFor(c.req.param('indexUid'))),
  )
  made.post('/multi-search', requireAction(served, 'search'), async (c) => {
    const { queries } = (await c.req.json()) as { queries: { indexUid: string }[] }
    return c.json(queries.map(({ indexUid }) => accessOf(c).searchRulesFor(indexUid)))
  })
  for (const action of ACTIONS.filter((name): name is Action => !name.includes('*')))
    made.get(`/actions/${action}`, requireAction(served, action), (c) => c.json({ reachesAll: accessOf(c).reachesAll }))
  return made
}

beforeEach(() => {
  context = apiContext()
  app = appOf(context)
})

const UID = '4bc0887a-0e41-4f3b-935d-0c451dcee9c8'

/** Makes a key; gives its value. */
function key(parts: Partial<ApiKey> = {}): string {
  const moment = '2026-11-29T11:00:00.000Z'
  const rest = { name: null, description: null, expiresAt: null, origins: null, perMinute: null, forced: null }
  const made: ApiKey = {
    uid: UID,
    actions: ['search'],
    indexes: ['*'],
    ...rest,
    createdAt: moment,
    updatedAt: moment,
    ...parts,
  }
  context.registry.transaction(() => context.registry.keys.add(made))
  return keyValue(MASTER_KEY, made.uid)
}

async function search(bearer: string | null, indexUid = 'filme', headers: Record<string, string> = {}) {
  const init = asking(bearer)
  const response = await app.request(`/indexes/${indexUid}/search`, {
    ...init,
    headers: { ...init.headers, ...headers },
  })
  return { status: response.status, body: (await response.json()) as Json, headers: response.headers }
}

const statusOf = async (action: string, bearer: string | null): Promise<number> =>
  (await app.request(`/actions/${action}`, asking(bearer))).status

describe('without a master key', () => {
  beforeEach(() => {
    context = apiContext({ masterKey: null })
    app = appOf(context)
  })

  it('reading is open, and nothing else is', async () => {
    for (const action of ACTIONS.filter((name) => !name.includes('*')))
      expect([action, await statusOf(action, null)]).toEqual([action, READING.has(action) ? 200 : 401])
    expect((await search(null)).body).toEqual({ forced: {} })
  })

  it('no header opens more', async () => {
    for (const bearer of ['', 'null', 'undefined', MASTER_KEY, keyValue('', UID)])
      expect(await statusOf('documents.add', bearer)).toBe(401)
  })

  it('the error says what to do', async () => {
    const error = await jsonOf(app.request('/actions/documents.add'))
    expect(error.code).toBe('missing_master_key')
    expect(error.message).toContain('FUNDSTELLE_MASTER_KEY_FILE')
  })
})

describe('a bearer', () => {
  it('that is the master key may do everything', async () => {
    for (const action of ACTIONS.filter((name) => !name.includes('*')))
      expect([action, await statusOf(action, MASTER_KEY)]).toEqual([action, 200])
  })

  it('is asked for by name', async () => {
    const response = await app.request('/indexes/filme/search')
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
  })

  it.each([
    ['Basic bWFzdGVy', 401, 'missing_authorization_header'],
    [MASTER_KEY, 401, 'missing_authorization_header'],
    [`Token ${MASTER_KEY}`, 401, 'missing_authorization_header'],
    ['Bearer', 403, 'invalid_api_key'],
    ['Bearer ', 403, 'invalid_api_key'],
    [`Bearer ${MASTER_KEY} ${MASTER_KEY}`, 403, 'invalid_api_key'],
    [`Bearer ${MASTER_KEY.slice(0, -1)}`, 403, 'invalid_api_key'],
    [`Bearer ${MASTER_KEY.toUpperCase()}`, 403, 'invalid_api_key'],
  ])('in the header “%s” is answered with %i', async (authorization, status, code) => {
    const response = await app.request('/indexes/filme/search', { headers: { authorization } })
    expect([response.status, (await jsonOf(response)).code]).toEqual([status, code])
  })

  it('may be spelt in small letters', async () => {
    const value = key()
    const response = await app.request('/indexes/filme/search', { headers: { authorization: `bearer  ${value}` } })
    expect(response.status).toBe(200)
  })
})

describe('a key', () => {
  it.each([
    [['search'], ['search']],
    [['documents.add'], ['documents.add']],
    [['documents.*'], ['documents.add', 'documents.get', 'documents.delete']],
    [
      ['keys.get', 'version'],
      ['keys.get', 'version'],
    ],
    [[], []],
  ])('with %j may do %j', async (actions, allowed) => {
    const value = key({ actions })
    for (const action of ACTIONS.filter((name) => !name.includes('*')))
      expect([action, await statusOf(action, value)]).toEqual([action, allowed.includes(action) ? 200 : 403])
  })

  it('with *.get may read everything but keys', () => {
    const allowed = ACTIONS.filter((action) => allows(['*.get'], action))
    expect(allowed).toContain('documents.get')
    expect(allowed.every((action) => action.endsWith('.get'))).toBe(true)
    expect(allowed).not.toContain('keys.get')
  })

  it('reaches its indexes, and the error names them', async () => {
    const value = key({ indexes: ['filme', 'buch_*'] })
    expect((await search(value, 'filme')).status).toBe(200)
    expect((await search(value, 'buch_neu')).status).toBe(200)
    const { status, body } = await search(value, 'filme2')
    expect([status, body.code, body.message]).toEqual([
      403,
      'invalid_api_key',
      'The API key cannot acces the index `filme2`, authorized indexes are ["buch_*","filme"].',
    ])
    const multi = asking(value, 'POST', { queries: [{ indexUid: 'filme' }, { indexUid: 'musik' }] })
    expect((await app.request('/multi-search', multi)).status).toBe(403)
  })

  it('ends when it expires', async () => {
    const value = key({ expiresAt: '2026-11-29T12:00:01Z' })
    expect((await search(value)).status).toBe(200)
    context.clock.now = new Date('2026-11-29T12:00:01.000Z')
    expect((await search(value)).body).toMatchObject({
      code: 'invalid_api_key',
      message: 'The provided API key is invalid.',
    })
  })

  it('forces its parameters', async () => {
    const value = key({ forced: { filter: 'sichtbar = true', limit: 5 } })
    expect((await search(value)).body).toEqual({ filter: 'sichtbar = true', forced: { limit: 5 } })
  })
})

describe('a key for some sites', () => {
  let value: string
  beforeEach(() => {
    value = key({ origins: ['https://www.beispiel.de'] })
  })

  it.each([
    [{ origin: 'https://www.beispiel.de' }, 200],
    [{ referer: 'https://www.beispiel.de/suche?q=a' }, 200],
    [{ origin: 'https://boese.example' }, 403],
    [{ origin: 'https://www.beispiel.de.boese.example' }, 403],
    [{ origin: 'http://www.beispiel.de' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'https://boese.example', referer: 'https://www.beispiel.de/' }, 403],
    [{ referer: 'kein Ort' }, 403],
    [{}, 403],
  ])('answers pages by where they are: %j', async (headers: Record<string, string>, status) => {
    const answer = await search(value, 'filme', headers)
    expect(answer.status).toBe(status)
    if (status === 403) expect(answer.body.code).toBe('origin_not_allowed')
  })

  it('is none for tokens either', async () => {
    const token = tenantToken(value, { apiKeyUid: UID, searchRules: ['*'] })
    expect((await search(token)).body.code).toBe('origin_not_allowed')
    expect((await search(token, 'filme', { origin: 'https://www.beispiel.de' })).status).toBe(200)
  })
})

describe('a key for so many requests a minute', () => {
  it('answers so many of each address, and says when the next may come', async () => {
    context = apiContext({ addressOf: (c) => c.req.header('x-test-address') ?? '' })
    app = appOf(context)
    const value = key({ perMinute: 3 })
    const token = tenantToken(value, { apiKeyUid: UID, searchRules: ['*'] })
    for (const [bearer, remaining] of [
      [value, 2],
      [token, 1],
      [value, 0],
    ] as const) {
      const { status, headers } = await search(bearer, 'filme', { 'x-test-address': '203.0.113.1' })
      expect(status).toBe(200)
      expect(headers.get('ratelimit-policy')).toBe('"key";q=3;w=60')
      expect(headers.get('ratelimit')).toMatch(new RegExp(`^"key";r=${remaining};t=\\d+$`))
    }
    const refused = await search(value, 'filme', { 'x-test-address': '203.0.113.1' })
    expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests'])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused.headers.get('ratelimit')).toMatch(/^"key";r=0;/)
    expect((await search(value, 'filme', { 'x-test-address': '203.0.113.2' })).status).toBe(200)
    expect((await search(MASTER_KEY, 'filme', { 'x-test-address': '203.0.113.1' })).status).toBe(200)
  })
})

describe('a tenant token', () => {
  const secret = (): string => keyValue(MASTER_KEY, UID)
  const claims = (more: object = {}): object => ({ apiKeyUid: UID, searchRules: ['*'], ...more })

  it.each(['utf8', 'latin1'] as const)('umlauts of a rule are read in %s', async (encoding) => {
    key()
    const rules = claims({ searchRules: { '*': { filter: 'stadt = "Köln"' } } })
    const { body } = await search(tenantToken(secret(), rules, 'HS256', {}, encoding))
    expect(body).toMatchObject({ filter: 'stadt = "Köln"' })
  })

  it.each(['HS256', 'HS384', 'HS512'] as const)('signed by %s searches', async (alg) => {
    key()
    expect((await search(tenantToken(secret(), claims(), alg))).body).toEqual({ forced: {} })
  })

  it.each([
    [['*'], 'filme', undefined],
    [['filme'], 'filme', undefined],
    [{ filme: null }, 'filme', undefined],
    [{ filme: {} }, 'filme', undefined],
    [{ filme: { filter: null } }, 'filme', undefined],
    [{ filme: { filter: 'a = 1' } }, 'filme', 'a = 1'],
    [{ 'fil*': { filter: 'a = 1' } }, 'filme', 'a = 1'],
    [{ '*': { filter: 'a = 1' }, filme: { filter: 'b = 2' } }, 'filme', 'b = 2'],
    [{ '*': { filter: 'a = 1' }, 'f*': { filter: 'b = 2' }, 'fil*': { filter: 'c = 3' } }, 'filme', 'c = 3'],
    [{ '*': { filter: [['a = 1', 'b = 2'], 'c = 3'] } }, 'filme', [['a = 1', 'b = 2'], 'c = 3']],
  ])('with the rules %j has in %s the filter %j', async (searchRules, indexUid, filter) => {
    key()
    const { status, body } = await search(tenantToken(secret(), claims({ searchRules })), indexUid)
    expect([status, body.filter]).toEqual([200, filter])
  })

  it('keeps to the filter of its key beside its own', async () => {
    key({ forced: { filter: ['sichtbar = true'], limit: 3 } })
    const token = tenantToken(secret(), claims({ searchRules: { '*': { filter: 'kunde = 1 OR kunde = 2' } } }))
    expect((await search(token)).body).toEqual({
      filter: ['sichtbar = true', 'kunde = 1 OR kunde = 2'],
      forced: { limit: 3 },
    })
  })

  it.each([
    [
      ['doggo', 'catto'],
      'The provided tenant token cannot acces the index `filme`, allowed indexes are ["catto","doggo"].',
    ],
    [[], 'The provided tenant token cannot acces the index `filme`, allowed indexes are [].'],
    [{}, 'The provided tenant token cannot acces the index `filme`, allowed indexes are [].'],
    [{ misc: null }, 'The provided tenant token cannot acces the index `filme`, allowed indexes are ["misc"].'],
  ])('with the rules %j does not reach other indexes', async (searchRules, message) => {
    key()
    const { status, body } = await search(tenantToken(secret(), claims({ searchRules })))
    expect([status, body.code, body.message]).toEqual([403, 'invalid_api_key', message])
    const multi = asking(tenantToken(secret(), claims({ searchRules })), 'POST', { queries: [{ indexUid: 'filme' }] })
    expect((await app.request('/multi-search', multi)).status).toBe(403)
  })

  it('reaches no index that its key does not, and says nothing of those it does', async () => {
    key({ indexes: ['geheim'] })
    const { status, body } = await search(tenantToken(secret(), claims({ searchRules: ['filme'] })))
    expect([status, body.message]).toEqual([
      403,
      'The API key used to generate this tenant token cannot acces the index `filme`.',
    ])
  })

  it('does nothing but search', async () => {
    key({ actions: ['*'] })
    const token = tenantToken(secret(), claims())
    for (const action of ACTIONS.filter((name) => !name.includes('*')))
      expect([action, await statusOf(action, token)]).toEqual([action, action === 'search' ? 200 : 403])
  })

  it('ends when it expires, to the second', async () => {
    key()
    const exp = context.clock.now.getTime() / 1000
    expect((await search(tenantToken(secret(), claims({ exp })))).status).toBe(200)
    expect((await search(tenantToken(secret(), claims({ exp: null })))).status).toBe(200)
    const { status, body } = await search(tenantToken(secret(), claims({ exp: exp - 1 })))
    expect([status, body.message]).toEqual([
      403,
      `Tenant token expired. Was valid up to \`${exp - 1}\` and we're now \`${exp}\`.`,
    ])
  })

  it('ends with its key', async () => {
    key({ expiresAt: '2026-11-29T12:00:01Z' })
    const token = tenantToken(secret(), claims())
    expect((await search(token)).status).toBe(200)
    context.clock.now = new Date('2026-11-29T12:00:01.000Z')
    expect((await search(token)).status).toBe(403)
    context.clock.now = new Date('2026-11-29T12:00:00.000Z')
    context.registry.transaction(() => context.registry.keys.remove(UID))
    expect((await search(token)).body).toMatchObject({ message: 'The provided API key is invalid.' })
  })

  it('of a key that may not search searches nothing', async () => {
    key({ actions: ['documents.get'] })
    expect((await search(tenantToken(secret(), claims()))).status).toBe(403)
  })

  const FORGED: readonly [what: string, token: () => string][] = [
    ['signed with another key', () => tenantToken('geheim', claims())],
    ['signed with the master key', () => tenantToken(MASTER_KEY, claims())],
    ['signed with nothing', () => tenantToken('', claims())],
    ['signed with the uid', () => tenantToken(UID, claims())],
    [
      'of a key that never was, signed with the uid',
      () => tenantToken(UID.replace('4', '5'), claims({ apiKeyUid: UID.replace('4', '5') })),
    ],
    ['without an algorithm', () => unsignedToken(claims(), { typ: 'JWT' })],
    ['alg none', () => unsignedToken(claims(), { alg: 'none', typ: 'JWT' })],
    ['alg None', () => unsignedToken(claims(), { alg: 'None' })],
    [
      'alg none with a signature',
      () => `${unsignedToken(claims(), { alg: 'none' })}${tenantToken(secret(), claims()).split('.')[2]}`,
    ],
    ['alg of a public key', () => tenantToken(secret(), claims(), 'HS256', { alg: 'RS256' })],
    ['alg toString', () => tenantToken(secret(), claims(), 'HS256', { alg: 'toString' })],
    ['alg of another hash than it was signed by', () => tenantToken(secret(), claims(), 'HS256', { alg: 'HS512' })],
    ['with a header nobody knows', () => tenantToken(secret(), claims(), 'HS256', { crit: ['exp'] })],
    ['without a signature', () => tenantToken(secret(), claims()).replace(/[^.]+$/, '')],
    ['with half a signature', () => tenantToken(secret(), claims()).slice(0, -20)],
    ['with a signature spelt otherwise', () => `${tenantToken(secret(), claims())}==`],
    [
      'with rules that were widened',
      () => widened(tenantToken(secret(), claims({ searchRules: { filme: { filter: 'a = 1' } } }))),
    ],
    ['with a fourth part', () => `${tenantToken(secret(), claims())}.x`],
    ['with an expiry that is no number', () => tenantToken(secret(), claims({ exp: '9999999999' }))],
    ['that is not valid yet', () => tenantToken(secret(), claims({ nbf: context.clock.now.getTime() / 1000 + 60 }))],
    ['without a key', () => tenantToken(secret(), { searchRules: ['*'] })],
    ['with a list of keys', () => tenantToken(secret(), claims({ apiKeyUid: [UID] }))],
    ['without rules', () => tenantToken(secret(), { apiKeyUid: UID })],
    ['with a text for rules', () => tenantToken(secret(), claims({ searchRules: '*' }))],
    ['with a rule that is none', () => tenantToken(secret(), claims({ searchRules: { filme: true } }))],
    ['with a rule nobody knows', () => tenantToken(secret(), claims({ searchRules: { filme: { filters: 'a = 1' } } }))],
    ['with a filter that is none', () => tenantToken(secret(), claims({ searchRules: { filme: { filter: 5 } } }))],
    ['with a pattern that is none', () => tenantToken(secret(), claims({ searchRules: ['*e'] }))],
    ['whose payload is no JSON', () => `${tenantToken(secret(), claims()).split('.')[0]}.####.x`],
    ['whose payload is null', () => tenantToken(secret(), null)],
    ['of dots alone', () => '..'],
    ['that is far too long', () => tenantToken(secret(), claims({ x: 'y'.repeat(20_000) }))],
  ]

  function widened(token: string): string {
    const [head, , signature] = token.split('.')
    return `${head}.${Buffer.from(JSON.stringify(claims())).toString('base64url')}.${signature}`
  }

  it.each(FORGED)('%s is refused', async (_what, token) => {
    const value = key()
    const bearer = token()
    const { status, body } = await search(bearer)
    expect([status, body.code]).toEqual([403, 'invalid_api_key'])
    // nothing of it that is secret is told
    expect(body.message).not.toContain(value)
    expect(body.message).not.toContain(bearer.split('.')[2] || value)
  })

  it('with one letter changed anywhere is refused', async () => {
    key()
    const token = tenantToken(secret(), claims({ searchRules: { filme: { filter: 'kunde = 1' } } }))
    await fc.assert(
      fc.asyncProperty(
        fc.nat(token.length - 1),
        fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.'),
        async (at, letter) => {
          fc.pre(token[at] !== letter)
          expect((await search(token.slice(0, at) + letter + token.slice(at + 1))).status).toBe(403)
        },
      ),
    )
  })
})

describe('guessing', () => {
  it('learns nothing from the answer: unknown, expired and deleted keys look the same', async () => {
    const expired = key({ expiresAt: '2026-11-29T11:59:59Z' })
    const answers = await Promise.all(['x', 'x'.repeat(64), '0'.repeat(64), expired].map((bearer) => search(bearer)))
    for (const { status, body } of answers) expect([status, body]).toEqual([answers[0]?.status, answers[0]?.body])
  })

  it('finds no key by any text', async () => {
    key()
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme-ascii', maxLength: 80 }), async (bearer) => {
        expect((await search(bearer)).status).toBe(403)
      }),
    )
  })

  it('by the beginning or the end of a value gets nowhere', async () => {
    const value = key()
    for (const bearer of [value.slice(0, -1), `${value}0`, value.slice(1), value.toUpperCase(), UID])
      expect((await search(bearer)).status).toBe(403)
  })
})

describe('patterns and actions', () => {
  const names = fc.stringMatching(/^[a-c]{1,4}$/)
  const patterns = fc.oneof(
    names,
    names.map((name) => `${name}*`),
    fc.constant('*'),
  )

  it('a pattern that contains another matches whatever that matches', () => {
    fc.assert(
      fc.property(patterns, patterns, names, (outer, inner, name) => {
        if (matchesIndex(outer, inner) && matchesIndex(inner, name)) expect(matchesIndex(outer, name)).toBe(true)
      }),
    )
  })

  it('the closest pattern is one of those that match, and none that matches is closer', () => {
    fc.assert(
      fc.property(fc.array(patterns), names, (all, name) => {
        const closest = closestPattern(all, name)
        const matching = all.filter((pattern) => matchesIndex(pattern, name))
        expect(closest !== undefined).toBe(matching.length > 0)
        for (const pattern of matching)
          expect(closest === name || (closest ?? '').length >= pattern.length || pattern === closest).toBe(true)
      }),
    )
  })

  it('what contains an action allows whatever that allows', () => {
    const action = fc.constantFrom(...ACTIONS)
    fc.assert(
      fc.property(fc.array(action, { maxLength: 3 }), action, action, (granted, middle, wanted) => {
        // reading keys is in no star of reading
        fc.pre(wanted !== 'keys.get' || granted.includes('*') || granted.includes('keys.get') || middle !== '*.get')
        if (allows(granted, middle) && allows([middle], wanted)) expect(allows(granted, wanted)).toBe(true)
      }),
    )
  })

  it('filters that hold together are a list of all their parts', () => {
    expect(allFilters()).toBeUndefined()
    expect(allFilters(undefined, '', [])).toBeUndefined()
    expect(allFilters(undefined, 'a = 1')).toBe('a = 1')
    expect(allFilters('a = 1 OR b = 2', [['c = 3', 'd = 4'], 'e = 5'])).toEqual([
      'a = 1 OR b = 2',
      ['c = 3', 'd = 4'],
      'e = 5',
    ])
  })
})
