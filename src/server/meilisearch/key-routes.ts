import type { Hono } from 'hono'
import type { ApiKey } from '../../registry/key-table.ts'
import type { Access } from './access.ts'
import { addKey } from './add-key.ts'
import { AddressParameters } from './address-parameters.ts'
import { apiApp } from './api-app.ts'
import { ApiError } from './api-error.ts'
import type { ApiContext } from './context.ts'
import { jsonBody } from './json-body.ts'
import { type KeyRing, keyRingOf } from './key-ring.ts'
import { keyChangeOf, keyOfBody } from './key-schema.ts'
import { keyView } from './key-view.ts'
import { type ApiEnv, accessOf, requireAction } from './require-action.ts'

const LIMIT_DEFAULT = 20

/** Instead of the value of a key that may do more than who asks. */
const HIDDEN = '***'

/** Keys: making, listing, renaming and taking them back. */
export function keyRoutes(context: ApiContext): Hono<ApiEnv> {
  const app = apiApp()
  const { registry } = context
  const ring = (): KeyRing => {
    const found = keyRingOf(context)
    // without a master key no request comes here
    if (found === null) throw new Error('keys without a master key')
    return found
  }

  /** By its uid or its value. */
  const found = (name: string): ApiKey => {
    const key = ring().withUid(name.toLowerCase()) ?? ring().withValue(name)
    if (key === undefined) throw notFound(name)
    return key
  }

  const shown = (key: ApiKey, access: Access): object =>
    keyView(key, access.covers(key) ? ring().valueOf(key.uid) : HIDDEN)

  app.get('/keys', requireAction(context, 'keys.get'), (c) => {
    const parameters = new AddressParameters(c)
    parameters.only(['offset', 'limit'])
    const offset = parameters.wholeNumber('offset', 'invalid_api_key_offset') ?? 0
    const limit = parameters.wholeNumber('limit', 'invalid_api_key_limit') ?? LIMIT_DEFAULT
    const all = registry.keys.all()
    const results = all.slice(offset, offset + limit).map((key) => shown(key, accessOf(c)))
    return c.json({ results, offset, limit, total: all.length })
  })

  app.post('/keys', requireAction(context, 'keys.create'), async (c) => {
    const key = keyOfBody(await jsonBody(c, BODY_MAX), context.now())
    mustCover(accessOf(c), key)
    await addKey(registry, key)
    return c.json(shown(key, accessOf(c)), 201)
  })

  app.get('/keys/:key', requireAction(context, 'keys.get'), (c) =>
    c.json(shown(found(c.req.param('key')), accessOf(c))),
  )

  app.patch('/keys/:key', requireAction(context, 'keys.update'), async (c) => {
    const change = keyChangeOf(await jsonBody(c, BODY_MAX))
    const { uid } = found(c.req.param('key'))
    const changed = await registry.changeKeys((keys) => {
      const key = keys.get(uid)
      if (key === undefined) throw notFound(c.req.param('key'))
      mustCover(accessOf(c), key)
      const after = { ...key, ...change, updatedAt: context.now().toISOString() }
      keys.change(uid, after)
      return after
    })
    return c.json(shown(changed, accessOf(c)))
  })

  app.delete('/keys/:key', requireAction(context, 'keys.delete'), async (c) => {
    const key = found(c.req.param('key'))
    mustCover(accessOf(c), key)
    await registry.changeKeys((keys) => keys.remove(key.uid))
    return c.body(null, 204)
  })
  return app
}

/** Of bodies with keys, in bytes. */
const BODY_MAX = 1024 * 1024

/** Who could make keys that may do more than its own could do everything. */
function mustCover(access: Access, key: ApiKey): void {
  if (!access.covers(key))
    throw new ApiError('invalid_api_key', 'The provided API key cannot manage an API key that may do more than itself.')
}

/** What was looked for may be a secret that is misspelt: of that no error tells more than its beginning. */
function notFound(name: string): ApiError {
  return new ApiError(
    'api_key_not_found',
    `API key \`${name.length > SHOWN_MAX ? `${name.slice(0, SHOWN_MAX)}…` : name}\` not found.`,
  )
}

/** A uid is as long. */
const SHOWN_MAX = 36
