import { Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { FundstelleError } from '../../errors.ts'
import { diskError, isOfDisk } from '../../registry/disk-error.ts'
import { ApiError } from './api-error.ts'
import type { ApiEnv } from './require-action.ts'

/** An app for a group of Meilisearch's routes: its errors are answered in Meilisearch's shape; others are the server's. */
export function apiApp(): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>()
  app.onError((error, c) => {
    const told = toldAs(error)
    if (told === null) throw error
    return c.json(told.body, told.status as ContentfulStatusCode, { ...told.headers, ...NOT_KEPT })
  })
  return app
}

const NOT_KEPT = { 'cache-control': 'no-store' }

/** The answer to one request too many of an address. */
export function tooManyRequests(perMinute: number, waitSeconds: number): Response {
  const words = `Too many requests: ${perMinute} a minute are allowed. Try again in ${waitSeconds} s.`
  const { body, status } = new ApiError('too_many_requests', words)
  return Response.json(body, { status, headers: NOT_KEPT })
}

/** The answer to a request whose error nobody foresaw: the log has it. */
export function internalError(): Response {
  const { body, status } = new ApiError('internal', 'An internal error has occurred. The log of the server has it.')
  return Response.json(body, { status, headers: NOT_KEPT })
}

/** What a client is told of an error; null where it is one that nobody foresaw. */
function toldAs(error: unknown): ApiError | null {
  if (error instanceof ApiError) return error
  if (isOfDisk(error)) {
    const { code, message } = diskError(error)
    return new ApiError(code, message, { 'retry-after': '1' })
  }
  if (error instanceof FundstelleError && error.code === 'overloaded')
    return new ApiError('too_many_search_requests', error.detail('en'), { 'retry-after': '1' })
  if (error instanceof FundstelleError && error.code === 'not_on_cluster')
    return new ApiError('not_on_cluster', error.detail('en'))
  if (error instanceof FundstelleError && error.status === 503)
    return new ApiError('unavailable', error.detail('en'), { 'retry-after': '1' })
  if (error instanceof FundstelleError && error.status < 500) return new ApiError('bad_request', error.detail('en'))
  return null
}
