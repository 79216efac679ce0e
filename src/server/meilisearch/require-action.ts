import type { Context, MiddlewareHandler } from 'hono'
import type { ApiKey } from '../../registry/key-table.ts'
import { clientAddress } from '../http/client-address.ts'
import { RateLimiter, rateHeaders } from '../http/rate-limiter.ts'
import { type Access, FULL_ACCESS, isExpired, keyAccess, READING_ACCESS, tenantAccess } from './access.ts'
import { type Action, READING } from './actions.ts'
import { ApiError } from './api-error.ts'
import type { ApiContext } from './context.ts'
import { checkIndexUid } from './index-names.ts'
import { type KeyRing, keyRingOf } from './key-ring.ts'
import { isTokenLike, readTenantToken } from './tenant-token.ts'

/** What Meilisearch's routes know of a request. */
export interface ApiEnv {
  Variables: { access: Access }
}

/**
 * Lets requests pass that may do something; the route then has `accessOf(c)`. Where the route's path has a parameter `indexUid`, the request
 * must be allowed to use that index too. Everything a request may do with other indexes (those of a list, or of a body) the route asks
 * the access for.
 */
export const requireAction =
  (context: ApiContext, action: Action): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    const access = authenticate(context, c, action)
    const indexUid = c.req.param('indexUid')
    if (indexUid !== undefined) {
      checkIndexUid(indexUid)
      access.checkIndex(indexUid)
    }
    c.set('access', access)
    await next()
  }

/** What the request of a route behind `requireAction` may do. */
export function accessOf(c: Context): Access {
  const access = c.get('access') as Access | undefined
  if (access === undefined) throw new Error('a route asks for an access that nothing has checked')
  return access
}

/**
 * What a request may do, by its Authorization header.
 * @throws ApiError `missing_master_key`, `missing_authorization_header`, `invalid_api_key`, `origin_not_allowed` or `too_many_requests`
 */
export function authenticate(context: ApiContext, c: Context, action: Action): Access {
  const ring = keyRingOf(context)
  if (ring === null) {
    if (READING.has(action)) return READING_ACCESS
    throw missingMasterKey()
  }
  const bearer = bearerOf(c.req.header('authorization'))
  if (ring.isMasterKey(bearer)) return FULL_ACCESS
  const { key, access } = accessOfBearer(ring, bearer, action, context.now())
  if (!access.may(action)) throw invalidKey()
  checkOrigin(key, c)
  checkRate(context, key, c)
  return access
}

function accessOfBearer(
  ring: KeyRing,
  bearer: string,
  action: Action,
  now: Date,
): { readonly key: ApiKey; readonly access: Access } {
  // what a token is for is searching; elsewhere it is no key like any other
  if (action === 'search' && isTokenLike(bearer)) {
    const token = readTenantToken(bearer, (uid) => ring.valueOf(uid), now)
    const key = ring.withUid(token.keyUid)
    if (key === undefined || isExpired(key, now)) throw invalidKey()
    return { key, access: tenantAccess(token, key) }
  }
  const key = ring.withValue(bearer)
  if (key === undefined || isExpired(key, now)) throw invalidKey()
  return { key, access: keyAccess(key) }
}

function bearerOf(header: string | undefined): string {
  const [, bearer] = /^bearer(?:\s+(.*))?$/is.exec(header ?? '') ?? [undefined, null]
  if (bearer === null) {
    throw new ApiError(
      'missing_authorization_header',
      'The Authorization header is missing. It must use the bearer authorization method.',
      { 'www-authenticate': 'Bearer' },
    )
  }
  return (bearer ?? '').trim()
}

/** One word for keys that are unknown, that have expired and that may do something else: who guesses learns nothing from it. */
const invalidKey = (): ApiError => new ApiError('invalid_api_key', 'The provided API key is invalid.')

const missingMasterKey = (): ApiError =>
  new ApiError(
    'missing_master_key',
    'Fundstelle is running without a master key: reading is open to everybody, writing and managing to nobody. ' +
      'To open them, set FUNDSTELLE_MASTER_KEY (or FUNDSTELLE_MASTER_KEY_FILE) to at least 16 bytes and start Fundstelle again.',
  )

/** A key that is for some sites is for their pages alone: a browser tells whose page asks, and no page can make it tell otherwise. */
function checkOrigin({ origins }: ApiKey, c: Context): void {
  if (origins === null || origins.includes('*')) return
  const origin = originOf(c)
  if (origin !== null && origins.includes(origin)) return
  throw new ApiError(
    'origin_not_allowed',
    'The provided API key is for the pages of some sites; this request comes from none of them.',
  )
}

/** With GET within one site a browser names the page alone. */
function originOf(c: Context): string | null {
  const origin = c.req.header('origin')
  if (origin !== undefined) return origin
  const page = c.req.header('referer') ?? ''
  return URL.canParse(page) ? new URL(page).origin : null
}

/** What a server remembers of who has asked how often with keys that say how often. */
const limiters = new WeakMap<ApiContext, RateLimiter>()

const socketAddress = clientAddress([])

function checkRate(context: ApiContext, { uid, perMinute }: ApiKey, c: Context): void {
  if (perMinute === null) return
  let limiter = limiters.get(context)
  if (limiter === undefined) {
    limiter = new RateLimiter()
    limiters.set(context, limiter)
  }
  const address = (context.addressOf ?? socketAddress)(c)
  const turn = limiter.take(`${uid} ${address}`, perMinute)
  const headers = rateHeaders('key', perMinute, turn)
  if (!turn.allowed) {
    const words = `Too many requests with this API key: ${perMinute} a minute are allowed. Try again in ${turn.waitSeconds} s.`
    throw new ApiError('too_many_requests', words, headers)
  }
  for (const [name, value] of Object.entries(headers)) c.header(name, value, { append: name !== 'retry-after' })
}
