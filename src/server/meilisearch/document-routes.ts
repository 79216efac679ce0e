import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { PayloadFault, type PayloadFormat, writePayload } from '../../documents/payload.ts'
import { mayBeFoundCommitted } from '../../registry/disk-error.ts'
import type { Task, TaskWork } from '../../registry/task.ts'
import { AddressParameters } from './address-parameters.ts'
import { apiApp } from './api-app.ts'
import { ApiError, indexNotFound, unsupported } from './api-error.ts'
import { bodyStream, contentTypeOf } from './body-stream.ts'
import { checked } from './checked.ts'
import { type ApiContext, indexNamed } from './context.ts'
import { documentFilter, documentSort } from './document-filter.ts'
import { jsonBody } from './json-body.ts'
import { type ApiEnv, accessOf, requireAction } from './require-action.ts'
import { enqueuedView } from './task-view.ts'

const LIMIT_DEFAULT = 20
/** Ids that one request deletes. */
const IDS_MAX = 1_000_000
/** Attributes, or sort keys, of one request. */
const NAMES_MAX = 1000

/** The documents of an index: reading, writing and deleting them. */
export function documentRoutes(context: ApiContext): Hono<ApiEnv> {
  const app = apiApp()
  const path = '/indexes/:indexUid/documents'
  app.get(path, requireAction(context, 'documents.get'), async (c) => {
    const parameters = new AddressParameters(c)
    parameters.only(['offset', 'limit', 'fields', 'filter', 'ids', 'sort', 'retrieveVectors'])
    return listed(context, c, {
      offset: parameters.wholeNumber('offset', 'invalid_document_offset'),
      limit: parameters.wholeNumber('limit', 'invalid_document_limit'),
      fields: parameters.names('fields'),
      filter: parameters.text('filter'),
      ids: parameters.names('ids'),
      sort: parameters.names('sort'),
      retrieveVectors: parameters.flag('retrieveVectors', 'invalid_document_retrieve_vectors'),
    })
  })
  app.post(`${path}/fetch`, requireAction(context, 'documents.get'), async (c) => {
    const body = checked(LISTED, (await jsonBody(c)) ?? {}, codeOf)
    return listed(context, c, { ...body, ids: body.ids?.map(String) })
  })
  app.get(`${path}/:id`, requireAction(context, 'documents.get'), async (c) => {
    const parameters = new AddressParameters(c)
    parameters.only(['fields', 'retrieveVectors'])
    const index = indexNamed(context, c.req.param('indexUid') as string)
    const id = c.req.param('id')
    const document = await context.searchIn(index).document(id, parameters.names('fields') ?? null)
    if (document === undefined) throw new ApiError('document_not_found', `Document \`${id}\` not found.`)
    const hasVectors = parameters.flag('retrieveVectors', 'invalid_document_retrieve_vectors') ?? false
    return jsonText(c, hasVectors ? withVectors(document) : document)
  })
  app.post(path, requireAction(context, 'documents.add'), (c) => added(context, c, 'replace'))
  app.put(path, requireAction(context, 'documents.add'), (c) => added(context, c, 'update'))
  app.delete(path, requireAction(context, 'documents.delete'), (c) => deleted(context, c, { kind: 'all' }, 0, null))
  app.delete(`${path}/:id`, requireAction(context, 'documents.delete'), (c) =>
    deleted(context, c, { kind: 'ids', ids: [c.req.param('id')] }, 1, null),
  )
  app.post(`${path}/delete-batch`, requireAction(context, 'documents.delete'), async (c) => {
    const ids = checked(IDS, await jsonBody(c), codeOf).map(String)
    return deleted(context, c, { kind: 'ids', ids }, ids.length, null)
  })
  app.post(`${path}/delete`, requireAction(context, 'documents.delete'), async (c) => {
    const { filter } = checked(DELETED, await jsonBody(c), codeOf)
    if (filter === undefined) throw new ApiError('missing_document_filter', 'Missing field `filter`')
    if (isBlank(filter)) throw new ApiError('invalid_document_filter', 'Sending an empty filter is forbidden.')
    // what can be filtered by is asked when its turn comes: earlier tasks may have changed that
    documentFilter(filter, null)
    return deleted(context, c, { kind: 'filter', filter }, 0, JSON.stringify(filter))
  })
  app.post(`${path}/edit`, requireAction(context, 'documents.add'), () => {
    throw unsupported('Editing documents by a function')
  })
  return app
}

const WHOLE_NUMBER = z.number().int().min(0)
const ID = z.union([z.string(), z.number().int()])
const NAMES = z.array(z.string()).max(NAMES_MAX)
/** The bodies of requests. */
export const IDS = z.array(ID).max(IDS_MAX)
export const DELETED = z.strictObject({ filter: z.unknown() })
export const LISTED = z.strictObject({
  offset: WHOLE_NUMBER.nullish(),
  limit: WHOLE_NUMBER.nullish(),
  fields: NAMES.nullish(),
  filter: z.unknown().optional(),
  ids: z.array(ID).max(IDS_MAX).nullish(),
  sort: NAMES.nullish(),
  retrieveVectors: z.boolean().nullish(),
})

/** `retrieveVectors` -> `invalid_document_retrieve_vectors`. */
function codeOf([name]: readonly PropertyKey[]): string {
  if (typeof name !== 'string') return name === undefined ? 'bad_request' : 'invalid_document_ids'
  return `invalid_document_${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`
}

interface ListRequest {
  readonly offset?: number | null | undefined
  readonly limit?: number | null | undefined
  readonly fields?: readonly string[] | null | undefined
  readonly filter?: unknown
  readonly ids?: readonly string[] | null | undefined
  readonly sort?: readonly string[] | null | undefined
  readonly retrieveVectors?: boolean | null | undefined
}

async function listed(context: ApiContext, c: Context, request: ListRequest): Promise<Response> {
  const index = indexNamed(context, c.req.param('indexUid') as string)
  const { fields, filter, ids, sort } = request
  const [offset, limit] = [request.offset ?? 0, request.limit ?? LIMIT_DEFAULT]
  const { documents, total } = await context.searchIn(index).documents({
    offset,
    limit,
    fields: fields === undefined || fields?.includes('*') ? null : (fields ?? null),
    filter: documentFilter(filter, index),
    ids: ids ?? null,
    sort: documentSort(sort, index),
  })
  const results = request.retrieveVectors === true ? documents.map(withVectors) : documents
  return jsonText(c, `{"results":[${results.join(',')}],"offset":${offset},"limit":${limit},"total":${total}}`)
}

/** There are no vectors here, and so none of any document. */
const withVectors = (json: string): string =>
  json === '{}' ? '{"_vectors":{}}' : `${json.slice(0, -1)},"_vectors":{}}`

/** Documents are answered as they came: as text, not as values that JavaScript would hold otherwise. */
export const jsonText = (c: Context, json: string): Response =>
  c.body(json, 200, { 'content-type': 'application/json; charset=utf-8' })

async function added(context: ApiContext, c: Context, method: 'replace' | 'update'): Promise<Response> {
  const uid = c.req.param('indexUid') as string
  const parameters = new AddressParameters(c)
  parameters.only(['primaryKey', 'csvDelimiter', 'skipCreation', 'customMetadata'])
  const primaryKey = parameters.text('primaryKey') ?? null
  const skipCreation = parameters.flag('skipCreation', 'invalid_skip_creation') ?? false
  const customMetadata = parameters.text('customMetadata') ?? null
  const format = formatOf(c, parameters.text('csvDelimiter'))
  if (context.registry.indexes.get(uid) === undefined && !accessOf(c).may('indexes.create')) throw indexNotFound(uid)
  // what will be refused need not be written to the disk first
  const length = Number(c.req.header('content-length') ?? 0) || 0
  await context.mustHaveRoom(Math.min(length, context.bodyBytesMax))
  const payload = await writePayload(bodyStream(c, context.bodyBytesMax), format, context.payloads).catch(
    (error: unknown) => {
      if (!(error instanceof PayloadFault)) throw error
      throw new ApiError(error.kind === 'missing' ? 'missing_payload' : 'malformed_payload', error.message)
    },
  )
  const received = payload.documents
  const work: TaskWork = { type: 'documentAdditionOrUpdate', method, primaryKey, received, skipCreation }
  const details = { receivedDocuments: received, indexedDocuments: null }
  try {
    return c.json(enqueuedView(await context.enqueue(uid, work, details, { payload, customMetadata })), 202)
  } catch (error) {
    // documents of no task would lie there until a later start; a crash may bring the task back all the same
    if (!mayBeFoundCommitted(error)) await rm(join(context.payloads, payload.file), { force: true })
    throw error
  }
}

async function deleted(
  { enqueue }: ApiContext,
  c: Context,
  target: Extract<TaskWork, { type: 'documentDeletion' }>['target'],
  providedIds: number,
  originalFilter: string | null,
): Promise<Response> {
  const parameters = new AddressParameters(c)
  parameters.only(['customMetadata'])
  const details = { providedIds, originalFilter, deletedDocuments: null }
  const customMetadata = parameters.text('customMetadata') ?? null
  const task: Task = await enqueue(c.req.param('indexUid') as string, { type: 'documentDeletion', target }, details, {
    customMetadata,
  })
  return c.json(enqueuedView(task), 202)
}

/** @throws ApiError */
function formatOf(c: Context, csvDelimiter: string | undefined): PayloadFormat {
  const type = contentTypeOf(c, ['application/json', 'application/x-ndjson', 'text/csv'])
  if (type === 'text/csv') return { kind: 'csv', delimiter: checkedDelimiter(csvDelimiter ?? ',') }
  if (csvDelimiter === undefined) return { kind: type === 'application/json' ? 'json' : 'ndjson' }
  const message = `The Content-Type \`${type}\` does not support the use of a csv delimiter. The csv delimiter can only be used with the Content-Type \`text/csv\`.`
  throw new ApiError('invalid_content_type', message)
}

function checkedDelimiter(delimiter: string): string {
  if (delimiter.length === 1 && delimiter.charCodeAt(0) < 0x80) return delimiter
  const message = `Invalid value in parameter \`csvDelimiter\`: expected a string of one character, but found the following string of ${delimiter.length} characters: \`${delimiter.slice(0, 100)}\``
  throw new ApiError('invalid_document_csv_delimiter', message)
}

const isBlank = (filter: unknown): boolean =>
  typeof filter === 'string' ? filter.trim() === '' : Array.isArray(filter) && filter.length === 0
