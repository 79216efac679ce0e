import type { Context, MiddlewareHandler } from 'hono'
import type { AddressOf } from './client-address.ts'
import { type RateLimiter, rateHeaders, type Turn } from './rate-limiter.ts'

/** Whoever watches over a server must always get an answer; and a page must be told why it gets none. */
const isFree = (c: Context): boolean =>
  c.req.method === 'OPTIONS' || c.req.path === '/health' || c.req.path === '/ready'

/**
 * Lets each address make so many requests a minute; every answer says how many are left.
 * @param refusal the answer to one too many; it gets the headers
 */
export function rateLimiting(
  perMinute: number,
  addressOf: AddressOf,
  limiter: RateLimiter,
  refusal: (c: Context, turn: Turn) => Response | Promise<Response>,
): MiddlewareHandler {
  return async (c, next) => {
    if (isFree(c)) return next()
    const turn = limiter.take(addressOf(c), perMinute)
    if (turn.allowed) await next()
    else c.res = await refusal(c, turn)
    for (const [name, value] of Object.entries(rateHeaders('address', perMinute, turn)))
      if (name === 'retry-after') c.res.headers.set(name, value)
      else c.res.headers.append(name, value)
  }
}
