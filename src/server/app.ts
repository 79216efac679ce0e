// The room `server`: the Hono app, put together of routes and of what holds for all of them. It imports `search` and its own rooms below;
// it is built from what it is given, reads no environment, knows no engine and never listens.

import { type Context, Hono } from 'hono'
import { requestId } from 'hono/request-id'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type ErrorCode, FundstelleError, type Localized } from '../errors.ts'
import { MAIN_INDEX } from '../registry/index-table.ts'
import type { SearchService } from '../search/service.ts'
import type { Assets } from './http/assets.ts'
import { cached } from './http/caching.ts'
import { type AddressOf, clientAddress } from './http/client-address.ts'
import { compression } from './http/compression.ts'
import { wantsHtml } from './http/negotiate.ts'
import { problemOf, problemResponse } from './http/problem.ts'
import { RateLimiter } from './http/rate-limiter.ts'
import { rateLimiting } from './http/rate-limiting.ts'
import { ownResources, security } from './http/security.ts'
import { SHARED, sharing } from './http/sharing.ts'
import { internalError, tooManyRequests } from './meilisearch/api-app.ts'
import { API_PATHS, apiSharing, isApiPath } from './meilisearch/api-sharing.ts'
import type { ApiContext } from './meilisearch/context.ts'
import { ownDoor } from './meilisearch/own-door.ts'
import { apiRoutes } from './meilisearch/routes.ts'
import { metricsRoute } from './metrics-route.ts'
import { openApiRoutes } from './openapi/routes.ts'
import { problemPage } from './pages/problem-page.ts'
import { articleRoutes, isArticle } from './routes/articles.ts'
import {
  carriedBy,
  type IndexSearch,
  indexNameOf,
  languageFor,
  queryOf,
  type RouteContext,
  spentBudget,
} from './routes/context.ts'
import { fileRoutes, versionedName } from './routes/files.ts'
import { pageRoutes } from './routes/page.ts'
import { searchRoutes } from './routes/search.ts'
import { type AnsweredRequest, requestIdOf, watchRequests } from './watch-requests.ts'

export interface AppDependencies {
  readonly service: SearchService
  /** Searches in another index than the one in use; undefined where there is none of this name. */
  readonly serviceFor?: (uid: string) => IndexSearch | undefined
  /** The name of the index in use; `articles` unless it is said. */
  readonly indexInUse?: string
  /** Whether there is one of that name: where indexes are only written over HTTP there may be others alone. Unless it is said there is. */
  readonly hasIndexInUse?: () => boolean
  /** Whether searches can be answered. */
  readonly ready: () => boolean
  /** Where the index is in a cluster: how that is. */
  readonly cluster?: () => ClusterHealth
  /** Where files are watched: how that is going. A server whose files are no longer taken in answers searches all the same. */
  readonly watching?: () => 'starting' | 'running' | 'restarting' | 'failed' | undefined
  /** @param id the request's X-Request-Id */
  readonly onError: (error: unknown, request: Request, id: string) => void
  /** Told of each request when it has been answered. */
  readonly onAnswered?: (request: AnsweredRequest) => void
  /** What the server counts, as Prometheus reads it; without it there is no such route. */
  readonly metrics?: () => Promise<string>
  /** Of the program, as `/openapi.json` tells it; none unless it is said. */
  readonly version?: string
  readonly assets: Assets
  /** What Meilisearch's routes work with; without it there are none. */
  readonly api?: ApiContext
  /** Origins of other sites whose pages may ask, or `*` for all; none unless it is said. */
  readonly allowedOrigins?: readonly string[]
  /** Whether Fundstelle's own routes need a key as well; only where there is an `api`, and it has a master key. */
  readonly isPrivate?: boolean
  /** Requests a minute and address; 0 for any number. */
  readonly rateLimit?: number
  /** Whom requests are counted for; without it the address of the connection. */
  readonly addressOf?: AddressOf
  /** Told of each request whose answer was cut short because it takes too much work. */
  readonly onDegraded?: (request: DegradedRequest) => void
  /** Told once of each other origin whose pages ask in vain. */
  readonly onRefusedOrigin?: (origin: string) => void
}

/** Whether all copies of an index are there, only some, not all of its parts, or nobody answers. */
export type ClusterHealth = 'green' | 'yellow' | 'red' | 'unreachable'

/** A request that used up its budget of work. */
export interface DegradedRequest {
  readonly path: string
  /** UTF-16 units of the address behind the path; what people search for is nobody's business. */
  readonly queryLength: number
  /** Units of work, see work-budget.ts. */
  readonly work: number
  readonly cuts: readonly string[]
}

/** The HTTP side: routes over a search service. Listens to nothing and reads nothing by itself. */
export function createApp(dependencies: AppDependencies): Hono {
  const { service, indexInUse = MAIN_INDEX, ready, watching, onError, assets, allowedOrigins = [], api } = dependencies
  const { rateLimit = 0, addressOf = clientAddress([]), hasIndexInUse = () => true } = dependencies
  const { onRefusedOrigin = () => {}, onDegraded = () => {} } = dependencies
  const app = new Hono()
  const routes: RouteContext = {
    serviceOf(c) {
      const name = indexNameOf(c)
      if (name === null || name === indexInUse) {
        if (!hasIndexInUse()) throw new FundstelleError('index_unknown', { index: indexInUse })
        return service
      }
      const other = dependencies.serviceFor?.(name)
      if (other === undefined) throw new FundstelleError('index_unknown', { index: name })
      return other
    },
    mustBeReady() {
      // whoever asks is told at once, and need not wait until a search has found it out once more
      if (dependencies.cluster?.() === 'unreachable')
        throw new FundstelleError('engine_unavailable', { why: UNWELL.unreachable })
      if (!ready()) throw new FundstelleError('not_ready')
    },
  }
  const shell = { css: versionedName('page.css', assets.pageCss), js: versionedName('page.js', assets.pageJs) }

  app.use(requestId({ limitLength: REQUEST_ID_MAX }))
  app.use(watchRequests(dependencies.onAnswered ?? (() => {})))
  app.use(security)
  app.use(ownResources)
  app.use(compression)
  if (api !== undefined) {
    // before the sharing of Fundstelle's own routes, of which one is Meilisearch's too
    const apiShared = apiSharing(api, allowedOrigins)
    for (const path of API_PATHS) app.use(path, apiShared)
  }
  const shared = sharing(allowedOrigins, onRefusedOrigin)
  for (const path of SHARED) app.use(path, shared)
  if (rateLimit > 0)
    app.use(
      rateLimiting(rateLimit, addressOf, new RateLimiter(), (c, { waitSeconds }) =>
        api !== undefined && isApiPath(c.req.path)
          ? tooManyRequests(rateLimit, waitSeconds)
          : respond(new FundstelleError('too_many_requests', { max: rateLimit, seconds: waitSeconds }), c),
      ),
    )
  if (api !== undefined) {
    const door = ownDoor(api, dependencies.isPrivate === true, indexInUse, indexNameOf)
    for (const path of OWN) app.use(path, door)
  }
  const answered = cached({
    // pages name these files by their versions
    version: async () => [await service.version(), assets.pageCss.version, assets.pageJs.version].join(' '),
    varied: (c) => [languageFor(c), String(isPage(c)), c.req.header('x-forwarded-prefix') ?? ''],
    vary: 'Accept, Accept-Language, X-Forwarded-Prefix',
    isPage,
  })
  // what other indexes answer has no version
  const isOfOther = (c: Context): boolean => ![null, indexInUse].includes(indexNameOf(c))
  const hasVersion = (): boolean => ready() && hasIndexInUse() && dependencies.cluster?.() !== 'unreachable'
  for (const path of OWN) app.get(path, (c, next) => (hasVersion() && !isOfOther(c) ? answered(c, next) : next()))

  app.use(async (c, next) => {
    await next()
    const budget = spentBudget(c)
    if (budget === undefined) return
    c.res.headers.set('x-fundstelle-work', String(Math.round(budget.spent)))
    if (!budget.isDegraded) return
    const { pathname, search } = new URL(c.req.url)
    onDegraded({ path: pathname, queryLength: search.length, work: budget.spent, cuts: budget.cuts })
  })
  app.route('/', fileRoutes(assets))
  app.route('/', pageRoutes(routes, shell))
  // of `/multi-search` these take what names an index
  if (api !== undefined) {
    app.route('/', apiRoutes(api))
    // the rest of them are Fundstelle's own
    app.post('/multi-search', ownDoor(api, dependencies.isPrivate === true, indexInUse, indexNameOf))
  }
  if (dependencies.cluster !== undefined)
    for (const path of API_PATHS)
      app.all(path, (c, next) => (isOwnToo(c.req.path) ? next() : respond(new FundstelleError('not_on_cluster'), c)))
  app.route('/', searchRoutes(routes))
  app.route('/', articleRoutes(routes, shell))
  if (dependencies.metrics !== undefined) app.route('/', metricsRoute(dependencies.metrics, api))
  const { version = '' } = dependencies
  app.route(
    '/',
    openApiRoutes({ hasApi: api !== undefined, hasMetrics: dependencies.metrics !== undefined, version }, shell),
  )
  app.get('/health', (c) => c.json({ status: 'available' }))
  app.get('/ready', (c) => {
    routes.mustBeReady()
    const state = watching?.()
    const cluster = dependencies.cluster?.()
    if (cluster === 'red') throw new FundstelleError('engine_unavailable', { why: UNWELL.red })
    return c.json({
      status: 'ready',
      ...(state !== undefined && { watching: state }),
      ...(cluster !== undefined && { cluster }),
    })
  })

  /** Whether the log has it already: it tells once that a cluster does not answer any more. */
  const isKnown = ({ code }: FundstelleError): boolean =>
    code === 'engine_unavailable' && dependencies.cluster?.() === 'unreachable'
  const respond = (error: FundstelleError, c: Context): Response | Promise<Response> => {
    const language = languageFor(c)
    const carried = carriedBy(queryOf(c))
    const response = problemResponse(error, language)
    if (!['GET', 'HEAD'].includes(c.req.method) || !wantsHtml(c.req.header('accept'))) return response
    const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== 'content-type'))
    // however deep the address is, the root is where the first slash leads
    const root = '../'.repeat(c.req.path.split('/').length - 2) || './'
    const status = response.status as ContentfulStatusCode
    return c.html(problemPage({ ...shell, language, root }, problemOf(error, language), carried), status, headers)
  }
  app.notFound((c) => {
    // a misspelt address of the script is to be no riddle about origins
    c.header('cross-origin-resource-policy', 'cross-origin')
    return respond(new FundstelleError('not_found', { path: c.req.path }), c)
  })
  app.onError((error, c) => {
    // nobody reads what a client that has gone away is told
    if (c.req.raw.signal.aborted) return c.body(null, GONE_AWAY)
    if (error instanceof FundstelleError && (error.status < 500 || AWAITED.has(error.code) || isKnown(error)))
      return respond(error, c)
    onError(error, c.req.raw, requestIdOf(c))
    if (api !== undefined && isApiPath(c.req.path) && c.req.path !== '/multi-search') return internalError()
    const isTold = error instanceof FundstelleError && error.code === 'engine_unavailable'
    return respond(isTold ? error : new FundstelleError('internal'), c)
  })
  return app
}

const UNWELL: Readonly<Record<'red' | 'unreachable', Localized>> = {
  red: { de: 'dem Cluster fehlen Teile des Index', en: 'the cluster lacks parts of the index' },
  unreachable: { de: 'der Cluster ist nicht zu erreichen', en: 'the cluster cannot be reached' },
}

/** Paths of Meilisearch's that Fundstelle has as well. */
const isOwnToo = (path: string): boolean => path === '/multi-search' || path === '/metrics'

/** Of an id that a client, or a proxy, has given a request; one that is longer gets another. */
const REQUEST_ID_MAX = 128

/** What passes by itself is no failure that a log should have. */
const AWAITED: ReadonlySet<string> = new Set<ErrorCode>(['not_ready', 'overloaded', 'not_on_cluster'])

/** Fundstelle's own routes that read articles. */
const OWN = ['/', '/search', '/suggest', '/facets/*', '/articles/*', '/analyze', '/marks']

/** No status of HTTP's own: what servers write down where a client has not waited for its answer. */
const GONE_AWAY = 499 as ContentfulStatusCode

/** The root is a page for everybody, an article for whoever asks for one; everything else is data. */
function isPage(c: Context): boolean {
  if (c.req.path === '/') return true
  return isArticle(c.req.path) && wantsHtml(c.req.header('accept'))
}
