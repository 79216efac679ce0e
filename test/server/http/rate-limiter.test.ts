import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RateLimiter, rateHeaders } from '../../../src/server/http/rate-limiter.ts'

/** A limiter with a clock of its own. */
function limiterWith(clientsMax?: number): { readonly limiter: RateLimiter; readonly clock: { ms: number } } {
  const clock = { ms: 0 }
  return { limiter: new RateLimiter(() => clock.ms, clientsMax), clock }
}

describe('a limiter', () => {
  it('lets so many requests through at once, and no more', () => {
    const { limiter } = limiterWith()
    expect(Array.from({ length: 4 }, () => limiter.take('a', 3))).toEqual([
      { allowed: true, remaining: 2, resetSeconds: 20, waitSeconds: 0 },
      { allowed: true, remaining: 1, resetSeconds: 40, waitSeconds: 0 },
      { allowed: true, remaining: 0, resetSeconds: 60, waitSeconds: 20 },
      { allowed: false, remaining: 0, resetSeconds: 60, waitSeconds: 20 },
    ])
  })

  it('gives them back evenly over a minute', () => {
    const { limiter, clock } = limiterWith()
    for (let taken = 0; taken < 3; taken++) limiter.take('a', 3)
    clock.ms = 19_999
    expect(limiter.take('a', 3).allowed).toBe(false)
    clock.ms = 20_000
    expect(limiter.take('a', 3).allowed).toBe(true)
    expect(limiter.take('a', 3).allowed).toBe(false)
  })

  it('counts each client by itself', () => {
    const { limiter } = limiterWith()
    expect(limiter.take('a', 1).allowed).toBe(true)
    expect(limiter.take('b', 1).allowed).toBe(true)
    expect(limiter.take('a', 1).allowed).toBe(false)
  })

  it('does not count what it refuses: who waits as it says gets through', () => {
    const { limiter, clock } = limiterWith()
    limiter.take('a', 1)
    for (let tried = 0; tried < 100; tried++) limiter.take('a', 1)
    clock.ms = limiter.take('a', 1).waitSeconds * 1000
    expect(limiter.take('a', 1).allowed).toBe(true)
  })

  it('remembers no more clients than it may, the latest of them', () => {
    const { limiter } = limiterWith(100)
    limiter.take('first', 1)
    for (let client = 0; client < 10_000; client++) limiter.take(`other ${client}`, 1)
    expect(limiter.size).toBe(100)
    expect(limiter.take('other 9999', 1).allowed).toBe(false)
    expect(limiter.take('first', 1).allowed).toBe(true)
  })

  it('lets never more through in a minute than twice the number, and after waiting always one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.array(fc.nat(3000), { maxLength: 200 }), (perMinute, pauses) => {
        const { limiter, clock } = limiterWith()
        const passed: number[] = []
        for (const pause of pauses) {
          clock.ms += pause
          const turn = limiter.take('a', perMinute)
          if (turn.allowed) passed.push(clock.ms)
          expect(turn.remaining).toBeGreaterThanOrEqual(0)
          expect(turn.remaining).toBeLessThan(perMinute)
        }
        for (const start of passed)
          expect(passed.filter((at) => at >= start && at < start + 60_000).length).toBeLessThanOrEqual(2 * perMinute)
        clock.ms += limiter.take('a', perMinute).waitSeconds * 1000
        expect(limiter.take('a', perMinute).allowed).toBe(true)
      }),
    )
  })

  it('says so in headers', () => {
    const { limiter } = limiterWith()
    limiter.take('a', 1)
    expect(rateHeaders('address', 1, limiter.take('a', 1))).toEqual({
      'ratelimit-policy': '"address";q=1;w=60',
      ratelimit: '"address";r=0;t=60',
      'retry-after': '60',
    })
  })
})
