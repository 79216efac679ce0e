import type { Hono } from 'hono'
import { z } from 'zod'
import type { NamedIndex } from '../../registry/index-table.ts'
import type { IndexSwap } from '../../registry/task.ts'
import { AddressParameters } from './address-parameters.ts'
import { apiApp } from './api-app.ts'
import { ApiError } from './api-error.ts'
import { checked } from './checked.ts'
import { type ApiContext, indexNamed } from './context.ts'
import { checkIndexUid } from './index-names.ts'
import { jsonBody } from './json-body.ts'
import { type ApiEnv, accessOf, requireAction } from './require-action.ts'
import { enqueuedView } from './task-view.ts'

const LIMIT_DEFAULT = 20

const indexView = ({ uid, createdAt, updatedAt, primaryKey }: NamedIndex) => ({ uid, createdAt, updatedAt, primaryKey })

/** The indexes themselves: listing, making, changing, deleting and swapping them. */
export function indexRoutes(context: ApiContext): Hono<ApiEnv> {
  const { registry, enqueue } = context
  const app = apiApp()
  app.get('/indexes', requireAction(context, 'indexes.get'), (c) => {
    const parameters = new AddressParameters(c)
    parameters.only(['offset', 'limit'])
    const offset = parameters.wholeNumber('offset', 'invalid_index_offset') ?? 0
    const limit = parameters.wholeNumber('limit', 'invalid_index_limit') ?? LIMIT_DEFAULT
    const access = accessOf(c)
    const all = registry.indexes.all().filter(({ uid }) => access.mayUse(uid))
    const results = all.slice(offset, offset + limit).map(indexView)
    return c.json({ results, offset, limit, total: all.length })
  })
  app.post('/indexes', requireAction(context, 'indexes.create'), async (c) => {
    const { uid, primaryKey = null } = checked(NEW_INDEX, await jsonBody(c), codeOf, missingCodeOf)
    checkIndexUid(uid)
    accessOf(c).checkIndex(uid)
    const task = await enqueue(uid, { type: 'indexCreation', primaryKey }, { primaryKey })
    return c.json(enqueuedView(task), 202)
  })
  app.get('/indexes/:indexUid', requireAction(context, 'indexes.get'), (c) =>
    c.json(indexView(indexNamed(context, c.req.param('indexUid')))),
  )
  app.patch('/indexes/:indexUid', requireAction(context, 'indexes.update'), async (c) => {
    const uid = c.req.param('indexUid')
    const body = await jsonBody(c)
    for (const [name, code] of UNCHANGEABLE)
      if (typeof body === 'object' && body !== null && Object.hasOwn(body, name))
        throw new ApiError(code, `Immutable field \`${name}\`: expected one of \`uid\`, \`primaryKey\``)
    const { primaryKey = null, uid: newUid = null } = checked(CHANGED_INDEX, body, codeOf)
    if (newUid !== null) {
      checkIndexUid(newUid)
      accessOf(c).checkIndex(newUid)
    }
    const names = newUid === null ? {} : { oldIndexUid: uid, newIndexUid: newUid }
    const task = await enqueue(uid, { type: 'indexUpdate', primaryKey, newUid }, { primaryKey, ...names })
    return c.json(enqueuedView(task), 202)
  })
  app.delete('/indexes/:indexUid', requireAction(context, 'indexes.delete'), async (c) => {
    const task = await enqueue(c.req.param('indexUid'), { type: 'indexDeletion' }, { deletedDocuments: null })
    return c.json(enqueuedView(task), 202)
  })
  app.post('/swap-indexes', requireAction(context, 'indexes.swap'), async (c) => {
    const swaps = swapsOf(await jsonBody(c))
    for (const uid of swaps.flatMap(({ indexes }) => indexes)) {
      checkIndexUid(uid)
      accessOf(c).checkIndex(uid)
    }
    const task = await enqueue(null, { type: 'indexSwap', swaps }, { swaps })
    return c.json(enqueuedView(task), 202)
  })
  return app
}

/** The bodies of requests. */
export const NEW_INDEX = z.strictObject({ uid: z.string(), primaryKey: z.string().nullish() })
export const CHANGED_INDEX = z.strictObject({ primaryKey: z.string().nullish(), uid: z.string().nullish() })
export const SWAPS = z.array(z.strictObject({ indexes: z.array(z.string()), rename: z.boolean().nullish() }))

const CODES: Readonly<Record<string, string>> = {
  uid: 'invalid_index_uid',
  primaryKey: 'invalid_index_primary_key',
  indexes: 'invalid_swap_indexes',
  rename: 'invalid_swap_rename',
}
const MISSING_CODES: Readonly<Record<string, string>> = { uid: 'missing_index_uid', indexes: 'missing_swap_indexes' }

const codeOf = (path: readonly PropertyKey[]): string =>
  path.map((step) => CODES[String(step)]).find(Boolean) ?? 'bad_request'
const missingCodeOf = (path: readonly PropertyKey[]): string => MISSING_CODES[String(path.at(-1))] ?? 'bad_request'

const UNCHANGEABLE = [
  ['createdAt', 'immutable_index_created_at'],
  ['updatedAt', 'immutable_index_updated_at'],
] as const

/** @throws ApiError */
function swapsOf(body: unknown): IndexSwap[] {
  const swaps = checked(SWAPS, body, codeOf, missingCodeOf).map(({ indexes, rename }): IndexSwap => {
    const [first, second] = indexes
    if (first !== undefined && second !== undefined && indexes.length === 2)
      return { indexes: [first, second], rename: rename ?? false }
    const message = `Two indexes must be given for each swap. The list \`${JSON.stringify(indexes).slice(0, 200)}\` contains ${indexes.length} indexes.`
    throw new ApiError('invalid_swap_indexes', message)
  })
  const named = swaps.flatMap(({ indexes }) => indexes)
  const twice = [...new Set(named.filter((uid, at) => named.indexOf(uid) !== at))]
  if (twice.length === 0) return swaps
  const names = twice.map((uid) => `\`${uid}\``).join(', ')
  const were = twice.length === 1 ? 'was' : 'were'
  const message = `Indexes must be declared only once during a swap. ${names} ${were} specified several times.`
  throw new ApiError('invalid_swap_duplicate_index_found', message)
}
