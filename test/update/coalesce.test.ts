import { describe, expect, test } from 'vitest'
import { Lane } from '../../src/update/coalesce.ts'
import { ManualTimers, settled } from '../support/manual-timers.ts'

/** A lane whose work ends when the test says so. */
function controlled() {
  const timers = new ManualTimers()
  const runs: { end: () => void }[] = []
  let underWay = 0
  let underWayMax = 0
  const work = async (): Promise<void> => {
    underWay += 1
    underWayMax = Math.max(underWayMax, underWay)
    await new Promise<void>((resolve) => runs.push({ end: resolve }))
    underWay -= 1
  }
  return {
    timers,
    runs,
    lane: new Lane(work, timers),
    get underWayMax() {
      return underWayMax
    },
  }
}

describe('a lane', () => {
  test('runs once for many requests before', async () => {
    const { lane, timers, runs } = controlled()
    for (let i = 0; i < 100; i++) lane.request(150)
    await timers.advance(149)
    expect(runs).toHaveLength(0)
    await timers.advance(1)
    expect(runs).toHaveLength(1)
    runs[0]?.end()
    await timers.advance(10_000)
    expect(runs).toHaveLength(1)
  })

  test.each([1, 2, 100])('%i requests during a run lead to exactly one run after it', async (requests) => {
    const test = controlled()
    const { lane, timers, runs } = test
    lane.request(0)
    await timers.advance(0)
    for (let i = 0; i < requests; i++) {
      lane.request(150)
      await timers.advance(200)
    }
    expect(runs).toHaveLength(1)
    runs[0]?.end()
    await timers.advance(150)
    expect(runs).toHaveLength(2)
    runs[1]?.end()
    await timers.advance(10_000)
    expect(runs).toHaveLength(2)
    expect(test.underWayMax).toBe(1)
  })

  test('a request after a run began is not answered by that one, even at its very end', async () => {
    const { lane, timers, runs } = controlled()
    lane.request(0)
    await timers.advance(0)
    runs[0]?.end()
    lane.request(0)
    await timers.advance(0)
    expect(runs).toHaveLength(2)
  })

  test('of two requests the sooner counts, whichever comes first', async () => {
    const { lane, timers, runs } = controlled()
    lane.request(60_000)
    lane.request(150)
    lane.request(60_000)
    await timers.advance(150)
    expect(runs).toHaveLength(1)
    runs[0]?.end()
    await timers.advance(100_000)
    expect(runs).toHaveLength(1)
  })

  test('a delay that ended during a run is not begun anew after it', async () => {
    const { lane, timers, runs } = controlled()
    lane.request(0)
    await timers.advance(0)
    lane.request(150)
    await timers.advance(1000)
    runs[0]?.end()
    await timers.advance(0)
    expect(runs).toHaveLength(2)
  })

  test('goes on after work that failed, which whoever began it hears', async () => {
    const { lane, timers, runs } = controlled()
    const failing = lane.begin(() => Promise.reject(new Error('no')))
    lane.request(10)
    await expect(failing).rejects.toThrow('no')
    await timers.advance(10)
    expect(runs).toHaveLength(1)
  })

  test('something else begun in it answers the request that waits, not the next ones; never two at once', async () => {
    const { lane, timers, runs } = controlled()
    let end: (value: string) => void = () => {}
    lane.request(150)
    const other = lane.begin(
      () =>
        new Promise<string>((resolve) => {
          end = resolve
        }),
    )
    expect(() => lane.begin(async () => 1)).toThrow('under way')
    await timers.advance(1000)
    expect(runs).toHaveLength(0)
    lane.request(150)
    end('done')
    expect(await other).toBe('done')
    await timers.advance(150)
    expect(runs).toHaveLength(1)
  })

  test('closing waits for the run under way and drops the one that waits, and what is asked for afterwards', async () => {
    const { lane, timers, runs } = controlled()
    lane.request(0)
    await timers.advance(0)
    lane.request(10)
    let closed = false
    const closing = lane.close().then(() => {
      closed = true
    })
    lane.request(10)
    await settled()
    expect(closed).toBe(false)
    runs[0]?.end()
    await closing
    await timers.advance(10_000)
    expect(runs).toHaveLength(1)
    expect(timers.pending).toEqual([])
    await lane.close()
  })
})
