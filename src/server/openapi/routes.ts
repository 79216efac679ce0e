import { Hono } from 'hono'
import type { Shell } from '../pages/html.ts'
import { languageFor } from '../routes/context.ts'
import { docsPage } from './docs-page.ts'
import { openApiDocument } from './document.ts'
import { INDEX_OPERATIONS } from './index-operations.ts'
import { MANAGING_OPERATIONS } from './managing-operations.ts'
import type { Operation } from './operation.ts'
import { OWN_OPERATIONS } from './own-operations.ts'

/** A day; the page names files by their versions, so it is asked for again. */
const KEPT = 'public, max-age=3600'

/** What the server says of its interface. */
export interface Described {
  /** Whether Meilisearch's routes are there, and `/metrics`. */
  readonly hasApi: boolean
  readonly hasMetrics: boolean
  /** Of the program. */
  readonly version: string
}

/** All that a server answers. */
export function operationsOf({ hasApi, hasMetrics }: Described): readonly Operation[] {
  const own = OWN_OPERATIONS.filter(({ path }) => hasMetrics || path !== '/metrics')
  return hasApi ? [...own, ...INDEX_OPERATIONS, ...MANAGING_OPERATIONS] : own
}

/** `GET /openapi.json` and, for people, `GET /docs`. */
export function openApiRoutes(described: Described, shell: Omit<Shell, 'language' | 'root'>): Hono {
  const app = new Hono()
  const operations = operationsOf(described)
  let json: string | undefined
  app.get('/openapi.json', (c) => {
    // made when it is asked for first: few ever do
    json ??= JSON.stringify(openApiDocument(operations, described.version))
    return c.body(json, 200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': KEPT })
  })
  app.get('/docs', (c) => c.html(docsPage({ ...shell, language: languageFor(c), root: './' }, operations)))
  return app
}
