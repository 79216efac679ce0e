import { join } from 'node:path'
import { Meilisearch } from 'meilisearch-client'
import { generateTenantToken } from 'meilisearch-client/token'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BOOK_SETTINGS, BOOKS, MASTER_KEY } from '../support/books.ts'
import { makeFolder, removeFolder } from '../support/folders.ts'
import { type Served, serveForAll } from '../support/program.ts'

// Meilisearch's own client, as plug-ins use it, against a server as anybody starts it.

let root: string
let served: Served
let client: Meilisearch
beforeAll(async () => {
  root = makeFolder()
  served = await serveForAll(join(root, 'cache'), { FUNDSTELLE_MASTER_KEY: MASTER_KEY })
  client = new Meilisearch({ host: served.url, apiKey: MASTER_KEY, defaultWaitOptions: { interval: 10 } })
})
afterAll(async () => {
  await served.end()
  removeFolder(root)
})

async function filled(uid: string) {
  const index = client.index(uid)
  await index.updateSettings(BOOK_SETTINGS)
  const task = await index.addDocuments([...BOOKS]).waitTask()
  expect(task).toMatchObject({ status: 'succeeded', details: { receivedDocuments: 6, indexedDocuments: 6 } })
  return index
}

const idsOf = (hits: readonly Record<string, unknown>[]): unknown[] => hits.map(({ id }) => id)

describe('a shop', () => {
  test('writes its catalogue, and German is found in it at once', async () => {
    const index = await filled('shop')
    const found = await index.search('haus', { attributesToHighlight: ['titel'], showRankingScore: true })
    expect(idsOf(found.hits).toSorted()).toEqual([1, 2])
    const [first] = found.hits
    expect(first).toMatchObject({
      id: 2,
      autor: 'Jan Berg',
      preis: 9.99,
      _formatted: { titel: 'Das <em>Haus</em> im Wald' },
    })
    expect(first?._rankingScore).toBeGreaterThan(0)
    expect(idsOf((await index.search('Spaziergang')).hits)).toEqual([4])
    expect(idsOf((await index.search('Kuerbis')).hits)).toEqual([3])
    expect(idsOf((await index.search('Hafn')).hits)).toContain(1)
  })

  test('filters, counts, sorts and pages', async () => {
    const index = await filled('filter')
    const found = await index.search('', {
      filter: ['lieferbar = true', ['genre = Roman', 'genre = Reise']],
      facets: ['genre', 'preis'],
      sort: ['preis:desc'],
      hitsPerPage: 2,
      page: 1,
    })
    expect(found).toMatchObject({ totalHits: 4, totalPages: 2, page: 1, hitsPerPage: 2 })
    expect(idsOf(found.hits)).toEqual([5, 4])
    expect(found.facetDistribution?.['genre']).toEqual({ Bildband: 1, Familie: 1, Natur: 1, Reise: 2, Roman: 2 })
    expect(found.facetStats?.['preis']).toEqual({ min: 12.5, max: 39 })
    await expect(index.search('', { filter: 'verlag = x' })).rejects.toThrow('Attribute `verlag` is not filterable')
  })

  test('changes, adds and takes away', async () => {
    const index = await filled('change')
    await index
      .updateDocuments([
        { id: 2, preis: 5 },
        { id: 7, titel: 'Neu' },
      ])
      .waitTask()
    await index.deleteDocument(1).waitTask()
    await index.deleteDocuments({ filter: 'jahr < 2020' }).waitTask()
    const { results } = await index.getDocuments({ limit: 10 })
    expect(results).toEqual([BOOKS[2], BOOKS[4], BOOKS[5], { ...BOOKS[1], preis: 5 }, { id: 7, titel: 'Neu' }])
    expect((await index.getStats()).numberOfDocuments).toBe(5)
  })

  test('swaps a new catalogue in', async () => {
    await filled('old')
    await client
      .index('new')
      .addDocuments([{ id: 1, titel: 'Ein anderes' }])
      .waitTask()
    await client.swapIndexes([{ indexes: ['old', 'new'], rename: false }]).waitTask()
    expect(await client.index('old').getDocument(1)).toEqual({ id: 1, titel: 'Ein anderes' })
    expect(idsOf((await client.index('new').search('Kürbisse')).hits)).toEqual([3])
  })

  test('has synonyms and stop words of its own', async () => {
    const index = await filled('words')
    await index.updateSettings({ synonyms: { kahn: ['schiff'] }, stopWords: ['der'] }).waitTask()
    expect(idsOf((await index.search('Kahn')).hits)).toEqual([5])
  })
})

describe('keys', () => {
  test('a key for searching does nothing else, and a token only what it is for', async () => {
    await filled('keys')
    const { results } = await client.getKeys()
    const key = results.find(({ name }) => name === 'Default Search API Key')
    const searching = new Meilisearch({ host: served.url, apiKey: key?.key ?? '' })
    expect((await searching.index('keys').search('Haus')).hits).toHaveLength(2)
    await expect(searching.index('keys').addDocuments([{ id: 9 }])).rejects.toThrow('The provided API key is invalid.')
    const token = await generateTenantToken({
      apiKey: key?.key ?? '',
      apiKeyUid: key?.uid ?? '',
      searchRules: { keys: { filter: 'autor = "Jan Berg"' } },
    })
    const tenant = new Meilisearch({ host: served.url, apiKey: token })
    expect(idsOf((await tenant.index('keys').search('', { filter: 'jahr > 2000' })).hits).toSorted()).toEqual([2, 4])
    await expect(tenant.index('shop').search('')).rejects.toThrow()
  })

  test('without one nobody writes', async () => {
    const anonymous = new Meilisearch({ host: served.url })
    await expect(anonymous.createIndex('x')).rejects.toThrow('The Authorization header is missing')
  })
})

test('what was written is there after the server was killed', async () => {
  const index = await filled('kept')
  const task = await index.addDocuments([{ id: 99, titel: 'Zuletzt' }])
  await served.end('SIGKILL')
  served = await serveForAll(join(root, 'cache'), { FUNDSTELLE_MASTER_KEY: MASTER_KEY })
  client = new Meilisearch({ host: served.url, apiKey: MASTER_KEY, defaultWaitOptions: { interval: 10 } })
  expect(await client.tasks.waitForTask(task.taskUid)).toMatchObject({ status: 'succeeded' })
  expect(await client.index('kept').getDocument(99)).toEqual({ id: 99, titel: 'Zuletzt' })
  expect(idsOf((await client.index('kept').search('zuletzt')).hits)).toEqual([99])
})

describe('settings of searches', () => {
  test('rules that sort by an attribute decide where nothing is searched for, and where they stand first', async () => {
    const index = await filled('order')
    await index.updateRankingRules(['words', 'preis:desc']).waitTask()
    expect(idsOf((await index.search('')).hits).slice(0, 2)).toEqual([5, 3])
    expect(idsOf((await index.search('haus')).hits)).toEqual([2, 1])
    await index.updateRankingRules(['preis:desc', 'words']).waitTask()
    expect(idsOf((await index.search('haus')).hits)).toEqual([1, 2])
  })

  test('slips are not forgiven, and beginnings not completed, where somebody does not want it', async () => {
    const index = await filled('exact')
    expect(idsOf((await index.search('Kürbsi')).hits)).toEqual([3])
    expect(idsOf((await index.search('Spazi')).hits)).toEqual([4])
    await index.updateSettings({ typoTolerance: { enabled: false }, prefixSearch: 'disabled' }).waitTask()
    expect((await index.search('Kürbsi')).hits).toEqual([])
    expect((await index.search('Spazi')).hits).toEqual([])
    expect(idsOf((await index.search('Kürbisse')).hits)).toEqual([3])
  })
})
