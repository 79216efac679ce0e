import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'
import { Cluster, isRefusedForGood, isTooLarge, refusalOf } from '../../src/opensearch/cluster.ts'
import type { ClusterIndex } from '../../src/opensearch/cluster-index.ts'
import { inHalves } from '../../src/opensearch/in-halves.ts'
import { SearchBatch } from '../../src/opensearch/search-batch.ts'
import { writtenSince } from '../../src/opensearch/written-since.ts'

const tooLarge = (): Error => refusalOf(413, { type: 'answer_too_large', reason: 'so many bytes' })

/** A cluster whose node answers by `answer`. */
async function clusterOf(answer: RequestListener): Promise<Cluster> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cluster = new Cluster({ urls: [`http://127.0.0.1:${(server.address() as AddressInfo).port}`] })
  onTestFinished(async () => {
    await cluster.close()
    server.closeAllConnections()
    server.close()
  })
  return cluster
}

it('gives up an answer that is too large before it reads it, and the cluster is asked on', async () => {
  let requests = 0
  const cluster = await clusterOf((_, response) => {
    requests += 1
    const body = requests <= 10 ? undefined : '{}'
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': body === undefined ? 2 ** 30 : body.length,
    })
    response.write(body ?? '{')
    if (body !== undefined) response.end()
  })
  for (let time = 0; time < 10; time++) {
    const refused = await cluster.body({ method: 'GET', path: '/' }).catch((error: unknown) => error)
    expect(isTooLarge(refused)).toBe(true)
    expect(isRefusedForGood(refused)).toBe(true)
    expect((refused as Error).message).toContain('1073741824 bytes, 104857600 at most')
  }
  // neither was it tried again with another node, nor is the cluster taken for one that does not answer
  expect(requests).toBe(10)
  expect(await cluster.body({ method: 'GET', path: '/' })).toEqual({})
})

it('asks for halves until each answer is small enough, in order and for each thing once', async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(sizes, fc.integer({ min: 100, max: 400 }), async (things, most) => {
      let asked = 0
      const ask = async (some: readonly number[]): Promise<readonly number[]> => {
        asked += 1
        if (some.reduce((sum, one) => sum + one, 0) > most) throw tooLarge()
        return some
      }
      const found: number[] = []
      for await (const some of inHalves(things, ask)) found.push(...some)
      expect(found).toEqual(things)
      // no more than twice as often as one after the other
      expect(asked).toBeLessThanOrEqual(2 * things.length)
    }),
  )
})

it('fails where a single one is too large, and with any other failure at once', async () => {
  const drained = async (ask: () => Promise<never>): Promise<unknown> => {
    for await (const _ of inHalves([1, 2, 3, 4], ask)) throw new Error('nothing can come')
    return undefined
  }
  let asked = 0
  const refuse = (error: Error) => async (): Promise<never> => {
    asked += 1
    throw error
  }
  await expect(drained(refuse(tooLarge()))).rejects.toSatisfy(isTooLarge)
  expect(asked).toBe(3)
  asked = 0
  await expect(drained(refuse(refusalOf(400, undefined)))).rejects.toSatisfy((error) => !isTooLarge(error))
  expect(asked).toBe(1)
  // what a cluster says that has too little memory for it
  expect(isTooLarge(refusalOf(429, { type: 'circuit_breaking_exception', reason: '[parent] Data too large' }))).toBe(
    true,
  )
})

it('reads all changes in pages of which none is too large', async () => {
  const bytes = new Map(Array.from({ length: 50 }, (_, at) => [at + 1, at === 20 ? 90 : 5]))
  const cluster = {
    async body({ body }: { body: { size: number; query: { range: { seqNo: { gt: number } } } } }) {
      const page = [...bytes].filter(([seqNo]) => seqNo > body.query.range.seqNo.gt).slice(0, body.size)
      if (page.reduce((sum, [, size]) => sum + size, 0) > 100) throw tooLarge()
      return { hits: { hits: page.map(([seqNo, size]) => ({ _source: size, fields: { seqNo: [seqNo] } })) } }
    },
  }
  const index = { cluster, articles: 'a' } as unknown as ClusterIndex
  const found: number[] = []
  for await (const page of writtenSince(index, 0, { size: 40, source: [] }))
    found.push(...page.map(({ seqNo }) => seqNo))
  expect(found).toEqual([...bytes.keys()])
})

it('sends searches apart whose answers are too large together', async () => {
  const requests: number[] = []
  const batch = new SearchBatch({
    async body<T>({ lines, body }: { lines?: readonly object[]; body?: object }): Promise<T> {
      const all = lines?.filter((_, at) => at % 2 === 1) ?? [body as object]
      requests.push(all.length)
      if (all.length > 2) throw tooLarge()
      const answers = all.map((asked) => ({ status: 200, asked }))
      return (lines === undefined ? answers[0] : { responses: answers }) as T
    },
  })
  const found = await Promise.all(
    [1, 2, 3, 4, 5].map((number) => batch.search<{ asked: object }>({ number }, undefined)),
  )
  expect(found.map(({ asked }) => asked)).toEqual([1, 2, 3, 4, 5].map((number) => ({ number })))
  expect(requests).toEqual([5, 3, 2, 1, 2])
})
