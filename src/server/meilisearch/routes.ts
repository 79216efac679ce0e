import { Hono } from 'hono'
import type { ApiContext } from './context.ts'
import { documentRoutes } from './document-routes.ts'
import { fieldRoutes } from './field-routes.ts'
import { indexRoutes } from './index-routes.ts'
import { keyRoutes } from './key-routes.ts'
import { multiSearchRoutes } from './multi-search-routes.ts'
import { searchRoutes } from './search-routes.ts'
import { serverRoutes } from './server-routes.ts'
import { settingsRoutes } from './settings-routes.ts'
import { taskRoutes } from './task-routes.ts'

const ROUTES = [
  indexRoutes,
  documentRoutes,
  fieldRoutes,
  searchRoutes,
  multiSearchRoutes,
  settingsRoutes,
  keyRoutes,
  serverRoutes,
]

/** Meilisearch's routes: all of them, those of tasks where there are any. */
export function apiRoutes(context: ApiContext): Hono {
  const app = new Hono()
  for (const routes of ROUTES) app.route('/', routes(context))
  if (context.tasks !== null) app.route('/', taskRoutes(context, context.tasks))
  return app
}
