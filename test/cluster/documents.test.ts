import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiServer, MASTER_KEY } from '../support/api-client.ts'
import { CLUSTER_URL, clearTaskIndexes, NEEDS_CLUSTER, testCluster } from '../support/cluster-engine.ts'
import type { Json } from '../support/json.ts'
import { poll, run } from '../support/program.ts'

/** Only for what hangs. */
const DONE_MS = 120_000

type Request = readonly [method: string, path: string, body?: unknown]

describe.skipIf(CLUSTER_URL === undefined)(`documents that servers of a cluster write${NEEDS_CLUSTER}`, () => {
  let one: ApiServer
  let two: ApiServer
  let embedded: ApiServer
  let folder = ''
  beforeAll(async () => {
    await clearTaskIndexes()
    folder = mkdtempSync(join(tmpdir(), 'fundstelle-documents-'))
    ;[one, two, embedded] = await Promise.all([
      ApiServer.forAll(folder, CLUSTER_URL),
      ApiServer.forAll(folder, CLUSTER_URL),
      ApiServer.forAll(folder),
    ])
  })
  afterAll(async () => {
    for (const server of [one, two, embedded]) await server?.program.end()
    await clearTaskIndexes()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Asks for it, and waits until it is done; told of it by another server where there is one. */
  const done = async (server: ApiServer, [method, path, body]: Request, teller = server): Promise<Json> => {
    const { status, body: asked } = await server.ask(method, path, body)
    expect([path, status]).toEqual([path, 202])
    let task: Json = null
    await poll(async () => {
      task = await teller.get(`/tasks/${asked.taskUid}`)
      return task.finishedAt !== null
    }, DONE_MS)
    return task
  }
  const text = async ({ url }: ApiServer, path: string): Promise<string> => {
    const response = await fetch(url + path, { headers: { authorization: `Bearer ${MASTER_KEY}` } })
    return response.text()
  }

  it('are found by every server once one has told that they are written, as they came', async () => {
    const sent =
      '[{"id":1,"title":"Ein Leuchtturm","large":12345678901234567890,"deep":{"b":[1.50,{"a":null}]},"ä\\u00df":"\\ud83d\\ude00"},{"id":"zwei","title":"Zwei Häuser am Meer","author":"Anna"}]'
    for (const [server, other] of [
      [one, two],
      [embedded, embedded],
    ] as const) {
      const response = await fetch(`${server.url}/indexes/blog/documents`, {
        method: 'POST',
        headers: { authorization: `Bearer ${MASTER_KEY}`, 'content-type': 'application/json' },
        body: sent,
      })
      const { taskUid } = (await response.json()) as { taskUid: number }
      expect(response.status).toBe(202)
      await poll(async () => (await other.get(`/tasks/${taskUid}`)).finishedAt !== null, DONE_MS)
      expect(await other.get(`/tasks/${taskUid}`)).toMatchObject({
        status: 'succeeded',
        details: { receivedDocuments: 2, indexedDocuments: 2 },
      })
    }
    for (const path of [
      '/indexes/blog/documents',
      '/indexes/blog/documents/1',
      '/indexes/blog/documents?fields=deep,id',
      '/indexes/blog/documents?offset=1',
    ])
      expect([path, await text(two, path)]).toEqual([path, await text(embedded, path)])
    expect(await text(two, '/indexes/blog/documents/1')).toContain('12345678901234567890')
    for (const q of ['leuchttürme', 'haus', 'anna', 'niemand']) {
      const found = async (server: ApiServer): Promise<Json> =>
        (await server.ask('POST', '/indexes/blog/search', { q, showRankingScore: true })).body
      const [here, there] = [await found(two), await found(embedded)]
      expect([q, here.hits, here.estimatedTotalHits]).toEqual([q, there.hits, there.estimatedTotalHits])
    }
  })

  it.each<[string, readonly Request[]]>([
    [
      'primary keys that are told, said and contradicted',
      [
        ['POST', '/indexes/a/documents', [{ title: 'none' }]],
        ['POST', '/indexes/a/documents', [{ aid: 1, bid: 2 }]],
        ['POST', '/indexes/a/documents?primaryKey=bid', [{ aid: 1, bid: 2 }]],
        ['POST', '/indexes/a/documents?primaryKey=aid', [{ aid: 1, bid: 3 }]],
        ['POST', '/indexes/a/documents', [{ aid: 1, bid: 'not an id!' }]],
        ['POST', '/indexes/a/documents', [{ aid: 1 }]],
        ['PATCH', '/indexes/a', { primaryKey: 'aid' }],
        ['DELETE', '/indexes/a'],
        ['DELETE', '/indexes/a'],
      ],
    ],
    [
      'documents that are replaced, changed and passed over',
      [
        [
          'POST',
          '/indexes/b/documents',
          [
            { id: 1, a: 1 },
            { id: 2, a: 2 },
            { id: 1, b: 3 },
          ],
        ],
        [
          'PUT',
          '/indexes/b/documents',
          [
            { id: 1, c: 4 },
            { id: 3, c: 5 },
          ],
        ],
        [
          'PUT',
          '/indexes/b/documents?skipCreation=true',
          [
            { id: 9, c: 4 },
            { id: 2, c: 5 },
          ],
        ],
        ['POST', '/indexes/b/documents', []],
        ['DELETE', '/indexes/b/documents/3'],
        ['POST', '/indexes/b/documents/delete-batch', [1, 77]],
        ['POST', '/indexes/b/documents/delete', { filter: 'c = 5' }],
        ['PATCH', '/indexes/b/settings', { filterableAttributes: ['c'], sortableAttributes: ['a'] }],
        ['POST', '/indexes/b/documents/delete', { filter: 'c = 6' }],
        ['POST', '/indexes/b/documents', [{ id: 5, c: 6, a: 3 }]],
        ['POST', '/indexes/b/documents/delete', { filter: [['c = 6', 'c = 7']] }],
      ],
    ],
    [
      'indexes that are made, renamed, exchanged and emptied',
      [
        ['POST', '/indexes', { uid: 'c', primaryKey: 'key' }],
        ['POST', '/indexes', { uid: 'c' }],
        ['POST', '/indexes/c/documents', [{ key: 'k', id: 3 }]],
        ['PATCH', '/indexes/c', { uid: 'd' }],
        ['POST', '/indexes/c/documents', [{ id: 4, title: 'anders' }]],
        ['POST', '/swap-indexes', [{ indexes: ['c', 'd'] }]],
        ['POST', '/swap-indexes', [{ indexes: ['c', 'nowhere'] }]],
        ['DELETE', '/indexes/c/documents'],
        ['DELETE', '/indexes/nowhere/documents/1'],
        ['PATCH', '/indexes/e/settings', { searchableAttributes: ['title'] }],
        ['DELETE', '/indexes/nowhere/settings'],
      ],
    ],
    [
      'settings by which an index is written anew',
      [
        [
          'POST',
          '/indexes/f/documents',
          [
            { id: 1, title: 'Leuchtturm', note: 'Haus' },
            { id: 2, title: 'See', note: 'Turm' },
          ],
        ],
        ['PATCH', '/indexes/f/settings', { searchableAttributes: ['title'], filterableAttributes: ['note'] }],
        ['PATCH', '/indexes/f/settings', { dictionary: ['Leuchtturm'], stopWords: ['See'] }],
        ['PUT', '/indexes/f/documents', [{ id: 2, title: 'Turm' }]],
      ],
    ],
  ])('%s come to what they come to on a server of its own', async (_, requests) => {
    const pick = ({ status, type, details, error, indexUid }: Json) => ({ status, type, details, error, indexUid })
    for (const [at, request] of requests.entries()) {
      const [server, teller] = (at % 2 === 0 ? [one, two] : [two, one]) as [ApiServer, ApiServer]
      const [here, there] = await Promise.all([done(server, request, teller), done(embedded, request)])
      expect([request, pick(here)]).toEqual([request, pick(there)])
      const uid = /^\/indexes\/(\w+)/.exec(request[1])?.[1] ?? 'c'
      for (const path of [`/indexes/${uid}/documents?limit=100`, `/indexes/${uid}/settings`])
        expect([request, await text(teller, path)]).toEqual([request, await text(embedded, path)])
      const facts = async (of: ApiServer) => {
        const { status, body } = await of.ask('GET', `/indexes/${uid}/stats`)
        return [request, status, body.numberOfDocuments, body.fieldDistribution]
      }
      expect(await facts(teller)).toEqual(await facts(embedded))
      for (const q of ['turm', 'haus', 'see']) {
        const hits = async (of: ApiServer) => (await of.ask('POST', `/indexes/${uid}/search`, { q })).body.hits
        expect([request, q, await hits(teller)]).toEqual([request, q, await hits(embedded)])
      }
    }
  })

  it('are taken whatever stands in them, and hold up nothing', async () => {
    const long = 'ü'.repeat(40_000)
    const deep = JSON.parse(`${'{"a":'.repeat(60)}1${'}'.repeat(60)}`)
    const hostile = [
      { id: 1, [long.slice(0, 5_000)]: long, title: long, list: Array.from({ length: 3_000 }, (_, at) => `wert${at}`) },
      { id: 2, '': 'leer', '.': 1, 'a.b': 2, a: { b: 3, '': { '.c': null } }, ' ': true },
      { id: 3, title: '\u0000\u0001\ud800 Turm\u2028', tags: [null, [], {}, '', 0, -0, 1e308, false] },
      { id: 4, deep, title: '|'.repeat(3_000), text: 'a|1 b|2 _ * ? " \\ ☃' },
      { id: 'x'.repeat(511), date: '9999-12-31T23:59:60Z', url: 'javascript:1', language: 'de'.repeat(3_000) },
      JSON.parse('{"id":6,"__proto__":{"constructor":1},"toString":"valueOf","hasOwnProperty":1}'),
    ]
    const settings = { filterableAttributes: ['*'], sortableAttributes: ['title', 'a', 'list', ''] }
    for (const request of [
      ['PATCH', '/indexes/hostile/settings', settings],
      ['POST', '/indexes/hostile/documents', hostile],
      ['PUT', '/indexes/hostile/documents', hostile.map(({ id }) => ({ id, more: long }))],
      ['DELETE', '/indexes/hostile/documents/1'],
    ] as const) {
      const [here, there] = [await done(one, request, two), await done(embedded, request)]
      expect([here.status, here.details, here.error]).toEqual([there.status, there.details, there.error])
      const path = '/indexes/hostile/documents?limit=100'
      expect(await text(two, path)).toBe(await text(embedded, path))
    }
  })

  it('are all there where two servers write at once, many of them in a batch, and what they came in goes', async () => {
    const uids: number[] = []
    for (let at = 0; at < 20; at++) {
      const answers = await Promise.all(
        [one, two].map((server, i) =>
          server.ask('POST', '/indexes/both/documents', [{ id: at * 2 + i, title: `Nummer ${at * 2 + i}` }]),
        ),
      )
      for (const answer of answers) uids.push(answer.body.taskUid)
    }
    expect(new Set(uids).size).toBe(40)
    await one.idle()
    const { results } = await one.get(`/tasks?uids=${uids.join(',')}&limit=100`)
    expect(results.map(({ status }: Json) => status)).toEqual(uids.map(() => 'succeeded'))
    expect(new Set(results.map(({ batchUid }: Json) => batchUid)).size).toBeLessThan(35)
    expect((await two.get('/indexes/both/documents?limit=100')).total).toBe(40)
    await testCluster().send({ method: 'POST', path: '/fundstelle-payloads/_refresh' })
    expect(await testCluster().body({ method: 'GET', path: '/fundstelle-payloads/_count' })).toMatchObject({ count: 0 })
  })

  it('are refused where they are too many, or no documents', async () => {
    const answers = [
      await one.ask('POST', '/indexes/x/documents', 'no documents'),
      await one.ask('POST', '/indexes/x/documents', [{ id: 1 }, 2]),
      await one.ask('POST', '/indexes/x/documents/delete', { filter: 'a ==' }),
    ]
    expect(answers.map((answer) => [answer.status, answer.body.code])).toEqual([
      [400, 'malformed_payload'],
      [400, 'malformed_payload'],
      [400, 'invalid_document_filter'],
    ])
  })

  it('do not go to an index that a folder fills, nor files to theirs', async () => {
    await done(one, ['POST', '/indexes', { uid: 'theirs' }])
    writeFileSync(join(folder, 'neu.txt'), 'Ein Leuchtturm.')
    const env = { FUNDSTELLE_ENGINE: 'opensearch', FUNDSTELLE_OPENSEARCH_URL: CLUSTER_URL }
    const words = ['index', join(folder, 'neu.txt'), '--cache', join(folder, 'files'), '--lang', 'en']
    const refused = await run([...words, '--index', 'theirs'], { env })
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('is written over HTTP')])
    // what is searched there on the command line is what was written
    await done(one, ['POST', '/indexes/theirs/documents', [{ id: 7, title: 'Kompass' }]])
    const found = await run(['search', 'Kompass', '--json', '--index', 'theirs', '--lang', 'en'], { env })
    expect(JSON.parse(found.out)).toMatchObject({ totalHits: 1, hits: [{ id: '7' }] })
  })

  it('stay where their index is built anew, and go to a folder', async () => {
    await done(one, ['POST', '/indexes/moving/documents', [{ id: 7, title: 'Kompass', large: 1 }, { id: 8 }]], two)
    const before = await text(two, '/indexes/moving/documents')
    const env = { FUNDSTELLE_ENGINE: 'opensearch', FUNDSTELLE_OPENSEARCH_URL: CLUSTER_URL }
    const rebuilt = await run(['reindex', '--index', 'moving', '--grace', '0', '--cache', join(folder, 'none')], {
      env,
    })
    expect(rebuilt).toMatchObject({ code: 0 })
    expect(await text(two, '/indexes/moving/documents')).toBe(before)
    expect((await one.ask('POST', '/indexes/moving/search', { q: 'kompasse' })).body.hits).toHaveLength(1)
    expect(await done(two, ['DELETE', '/indexes/moving/documents/8'])).toMatchObject({
      status: 'succeeded',
      details: { deletedDocuments: 1 },
    })
    const moved = ['--index', 'moving', '--cache', join(folder, 'moved'), '--lang', 'en']
    expect(await run(['migrate', '--to', 'embedded', ...moved], { env })).toMatchObject({ code: 0 })
    const found = await run(['search', 'Kompass', '--json', ...moved])
    expect(JSON.parse(found.out)).toMatchObject({ totalHits: 1, hits: [{ id: '7' }] })
  })
})
