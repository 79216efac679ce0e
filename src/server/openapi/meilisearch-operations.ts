import { z } from 'zod'
import type { Action } from '../meilisearch/actions.ts'
import { DELETED, IDS, LISTED } from '../meilisearch/document-routes.ts'
import { FIELDS } from '../meilisearch/field-routes.ts'
import { CHANGED_INDEX, NEW_INDEX, SWAPS } from '../meilisearch/index-routes.ts'
import { CREATE_KEY_SCHEMA, PATCH_KEY_SCHEMA } from '../meilisearch/key-schema.ts'
import { FACET_SEARCH_SCHEMA, SEARCH_SCHEMA, SIMILAR_SCHEMA } from '../meilisearch/search-schema.ts'
import { CHANGED_FEATURES } from '../meilisearch/server-routes.ts'
import { CHANGED_IN_PARTS } from '../meilisearch/settings-routes.ts'
import { SETTINGS_SCHEMA, SETTINGS_SHAPE, type SettingName } from '../meilisearch/settings-schema.ts'
import { FILTERS } from '../meilisearch/task-routes.ts'
import {
  BATCH,
  BATCHES,
  DOCUMENT,
  DOCUMENT_SEARCH,
  DOCUMENTS,
  ENQUEUED,
  FACET_VALUES,
  FEATURES,
  FIELD_LIST,
  INDEX,
  INDEX_STATS,
  INDEXES,
  KEY,
  KEYS,
  SETTINGS,
  SIMILAR,
  STATS,
  TASK,
  TASKS,
  VERSION,
} from './answers.ts'
import { type Content, json, type Method, type Operation } from './operation.ts'

type Parts = Pick<Operation, 'query' | 'body'> & { readonly status?: number; readonly answer?: z.ZodType | Content }

/** One that answers with 200 and JSON, unless it is said otherwise. */
function operation(
  tag: string,
  method: Method,
  path: string,
  action: Action,
  summary: string,
  { status = 200, answer = ENQUEUED, ...parts }: Parts,
): Operation {
  const content = answer instanceof z.ZodType ? json(answer) : answer
  return { method, path, tag, summary, action, errors: 'meilisearch', answers: { [status]: content }, ...parts }
}

/** A write: it is acknowledged with a task. */
const write = (parts: Pick<Parts, 'query' | 'body'> = {}): Parts => ({ ...parts, status: 202, answer: ENQUEUED })
const read = (answer: z.ZodType, parts: Pick<Parts, 'query' | 'body'> = {}): Parts => ({ ...parts, answer })

const text = z.string().optional()
const whole = z.int().min(0).optional()
const flag = z.boolean().optional()
const PAGE = z.object({ offset: whole, limit: whole })
const TASK_FILTER = z.object(Object.fromEntries(FILTERS.map((name) => [name, text])))
const TASK_LIST = TASK_FILTER.extend({ limit: whole, from: whole, reverse: flag })
const METADATA = z.object({ customMetadata: text })
const ADDED = METADATA.extend({ primaryKey: text, csvDelimiter: text, skipCreation: flag })
/** In an address lists are parted by commas. */
const inAddress = (schema: z.ZodObject): z.ZodObject =>
  z.object(Object.fromEntries(Object.keys(schema.shape).map((name) => [name, text])))

const DOCUMENTS_BODY: readonly Content[] = [
  json(z.union([z.array(DOCUMENT), DOCUMENT])),
  { type: 'application/x-ndjson' },
  { type: 'text/csv' },
]

const INDEX_PATH = '/indexes/{indexUid}'
const DOCUMENTS_PATH = `${INDEX_PATH}/documents`
const SETTINGS_PATH = `${INDEX_PATH}/settings`

const indexes = [
  operation('Indexes', 'get', '/indexes', 'indexes.get', 'Lists indexes', read(INDEXES, { query: PAGE })),
  operation('Indexes', 'post', '/indexes', 'indexes.create', 'Makes an index', write({ body: [json(NEW_INDEX)] })),
  operation('Indexes', 'get', INDEX_PATH, 'indexes.get', 'One index', read(INDEX)),
  operation(
    'Indexes',
    'patch',
    INDEX_PATH,
    'indexes.update',
    'Changes an index',
    write({ body: [json(CHANGED_INDEX)] }),
  ),
  operation('Indexes', 'delete', INDEX_PATH, 'indexes.delete', 'Deletes an index', write()),
  operation('Indexes', 'post', '/swap-indexes', 'indexes.swap', 'Swaps indexes', write({ body: [json(SWAPS)] })),
  operation('Indexes', 'get', `${INDEX_PATH}/stats`, 'stats.get', 'Numbers of one index', read(INDEX_STATS)),
  operation(
    'Indexes',
    'post',
    `${INDEX_PATH}/fields`,
    'fields.post',
    'What can be done with each attribute',
    read(FIELD_LIST, { body: [json(FIELDS)] }),
  ),
]

const documents = [
  operation(
    'Documents',
    'get',
    DOCUMENTS_PATH,
    'documents.get',
    'Lists documents',
    read(DOCUMENTS, { query: inAddress(LISTED) }),
  ),
  operation(
    'Documents',
    'post',
    `${DOCUMENTS_PATH}/fetch`,
    'documents.get',
    'The same with parameters as JSON',
    read(DOCUMENTS, { body: [json(LISTED)] }),
  ),
  operation(
    'Documents',
    'get',
    `${DOCUMENTS_PATH}/{id}`,
    'documents.get',
    'One document as it came',
    read(DOCUMENT, { query: z.object({ fields: text, retrieveVectors: flag }) }),
  ),
  operation(
    'Documents',
    'post',
    DOCUMENTS_PATH,
    'documents.add',
    'Adds documents, or replaces them',
    write({ query: ADDED, body: DOCUMENTS_BODY }),
  ),
  operation(
    'Documents',
    'put',
    DOCUMENTS_PATH,
    'documents.add',
    'Adds documents, or changes the attributes that are given',
    write({ query: ADDED, body: DOCUMENTS_BODY }),
  ),
  operation(
    'Documents',
    'delete',
    DOCUMENTS_PATH,
    'documents.delete',
    'Deletes all documents',
    write({ query: METADATA }),
  ),
  operation(
    'Documents',
    'delete',
    `${DOCUMENTS_PATH}/{id}`,
    'documents.delete',
    'Deletes one document',
    write({ query: METADATA }),
  ),
  operation(
    'Documents',
    'post',
    `${DOCUMENTS_PATH}/delete-batch`,
    'documents.delete',
    'Deletes documents by their ids',
    write({ query: METADATA, body: [json(IDS)] }),
  ),
  operation(
    'Documents',
    'post',
    `${DOCUMENTS_PATH}/delete`,
    'documents.delete',
    'Deletes documents by a filter',
    write({ query: METADATA, body: [json(DELETED)] }),
  ),
]

const search = [
  operation(
    'Search',
    'get',
    `${INDEX_PATH}/search`,
    'search',
    'Searches one index',
    read(DOCUMENT_SEARCH, { query: inAddress(SEARCH_SCHEMA) }),
  ),
  operation(
    'Search',
    'post',
    `${INDEX_PATH}/search`,
    'search',
    'The same with parameters as JSON',
    read(DOCUMENT_SEARCH, { body: [json(SEARCH_SCHEMA)] }),
  ),
  operation(
    'Search',
    'get',
    `${INDEX_PATH}/similar`,
    'search',
    'The documents nearest to one',
    read(SIMILAR, { query: inAddress(SIMILAR_SCHEMA) }),
  ),
  operation(
    'Search',
    'post',
    `${INDEX_PATH}/similar`,
    'search',
    'The same with parameters as JSON',
    read(SIMILAR, { body: [json(SIMILAR_SCHEMA)] }),
  ),
  operation(
    'Search',
    'post',
    `${INDEX_PATH}/facet-search`,
    'search',
    'Values of a facet',
    read(FACET_VALUES, { body: [json(FACET_SEARCH_SCHEMA)] }),
  ),
]

/** `stopWords` as `stop-words`. */
const dashed = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** Each setting by itself. What cannot be had here is refused on its own route. */
const settingOperations = ([name, schema]: [string, z.ZodType]): Operation[] => {
  const path = `${SETTINGS_PATH}/${dashed(name)}`
  const method = CHANGED_IN_PARTS.has(name as SettingName) ? 'patch' : 'put'
  return [
    operation('Settings', 'get', path, 'settings.get', `The setting ${name}`, read(SETTINGS.shape[name] as z.ZodType)),
    operation(
      'Settings',
      method,
      path,
      'settings.update',
      `Changes ${name}`,
      write({ body: [json(schema.nullable())] }),
    ),
    operation('Settings', 'delete', path, 'settings.update', `Gives ${name} its default`, write()),
  ]
}

const settings = [
  operation('Settings', 'get', SETTINGS_PATH, 'settings.get', 'All settings of an index', read(SETTINGS)),
  operation(
    'Settings',
    'patch',
    SETTINGS_PATH,
    'settings.update',
    'Changes settings',
    write({ body: [json(SETTINGS_SCHEMA)] }),
  ),
  operation('Settings', 'delete', SETTINGS_PATH, 'settings.update', 'Gives all settings their defaults', write()),
  ...Object.entries(SETTINGS_SHAPE)
    .filter(([name]) => name !== 'chat')
    .flatMap(settingOperations),
]

const tasks = [
  operation('Tasks', 'get', '/tasks', 'tasks.get', 'Lists tasks', read(TASKS, { query: TASK_LIST })),
  operation('Tasks', 'get', '/tasks/{uid}', 'tasks.get', 'One task', read(TASK)),
  operation('Tasks', 'get', '/tasks/{uid}/documents', 'tasks.get', 'The documents that a task brings', {
    answer: { type: 'application/x-ndjson; charset=utf-8' },
  }),
  operation('Tasks', 'post', '/tasks/cancel', 'tasks.cancel', 'Cancels tasks that wait', { query: TASK_FILTER }),
  operation('Tasks', 'delete', '/tasks', 'tasks.delete', 'Forgets tasks that are over', { query: TASK_FILTER }),
  operation(
    'Tasks',
    'get',
    '/batches',
    'tasks.get',
    'Lists what was carried out together',
    read(BATCHES, { query: TASK_LIST }),
  ),
  operation('Tasks', 'get', '/batches/{uid}', 'tasks.get', 'One batch', read(BATCH)),
]

const keys = [
  operation('Keys', 'get', '/keys', 'keys.get', 'Lists keys', read(KEYS, { query: PAGE })),
  operation('Keys', 'post', '/keys', 'keys.create', 'Makes a key', {
    status: 201,
    answer: KEY,
    body: [json(CREATE_KEY_SCHEMA)],
  }),
  operation('Keys', 'get', '/keys/{key}', 'keys.get', 'One key, by its uid or its value', read(KEY)),
  operation(
    'Keys',
    'patch',
    '/keys/{key}',
    'keys.update',
    'Renames a key',
    read(KEY, { body: [json(PATCH_KEY_SCHEMA)] }),
  ),
  operation('Keys', 'delete', '/keys/{key}', 'keys.delete', 'Takes a key back', { status: 204, answer: { type: '' } }),
]

const server = [
  operation('Server', 'get', '/stats', 'stats.get', 'Numbers of all indexes', read(STATS)),
  operation('Server', 'get', '/version', 'version', 'The version of the interface', read(VERSION)),
  operation(
    'Server',
    'get',
    '/experimental-features',
    'experimental.get',
    'Which experiments there are',
    read(FEATURES),
  ),
  operation(
    'Server',
    'patch',
    '/experimental-features',
    'experimental.update',
    'Switches them; those that are not here are refused',
    read(FEATURES, { body: [json(CHANGED_FEATURES)] }),
  ),
  operation('Server', 'post', '/dumps', 'dumps.create', 'Backs everything up', write()),
  operation('Server', 'post', '/snapshots', 'snapshots.create', 'Backs everything up', write()),
]

/** Meilisearch's routes. */
export const API_OPERATIONS: readonly Operation[] = [
  ...indexes,
  ...documents,
  ...search,
  ...settings,
  ...tasks,
  ...keys,
  ...server,
]
