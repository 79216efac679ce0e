import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SearchQueue } from '../../src/search-threads/search-queue.ts'

/** A queue of 64 with a clock of its own. */
function queueAt(most = 64) {
  const clock = { ms: 0, now: () => clock.ms }
  const queue = new SearchQueue(most, clock)
  const takes = (load: number): boolean => {
    try {
      queue.admit(load)
      return true
    } catch (error) {
      expect(error).toMatchObject({ code: 'overloaded', status: 503 })
      return false
    }
  }
  return { clock, queue, takes }
}

describe('a queue of searches', () => {
  test('takes as many as it is for, as often as one likes', () => {
    const { queue, takes } = queueAt()
    for (let turn = 0; turn < 1000; turn++) expect(takes(turn % 64)).toBe(true)
    expect(queue).toMatchObject({ shed: 0, isShedding: false })
  })

  test('full, it takes but few for a second: those are answered soon', () => {
    const { clock, queue, takes } = queueAt()
    expect([takes(64), takes(63), takes(8), takes(7)]).toEqual([false, false, false, true])
    expect(queue).toMatchObject({ shed: 3, isShedding: true })
    clock.ms = 999
    expect(takes(8)).toBe(false)
    clock.ms = 1000
    expect([queue.isShedding, takes(63)]).toEqual([false, true])
  })

  test('refusing more does not make it last: after five seconds at most it is tried again', () => {
    const { clock, takes } = queueAt()
    const lasted: number[] = []
    for (let round = 0; round < 5; round++) {
      expect(takes(64)).toBe(false)
      const since = clock.ms
      while (!takes(20)) clock.ms += 10
      lasted.push(clock.ms - since)
    }
    expect(lasted).toEqual([1000, 2000, 4000, 4000, 4000])
    // an overload later on is a first one again
    clock.ms += 60_000
    expect(takes(64)).toBe(false)
    clock.ms += 1000
    expect(takes(20)).toBe(true)
  })

  test('a short one still takes four once it was full, or all it is for', () => {
    const { takes } = queueAt(10)
    expect([takes(10), takes(4), takes(3)]).toEqual([false, false, true])
    const { takes: takesOfThree } = queueAt(3)
    expect([takesOfThree(3), takesOfThree(3), takesOfThree(2)]).toEqual([false, false, true])
  })

  test('of one: whoever would have to wait is refused', () => {
    const { takes } = queueAt(1)
    expect([takes(0), takes(1), takes(0)]).toEqual([true, false, true])
  })

  test('never holds more than it is for, and never refuses who would be the only one', () => {
    const step = fc.record({ load: fc.nat(100), passMs: fc.nat(3000) })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.array(step), (most, steps) => {
        const { clock, takes } = queueAt(most)
        for (const { load, passMs } of steps) {
          clock.ms += passMs
          const isTaken = takes(load)
          if (load >= most) expect(isTaken).toBe(false)
          if (load === 0) expect(isTaken).toBe(true)
        }
      }),
    )
  })
})
