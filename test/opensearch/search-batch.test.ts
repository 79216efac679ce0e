import { describe, expect, it } from 'vitest'
import { isLost } from '../../src/opensearch/cluster.ts'
import { GatheredLookups, RememberedAnswers } from '../../src/opensearch/gathered-lookups.ts'
import { SearchBatch } from '../../src/opensearch/search-batch.ts'

interface Sent {
  readonly path: string
  readonly body?: object
  readonly lines?: readonly object[]
  readonly signal?: AbortSignal | undefined
}

/** Answers each search with its body, or as `answer` says. */
function batchOf(answer: (body: object) => object = (body) => ({ status: 200, asked: body })) {
  const sent: Sent[] = []
  const batch = new SearchBatch({
    async body<T>(request: Sent): Promise<T> {
      sent.push(request)
      await new Promise<void>((resolve, reject) => {
        setImmediate(() => (request.signal?.aborted ? reject(request.signal.reason) : resolve()))
      })
      const { lines, body = {} } = request
      const answers = lines?.filter((_, at) => at % 2 === 1).map(answer)
      return (answers === undefined ? answer(body) : { responses: answers }) as T
    },
  })
  return { batch, sent }
}

describe('searches that are asked for at the same time', () => {
  it('go in one request, and each gets its own answer', async () => {
    const { batch, sent } = batchOf()
    const [one, other] = await Promise.all([batch.search({ a: 1 }, undefined), batch.search({ b: 2 }, undefined)])
    expect([one, other]).toEqual([
      { status: 200, asked: { a: 1 } },
      { status: 200, asked: { b: 2 } },
    ])
    expect(sent.map(({ path }) => path)).toEqual(['/_msearch'])
    // a part of an answer would be a wrong one
    expect(sent[0]?.lines?.[0]).toEqual({ allow_partial_search_results: false })
  })

  it('are an ordinary request where there is only one', async () => {
    const { batch, sent } = batchOf()
    await batch.search({ a: 1 }, undefined)
    expect(sent.map(({ path }) => path)).toEqual(['/_search'])
  })

  it('fail each for itself', async () => {
    const lost = { status: 404, error: { type: 'search_context_missing_exception', reason: 'gone' } }
    const { batch } = batchOf((body) => ('a' in body ? lost : { status: 200 }))
    const [one, other] = await Promise.allSettled([batch.search({ a: 1 }, undefined), batch.search({}, undefined)])
    expect(other).toEqual({ status: 'fulfilled', value: { status: 200 } })
    expect(one).toMatchObject({ status: 'rejected', reason: { code: 'engine_unavailable' } })
    expect(isLost((one as PromiseRejectedResult).reason)).toBe(true)
  })

  it('go on for others where one client goes away, and end where all do', async () => {
    const { batch, sent } = batchOf()
    const [gone, stays, also] = [new AbortController(), new AbortController(), new AbortController()]
    const first = Promise.allSettled([batch.search({}, gone.signal), batch.search({}, stays.signal)])
    gone.abort(new Error('gone'))
    const [one, other] = await first
    expect([one.status, other.status]).toEqual(['rejected', 'fulfilled'])
    const second = Promise.allSettled([batch.search({}, gone.signal), batch.search({}, also.signal)])
    also.abort(new Error('gone, too'))
    expect((await second).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(sent[1]?.signal?.aborted).toBe(true)
  })

  it('take along what is gathered until then', async () => {
    const { batch, sent } = batchOf()
    const gathered = new Promise((resolve) => {
      batch.beforeNext(() => resolve(batch.search({ gathered: true }, undefined)))
    })
    await Promise.all([batch.search({ a: 1 }, undefined), gathered])
    expect(sent.map(({ lines }) => lines?.length)).toEqual([4])
  })
})

describe('look-ups that are gathered', () => {
  const gather = (none: number, most = 100) => {
    const asked: (readonly string[])[] = []
    let fails = false
    const waiting: (() => void)[] = []
    const lookups = new GatheredLookups<number>(
      async (keys) => {
        asked.push(keys)
        if (fails) throw new Error('no')
        return new Map(keys.filter((key) => key !== 'none').map((key) => [key, key.length]))
      },
      (one) => {
        waiting.push(one)
        setImmediate(() => waiting.shift()?.())
      },
      none,
      most,
    )
    return {
      lookups,
      asked,
      fail: (on: boolean) => {
        fails = on
      },
    }
  }

  it('are one, each key once, and are remembered', async () => {
    const { lookups, asked } = gather(-1)
    expect(await Promise.all([lookups.of(['a', 'bb', 'a']), lookups.of(['bb', 'none'])])).toEqual([
      [1, 2, 1],
      [2, -1],
    ])
    expect(await lookups.of(['none', 'a'])).toEqual([-1, 1])
    expect(asked).toEqual([['a', 'bb', 'none']])
    expect(await lookups.of([])).toEqual([])
  })

  it('are done again where they failed', async () => {
    const { lookups, asked, fail } = gather(0)
    fail(true)
    await expect(lookups.of(['a'])).rejects.toThrow('no')
    fail(false)
    expect(await lookups.of(['a'])).toEqual([1])
    expect(asked).toHaveLength(2)
  })

  it('forget, rather than grow', async () => {
    const { lookups, asked } = gather(0, 2)
    await lookups.of(['a', 'b'])
    expect(await lookups.of(['c', 'a'])).toEqual([1, 1])
    await lookups.of(['b'])
    expect(asked).toEqual([['a', 'b'], ['c'], ['b']])
  })
})

describe('answers that are remembered', () => {
  it('are those asked for last; what failed is asked for again', async () => {
    const remembered = new RememberedAnswers<number>(2)
    let asked = 0
    const ask = (key: string) => remembered.of(key, async () => ++asked)
    await ask('a')
    await ask('b')
    await ask('a')
    await ask('c')
    expect([await ask('a'), asked]).toEqual([1, 3])
    expect([await ask('b'), asked]).toEqual([4, 4])
    await expect(remembered.of('x', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await ask('x')).toBe(5)
  })
})
