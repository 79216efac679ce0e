import { describe, expect, test } from 'vitest'
import type { IndexSettings } from '../../../src/registry/index-settings.ts'
import { MAIN_INDEX } from '../../../src/registry/index-table.ts'
import type { DocumentSearch } from '../../../src/search/document-search.ts'
import { apiRoutes } from '../../../src/server/meilisearch/routes.ts'
import { apiContext, asking, MASTER_KEY } from '../../support/api-context.ts'
import { documentSearch } from '../../support/document-search.ts'
import { JSON_DOCUMENTS, VALUED } from '../../support/german-documents.ts'

const NOW = '2026-11-29T12:00:00.000Z'

type Body = Record<string, unknown> & { readonly hits: Record<string, unknown>[] }

/** Meilisearch's routes over real documents; reading is open. */
async function served(settings: Partial<IndexSettings> | null = {}, uid = 'nachrichten') {
  const searches = new Map<string, DocumentSearch>([
    [uid, await documentSearch(JSON_DOCUMENTS, { valued: VALUED })],
    ['leer', await documentSearch([])],
    ['buecher', await documentSearch(['{"id":1,"titel":"Haus aus Büchern","jahr":2020}'], { valued: ['jahr'] })],
  ])
  const context = apiContext({ masterKey: null, searchIn: ({ uid: one }) => searches.get(one) as DocumentSearch })
  const { indexes } = context.registry
  for (const one of searches.keys()) indexes.create(one, 'id', NOW)
  if (settings !== null)
    indexes.setSettings(uid, { filterableAttributes: VALUED, sortableAttributes: ['jahr'], ...settings }, NOW)
  indexes.setSettings('buecher', { filterableAttributes: ['jahr'] }, NOW)
  const app = apiRoutes(context)
  const ask = async (path: string, body?: unknown): Promise<Body & { readonly status: number }> => {
    const response = await app.request(path, asking(null, body === undefined ? 'GET' : 'POST', body))
    return { status: response.status, ...((await response.json()) as Body) }
  }
  const search = (body: unknown) => ask(`/indexes/${uid}/search`, body)
  return { app, ask, search }
}

const ids = ({ hits }: Body): unknown[] => hits.map(({ id }) => id)

describe('POST /indexes/:uid/search', () => {
  test('answers as Meilisearch does', async () => {
    const { search } = await served()
    expect(await search({ q: 'Donau', limit: 1, attributesToRetrieve: ['id'] })).toEqual({
      status: 200,
      hits: [{ id: expect.any(Number) }],
      query: 'Donau',
      processingTimeMs: expect.any(Number),
      limit: 1,
      offset: 0,
      estimatedTotalHits: 2,
    })
  })

  test('pages, where they are asked for', async () => {
    const { search } = await served()
    const { hits, ...counts } = await search({ hitsPerPage: 3, page: 2 })
    expect(hits).toHaveLength(1)
    expect(counts).toMatchObject({ hitsPerPage: 3, page: 2, totalPages: 2, totalHits: 4 })
    expect(counts).not.toHaveProperty('limit')
    expect(await search({ hitsPerPage: 0 })).toMatchObject({ hits: [], page: 1, totalPages: 0, totalHits: 4 })
    expect(await search({ page: 0 })).toMatchObject({ hits: [], page: 0, hitsPerPage: 20, totalPages: 1 })
    expect(await search({ page: 1, limit: 1, offset: 1 })).toMatchObject({ totalHits: 4, hitsPerPage: 20 })
  })

  test('no more than the index lets be paged through', async () => {
    const { search } = await served({ pagination: { maxTotalHits: 2 } })
    expect(ids(await search({ limit: 10 }))).toEqual([1, 2])
    expect(await search({ offset: 1 })).toMatchObject({ hits: [{ id: 2 }], estimatedTotalHits: 2 })
    expect(await search({ offset: 2 })).toMatchObject({ hits: [], offset: 2, estimatedTotalHits: 2 })
    expect(await search({ hitsPerPage: 1 })).toMatchObject({ totalHits: 2, totalPages: 2 })
  })

  test('filters as text and as lists', async () => {
    const { search } = await served()
    const given = ['jahr >= 2023', ['ort.land = Bayern', 'ort.land = Hessen']]
    expect(ids(await search({ filter: given }))).toEqual([1, 3])
    expect(ids(await search({ filter: 'jahr = 2024 AND ort.land = Bayern' }))).toEqual([1])
    expect(ids(await search({ filter: '' }))).toHaveLength(4)
    expect(ids(await search({ filter: [] }))).toHaveLength(4)
    expect(ids(await search({ filter: null }))).toHaveLength(4)
  })

  test('facets with what is least and greatest', async () => {
    const { search } = await served()
    const { facetDistribution, facetStats } = await search({ facets: ['jahr', 'schlagworte'], limit: 0 })
    expect(facetDistribution).toMatchObject({ jahr: { 2022: 1, 2023: 1, 2024: 2 }, schlagworte: { Wetter: 2 } })
    expect(facetStats).toEqual({ jahr: { min: 2022, max: 2024 } })
    expect(await search({ q: 'x' })).not.toHaveProperty('facetDistribution')
    expect(Object.keys((await search({ facets: ['*'] }))['facetDistribution'] as object)).toContain('jahr')
  })

  test('sorting, distinct values, scores and details', async () => {
    const { search } = await served()
    expect(ids(await search({ sort: ['jahr:asc'] }))).toEqual([4, 2, 1, 3])
    expect(ids(await search({ distinct: 'jahr' }))).toEqual([1, 2, 4])
    const [hit] = (await search({ q: 'Haus', showRankingScore: true, retrieveVectors: true })).hits
    expect(hit).toMatchObject({ _rankingScore: expect.any(Number), _vectors: {} })
    expect(await search({ showPerformanceDetails: true })).toHaveProperty('performanceDetails')
  })

  test('marks, crops and positions', async () => {
    const { search } = await served()
    const [hit] = (
      await search({
        ...{ q: 'Häuser', filter: 'id = 2', attributesToHighlight: ['*'], attributesToCrop: ['inhalt:3'] },
        ...{ cropMarker: '~', highlightPreTag: '[', highlightPostTag: ']', showMatchesPosition: true },
      })
    ).hits
    expect(hit).toMatchObject({
      _formatted: { id: '2', titel: 'Das [Haus] am See', inhalt: '~altes [Haus] steht~' },
      _matchesPosition: { titel: [{ start: 4, length: 4 }] },
    })
  })

  test('only attributes that may be shown', async () => {
    const { search } = await served({ displayedAttributes: ['titel'] })
    expect((await search({ q: 'Passau', attributesToRetrieve: ['*'] })).hits).toEqual([
      { titel: 'Hochwasser in Passau' },
    ])
  })
})

test('a search is named where the request asks for it', async () => {
  const { app } = await served()
  const headers = { 'content-type': 'application/json', 'Meili-Include-Metadata': 'true' }
  const asked = async (path: string, body: object): Promise<Body> =>
    (await (await app.request(path, { method: 'POST', headers, body: JSON.stringify(body) })).json()) as Body
  const metadata = {
    queryUid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
    indexUid: 'nachrichten',
    primaryKey: 'id',
  }
  expect(await asked('/indexes/nachrichten/search', {})).toMatchObject({ metadata })
  const { results } = await asked('/multi-search', { queries: [{ indexUid: 'nachrichten' }] })
  expect(results).toMatchObject([{ metadata }])
  const plain = await app.request('/indexes/nachrichten/search')
  expect(await plain.json()).not.toHaveProperty('metadata')
})

describe('what is wrong is told in Meilisearch’s words', () => {
  test.each<[Record<string, unknown>, string, string]>([
    [{ q: 1 }, 'invalid_search_q', 'Invalid value type at `.q`: expected a string, but found a positive integer: `1`'],
    [
      { limit: 'x' },
      'invalid_search_limit',
      'Invalid value type at `.limit`: expected a positive integer, but found a string: `"x"`',
    ],
    [
      { limit: -1 },
      'invalid_search_limit',
      'Invalid value type at `.limit`: expected a positive integer, but found a negative integer: `-1`',
    ],
    [{ hitsPerPage: true }, 'invalid_search_hits_per_page', 'Invalid value type at `.hitsPerPage`'],
    [
      { attributesToCrop: 'a' },
      'invalid_search_attributes_to_crop',
      'Invalid value type at `.attributesToCrop`: expected an array, but found a string: `"a"`',
    ],
    [
      { matchingStrategy: 'x' },
      'invalid_search_matching_strategy',
      'Unknown value `x` at `.matchingStrategy`: expected one of `last`, `all`, `frequency`',
    ],
    [
      { rankingScoreThreshold: 2 },
      'invalid_search_ranking_score_threshold',
      'Invalid value at `.rankingScoreThreshold`: the value of `rankingScoreThreshold` is invalid, expected a float between `0.0` and `1.0`.',
    ],
    [{ locales: ['xx'] }, 'invalid_search_locales', 'Unknown value `xx` at `.locales[0]`'],
    [{ unbekannt: 1 }, 'bad_request', 'Unknown field `unbekannt`: expected one of `q`'],
    [
      { filter: 'preis.netto = 1 AND autor = x' },
      'invalid_search_filter',
      'Index `nachrichten`: Attribute `autor` is not filterable. Available filterable attribute patterns are: `id`, `jahr`',
    ],
    [{ filter: 'jahr >' }, 'invalid_search_filter', 'the end'],
    [
      { filter: 7 },
      'invalid_search_filter',
      'Invalid syntax for the filter parameter: `expected String, Array, found: 7`.',
    ],
    [{ filter: [['jahr = 1', ['b']]] }, 'invalid_search_filter', 'expected String'],
    [
      { sort: ['titel:asc'] },
      'invalid_search_sort',
      'Index `nachrichten`: Attribute `titel` is not sortable. Available sortable attributes are: `jahr`.',
    ],
    [
      { sort: ['jahr'] },
      'invalid_search_sort',
      'Invalid syntax for the sort parameter: expected expression ending by `:asc` or `:desc`, found `jahr`.',
    ],
    [
      { facets: ['autor'] },
      'invalid_search_facets',
      'Invalid facet distribution: Attribute `autor` is not filterable.',
    ],
    [
      { distinct: 'autor' },
      'invalid_search_distinct',
      'Attribute `autor` is not filterable and thus, cannot be used as distinct attribute.',
    ],
    [{ vector: [1] }, 'unsupported_feature', 'vector'],
    [{ hybrid: { embedder: 'x' } }, 'unsupported_feature', 'hybrid'],
    [{ media: {} }, 'unsupported_feature', 'media'],
    [{ filter: '_geoRadius(1, 2, 3)' }, 'unsupported_feature', '_geoRadius'],
    [{ sort: ['_geoPoint(1, 2):asc'] }, 'unsupported_feature', '_geoPoint'],
  ])('%j', async (body, code, message) => {
    const { search } = await served()
    const answer = await search(body)
    expect(answer).toMatchObject({ status: 400, code })
    expect(answer['message']).toContain(message)
  })

  test('an index without filterable attributes says so', async () => {
    const { ask } = await served()
    const answer = await ask('/indexes/leer/search', { filter: 'a = 1' })
    expect(answer['message']).toBe(
      'Index `leer`: Attribute `a` is not filterable. This index does not have configured filterable attributes.\n1:2 a = 1',
    )
  })

  test('for lists of documents as well, without the name of the index', async () => {
    const { ask } = await served()
    expect(await ask('/indexes/leer/documents/fetch', { filter: 'a = 1' })).toMatchObject({
      code: 'invalid_document_filter',
      message: 'Attribute `a` is not filterable. This index does not have configured filterable attributes.\n1:2 a = 1',
    })
  })

  test('lists of documents need no filter', async () => {
    const { ask } = await served()
    const { status, results } = (await ask('/indexes/nachrichten/documents/fetch', { limit: 2 })) as unknown as {
      status: number
      results: unknown[]
    }
    expect([status, results.length]).toEqual([200, 2])
  })

  test('attributes that are not searched', async () => {
    const { search } = await served({ searchableAttributes: ['titel', 'ort'] })
    expect(await search({ q: 'Haus', attributesToSearchOn: ['inhalt'] })).toMatchObject({
      code: 'invalid_search_attributes_to_search_on',
      message: 'Attribute `inhalt` is not searchable. Available searchable attributes are: `ort, titel`.',
    })
    expect(ids(await search({ q: 'Haus', attributesToSearchOn: ['titel'] }))).toEqual([2])
  })

  test('patterns allow what they say', async () => {
    const allowed = { attributePatterns: ['jahr*'], features: { filter: { equality: false, comparison: true } } }
    const { search } = await served({ filterableAttributes: [allowed] })
    expect(ids(await search({ filter: 'jahr > 2023' }))).toEqual([1, 3])
    expect(await search({ filter: 'jahr = 2023' })).toMatchObject({ code: 'invalid_search_filter' })
  })

  test('no index, no JSON', async () => {
    const { ask, app } = await served()
    expect(await ask('/indexes/fehlt/search', {})).toMatchObject({ status: 404, code: 'index_not_found' })
    const broken = await app.request('/indexes/leer/search', {
      ...{ method: 'POST', body: '{', headers: { 'content-type': 'application/json' } },
    })
    expect(await broken.json()).toMatchObject({ code: 'malformed_payload' })
  })
})

describe('GET /indexes/:uid/search', () => {
  test('reads an address as the body', async () => {
    const { ask } = await served()
    const query = new URLSearchParams({
      ...{ q: 'Haus', limit: '1', attributesToRetrieve: 'id,titel', attributesToHighlight: '*' },
      ...{
        filter: 'jahr = 2023',
        sort: 'jahr:desc',
        facets: 'jahr',
        showRankingScore: 'true',
        rankingScoreThreshold: '0.1',
      },
    })
    expect(await ask(`/indexes/nachrichten/search?${query}`)).toMatchObject({
      hits: [{ id: 2, titel: 'Das Haus am See', _formatted: { titel: 'Das <em>Haus</em> am See' } }],
      limit: 1,
      facetDistribution: { jahr: { 2023: 1 } },
    })
    const list = encodeURIComponent('["jahr = 2024", ["ort.land = Hessen"]]')
    expect(ids(await ask(`/indexes/nachrichten/search?filter=${list}`))).toEqual([3])
  })

  test.each([
    [
      'limit=x',
      'invalid_search_limit',
      'Invalid value in parameter `limit`: could not parse `x` as a positive integer',
    ],
    ['showRankingScore=ja', 'invalid_search_show_ranking_score', 'could not parse `ja` as a boolean'],
    ['rankingScoreThreshold=3', 'invalid_search_ranking_score_threshold', 'expected a float between'],
    ['unbekannt=1', 'bad_request', 'Unknown parameter `unbekannt`: expected one of `q`'],
  ])('%s', async (query, code, message) => {
    const { ask } = await served()
    const answer = await ask(`/indexes/leer/search?${query}`)
    expect(answer).toMatchObject({ status: 400, code })
    expect(answer['message']).toContain(message)
  })
})

describe('POST /indexes/:uid/facet-search', () => {
  test('gives values that begin so, in the order that is set', async () => {
    const { ask } = await served()
    const facets = (body: object) => ask('/indexes/nachrichten/facet-search', body)
    expect(await facets({ facetName: 'schlagworte', facetQuery: 'w' })).toMatchObject({
      facetHits: [
        { value: 'Wetter', count: 2 },
        { value: 'Wohnen', count: 1 },
      ],
      facetQuery: 'w',
    })
    expect(await facets({ facetName: 'schlagworte', facetQuery: 'uber' })).toMatchObject({
      facetHits: [{ value: 'Überschwemmung', count: 1 }],
    })
    expect(await facets({ facetName: 'schlagworte', q: 'Donau', filter: 'jahr = 2022' })).toMatchObject({
      facetHits: [{ value: 'Feuerwehr' }, { value: 'Wetter', count: 1 }],
      facetQuery: null,
    })
    const byCount = await served({ faceting: { maxValuesPerFacet: 1, sortFacetValuesBy: { '*': 'count' } } })
    expect(await byCount.ask('/indexes/nachrichten/facet-search', { facetName: 'schlagworte' })).toMatchObject({
      facetHits: [{ value: 'Wetter', count: 2 }],
    })
    // whole numbers stand first in an object, by their size
    const year = await byCount.ask('/indexes/nachrichten/facet-search', { facetName: 'jahr' })
    expect(year).toMatchObject({ facetHits: [{ value: '2024', count: 2 }] })
    expect(await byCount.search({ facets: ['jahr'], limit: 0 })).toMatchObject({
      facetDistribution: { jahr: { 2024: 2 } },
    })
  })

  test('tells what is wrong', async () => {
    const { ask } = await served()
    const facets = (body: object) => ask('/indexes/nachrichten/facet-search', body)
    expect(await facets({})).toMatchObject({ code: 'missing_facet_search_facet_name' })
    expect(await facets({ facetName: 1 })).toMatchObject({ code: 'invalid_facet_search_facet_name' })
    expect(await facets({ facetName: 'jahr', facetQuery: 1 })).toMatchObject({
      code: 'invalid_facet_search_facet_query',
    })
    expect(await facets({ facetName: 'inhalt' })).toMatchObject({ code: 'invalid_facet_search_facet_name' })
    const off = await served({ facetSearch: false })
    expect(await off.ask('/indexes/nachrichten/facet-search', { facetName: 'jahr' })).toMatchObject({
      code: 'facet_search_disabled',
    })
  })
})

describe('/indexes/:uid/similar', () => {
  test('gives what is most like a document', async () => {
    const { ask } = await served()
    const answer = await ask('/indexes/nachrichten/similar', { id: 1, embedder: 'default', limit: 2 })
    expect(ids(answer)).toContain(4)
    expect(answer).toMatchObject({ id: '1', limit: 2, offset: 0 })
    expect(answer).not.toHaveProperty('query')
    expect(ids(await ask('/indexes/nachrichten/similar?id=1&attributesToRetrieve=id'))).toContain(4)
  })

  test('tells what is wrong', async () => {
    const { ask } = await served()
    expect(await ask('/indexes/nachrichten/similar', {})).toMatchObject({ code: 'missing_similar_id' })
    expect(await ask('/indexes/nachrichten/similar', { id: 9 })).toMatchObject({
      code: 'not_found_similar_id',
      status: 404,
    })
    expect(await ask('/indexes/nachrichten/similar', { id: 1, limit: -1 })).toMatchObject({
      code: 'invalid_similar_limit',
    })
    expect(await ask('/indexes/nachrichten/similar', { id: 1, filter: 'x = 1' })).toMatchObject({
      code: 'invalid_similar_filter',
    })
  })
})

describe('POST /multi-search', () => {
  test('answers each query by itself', async () => {
    const { ask } = await served()
    const queries = [{ indexUid: 'nachrichten', q: 'Haus', limit: 1 }, { indexUid: 'leer' }]
    const { results } = await ask('/multi-search', { queries })
    expect(results).toMatchObject([
      { indexUid: 'nachrichten', hits: [{ id: 2 }], limit: 1, query: 'Haus' },
      { indexUid: 'leer', hits: [], estimatedTotalHits: 0 },
    ])
    expect(await ask('/multi-search', { queries: [] })).toMatchObject({ results: [] })
  })

  test('bodies in the server’s own shape are for the route behind', async () => {
    const { app } = await served()
    app.post('/multi-search', (c) => c.text('die andere'))
    for (const body of [{ queries: [{ q: 'Haus' }] }, [{ q: 'Haus' }]]) {
      const response = await app.request('/multi-search', asking(null, 'POST', body))
      expect(await response.text()).toBe('die andere')
    }
  })

  test.each<[object, string, string]>([
    [
      { queries: [{ indexUid: 'leer' }, { q: 'x' }] },
      'missing_index_uid',
      'Missing field `indexUid` inside `.queries[1]`',
    ],
    [{ queries: [{ indexUid: 'leer', q: 1 }] }, 'invalid_search_q', 'Invalid value type at `.queries[0].q`'],
    [{ queries: [{ indexUid: 'leer', x: 1 }] }, 'bad_request', 'Unknown field `x` inside `.queries[0]`'],
    [
      { queries: [{ indexUid: 'leer' }, { indexUid: 'fehlt' }] },
      'index_not_found',
      'Inside `.queries[1]`: Index `fehlt` not found.',
    ],
    [
      { queries: [{ indexUid: 'leer', federationOptions: {} }] },
      'invalid_multi_search_federation_options',
      'not allowed in a non-federated search',
    ],
    [
      { federation: {}, queries: [{ indexUid: 'leer', limit: 1 }] },
      'invalid_multi_search_query_pagination',
      'remove `limit` from query #0',
    ],
    [
      { federation: {}, queries: [{ indexUid: 'leer', facets: ['a'] }] },
      'invalid_multi_search_query_facets',
      'federation.facetsByIndex.leer: ["a"]',
    ],
    [
      { federation: {}, queries: [{ indexUid: 'leer', federationOptions: { weight: -1 } }] },
      'invalid_multi_search_weight',
      'expected a positive float',
    ],
    [
      { federation: {}, queries: [{ indexUid: 'leer', federationOptions: { remote: 'x' } }] },
      'unsupported_feature',
      'remote',
    ],
    [
      { federation: { facetsByIndex: { leer: ['a'] } }, queries: [{ indexUid: 'leer' }] },
      'invalid_multi_search_facets',
      'is not filterable',
    ],
    [{ federation: { limit: 'x' }, queries: [] }, 'invalid_search_limit', '.federation.limit'],
  ])('%j', async (body, code, message) => {
    const { ask } = await served()
    const answer = await ask('/multi-search', body)
    expect(answer).toMatchObject({ code })
    expect(answer['message']).toContain(message)
  })
})

describe('several searches in one list', () => {
  const QUERIES = [
    { indexUid: 'nachrichten', q: 'Haus' },
    { indexUid: 'buecher', q: 'Haus', attributesToRetrieve: ['id'] },
  ]

  test('the better hits come first, by score and weight; each says where it is from', async () => {
    const { ask } = await served()
    const { hits, ...counts } = await ask('/multi-search', { federation: {}, queries: QUERIES })
    expect(counts).toMatchObject({ limit: 20, offset: 0, estimatedTotalHits: 4 })
    const weights = hits.map(
      ({ _federation }) => (_federation as { weightedRankingScore: number }).weightedRankingScore,
    )
    expect(weights).toEqual([...weights].sort((a, b) => b - a))
    const [first, second] = QUERIES as [object, object]
    const weighted = [{ ...first, federationOptions: { weight: 0.01 } }, second]
    const other = await ask('/multi-search', { federation: { limit: 1 }, queries: weighted })
    expect(other.hits).toEqual([
      { id: 1, _federation: { indexUid: 'buecher', queriesPosition: 1, weightedRankingScore: expect.any(Number) } },
    ])
  })

  test('a document that two queries find is there once', async () => {
    const { ask } = await served()
    const queries = [
      { indexUid: 'nachrichten', q: 'Haus' },
      { indexUid: 'nachrichten', q: 'Ufer' },
    ]
    const answer = await ask('/multi-search', { federation: {}, queries })
    expect(ids(answer).sort()).toEqual([1, 2, 3, 4])
    expect(answer).toMatchObject({ estimatedTotalHits: 4 })
  })

  test('pages, orders and facets', async () => {
    const { ask } = await served()
    const facetsByIndex = { nachrichten: ['jahr'], buecher: ['jahr'] }
    const queries = [{ indexUid: 'nachrichten', sort: ['jahr:asc'] }, { indexUid: 'buecher' }]
    const paged = await ask('/multi-search', { federation: { facetsByIndex, hitsPerPage: 2, page: 3 }, queries })
    expect(paged.hits).toHaveLength(1)
    expect(paged).toMatchObject({
      totalHits: 5,
      totalPages: 3,
      facetsByIndex: {
        nachrichten: {
          distribution: { jahr: { 2022: 1, 2023: 1, 2024: 2 } },
          stats: { jahr: { min: 2022, max: 2024 } },
        },
        buecher: { distribution: { jahr: { 2020: 1 } }, stats: { jahr: { min: 2020, max: 2020 } } },
      },
    })
    const merged = await ask('/multi-search', { federation: { facetsByIndex, mergeFacets: {} }, queries })
    expect(merged).toMatchObject({
      facetDistribution: { jahr: { 2020: 1, 2022: 1, 2023: 1, 2024: 2 } },
      facetStats: { jahr: { min: 2020, max: 2024 } },
    })
    expect(merged).not.toHaveProperty('facetsByIndex')
  })

  test('what several queries of one index find is counted once', async () => {
    const { ask } = await served()
    const queries = [
      { indexUid: 'nachrichten', q: 'Haus' },
      { indexUid: 'nachrichten', q: 'Ufer' },
    ]
    const { facetsByIndex } = await ask('/multi-search', {
      federation: { facetsByIndex: { nachrichten: ['jahr'] } },
      queries,
    })
    expect(facetsByIndex).toMatchObject({ nachrichten: { distribution: { jahr: { 2022: 1, 2023: 1, 2024: 2 } } } })
  })

  test('sorted alike they stand in that order', async () => {
    const { ask } = await served()
    const queries = [
      { indexUid: 'nachrichten', filter: 'jahr != 2024', sort: ['jahr:desc'] },
      { indexUid: 'nachrichten', filter: 'jahr = 2024', sort: ['jahr:desc'] },
    ]
    expect(ids(await ask('/multi-search', { federation: {}, queries }))).toEqual([1, 3, 2, 4])
  })
})

describe('the index of articles', () => {
  test('can be filtered and sorted by every field unless somebody has said otherwise', async () => {
    const free = await served(null, MAIN_INDEX)
    expect(ids(await free.search({ filter: 'jahr = 2024', sort: ['jahr:desc'], facets: ['jahr'] }))).toEqual([1, 3])
    expect((await free.search({ filter: 'autor = x' })).status).toBe(200)
    const set = await served({ filterableAttributes: ['jahr'] }, MAIN_INDEX)
    expect(await set.search({ filter: 'autor = x' })).toMatchObject({ code: 'invalid_search_filter' })
  })
})

describe('what a key says of its searches', () => {
  test('holds whatever the request says, for each query of a list, too', async () => {
    const documents = await documentSearch(JSON_DOCUMENTS, { valued: VALUED })
    const context = apiContext({ searchIn: () => documents })
    context.registry.indexes.create('nachrichten', 'id', NOW)
    context.registry.indexes.setSettings('nachrichten', { filterableAttributes: VALUED }, NOW)
    const app = apiRoutes(context)
    const forced = { filter: 'jahr = 2024', attributesToRetrieve: ['id'] }
    const body = { actions: ['search'], indexes: ['nachrichten'], expiresAt: null, searchParameters: forced }
    const { key } = (await (await app.request('/keys', asking(MASTER_KEY, 'POST', body))).json()) as { key: string }
    const ask = async (path: string, asked: object): Promise<Body> =>
      (await (await app.request(path, asking(key, 'POST', asked))).json()) as Body
    const wanted = { filter: 'ort.land = Bayern' }
    const mine = { hits: [{ id: 1 }] }
    expect(await ask('/indexes/nachrichten/search', wanted)).toMatchObject(mine)
    const marked = { ...wanted, attributesToHighlight: ['*'], showMatchesPosition: true, q: 'Passau' }
    expect((await ask('/indexes/nachrichten/search', marked)).hits).toEqual([
      { id: 1, _formatted: { id: '1' }, _matchesPosition: {} },
    ])
    const listed = await ask('/multi-search', { queries: [{ indexUid: 'nachrichten', ...wanted }] })
    expect(listed['results']).toMatchObject([mine])
    const federated = await ask('/multi-search', { federation: {}, queries: [{ indexUid: 'nachrichten', ...wanted }] })
    expect(ids(federated)).toEqual([1])
    const hidden = await ask('/indexes/nachrichten/facet-search', { facetName: 'ort.land' })
    expect(hidden).toMatchObject({ code: 'invalid_facet_search_facet_name' })
    expect(ids(await ask('/indexes/nachrichten/similar', { id: 1 }))).not.toContain(4)
    expect(await ask('/indexes/andere/search', {})).toMatchObject({ code: 'invalid_api_key' })
    const counted = { federation: { facetsByIndex: { andere: ['geheim'] } }, queries: [{ indexUid: 'nachrichten' }] }
    expect(await ask('/multi-search', counted)).toMatchObject({ code: 'invalid_api_key' })
    const other = { queries: [{ indexUid: 'nachrichten' }, { indexUid: 'andere' }] }
    expect(await ask('/multi-search', other)).toMatchObject({ code: 'invalid_api_key' })
    const showing = { ...body, searchParameters: { ...forced, attributesToRetrieve: ['ort.land'] } }
    const second = (await (await app.request('/keys', asking(MASTER_KEY, 'POST', showing))).json()) as { key: string }
    const init = asking(second.key, 'POST', { facetName: 'ort.land' })
    const facets = (await (await app.request('/indexes/nachrichten/facet-search', init)).json()) as Body
    expect(facets['facetHits']).toEqual([
      { value: 'Bayern', count: 1 },
      { value: 'Hessen', count: 1 },
    ])
  })
})
