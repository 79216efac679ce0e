import { describe, expect, it } from 'vitest'
import { type BulkOperation, bulkWrite } from '../../src/opensearch/bulk-writer.ts'
import { Cluster } from '../../src/opensearch/cluster.ts'
import { answering } from '../support/answering.ts'

const operation = (id: number, more = ''): BulkOperation => ({
  action: { index: { _index: 'probe', _id: String(id) } },
  document: { more },
})

const idsIn = (body: string): string[] => [...body.matchAll(/"_id":"(\d+)"/g)].map(([, id]) => id as string)

const items = (statuses: readonly number[]) => ({
  items: statuses.map((status) => ({
    index: status < 300 ? { status } : { status, error: { type: 'kind', reason: 'because' } },
  })),
})

/** Writes to a server that answers the first requests so, and all further ones with success; gives the ids of each request. */
async function written(
  operations: readonly BulkOperation[],
  answers: readonly (readonly number[] | number)[],
): Promise<{ readonly requests: string[][]; readonly pauses: number[] }> {
  const requests: string[][] = []
  const pauses: number[] = []
  await answering(
    (body) => {
      const ids = idsIn(body)
      requests.push(ids)
      const answer = answers[requests.length - 1] ?? ids.map(() => 201)
      return typeof answer === 'number' ? { status: answer, body: {} } : { status: 200, body: items(answer) }
    },
    async (url) => {
      const cluster = new Cluster({ urls: [url] })
      try {
        await bulkWrite(cluster, operations, undefined, async (ms) => pauses.push(ms))
      } finally {
        await cluster.close()
      }
    },
  )
  return { requests, pauses }
}

describe('writing in bulk', () => {
  const three = [1, 2, 3].map((id) => operation(id))

  it('is one request where the cluster takes everything', async () =>
    expect(await written(three, [])).toEqual({ requests: [['1', '2', '3']], pauses: [] }))

  it('sends what the cluster had no time for once more, and nothing else', async () => {
    const { requests, pauses } = await written(three, [[201, 429, 201], [503]])
    expect(requests).toEqual([['1', '2', '3'], ['2'], ['2']])
    expect(pauses).toEqual([100, 200])
  })

  it('sends all once more where the whole request was refused for want of time', async () =>
    expect((await written(three, [429])).requests).toEqual([
      ['1', '2', '3'],
      ['1', '2', '3'],
    ]))

  it('takes it for done where something newer is there, or what is to go is gone', async () =>
    expect((await written(three, [[409, 404, 201]])).requests).toHaveLength(1))

  it('tells which error it was where something is refused for good', async () => {
    await expect(written(three, [[201, 400, 201]])).rejects.toMatchObject({ code: 'engine_unavailable' })
    await expect(written(three, [[201, 400, 201]])).rejects.toThrow(/400, kind: because/)
  })

  it('gives up where the cluster has no time for very long', async () =>
    await expect(written([operation(1)], new Array(50).fill([429]))).rejects.toThrow(/429/))

  it('cuts what is large into requests that a cluster takes', async () => {
    const large = [1, 2, 3].map((id) => operation(id, 'x'.repeat(3_000_000)))
    expect((await written(large, [])).requests).toEqual([['1'], ['2'], ['3']])
    const many = Array.from({ length: 1500 }, (_, id) => operation(id))
    expect((await written(many, [])).requests.map(({ length }) => length)).toEqual([1000, 500])
  })
})
