import type { Hono } from 'hono'
import { apiApp } from './meilisearch/api-app.ts'
import { ApiError } from './meilisearch/api-error.ts'
import type { ApiContext } from './meilisearch/context.ts'
import { type ApiEnv, accessOf, requireAction } from './meilisearch/require-action.ts'

/** The text format of Prometheus. */
const TEXT = 'text/plain; version=0.0.4; charset=utf-8'

/**
 * `GET /metrics`. Where there is a master key it needs a key that may read metrics, of all indexes: numbers are those of the whole server.
 * @param text what is counted, as Prometheus reads it
 */
export function metricsRoute(text: () => Promise<string>, api: ApiContext | undefined): Hono<ApiEnv> {
  const app = apiApp()
  if (api !== undefined && api.masterKey !== null) {
    app.use('/metrics', requireAction(api, 'metrics.get'), async (c, next) => {
      if (!accessOf(c).reachesAll) throw new ApiError('invalid_api_key', 'The provided API key is invalid.')
      await next()
    })
  }
  app.get('/metrics', async (c) => c.body(await text(), 200, { 'content-type': TEXT, 'cache-control': 'no-store' }))
  return app
}
