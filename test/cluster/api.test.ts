import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ClusterNamedIndex, ClusterRegistry } from '../../src/opensearch/cluster-registry.ts'
import { SystemIndex } from '../../src/opensearch/system-index.ts'
import type { IndexSettings } from '../../src/registry/index-settings.ts'
import { CLUSTER_URL, NEEDS_CLUSTER, testCluster } from '../support/cluster-engine.ts'
import { poll, run, type Served, serveForAll, start } from '../support/program.ts'

const SEEDS = new URL('../../seeds', import.meta.url).pathname
const MASTER_KEY = 'hauptschluessel-der-szenarien'
const MAIN = `api-${process.pid}`
const OTHER = `${MAIN}-other`
/** What another process has changed is known within a second; the machine that tests run on may be busy. */
const SOON_MS = 10_000

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

interface Answered {
  readonly status: number
  readonly body: Record<string, unknown>
}

describe.skipIf(CLUSTER_URL === undefined)(`Meilisearch's routes on a cluster${NEEDS_CLUSTER}`, () => {
  let cache = ''
  let embedded: Served
  let one: Served
  let two: Served
  const onCluster = { FUNDSTELLE_ENGINE: 'opensearch', FUNDSTELLE_OPENSEARCH_URL: CLUSTER_URL }
  const keyed = { ...onCluster, FUNDSTELLE_MASTER_KEY: MASTER_KEY }

  const ask = async (
    { url }: Pick<Served, 'url'>,
    method: string,
    path: string,
    body?: unknown,
    bearer: string | null = MASTER_KEY,
  ): Promise<Answered> => {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        'accept-language': 'en',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) }
  }
  const clear = async (): Promise<void> => {
    for (const name of [
      'fundstelle-system',
      'fundstelle-tasks',
      'fundstelle-payloads',
      ...[MAIN, OTHER].flatMap((uid) => [`fundstelle-${uid}-*`]),
    ])
      await testCluster().send({ method: 'DELETE', path: `/${name}`, expected: [404] })
  }
  const keyCommand = (...words: readonly string[]) => run(['key', ...words, '--lang', 'en'], { env: keyed })

  beforeAll(async () => {
    await clear()
    cache = mkdtempSync(join(tmpdir(), 'fundstelle-cluster-api-'))
    writeFileSync(join(cache, 'other.txt'), 'Ein Leuchtturm an der Küste.')
    for (const [uid, path] of [
      [MAIN, SEEDS],
      [OTHER, join(cache, 'other.txt')],
    ] as const) {
      const words = ['index', path, '--cache', join(cache, 'index'), '--index', uid]
      expect(await run(words, { env: onCluster })).toMatchObject({ code: 0 })
    }
    embedded = await serveForAll(join(cache, 'index'), { FUNDSTELLE_MASTER_KEY: MASTER_KEY }, '--index', MAIN)
    ;[one, two] = await Promise.all([
      serveForAll(join(cache, 'none'), keyed, '--index', MAIN, '--private'),
      serveForAll(join(cache, 'none'), keyed, '--index', MAIN, '--private'),
    ])
  })
  afterAll(async () => {
    await Promise.all([embedded, one, two].map((served) => served?.end()))
    await clear()
    rmSync(cache, { recursive: true, force: true })
  })

  /** Without what tells how long something took, or when it was. */
  const timeless = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (name, inner: unknown) =>
      ['processingTimeMs', 'createdAt', 'updatedAt'].includes(name)
        ? undefined
        : typeof inner === 'number'
          ? Number(inner.toPrecision(6))
          : inner,
    )

  it.each([
    ['GET', `/indexes/${MAIN}/search?q=Drohnen`, undefined],
    [
      'POST',
      `/indexes/${MAIN}/search`,
      { q: 'drohne', limit: 3, attributesToHighlight: ['*'], attributesToCrop: ['text'], showRankingScore: true },
    ],
    ['POST', `/indexes/${MAIN}/search`, { q: '', limit: 5, offset: 2, attributesToRetrieve: ['id', 'title'] }],
    ['POST', `/indexes/${MAIN}/search`, { q: 'Soldaten', attributesToSearchOn: ['title'] }],
    [
      'POST',
      '/multi-search',
      {
        queries: [
          { indexUid: MAIN, q: 'Drohnen' },
          { indexUid: OTHER, q: 'leuchtturm' },
        ],
      },
    ],
    [
      'POST',
      '/multi-search',
      {
        federation: {},
        queries: [
          { indexUid: MAIN, q: 'der' },
          { indexUid: OTHER, q: 'der' },
        ],
      },
    ],
    ['GET', `/indexes/${MAIN}/documents?limit=4&offset=1&fields=id,title`, undefined],
    ['POST', `/indexes/${MAIN}/documents/fetch`, { limit: 2 }],
    ['GET', `/indexes/${OTHER}/documents`, undefined],
    ['GET', `/indexes/${MAIN}/documents/nowhere`, undefined],
    ['GET', `/indexes/${MAIN}-none/documents`, undefined],
    ['GET', `/indexes/${MAIN}`, undefined],
    ['GET', `/indexes/${MAIN}/settings`, undefined],
    ['GET', '/version', undefined],
  ])('%s %s answers what a server with an index of its own answers', async (method, path, body) => {
    const answers = await Promise.all([one, two, embedded].map((served) => ask(served, method, path, body)))
    expect(timeless(answers[0])).toEqual(timeless(answers[2]))
    expect(timeless(answers[1])).toEqual(timeless(answers[2]))
  })

  it('gives each document, and lists some by their ids', async () => {
    const { body } = await ask(one, 'GET', `/indexes/${MAIN}/documents?limit=3`)
    const documents = body['results'] as { id: string }[]
    expect(documents).toHaveLength(3)
    for (const document of documents)
      expect((await ask(two, 'GET', `/indexes/${MAIN}/documents/${encodeURIComponent(document.id)}`)).body).toEqual(
        document,
      )
    const ids = documents.slice(1).map(({ id }) => id)
    const listed = await ask(one, 'POST', `/indexes/${MAIN}/documents/fetch`, { ids: [...ids, 'nowhere'] })
    expect(listed.body).toMatchObject({ results: documents.slice(1), total: 2 })
  })

  it('tells what there is', async () => {
    const listed = await ask(one, 'GET', '/indexes')
    expect((listed.body['results'] as { uid: string }[]).map(({ uid }) => uid)).toEqual([MAIN, OTHER])
    const { body } = await ask(one, 'GET', `/indexes/${OTHER}/stats`)
    expect(body).toMatchObject({ numberOfDocuments: 1, isIndexing: false, fieldDistribution: {} })
    expect(body['rawDocumentDbSize']).toBeGreaterThan(0)
    const all = await ask(one, 'GET', '/stats')
    expect(Object.keys(all.body['indexes'] as object)).toEqual([MAIN, OTHER])
  })

  it('goes by settings of an index that are in the cluster, on all servers within a second', async () => {
    const registry = new ClusterRegistry(new SystemIndex(testCluster()))
    await registry.read()
    const settings: Partial<IndexSettings> = {
      synonyms: { flugroboter: ['Drohne'] },
      displayedAttributes: ['title'],
      filterableAttributes: ['tags'],
    }
    const set = (changed: Partial<IndexSettings>) =>
      registry.changeIndexes((indexes) => {
        indexes.set(MAIN, { ...(indexes.get(MAIN) as ClusterNamedIndex), set: changed })
        return true
      })
    const found = async (served: Served) => (await ask(served, 'GET', `/indexes/${MAIN}/search?q=flugroboter`)).body
    await set(settings)
    for (const served of [one, two]) {
      await poll(async () => ((await found(served))['estimatedTotalHits'] as number) > 0, SOON_MS)
      const [hit] = (await found(served))['hits'] as object[]
      expect(Object.keys(hit ?? {})).toEqual(['title'])
      const shown = await ask(served, 'GET', `/indexes/${MAIN}/settings`)
      expect(shown.body).toMatchObject(settings)
      const facets = await ask(served, 'POST', `/indexes/${MAIN}/facet-search`, { facetName: 'tags' })
      expect(facets.status).toBe(200)
      // its snippets would show what is hidden
      const own = await ask(served, 'GET', '/search?q=flugroboter')
      expect([own.status, own.body['code']]).toEqual([403, 'index_hides_text'])
    }
    const { displayedAttributes: _, ...shown } = settings
    await set(shown)
    for (const served of [one, two]) {
      // the page and /search are of the same index
      const own = async () => (await ask(served, 'GET', '/search?q=flugroboter')).body['totalHits'] as number
      await poll(async () => (await own()) > 0, SOON_MS)
    }
    await set({})
    for (const served of [one, two]) await poll(async () => (await found(served))['estimatedTotalHits'] === 0, SOON_MS)
    await registry.close()
  })

  describe('changes settings by tasks that any server takes', () => {
    const over = async (served: Served, uid: number): Promise<Record<string, unknown>> => {
      let task: Record<string, unknown> = {}
      await poll(async () => {
        task = (await ask(served, 'GET', `/tasks/${uid}`)).body
        return task['finishedAt'] !== null
      }, SOON_MS)
      return task
    }
    const change = async (served: Served, body: object, uid = MAIN): Promise<number> => {
      const answer = await ask(served, 'PATCH', `/indexes/${uid}/settings`, body)
      expect(answer).toMatchObject({ status: 202, body: { status: 'enqueued', type: 'settingsUpdate', indexUid: uid } })
      return answer.body['taskUid'] as number
    }
    const settingsOf = async (served: Served) => (await ask(served, 'GET', `/indexes/${MAIN}/settings`)).body

    it('and every server goes by them once it has told that they are changed', async () => {
      const uid = await change(one, { stopWords: ['und'], synonyms: { boot: ['schiff'] } })
      // acknowledged is there, whoever is asked
      expect((await ask(two, 'GET', `/tasks/${uid}`)).body).toMatchObject({ uid, indexUid: MAIN })
      expect(await over(two, uid)).toMatchObject({ status: 'succeeded', error: null, details: { stopWords: ['und'] } })
      expect(await settingsOf(two)).toMatchObject({ stopWords: ['und'], synonyms: { boot: ['schiff'] } })
      const { status, body } = await ask(two, 'DELETE', `/indexes/${MAIN}/settings`)
      expect(status).toBe(202)
      await over(one, body['taskUid'] as number)
      expect(await settingsOf(one)).toMatchObject({ stopWords: [], synonyms: {} })
    })

    it('each once and in their order, whichever server has taken them', async () => {
      const uids: number[] = []
      for (let i = 0; i < 12; i++) uids.push(await change(i % 2 === 0 ? one : two, { stopWords: [`wort${i}`] }))
      expect(uids).toEqual([...uids].sort((a, b) => a - b))
      for (const uid of uids) expect(await over(one, uid)).toMatchObject({ status: 'succeeded' })
      expect((await settingsOf(one))['stopWords']).toEqual(['wort11'])
      const { body } = await ask(two, 'GET', `/tasks?uids=${uids.join(',')}&reverse=true`)
      const results = body['results'] as { uid: number; batchUid: number; startedAt: string }[]
      expect(results.map(({ uid }) => uid)).toEqual(uids)
      const batches = results.map(({ batchUid }) => batchUid)
      expect(batches).toEqual([...new Set(batches)].sort((a, b) => a - b))
      await over(one, await change(one, { stopWords: null }))
    })

    it.each([
      [{ dictionary: ['Leuchtturm'] }, MAIN, 'not_on_cluster'],
      [{ typoTolerance: { minWordSizeForTypos: { oneTypo: 12 } } }, MAIN, 'invalid_settings_typo_tolerance'],
    ])('and %j of %s fails, and says why', async (body, uid, code) => {
      const before = await settingsOf(one)
      expect(await over(two, await change(one, body, uid))).toMatchObject({ status: 'failed', error: { code } })
      expect(await settingsOf(two)).toEqual(before)
    })

    it('and another server carries on where the one that did ends', async () => {
      const third = await serveForAll(join(cache, 'none'), keyed, '--index', MAIN)
      const uid = await change(third, { stopWords: ['die'] })
      await third.end('SIGKILL')
      let task: Record<string, unknown> = {}
      // the lease of one that was killed holds for a while
      await poll(async () => {
        task = (await ask(one, 'GET', `/tasks/${uid}`)).body
        return task['finishedAt'] !== null
      }, 90_000)
      expect(task).toMatchObject({ status: 'succeeded' })
      expect((await settingsOf(one))['stopWords']).toEqual(['die'])
      await over(one, await change(one, { stopWords: null }))
    })

    it('only with a key that may', async () => {
      const reading = await ask(one, 'PATCH', `/indexes/${MAIN}/settings`, {}, null)
      expect(reading.status).toBe(401)
      const made = await ask(one, 'POST', '/keys', { actions: ['tasks.get'], indexes: [OTHER], expiresAt: null })
      const { key, uid: keyUid } = made.body as { key: string; uid: string }
      const uid = await change(one, { stopWords: null })
      expect((await ask(one, 'GET', `/tasks/${uid}`, undefined, key)).body).toMatchObject({ code: 'task_not_found' })
      expect((await ask(one, 'GET', '/tasks', undefined, key)).body).toMatchObject({ total: 0, results: [] })
      await over(one, uid)
      expect((await ask(one, 'DELETE', `/keys/${keyUid}`)).status).toBe(204)
    })
  })

  it('refuses everything before it knows any keys, rather than taking one for unknown', async () => {
    const port = await freePort()
    const env = { ...keyed, FUNDSTELLE_OPENSEARCH_URL: 'http://127.0.0.1:1' }
    const program = start(['serve', '--port', String(port), '--private', '--lang', 'en'], env)
    await program.until('err', /cluster/)
    const address = `http://127.0.0.1:${port}`
    for (const path of ['/search?q=a', '/indexes', '/keys', `/indexes/${MAIN}/search?q=a`])
      expect([path, (await ask({ url: address }, 'GET', path, undefined, 'some-key')).status]).toEqual([path, 503])
  })

  it('lets in whoever has a key, and nobody else', async () => {
    for (const path of ['/search?q=a', `/indexes/${MAIN}/search?q=a`, '/keys', '/indexes'])
      expect([path, (await ask(one, 'GET', path, undefined, null)).status]).toEqual([path, 401])
    const { body } = await ask(one, 'GET', '/keys')
    const names = (body['results'] as { name: string; key: string }[]).map(({ name }) => name)
    expect(names.sort()).toEqual(['Default Admin API Key', 'Default Read-Only Admin API Key', 'Default Search API Key'])
    // both servers have them from the same place
    expect((await ask(two, 'GET', '/keys')).body).toEqual(body)
    const page = await fetch(`${one.url}/`, { headers: { accept: 'text/html' } })
    expect(page.status).toBe(401)
  })

  it('takes keys that are made on the command line, and takes them back, on all servers within a second', async () => {
    const made = await keyCommand('create', '--indexes', OTHER, '--name', 'theirs')
    expect(made.code).toBe(0)
    const key = made.out.trim()
    const status = async (served: Served, uid: string): Promise<number> =>
      (await ask(served, 'GET', `/indexes/${uid}/search?q=a`, undefined, key)).status
    for (const served of [one, two]) {
      await poll(async () => (await status(served, OTHER)) === 200, SOON_MS)
      expect(await status(served, MAIN)).toBe(403)
    }
    const listed = await keyCommand('list')
    expect(listed.out.split('\n').filter((line) => line.includes(key))).toHaveLength(1)
    expect(await keyCommand('delete', key)).toMatchObject({ code: 0 })
    for (const served of [one, two]) await poll(async () => (await status(served, OTHER)) === 403, SOON_MS)
  })

  it('makes, changes and deletes keys over HTTP: at once where it was asked, within a second elsewhere', async () => {
    const asked = { name: 'mine', actions: ['search'], indexes: [MAIN], expiresAt: null }
    const made = await ask(one, 'POST', '/keys', asked)
    expect(made.status).toBe(201)
    const { uid, key } = made.body as { uid: string; key: string }
    expect((await ask(one, 'GET', '/search?q=a', undefined, key)).status).toBe(200)
    await poll(async () => (await ask(two, 'GET', '/search?q=a', undefined, key)).status === 200, SOON_MS)
    expect((await ask(two, 'POST', '/keys', { ...asked, uid })).body).toMatchObject({ code: 'api_key_already_exists' })
    expect((await ask(two, 'PATCH', `/keys/${uid}`, { name: 'still mine' })).body).toMatchObject({ name: 'still mine' })
    expect((await ask(two, 'DELETE', `/keys/${uid}`)).status).toBe(204)
    expect((await ask(two, 'GET', '/search?q=a', undefined, key)).status).toBe(403)
    await poll(async () => (await ask(one, 'GET', '/search?q=a', undefined, key)).status === 403, SOON_MS)
  })

  it('refuses backups in clear words: nobody would make them', async () => {
    const { status, body } = await ask(one, 'POST', '/dumps')
    expect([status, body['code']]).toEqual([501, 'not_on_cluster'])
    expect(String(body['message'])).toContain('not there yet')
  })

  it.each([
    ['POST', `/indexes/${MAIN}/documents`, [{ id: 1 }]],
    ['DELETE', `/indexes/${MAIN}/documents/1`, undefined],
    ['PATCH', `/indexes/${MAIN}`, { uid: `${MAIN}-renamed` }],
    ['POST', '/swap-indexes', [{ indexes: [MAIN, OTHER] }]],
  ])('%s %s fails, as that index is written from a cache folder', async (method, path, body) => {
    const { status, body: answer } = await ask(one, method, path, body)
    expect(status).toBe(202)
    let task: Record<string, unknown> = {}
    await poll(async () => {
      task = (await ask(two, 'GET', `/tasks/${answer['taskUid']}`)).body
      return task['finishedAt'] !== null
    }, SOON_MS)
    expect(task).toMatchObject({ status: 'failed', error: { code: 'not_on_cluster' } })
    expect((task['error'] as { message: string }).message).toMatch(/cache folder/)
    const { body: all } = await ask(one, 'GET', `/indexes/${MAIN}/documents?limit=1`)
    expect(all['total']).toBeGreaterThan(1)
  })

  it('warns where there are keys but no master key', async () => {
    const program = start(['serve', '--port', '0', '--index', MAIN, '--lang', 'en'], onCluster)
    await program.until('out', /Fundstelle answers at/)
    expect(program.err).toContain('there are keys here, but no master key')
  })
})
