import type { Context, MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { StageTimes } from '../work-budget.ts'
import { queryOf, spentBudget } from './routes/context.ts'

/** A request that was answered, as far as it is anybody's business. */
export interface AnsweredRequest {
  /** Its X-Request-Id. */
  readonly id: string
  /** The pattern of its path, as `/articles/:id`; `other` where there is no such route. */
  readonly route: string
  readonly method: string
  readonly status: number
  /** Milliseconds until the answer was ready to be sent. */
  readonly ms: number
  /** What the stages of its searches took. */
  readonly times: StageTimes
  /** Units of work, see work-budget.ts. */
  readonly work: number
  /** UTF-16 units of what was searched for. */
  readonly queryLength: number
  /** What was searched for, as far as the address says it. Not to be written down unless the site's owner wants that. */
  readonly query: () => string
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Tells of each request that was answered, and tells the client what it took (Server-Timing). */
export function watchRequests(onAnswered: (request: AnsweredRequest) => void): MiddlewareHandler {
  return async (c, next) => {
    const since = performance.now()
    await next()
    const ms = performance.now() - since
    const budget = spentBudget(c)
    const times = budget?.times ?? {}
    // answers to what went wrong are made anew
    c.res.headers.set('x-request-id', requestIdOf(c))
    c.res.headers.set('server-timing', timingOf({ ...times, total: ms }))
    const query = (): string => queryOf(c).get('q') ?? ''
    onAnswered({
      id: requestIdOf(c),
      route: routeOf(c),
      method: METHODS.has(c.req.method) ? c.req.method : 'other',
      status: c.res.status,
      ms,
      times,
      work: Math.round(budget?.spent ?? 0),
      queryLength: query().length,
      query,
    })
  }
}

/** The X-Request-Id that a request came with, or was given. */
export const requestIdOf = (c: Context): string => String(c.get('requestId') ?? '')

const timingOf = (times: Readonly<Record<string, number>>): string =>
  Object.entries(times)
    .map(([name, ms]) => `${name};dur=${ms.toFixed(1)}`)
    .join(', ')

/** The pattern of the route that answered. What answers all paths is none. */
function routeOf(c: Context): string {
  const path = routePath(c)
  // parameters with a pattern of their own
  return /^\/?\*?$/.test(path) && c.req.path !== '/' ? 'other' : path.replaceAll(/\{[^{}]*\}/g, '')
}
