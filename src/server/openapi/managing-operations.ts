import { z } from 'zod'
import { CREATE_KEY_SCHEMA, PATCH_KEY_SCHEMA } from '../meilisearch/key-schema.ts'
import { CHANGED_FEATURES } from '../meilisearch/server-routes.ts'
import { FILTERS } from '../meilisearch/task-routes.ts'
import { BATCH, BATCHES, FEATURES, KEY, KEYS, STATS, TASK, TASKS, VERSION } from './answers.ts'
import { flag, operation, PAGE, read, text, whole, write } from './api-operation.ts'
import { json, type Operation } from './operation.ts'

const TASK_FILTER = z.object(Object.fromEntries(FILTERS.map((name) => [name, text])))
const TASK_LIST = TASK_FILTER.extend({ limit: whole, from: whole, reverse: flag })

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

/** Meilisearch's routes that are about the server: tasks, keys, numbers, backups. */
export const MANAGING_OPERATIONS: readonly Operation[] = [...tasks, ...keys, ...server]
