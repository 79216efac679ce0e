import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { NO_RULES, type Rules } from '../../src/rules.ts'
import { DEFAULT_REQUEST } from '../../src/search/query/request.ts'
import type { SearchService } from '../../src/search/service.ts'
import type { ThreadEvent } from '../../src/search-threads/messages.ts'
import { SearchThreads } from '../../src/search-threads/search-threads.ts'
import type { UnexpectedEnd } from '../../src/update/supervise.ts'
import type { Timers } from '../../src/update/timers.ts'
import { WorkBudget } from '../../src/work-budget.ts'
import { fastTimers } from '../support/fast-time.ts'
import { ManualTimers } from '../support/manual-timers.ts'
import { PLAIN } from '../support/search-threads.ts'

const SCRIPT = new URL('./obedient-thread.mjs', import.meta.url)

/** Rules by whose names threads tell which ones they have. */
const rulesNamed = (name: string): Rules => ({ ...NO_RULES, stopWords: [name] })

function pool(
  threads: number,
  build: (signal: AbortSignal) => Promise<void> = async () => {},
  timers: Timers = fastTimers,
  warmUp?: (service: SearchService) => Promise<void>,
  queue?: number,
) {
  const events: ThreadEvent[] = []
  const ends: UnexpectedEnd[] = []
  let wake: () => void = () => {}
  const options = { cache: '', rules: rulesNamed('first'), answers: PLAIN, timeoutMs: 1000, threads, build }
  const opened = new SearchThreads({
    ...options,
    script: SCRIPT,
    timers,
    ...(warmUp !== undefined && { warmUp }),
    ...(queue !== undefined && { queue }),
    onEvent(event) {
      events.push(event)
      wake()
    },
    onEnd(end) {
      ends.push(end)
      wake()
    },
  })
  onTestFinished(() => opened.close())
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return { pool: opened, events, ends, until }
}

/** Gives a thread an order, see obedient-thread.mjs. */
const order = (service: SearchService, q: string): Promise<unknown> => service.search({ ...DEFAULT_REQUEST, q })

/** The services of all threads, as soon as each can answer. */
async function eachOf(threads: SearchThreads, count: number): Promise<SearchService[]> {
  await threads.firstReady
  while (threads.each.length < count) await new Promise((resolve) => setImmediate(resolve))
  return threads.each
}

/** What does not come back, or only when its thread ends. */
function unanswered(service: SearchService): Promise<unknown> {
  const outcome = order(service, 'wait').catch((error: unknown) => error)
  return outcome
}

describe('a pool of threads', () => {
  test('is not ready before one of them is; then it has its service, version and articles', async () => {
    const { pool: threads } = pool(1)
    expect(threads).toMatchObject({ ready: false, articles: 0, each: [] })
    expect(await threads.service.version()).toBe('')
    await expect(order(threads.service, 'who')).rejects.toMatchObject({ code: 'not_ready', status: 503 })
    await threads.firstReady
    expect(threads).toMatchObject({ ready: true, articles: 1 })
    expect(await threads.service.version()).toMatch(/^anfang-.*-first$/)
    expect(await order(threads.service, 'who')).toEqual(expect.any(Number))
  })

  test('asks the thread that has least to do; of those that have as little, the next one', async () => {
    const { pool: threads } = pool(3)
    const [one, two, three] = (await eachOf(threads, 3)) as [SearchService, SearchService, SearchService]
    const [first, second, third] = await Promise.all([one, two, three].map((thread) => order(thread, 'who')))
    const asked = new Set<unknown>()
    for (let i = 0; i < 3; i++) asked.add(await order(threads.service, 'who'))
    expect(asked).toEqual(new Set([first, second, third]))
    void unanswered(one)
    void unanswered(three)
    for (let i = 0; i < 4; i++) expect(await order(threads.service, 'who')).toBe(second)
    void unanswered(two)
    void unanswered(two)
    asked.clear()
    for (let i = 0; i < 4; i++) asked.add(await order(threads.service, 'who'))
    expect(asked).toEqual(new Set([first, third]))
  })

  test('asks none that cannot answer', async () => {
    const { pool: threads } = pool(2)
    const [one, two] = (await eachOf(threads, 2)) as [SearchService, SearchService]
    const second = await order(two, 'who')
    await order(one, 'unready')
    expect(threads.each).toHaveLength(1)
    for (let i = 0; i < 3; i++) expect(await order(threads.service, 'who')).toBe(second)
    await order(two, 'unready')
    expect(threads.ready).toBe(false)
    await expect(order(threads.service, 'who')).rejects.toMatchObject({ code: 'not_ready' })
  })

  test('has no version of one thread while they are not in step: any of them may answer', async () => {
    const { pool: threads } = pool(2)
    const [one, two] = (await eachOf(threads, 2)) as [SearchService, SearchService]
    const before = await threads.service.version()
    await order(one, 'state neu')
    const between = await threads.service.version()
    await order(two, 'state neu')
    const after = await threads.service.version()
    expect(new Set([before, between, after]).size).toBe(3)
    expect(before).toMatch(/^anfang-\S+$/)
    expect(after).toMatch(/^neu-\S+$/)
  })
})

describe('more calls than threads can answer', () => {
  test('as many wait for each as the queue is long; more are refused at once, but for what a request has begun and for tasks', async () => {
    const { pool: threads } = pool(2, undefined, new ManualTimers(), undefined, 3)
    await eachOf(threads, 2)
    const waiting = Array.from({ length: 6 }, () => unanswered(threads.service))
    expect(threads.waiting).toBe(6)
    await expect(order(threads.service, 'who')).rejects.toMatchObject({ code: 'overloaded', status: 503 })
    expect(threads.waiting).toBe(6)
    expect(threads.queue.shed).toBe(1)
    expect(threads.queue.isShedding).toBe(true)
    const begun = new WorkBudget()
    begun.spend(1)
    expect(await threads.service.search({ ...DEFAULT_REQUEST, q: 'who' }, begun)).toEqual(expect.any(Number))
    expect(await threads.service.search({ ...DEFAULT_REQUEST, q: 'who' }, begun.part(1))).toEqual(expect.any(Number))
    await expect(threads.service.search({ ...DEFAULT_REQUEST, q: 'who' }, new WorkBudget())).rejects.toMatchObject({
      code: 'overloaded',
    })
    const further = threads.searchIn({ folder: 'anderswo', rules: NO_RULES })
    await expect(further.document('a', null)).rejects.toMatchObject({ code: 'overloaded' })
    expect(threads.queue.shed).toBe(3)
    await threads.close()
    expect(await Promise.all(waiting)).toEqual(Array(6).fill(expect.objectContaining({ code: 'engine_unavailable' })))
    expect(threads.waiting).toBe(0)
  })
})

describe('a thread that ends', () => {
  test.each([
    ['by itself', 'end', undefined],
    ['with an error', 'crash', { name: 'RangeError', message: 'out of something' }],
  ])(
    '%s rejects what is pending with 503, is told, and is started again; the other one goes on',
    async (_how, how, error) => {
      const { pool: threads, ends, until } = pool(2)
      const [one, two] = (await eachOf(threads, 2)) as [SearchService, SearchService]
      const [first, second] = [await order(one, 'who'), await order(two, 'who')]
      const pending = unanswered(one)
      const other = unanswered(two)
      await expect(order(one, how)).rejects.toMatchObject({ code: 'engine_unavailable', status: 503 })
      expect(await pending).toMatchObject({ code: 'engine_unavailable' })
      expect(threads).toMatchObject({ ready: true })
      expect(await order(threads.service, 'who')).toBe(second)
      await until(() => ends.length === 1)
      expect(ends).toMatchObject([{ ends: 1, againMs: 1000, state: 'restarting' }])
      if (error === undefined) expect(ends[0]?.error).toBeUndefined()
      else expect(ends[0]?.error).toMatchObject(error)
      const again = await Promise.all((await eachOf(threads, 2)).map((thread) => order(thread, 'who')))
      expect(again).not.toContain(first)
      expect(again).toContain(second)
      await threads.close()
      expect(await other).toMatchObject({ code: 'engine_unavailable' })
    },
  )

  test('after it ran well is started again soon, however often its state has changed meanwhile', async () => {
    const timers = new ManualTimers()
    const { pool: threads, ends, until } = pool(1, undefined, timers)
    const end = async (): Promise<void> => {
      const [service] = (await eachOf(threads, 1)) as [SearchService]
      const { length } = ends
      await order(service, 'end').catch(() => {})
      await until(() => ends.length > length)
    }
    await end()
    await timers.advance(1000)
    const [service] = (await eachOf(threads, 1)) as [SearchService]
    await timers.advance(3 * 60_000)
    await order(service, 'state neu')
    await timers.advance(3 * 60_000)
    await end()
    expect(ends.map(({ againMs }) => againMs)).toEqual([1000, 1000])
  })

  test('has the rules that came meanwhile when it is back', async () => {
    const { pool: threads } = pool(2)
    const [one] = (await eachOf(threads, 2)) as [SearchService]
    await order(one, 'end').catch(() => {})
    await threads.reconfigure(rulesNamed('second'))
    for (const thread of await eachOf(threads, 2)) expect(await order(thread, 'rules')).toBe('second')
  })

  test('that cannot take other rules tells whoever asks by them, and nobody else', async () => {
    const { pool: threads } = pool(1)
    await eachOf(threads, 1)
    const unhandled: unknown[] = []
    const onUnhandled = (error: unknown): void => {
      unhandled.push(error)
    }
    process.on('unhandledRejection', onUnhandled)
    onTestFinished(() => {
      process.off('unhandledRejection', onUnhandled)
    })
    const by = (name: string) => threads.searchIn({ folder: '', rules: rulesNamed(name) })
    // nobody asks by these
    by('fault')
    await order(threads.service, 'who')
    await nextTurn()
    expect(unhandled).toEqual([])
    for (let i = 0; i < 2; i++)
      await expect(by('fault').search({ ...DEFAULT_REQUEST, q: 'rules' })).rejects.toThrow('no')
    expect(await by('second').search({ ...DEFAULT_REQUEST, q: 'rules' })).toBe('second')
  })

  test('while it is given other rules is no failure of theirs', async () => {
    const { pool: threads, ends, until } = pool(2)
    await eachOf(threads, 2)
    await threads.reconfigure(rulesNamed('end'))
    await until(() => ends.length === 2)
    for (const thread of await eachOf(threads, 2)) expect(await order(thread, 'rules')).toBe('end')
  })
})

describe('the first requests', () => {
  /** A pool whose threads stay cold until that is said. */
  function coldPool(threads: number) {
    const warming: { readonly thread: unknown; readonly end: () => void }[] = []
    const opened = pool(threads, undefined, fastTimers, async (service) => {
      const thread = await order(service, 'who')
      await new Promise<void>((end) => warming.push({ thread, end }))
    })
    const next = async (count: number): Promise<void> => {
      while (warming.length < count) await new Promise((resolve) => setImmediate(resolve))
    }
    return { ...opened, warming, next }
  }

  test('are made of each thread before anybody else asks it', async () => {
    const { pool: threads, warming, next } = coldPool(2)
    await next(2)
    expect(threads).toMatchObject({ ready: false, each: [] })
    await expect(order(threads.service, 'who')).rejects.toMatchObject({ code: 'not_ready' })
    const [first, second] = warming as [(typeof warming)[0], (typeof warming)[0]]
    second.end()
    while (!threads.ready) await new Promise((resolve) => setImmediate(resolve))
    for (let i = 0; i < 3; i++) expect(await order(threads.service, 'who')).toBe(second.thread)
    first.end()
    await threads.firstReady
    expect(threads.each).toHaveLength(2)
  })

  test('are made of one that is started again, too; meanwhile the other one answers', async () => {
    const { pool: threads, warming, next } = coldPool(2)
    await next(2)
    for (const { end } of warming) end()
    const [one, two] = (await eachOf(threads, 2)) as [SearchService, SearchService]
    const other = await order(two, 'who')
    await order(one, 'end').catch(() => {})
    await next(3)
    for (let i = 0; i < 3; i++) expect(await order(threads.service, 'who')).toBe(other)
    warming[2]?.end()
    const again = await Promise.all((await eachOf(threads, 2)).map((thread) => order(thread, 'who')))
    expect(new Set(again)).toEqual(new Set([other, warming[2]?.thread]))
  })

  test('keep nobody waiting where no other thread can answer', async () => {
    const { pool: threads, warming, next } = coldPool(1)
    await next(1)
    warming[0]?.end()
    await threads.firstReady
    await order(threads.service, 'end').catch(() => {})
    await next(2)
    expect(threads.ready).toBe(true)
    expect(await order(threads.service, 'who')).toBe(warming[1]?.thread)
  })

  test('that fail do not keep a thread from answering', async () => {
    const { pool: threads } = pool(1, undefined, fastTimers, () => Promise.reject(new Error('no')))
    await threads.firstReady
    expect(await order(threads.service, 'who')).toEqual(expect.any(Number))
  })
})

describe('what threads want and tell', () => {
  const updated = (change: number): ThreadEvent => ({ kind: 'updated', articles: 1, change })

  test('an event of all of them is told once; one that comes again is told again', async () => {
    const { pool: threads, events } = pool(2)
    const [one, two] = (await eachOf(threads, 2)) as [SearchService, SearchService]
    const tell = (thread: SearchService, event: unknown) => order(thread, `event ${JSON.stringify(event)}`)
    await tell(one, updated(1))
    await tell(two, updated(1))
    await tell(one, updated(2))
    await tell(one, updated(3))
    await tell(two, updated(2))
    await tell(two, updated(3))
    expect(events).toEqual([updated(1), updated(2), updated(3)])
    events.length = 0
    await tell(two, { kind: 'loaded', articles: 1, change: 4, ms: 7 })
    await tell(one, { kind: 'loaded', articles: 1, change: 4, ms: 9 })
    await tell(one, { kind: 'failed', error: { message: 'a', stack: 'here' } })
    await tell(two, { kind: 'failed', error: { message: 'a', stack: 'there' } })
    await tell(one, { kind: 'failed', error: { message: 'a', stack: 'here' } })
    expect(events.map(({ kind }) => kind)).toEqual(['loaded', 'failed', 'failed'])
  })

  test('a build serves all that ask for one while it is under way; what it failed with is told to each', async () => {
    let builds = 0
    let fail: (error: Error) => void = () => {}
    const {
      pool: threads,
      events,
      until,
    } = pool(2, () => {
      builds += 1
      return new Promise((_, reject) => {
        fail = reject
      })
    })
    const [one, two] = (await eachOf(threads, 2)) as [SearchService, SearchService]
    for (const thread of [one, two]) {
      void unanswered(thread)
      order(thread, 'build').catch(() => {})
      await order(thread, 'who')
    }
    expect(builds).toBe(1)
    fail(new Error('no room'))
    await until(() => events.length === 1)
    expect(events).toMatchObject([{ kind: 'failed', error: { message: 'no room' } }])
    order(one, 'build').catch(() => {})
    await order(one, 'who')
    expect(builds).toBe(2)
    fail(new Error('again'))
  })
})

describe('closing', () => {
  test('ends all threads, refuses what is pending, gives a build up, and is no unexpected end', async () => {
    let givenUp = false
    const { pool: threads, ends } = pool(
      2,
      (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            givenUp = true
            reject(signal.reason as Error)
          })
        }),
    )
    const [one, two] = (await eachOf(threads, 2)) as [SearchService, SearchService]
    order(one, 'build').catch(() => {})
    await order(one, 'who')
    const pending = [unanswered(one), unanswered(two)]
    await threads.close()
    expect(givenUp).toBe(true)
    for (const outcome of pending) expect(await outcome).toMatchObject({ code: 'engine_unavailable' })
    expect(threads.ready).toBe(false)
    expect(ends).toEqual([])
    await threads.close()
  })

  test('before a thread has begun ends it too', async () => {
    const { pool: threads, ends } = pool(1)
    await threads.close()
    expect(threads.ready).toBe(false)
    expect(ends).toEqual([])
  })
})
