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

  test('full, it takes but few: those are answered soon', () => {
    const { clock, queue, takes } = queueAt()
    expect([takes(64), takes(63), takes(2), takes(1)]).toEqual([false, false, false, true])
    expect(queue).toMatchObject({ shed: 3, isShedding: true })
    clock.ms = 499
    expect(takes(2)).toBe(false)
  })

  test('it stays short as long as much is refused, however long that is', () => {
    const { clock, queue, takes } = queueAt()
    expect(takes(64)).toBe(false)
    for (let round = 0; round < 1000; round++) {
      clock.ms += 50
      // one of three is too many for a queue of two
      expect(takes(round % 3 === 0 ? 2 : 1)).toBe(round % 3 !== 0)
    }
    expect(queue.isShedding).toBe(true)
  })

  test('what a short queue refuses by chance does not keep it short, and a longer one refuses less by chance', () => {
    const { clock, queue, takes } = queueAt()
    expect(takes(64)).toBe(false)
    // one of five, by a queue of two: it becomes one of four
    for (let call = 0; call < 50; call++) takes(call % 5 === 0 ? 63 : 0)
    clock.ms = 500
    expect([takes(4), takes(3)]).toEqual([false, true])
    // one of five, by a queue of four: back to two
    for (let call = 0; call < 50; call++) takes(call % 5 === 0 ? 63 : 0)
    clock.ms = 1000
    expect([takes(3), takes(2), takes(1)]).toEqual([false, false, true])
    expect(queue.isShedding).toBe(true)
  })

  test('where little is refused it is twice as long after each half second', () => {
    const { clock, queue, takes } = queueAt()
    expect(takes(64)).toBe(false)
    const lengths: number[] = []
    clock.ms = 500
    for (let round = 0; round < 5; round++) {
      for (let call = 0; call < 200; call++) expect(takes(0)).toBe(true)
      lengths.push([2, 4, 8, 16, 32, 64].filter((length) => takes(length - 1)).length)
      clock.ms += 500
    }
    expect(lengths).toEqual([2, 3, 4, 5, 6])
    expect(queue.isShedding).toBe(false)
    // an overload later on is a first one again
    expect([takes(64), takes(2), takes(1)]).toEqual([false, false, true])
  })

  test('time in which nobody asks makes it as long as it was', () => {
    const { clock, queue, takes } = queueAt()
    expect(takes(64)).toBe(false)
    clock.ms = 11_999
    expect(queue.isShedding).toBe(true)
    clock.ms = 12_000
    expect([queue.isShedding, takes(63)]).toEqual([false, true])
  })

  test('a short one still takes two once it was full, or all it is for', () => {
    const { takes } = queueAt(10)
    expect([takes(10), takes(2), takes(1)]).toEqual([false, false, true])
    const { takes: takesOfTwo } = queueAt(2)
    expect([takesOfTwo(2), takesOfTwo(2), takesOfTwo(1)]).toEqual([false, false, true])
  })

  test('as many clients as it holds, each waiting for its answer, are never refused', () => {
    const { clock, takes } = queueAt()
    // each asks again as soon as it is answered
    for (let call = 0; call < 10_000; call++) {
      clock.ms += 8
      expect(takes(Math.min(call, 63))).toBe(true)
    }
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
