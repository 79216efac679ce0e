import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import type { ApiContext } from './context.ts'
import { keyRingOf } from './key-ring.ts'

/** Where Meilisearch's routes begin. */
const ROOTS = [
  'indexes',
  'multi-search',
  'swap-indexes',
  'tasks',
  'batches',
  'keys',
  'stats',
  'version',
  'dumps',
  'snapshots',
  'metrics',
  'experimental-features',
]

/** Their paths: a star stands for the root itself too. */
export const API_PATHS = ROOTS.map((root) => `/${root}/*`)

export const isApiPath = (path: string): boolean => ROOTS.includes(path.split('/')[1] ?? '')

const PREFLIGHT_S = 86_400

/**
 * Lets pages of other origins use Meilisearch's routes (CORS): those that the server is told of, and those that a key is for. No cookie and
 * no password of a browser opens anything here, so none is let through.
 * @param allowed origins, or `*` for all
 */
export function apiSharing(context: ApiContext, allowed: readonly string[]): MiddlewareHandler {
  const isAllowed = (origin: string): boolean => {
    if (allowed.includes('*') || allowed.includes(origin)) return true
    const ofKeys = keyRingOf(context)?.origins
    return ofKeys !== undefined && (ofKeys.has('*') || ofKeys.has(origin))
  }
  return cors({
    origin: (origin) => (origin !== '' && isAllowed(origin) ? origin : null),
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: ['Authorization', 'Content-Type', 'X-Meilisearch-Client', 'Meili-Include-Metadata'],
    exposeHeaders: ['RateLimit', 'RateLimit-Policy', 'Retry-After'],
    maxAge: PREFLIGHT_S,
  })
}
