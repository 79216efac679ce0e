import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ApiKey } from '../../../src/registry/key-table.ts'
import { keyValue } from '../../../src/server/meilisearch/key-values.ts'
import { apiRoutes } from '../../../src/server/meilisearch/routes.ts'
import { shownByBoth, withForced } from '../../../src/server/meilisearch/search-rules.ts'
import { apiContext, asking, MASTER_KEY } from '../../support/api-context.ts'
import { documentSearch } from '../../support/document-search.ts'
import type { Json } from '../../support/json.ts'
import { tenantToken } from '../../support/tenant-tokens.ts'

const UID = '4bc0887a-0e41-4f3b-935d-0c451dcee9c8'
const SECRET = 'Kontonummer'

/** Documents of two customers, with something that is not for pages. */
const DOCUMENTS = Array.from({ length: 30 }, (_, id) =>
  JSON.stringify({
    id,
    title: `Rechnung ${id}`,
    kunde: (id % 2) + 1,
    intern: `${SECRET} ${id}`,
    ort: { stadt: 'Bonn', strasse: SECRET },
  }),
)

let app: ReturnType<typeof apiRoutes>
let context: ReturnType<typeof apiContext>

beforeEach(async () => {
  const search = await documentSearch(DOCUMENTS, { valued: ['kunde', 'intern', 'id'] })
  context = apiContext({ searchIn: () => search })
  app = apiRoutes(context)
  const { registry } = context
  registry.transaction(() => {
    for (const uid of ['rechnungen', 'andere']) registry.indexes.create(uid, 'id', '2026-11-29T11:00:00.000Z')
    registry.indexes.setSettings(
      'rechnungen',
      { filterableAttributes: ['kunde', 'intern'], sortableAttributes: ['id'] },
      '2026-11-29T11:00:00.000Z',
    )
  })
})

function key(parts: Partial<ApiKey> = {}): string {
  const moment = '2026-11-29T11:00:00.000Z'
  const rest = { name: null, description: null, expiresAt: null, origins: null, perMinute: null, forced: null }
  const made = {
    uid: UID,
    actions: ['search'],
    indexes: ['rechnungen'],
    ...rest,
    createdAt: moment,
    updatedAt: moment,
    ...parts,
  }
  context.registry.transaction(() => context.registry.keys.add(made))
  return keyValue(MASTER_KEY, made.uid)
}

async function asked(
  bearer: string,
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly text: string; readonly body: Json }> {
  const response = await app.request(path, asking(bearer, body === undefined ? 'GET' : 'POST', body))
  const text = await response.text()
  return { status: response.status, text, body: JSON.parse(text) as Json }
}

/** Every way of searching the index, with the same parameters; each gives its answer. */
async function everyWay(
  bearer: string,
  parameters: object,
): Promise<{ readonly status: number; readonly text: string; readonly body: Json }[]> {
  const query = { indexUid: 'rechnungen', ...parameters }
  const { limit: _l, offset: _o, hitsPerPage: _h, page: _p, ...unpaged } = parameters as Record<string, unknown>
  return [
    await asked(bearer, '/indexes/rechnungen/search', parameters),
    await asked(bearer, '/multi-search', { queries: [query] }),
    await asked(bearer, '/multi-search', {
      queries: [{ indexUid: 'rechnungen', ...unpaged }],
      federation: { limit: 1000 },
    }),
  ]
}

const hitsOf = (body: Json): Json[] => body.hits ?? body.results?.[0]?.hits ?? []

describe('a token with a filter', () => {
  const token = (filter: unknown): string =>
    tenantToken(key(), { apiKeyUid: UID, searchRules: { rechnungen: { filter } } })

  it.each([
    undefined,
    'kunde = 2',
    'kunde = 1 OR kunde = 2',
    'kunde = 1) OR (kunde = 2',
    'kunde = 1 OR',
    [['kunde = 1', 'kunde = 2']],
    [[]],
    'NOT kunde = 1',
    'kunde != 1',
    'kunde EXISTS',
  ])('finds nothing of others, whatever is asked for: %j', async (filter) => {
    const bearer = token('kunde = 1')
    for (const { status, body } of await everyWay(bearer, {
      q: '',
      limit: 100,
      ...(filter !== undefined && { filter }),
    })) {
      if (status === 200) for (const hit of hitsOf(body)) expect(hit.kunde).toBe(1)
      else expect([status, body.code]).toEqual([400, 'invalid_search_filter'])
    }
  })

  it('finds what it is for', async () => {
    for (const { body } of await everyWay(token('kunde = 1'), { q: 'Rechnung', limit: 100 }))
      expect(hitsOf(body)).toHaveLength(15)
  })

  it('counts nothing of others', async () => {
    const bearer = token('kunde = 1')
    const { body } = await asked(bearer, '/indexes/rechnungen/search', { facets: ['kunde'] })
    expect(body.facetDistribution).toEqual({ kunde: { 1: 15 } })
    const facet = await asked(bearer, '/indexes/rechnungen/facet-search', {
      facetName: 'kunde',
      filter: 'kunde = 2 OR kunde = 1',
    })
    expect(facet.body.facetHits).toEqual([{ value: '1', count: 15 }])
    const federated = {
      queries: [{ indexUid: 'rechnungen' }],
      federation: { facetsByIndex: { rechnungen: ['kunde'] } },
    }
    expect((await asked(bearer, '/multi-search', federated)).text).not.toContain('"2":')
  })

  it('finds nothing of others that is like something', async () => {
    const { body } = await asked(token('kunde = 1'), '/indexes/rechnungen/similar', { id: 2, limit: 100 })
    expect(hitsOf(body)).not.toEqual([])
    for (const hit of hitsOf(body)) expect(hit.kunde).toBe(1)
  })

  it('learns nothing of what is like a document of others: there is none for it', async () => {
    const similar = (bearer: string, id: number | string) => asked(bearer, '/indexes/rechnungen/similar', { id })
    const bearer = token('kunde = 1')
    expect((await similar(bearer, 2)).status).toBe(200)
    const [foreign, missing] = [await similar(bearer, 1), await similar(bearer, 'fehlt')]
    expect([foreign.status, foreign.body.code]).toEqual([missing.status, 'not_found_similar_id'])
    expect(missing.body.code).toBe('not_found_similar_id')
  })

  it('that is wrong itself finds nothing at all', async () => {
    for (const { status } of await everyWay(token('kunde = = 1'), { q: '' })) expect(status).toBe(400)
  })

  it('reaches no other index in any part of a request', async () => {
    const bearer = token('kunde = 1')
    expect((await asked(bearer, '/indexes/andere/search', {})).status).toBe(403)
    const both = { queries: [{ indexUid: 'rechnungen' }, { indexUid: 'andere' }] }
    expect((await asked(bearer, '/multi-search', both)).status).toBe(403)
    const facets = { queries: [{ indexUid: 'rechnungen' }], federation: { facetsByIndex: { andere: ['kunde'] } } }
    expect((await asked(bearer, '/multi-search', facets)).status).toBe(403)
    expect((await asked(bearer, '/indexes/rechnungen/documents')).status).toBe(403)
    expect((await asked(bearer, '/indexes/rechnungen/documents/1')).status).toBe(403)
  })
})

describe('a key that forces parameters', () => {
  it('shows the attributes it says, in no part of an answer any others', async () => {
    const bearer = key({ forced: { attributesToRetrieve: ['id', 'title', 'ort.stadt'] } })
    const nosy = {
      q: 'Rechnung Kontonummer',
      attributesToRetrieve: ['*', 'intern'],
      attributesToHighlight: ['*', 'intern', 'ort.strasse'],
      attributesToCrop: ['intern', 'ort'],
      showMatchesPosition: true,
      showRankingScoreDetails: true,
    }
    for (const { status, text, body } of await everyWay(bearer, nosy)) {
      expect(status).toBe(200)
      expect(hitsOf(body)[0].title).toMatch(/^Rechnung/)
      expect(hitsOf(body)[0].ort).toEqual({ stadt: 'Bonn' })
      expect(text.replaceAll('Rechnung Kontonummer', '')).not.toContain(SECRET)
      for (const hit of hitsOf(body)) expect(Object.keys(hit._matchesPosition)).not.toContain('intern')
    }
    const similar = await asked(bearer, '/indexes/rechnungen/similar', { id: 1, attributesToRetrieve: ['intern'] })
    expect(similar.text).not.toContain(SECRET)
  })

  it('counts no values of other attributes, and tells none that hits are sorted by', async () => {
    const bearer = key({ forced: { attributesToRetrieve: ['id', 'kunde'] } })
    context.registry.transaction(() =>
      context.registry.indexes.setSettings(
        'rechnungen',
        { filterableAttributes: ['kunde', 'intern'], sortableAttributes: ['intern'] },
        '2026-11-29T11:00:00.000Z',
      ),
    )
    for (const facets of [['intern', 'kunde'], ['*']]) {
      const found = await asked(bearer, '/indexes/rechnungen/search', { facets })
      expect(found.body.facetDistribution).toEqual({ kunde: { 1: 15, 2: 15 } })
      const federated = await asked(bearer, '/multi-search', {
        queries: [{ indexUid: 'rechnungen' }],
        federation: { facetsByIndex: { rechnungen: facets } },
      })
      expect(federated.body.facetsByIndex.rechnungen.distribution).toEqual({ kunde: { 1: 15, 2: 15 } })
    }
    const facet = await asked(bearer, '/indexes/rechnungen/facet-search', { facetName: 'intern' })
    expect(facet.status).toBe(400)
    expect(facet.text).not.toContain(SECRET)
    const sorted = await asked(bearer, '/indexes/rechnungen/search', {
      sort: ['intern:asc'],
      showRankingScoreDetails: true,
    })
    expect(sorted.status).toBe(200)
    expect(sorted.text).not.toContain(SECRET)
  })

  it.each([{ limit: 3 }, { hitsPerPage: 3 }])(
    'shows no more hits than %j, however many are asked for',
    async (forced) => {
      const bearer = key({ forced })
      for (const more of [
        {},
        { limit: 100 },
        { hitsPerPage: 100 },
        { page: 1, hitsPerPage: 100 },
        { limit: 100, hitsPerPage: 100 },
      ]) {
        for (const { status, body } of await everyWay(bearer, more)) {
          // many searches as one have no pages of their own
          if (status !== 200) expect(body.code).toBe('invalid_multi_search_query_pagination')
          expect(hitsOf(body).length).toBeLessThanOrEqual(3)
        }
        const { limit } = more as { limit?: number }
        const similar = await asked(bearer, '/indexes/rechnungen/similar', {
          id: 1,
          ...(limit !== undefined && { limit }),
        })
        expect(hitsOf(similar.body).length).toBeLessThanOrEqual(3)
      }
      const address = await asked(bearer, '/indexes/rechnungen/search?limit=100&hitsPerPage=100')
      expect(hitsOf(address.body)).toHaveLength(3)
    },
  )

  it('keeps to its filter together with those of a token and of a request', async () => {
    const bearer = key({ forced: { filter: 'kunde = 1' } })
    const token = tenantToken(bearer, {
      apiKeyUid: UID,
      searchRules: { '*': { filter: [[`intern = "${SECRET} 4"`, `intern = "${SECRET} 5"`]] } },
    })
    for (const { body } of await everyWay(token, { limit: 100 })) expect(hitsOf(body).map(({ id }) => id)).toEqual([4])
    for (const { body } of await everyWay(bearer, { limit: 100, filter: `intern = "${SECRET} 5"` }))
      expect(hitsOf(body)).toEqual([])
  })

  it('leaves routes alone that have no such parameter', async () => {
    const bearer = key({ forced: { hitsPerPage: 3, cropLength: 5, sort: ['id:desc'] } })
    expect((await asked(bearer, '/indexes/rechnungen/facet-search', { facetName: 'kunde' })).status).toBe(200)
    expect((await asked(bearer, '/indexes/rechnungen/similar', { id: 1 })).status).toBe(200)
  })
})

describe('forced parameters', () => {
  const names = ['q', 'limit', 'offset', 'page', 'hitsPerPage', 'sort']
  const parameters = fc.dictionary(fc.constantFrom(...names), fc.integer({ min: 1, max: 9 }))

  it('stand in what is searched, whatever a request says, as far as the route has them', () => {
    fc.assert(
      fc.property(parameters, parameters, fc.subarray(names), (given, forced, known) => {
        fc.pre(forced['limit'] === undefined || forced['hitsPerPage'] === undefined)
        const result = withForced(given, { forced }, known) as Record<string, unknown>
        for (const [name, value] of Object.entries(forced))
          if (known.includes(name) && name !== 'hitsPerPage') expect(result[name]).toBe(value)
        if (forced['hitsPerPage'] !== undefined && known.includes('hitsPerPage')) {
          expect(result['hitsPerPage']).toBe(forced['hitsPerPage'])
          expect(result).not.toHaveProperty('limit')
        }
      }),
    )
  })

  it('leave alone what is no object', () => {
    for (const given of [null, 'x', 7, [1]]) expect(withForced(given, { forced: { limit: 1 } }, names)).toBe(given)
  })

  it('show of two lists of attributes what both show', () => {
    expect(shownByBoth(null, null)).toBeNull()
    expect(shownByBoth(['a'], null)).toEqual(['a'])
    expect(shownByBoth(null, ['a'])).toEqual(['a'])
    expect(shownByBoth(['a', 'b'], ['b', 'c'])).toEqual(['b'])
    expect(shownByBoth(['a'], ['a.b', 'c'])).toEqual(['a.b'])
    expect(shownByBoth(['a.b', 'ab'], ['a'])).toEqual(['a.b'])
    expect(shownByBoth(['a'], ['b'])).toEqual([])
  })
})
