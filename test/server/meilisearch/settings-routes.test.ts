import { beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../../src/registry/index-settings.ts'
import { withChange } from '../../../src/registry/settings-change.ts'
import { settingsRoutes } from '../../../src/server/meilisearch/settings-routes.ts'
import { apiContext, asking, MASTER_KEY } from '../../support/api-context.ts'

let context: ReturnType<typeof apiContext>
let app: ReturnType<typeof settingsRoutes>

beforeEach(() => {
  context = apiContext()
  app = settingsRoutes(context)
  context.registry.transaction(() => context.registry.indexes.create('filme', 'id', '2026-11-29T11:00:00.000Z'))
})

async function asked(path: string, method = 'GET', body?: unknown): Promise<{ status: number; body: unknown }> {
  const response = await app.request(`/indexes/filme/settings${path}`, asking(MASTER_KEY, method, body))
  return { status: response.status, body: await response.json() }
}

/** Sends a change, and carries out its task. */
async function change(path: string, method: string, body?: unknown): Promise<void> {
  const { status, body: told } = await asked(path, method, body)
  expect(status).toBe(202)
  const { registry } = context
  const task = registry.tasks.get((told as { taskUid: number }).taskUid)
  if (task?.work.type !== 'settingsUpdate') throw new Error('no task')
  const index = registry.indexes.get('filme')
  if (index === undefined) throw new Error('no index')
  registry.indexes.setSettings('filme', withChange(index.set, task.work.change), '2026-11-29T12:00:00.000Z')
}

/** Each setting by the end of its path, with values that may be set, and what they are read as where that is another. */
const GOOD: readonly [path: string, method: string, value: unknown, read?: unknown][] = [
  ['displayed-attributes', 'PUT', ['title']],
  ['displayed-attributes', 'PUT', ['title', '*'], ['*']],
  ['searchable-attributes', 'PUT', ['title', 'overview']],
  ['filterable-attributes', 'PUT', ['genre', 'genre'], ['genre']],
  [
    'filterable-attributes',
    'PUT',
    [
      'author',
      { attributePatterns: ['genre'], features: { facetSearch: true, filter: { equality: true, comparison: false } } },
    ],
  ],
  [
    'filterable-attributes',
    'PUT',
    [{ attributePatterns: ['price_*'] }],
    [
      {
        attributePatterns: ['price_*'],
        features: { facetSearch: false, filter: { equality: true, comparison: false } },
      },
    ],
  ],
  ['sortable-attributes', 'PUT', ['year', 'title', 'year'], ['title', 'year']],
  ['ranking-rules', 'PUT', ['title:asc', 'typo', 'description:desc']],
  ['stop-words', 'PUT', ['und', 'der', 'der'], ['der', 'und']],
  ['separator-tokens', 'PUT', ['&sep', '/', '|']],
  ['non-separator-tokens', 'PUT', ['&sep', '/', '|']],
  ['dictionary', 'PUT', ['J. K.', 'J. R. R.']],
  ['synonyms', 'PUT', { hp: ['harry potter'], constructor: ['Erbauer'] }],
  ['distinct-attribute', 'PUT', 'title'],
  ['proximity-precision', 'PUT', 'byAttribute'],
  ['search-cutoff-ms', 'PUT', 100],
  ['localized-attributes', 'PUT', [{ attributePatterns: ['title'], locales: ['deu', 'en'] }]],
  ['facet-search', 'PUT', false],
  ['prefix-search', 'PUT', 'disabled'],
  ['pagination', 'PATCH', { maxTotalHits: 100 }],
  ['faceting', 'PATCH', { maxValuesPerFacet: 12 }, { maxValuesPerFacet: 12, sortFacetValuesBy: { '*': 'alpha' } }],
  [
    'faceting',
    'PATCH',
    { sortFacetValuesBy: { genre: 'count' } },
    { maxValuesPerFacet: 100, sortFacetValuesBy: { '*': 'alpha', genre: 'count' } },
  ],
  [
    'typo-tolerance',
    'PATCH',
    {
      enabled: false,
      minWordSizeForTypos: { oneTypo: 1, twoTypos: 2 },
      disableOnWords: ['title'],
      disableOnAttributes: ['hello'],
      disableOnNumbers: true,
    },
  ],
  ['embedders', 'PATCH', {}],
]

describe('one setting', () => {
  it.each(GOOD)('%s by %s can be set to %j', async (path, method, value, read = value) => {
    const before = (await asked(`/${path}`)).body
    await change(`/${path}`, method, value)
    expect(await asked(`/${path}`)).toEqual({ status: 200, body: read })
    await change(`/${path}`, 'DELETE')
    expect((await asked(`/${path}`)).body).toEqual(before)
    await change(`/${path}`, method, value)
    await change(`/${path}`, method, null)
    expect((await asked(`/${path}`)).body).toEqual(before)
  })

  it('has a route each', () => {
    const paths = new Set(GOOD.map(([path]) => path))
    const names = [...paths].map((path) => path.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()))
    expect(new Set([...names, 'foreignKeys'])).toEqual(new Set([...Object.keys(DEFAULT_SETTINGS), 'embedders']))
  })

  it('that is an object is changed part by part', async () => {
    await change('/typo-tolerance', 'PATCH', { disableOnWords: ['Kiew'], minWordSizeForTypos: { twoTypos: 12 } })
    await change('/typo-tolerance', 'PATCH', { enabled: false, minWordSizeForTypos: { oneTypo: 4 } })
    const { body } = await asked('/typo-tolerance')
    expect(body).toEqual({
      enabled: false,
      minWordSizeForTypos: { oneTypo: 4, twoTypos: 12 },
      disableOnWords: ['Kiew'],
      disableOnAttributes: [],
      disableOnNumbers: false,
    })
    await change('/typo-tolerance', 'PATCH', { enabled: null, minWordSizeForTypos: { twoTypos: null } })
    expect((await asked('/typo-tolerance')).body).toEqual({
      ...(body as object),
      enabled: true,
      minWordSizeForTypos: { oneTypo: 4, twoTypos: 9 },
    })
  })
})

describe('all settings', () => {
  it('are the defaults where nothing was set, as Meilisearch shows them', async () => {
    const { foreignKeys: _, ...shown } = DEFAULT_SETTINGS
    expect(await asked('')).toEqual({ status: 200, body: { ...shown, embedders: {} } })
  })

  it('are changed where they are named, and nowhere else', async () => {
    await change('/stop-words', 'PUT', ['und'])
    await change('', 'PATCH', {
      rankingRules: ['words'],
      stopWords: null,
      synonyms: { a: ['b'] },
      faceting: { maxValuesPerFacet: 5 },
    })
    const { body } = await asked('')
    expect(body).toMatchObject({
      rankingRules: ['words'],
      stopWords: [],
      synonyms: { a: ['b'] },
      faceting: { maxValuesPerFacet: 5, sortFacetValuesBy: { '*': 'alpha' } },
      pagination: { maxTotalHits: 1000 },
    })
    await change('', 'DELETE')
    const { foreignKeys: _, ...shown } = DEFAULT_SETTINGS
    expect((await asked('')).body).toEqual({ ...shown, embedders: {} })
  })

  it('are a task, whose details say what changes', async () => {
    const { body } = await asked('', 'PATCH', { displayedAttributes: null, stopWords: null, searchCutoffMs: 5 })
    expect(body).toEqual({
      taskUid: 0,
      indexUid: 'filme',
      status: 'enqueued',
      type: 'settingsUpdate',
      enqueuedAt: '2026-11-29T12:00:00.000Z',
    })
    const task = context.registry.tasks.get(0)
    expect(task?.details).toEqual({ displayedAttributes: ['*'], stopWords: null, searchCutoffMs: 5 })
    expect(task?.work).toEqual({
      type: 'settingsUpdate',
      change: { displayedAttributes: null, stopWords: null, searchCutoffMs: 5 },
      isDeletion: false,
    })
    await asked('/stop-words', 'DELETE')
    expect(context.registry.tasks.get(1)?.work).toMatchObject({ change: { stopWords: null }, isDeletion: true })
  })
})

/** What is refused: where, what, with which code and which words. */
const BAD: readonly [path: string, method: string, value: unknown, code: string, message: string][] = [
  [
    '',
    'PATCH',
    { displayedAttributes: 'doggo' },
    'invalid_settings_displayed_attributes',
    'Invalid value type at `.displayedAttributes`: expected an array, but found a string: `"doggo"`',
  ],
  [
    '/stop-words',
    'PUT',
    'doggo',
    'invalid_settings_stop_words',
    'Invalid value type: expected an array, but found a string: `"doggo"`',
  ],
  [
    '/stop-words',
    'PUT',
    ['und', 7],
    'invalid_settings_stop_words',
    'Invalid value type at `[1]`: expected a string, but found a positive integer: `7`',
  ],
  [
    '/distinct-attribute',
    'PUT',
    ['doggo'],
    'invalid_settings_distinct_attribute',
    'Invalid value type: expected a string, but found an array: `["doggo"]`',
  ],
  [
    '',
    'PATCH',
    { typoTolerance: { minWordSizeForTypos: 'doggo' } },
    'invalid_settings_typo_tolerance',
    'Invalid value type at `.typoTolerance.minWordSizeForTypos`: expected an object, but found a string: `"doggo"`',
  ],
  [
    '/typo-tolerance',
    'PATCH',
    { typoTolerance: { minWordSizeForTypos: 'doggo' } },
    'invalid_settings_typo_tolerance',
    'Unknown field `typoTolerance`: expected one of `enabled`, `minWordSizeForTypos`, `disableOnWords`, `disableOnAttributes`, `disableOnNumbers`',
  ],
  [
    '/typo-tolerance',
    'PATCH',
    { minWordSizeForTypos: { oneTypo: 7, twoTypos: 3 } },
    'invalid_settings_typo_tolerance',
    'Invalid value at `.minWordSizeForTypos`: `minWordSizeForTypos` setting is invalid. `oneTypo` and `twoTypos` fields should be between ' +
      '`0` and `255`, and `twoTypos` should be greater or equals to `oneTypo` but found `oneTypo: 7` and twoTypos: 3`.',
  ],
  [
    '/typo-tolerance',
    'PATCH',
    { minWordSizeForTypos: { oneTypo: 300 } },
    'invalid_settings_typo_tolerance',
    'Invalid value at `.minWordSizeForTypos.oneTypo`: value: `300` is too large to be deserialized, maximum value authorized is `255`',
  ],
  [
    '/pagination',
    'PATCH',
    { maxTotalHits: 'doggo' },
    'invalid_settings_pagination',
    'Invalid value type at `.maxTotalHits`: expected a positive integer, but found a string: `"doggo"`',
  ],
  [
    '/pagination',
    'PATCH',
    { maxTotalHits: 0 },
    'invalid_settings_pagination',
    'Invalid value at `.maxTotalHits`: a non-zero integer value was expected, but found a zero',
  ],
  [
    '/search-cutoff-ms',
    'PUT',
    'hello',
    'invalid_settings_search_cutoff_ms',
    'Invalid value type: expected a positive integer, but found a string: `"hello"`',
  ],
  [
    '/search-cutoff-ms',
    'PUT',
    -5,
    'invalid_settings_search_cutoff_ms',
    'Invalid value type: expected a positive integer, but found a negative integer: `-5`',
  ],
  [
    '/search-cutoff-ms',
    'PUT',
    1.5,
    'invalid_settings_search_cutoff_ms',
    'Invalid value type: expected a positive integer, but found a number: `1.5`',
  ],
  [
    '/localized-attributes',
    'PUT',
    'hello',
    'invalid_settings_localized_attributes',
    'Invalid value type: expected an array, but found a string: `"hello"`',
  ],
  [
    '/proximity-precision',
    'PUT',
    'byLetter',
    'invalid_settings_proximity_precision',
    'Unknown value `byLetter`: expected one of `byWord`, `byAttribute`',
  ],
  [
    '/facet-search',
    'PUT',
    'yes',
    'invalid_settings_facet_search',
    'Invalid value type: expected a boolean, but found a string: `"yes"`',
  ],
  [
    '/filterable-attributes',
    'PUT',
    ['a', 5],
    'invalid_settings_filterable_attributes',
    'Invalid value type at `[1]`: expected a string or an object, but found a positive integer: `5`',
  ],
  [
    '/filterable-attributes',
    'PUT',
    [{ features: {} }],
    'invalid_settings_filterable_attributes',
    'Missing field `attributePatterns` inside `[0]`',
  ],
  [
    '/ranking-rules',
    'PUT',
    ['words', 'doggo'],
    'invalid_settings_ranking_rules',
    'Invalid value at `[1]`: `doggo` ranking rule is invalid. Valid ranking rules are words, typo, proximity, attribute, attributeRank, sort, ' +
      'wordPosition, exactness and custom ranking rules.',
  ],
  [
    '/ranking-rules',
    'PUT',
    ['attribute', 'attributeRank'],
    'invalid_settings_ranking_rules',
    'Mixed usage of the attribute, attributeRank, and wordPosition ranking rules. You must either use the attribute ranking rule alone or ' +
      'the attributeRank and wordPosition ranking rules.',
  ],
  [
    '',
    'PATCH',
    { hund: 1 },
    'bad_request',
    `Unknown field \`hund\`: expected one of ${[
      'displayedAttributes',
      'searchableAttributes',
      'filterableAttributes',
      'sortableAttributes',
      'foreignKeys',
      'rankingRules',
      'stopWords',
      'nonSeparatorTokens',
      'separatorTokens',
      'dictionary',
      'synonyms',
      'distinctAttribute',
      'proximityPrecision',
      'typoTolerance',
      'faceting',
      'pagination',
      'embedders',
      'searchCutoffMs',
      'localizedAttributes',
      'facetSearch',
      'prefixSearch',
      'chat',
    ]
      .map((name) => `\`${name}\``)
      .join(', ')}`,
  ],
  ['', 'PATCH', 'doggo', 'bad_request', 'Invalid value type: expected an object, but found a string: `"doggo"`'],
  [
    '/embedders',
    'PATCH',
    { default: { source: 'userProvided' } },
    'unsupported_feature',
    'Search by vectors (`embedders`) is not supported by Fundstelle: see docs/MEILISEARCH.md.',
  ],
  [
    '',
    'PATCH',
    { foreignKeys: [{ foreignIndexUid: 'a', fieldName: 'b' }] },
    'unsupported_feature',
    'Joining indexes (`foreignKeys`) is not supported by Fundstelle: see docs/MEILISEARCH.md.',
  ],
  [
    '/sortable-attributes',
    'PUT',
    ['_geo'],
    'unsupported_feature',
    'Search by places on the earth (`_geo`) is not supported by Fundstelle: see docs/MEILISEARCH.md.',
  ],
  [
    '/chat',
    'PATCH',
    {},
    'unsupported_feature',
    'Conversational search (`chat`) is not supported by Fundstelle: see docs/MEILISEARCH.md.',
  ],
]

describe('a setting that cannot be', () => {
  it.each(BAD)('%s by %s: %j is %s', async (path, method, value, code, message) => {
    const { status, body } = await asked(path, method, value)
    expect(body).toEqual({
      message,
      code,
      type: 'invalid_request',
      link: `https://docs.meilisearch.com/errors#${code}`,
    })
    expect(status).toBe(400)
    expect(context.registry.taskLists.uids({})).toEqual([])
  })

  it('has bounds', async () => {
    const many = Array.from({ length: 10_001 }, (_, number) => `wort${number}`)
    expect((await asked('/stop-words', 'PUT', many)).body).toMatchObject({
      message: 'Invalid value: at most `10000` entries are allowed',
    })
    expect((await asked('/dictionary', 'PUT', ['x'.repeat(1001)])).body).toMatchObject({
      message: 'Invalid value at `[0]`: at most `1000` characters are allowed',
    })
    const synonyms = Object.fromEntries(many.map((word) => [word, ['x']]))
    expect((await asked('/synonyms', 'PUT', synonyms)).body).toMatchObject({
      message: 'Invalid value: at most `10000` entries are allowed',
    })
  })

  it('tells a long value back in part only', async () => {
    const { body } = await asked('/distinct-attribute', 'PUT', ['x'.repeat(100_000)])
    expect((body as { message: string }).message.length).toBeLessThan(300)
  })
})

describe('the index', () => {
  it('must be there to be asked, and need not to be written to', async () => {
    const of = async (method: string, body?: unknown): Promise<unknown> => {
      const response = await app.request('/indexes/neu/settings/stop-words', asking(MASTER_KEY, method, body))
      return response.json()
    }
    expect(await of('GET')).toMatchObject({ code: 'index_not_found', message: 'Index `neu` not found.' })
    expect(await of('PUT', ['und'])).toMatchObject({ taskUid: 0, indexUid: 'neu' })
  })

  it.each(['gute%20hunde', '..%2F..%2Fetc', '%00', 'a%2Fb', 'x'.repeat(513)])('cannot be called %s', async (name) => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const response = await app.request(
        `/indexes/${name}/settings/stop-words`,
        asking(MASTER_KEY, method, method === 'PUT' ? [] : undefined),
      )
      expect(await response.json()).toMatchObject({ code: 'invalid_index_uid' })
    }
    expect(context.registry.taskLists.uids({})).toEqual([])
  })
})
