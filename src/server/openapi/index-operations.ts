import { z } from 'zod'
import { DELETED, IDS, LISTED } from '../meilisearch/document-routes.ts'
import { FIELDS } from '../meilisearch/field-routes.ts'
import { CHANGED_INDEX, NEW_INDEX, SWAPS } from '../meilisearch/index-routes.ts'
import { FACET_SEARCH_SCHEMA, SEARCH_SCHEMA, SIMILAR_SCHEMA } from '../meilisearch/search-schema.ts'
import { CHANGED_IN_PARTS } from '../meilisearch/settings-routes.ts'
import { SETTINGS_SCHEMA, SETTINGS_SHAPE, type SettingName } from '../meilisearch/settings-schema.ts'
import {
  DOCUMENT,
  DOCUMENT_SEARCH,
  DOCUMENTS,
  FACET_VALUES,
  FIELD_LIST,
  INDEX,
  INDEX_STATS,
  INDEXES,
  SETTINGS,
  SIMILAR,
} from './answers.ts'
import { flag, operation, PAGE, read, text, write } from './api-operation.ts'
import { type Content, json, type Operation } from './operation.ts'

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

/** Meilisearch's routes that are about one index, and those that make and list indexes. */
export const INDEX_OPERATIONS: readonly Operation[] = [...indexes, ...documents, ...search, ...settings]
