import type { Context, Hono } from 'hono'
import type { ServedTasks } from '../../registry/served-registry.ts'
import { TASK_STATUSES, TASK_TYPES, type Task, type TaskFilter, type TaskPage } from '../../registry/task.ts'
import type { Batch, BatchTask } from '../../registry/task-lists.ts'
import type { Access } from './access.ts'
import { AddressParameters, namesOf } from './address-parameters.ts'
import { apiApp } from './api-app.ts'
import { ApiError } from './api-error.ts'
import type { ApiContext } from './context.ts'
import { type ApiEnv, accessOf, requireAction } from './require-action.ts'
import { batchView, enqueuedView, taskView } from './task-view.ts'

const LIMIT_DEFAULT = 20
/** Tasks that one answer lists. */
const LIMIT_MAX = 1000

const LISTS = ['uids', 'batchUids', 'canceledBy', 'types', 'statuses', 'indexUids'] as const
const MOMENTS = [
  'beforeEnqueuedAt',
  'afterEnqueuedAt',
  'beforeStartedAt',
  'afterStartedAt',
  'beforeFinishedAt',
  'afterFinishedAt',
] as const
/** Parameters that say which tasks are meant. */
export const FILTERS: readonly string[] = [...LISTS, ...MOMENTS]

/** What was put into the queue, and what has become of it. */
export function taskRoutes(context: ApiContext, registry: ServedTasks): Hono<ApiEnv> {
  const { enqueue } = context
  const app = apiApp()
  app.get('/tasks', requireAction(context, 'tasks.get'), async (c) => {
    const { filter, page } = await listed(c, registry)
    const { tasks, total, next } = await registry.taskLists.list(filter, page)
    return c.json({ results: tasks.map(taskView), total, limit: page.limit, from: tasks[0]?.uid ?? null, next })
  })
  app.get('/tasks/:uid', requireAction(context, 'tasks.get'), async (c) =>
    c.json(taskView(await taskNamed(c, registry))),
  )
  app.get('/tasks/:uid/documents', requireAction(context, 'tasks.get'), async (c) => {
    const { payload } = await taskNamed(c, registry)
    const text = payload === null ? '' : await context.payloadText(payload)
    return c.body(text, 200, { 'content-type': 'application/x-ndjson; charset=utf-8' })
  })
  app.post('/tasks/cancel', requireAction(context, 'tasks.cancel'), async (c) => {
    const { uids, filter } = await matched(c, registry, 'cancelation')
    const details = { matchedTasks: uids.length, canceledTasks: null, originalFilter: filter }
    return c.json(enqueuedView(await enqueue(null, { type: 'taskCancelation', uids, filter }, details)), 200)
  })
  app.delete('/tasks', requireAction(context, 'tasks.delete'), async (c) => {
    const { uids, filter } = await matched(c, registry, 'deletion')
    const details = { matchedTasks: uids.length, deletedTasks: null, originalFilter: filter }
    return c.json(enqueuedView(await enqueue(null, { type: 'taskDeletion', uids, filter }, details)), 200)
  })
  app.get('/batches', requireAction(context, 'tasks.get'), async (c) => {
    const { filter, page } = await listed(c, registry)
    const { batches, total, next } = await registry.taskLists.batches(filter, page)
    const results = batches.map((batch) => batchView(knownOf(batch, accessOf(c))))
    return c.json({ results, total, limit: page.limit, from: batches[0]?.uid ?? null, next })
  })
  app.get('/batches/:uid', requireAction(context, 'tasks.get'), async (c) => {
    const batch = await registry.taskLists.batch(numberOf(c, 'batch_uid'))
    const known = batch && knownOf(batch, accessOf(c))
    // one whose tasks were all forgotten has none for anybody
    if (known === undefined || (known.tasks.length === 0 && batch?.tasks.length !== 0))
      throw new ApiError('batch_not_found', `Batch \`${c.req.param('uid')}\` not found.`)
    return c.json(batchView(known))
  })
  return app
}

/** A task of no single index names those that it swaps, or those whose tasks it cancels or deletes. */
function mayKnowOf({ indexUid, work }: Pick<Task, 'indexUid'> & Pick<BatchTask, 'work'>, access: Access): boolean {
  if (indexUid !== null) return access.mayUse(indexUid)
  if (work?.type === 'indexSwap') return work.swaps.every(({ indexes }) => indexes.every((uid) => access.mayUse(uid)))
  if (work?.type !== 'taskCancelation' && work?.type !== 'taskDeletion') return true
  const named = namesOf(new URLSearchParams(work.filter).get('indexUids')) ?? []
  return named.every((uid) => access.mayUse(uid))
}

/** Those that are canceled together are tasks of any indexes. */
const knownOf = (batch: Batch, access: Access): Batch => ({
  ...batch,
  tasks: batch.tasks.filter((task) => mayKnowOf(task, access)),
})

/** The task that a request names, where its key may know of it. */
async function taskNamed(c: Context, registry: ServedTasks): Promise<Task> {
  const uid = numberOf(c, 'task_uid')
  const task = await registry.tasks.get(uid)
  if (task === undefined || !mayKnowOf(task, accessOf(c)))
    throw new ApiError('task_not_found', `Task \`${uid}\` not found.`)
  return task
}

function numberOf(c: Context, name: 'task_uid' | 'batch_uid'): number {
  const text = c.req.param('uid') as string
  if (/^\d{1,10}$/.test(text)) return Number(text)
  const shown = text.slice(0, 100)
  throw new ApiError(
    `invalid_${name}`,
    `Invalid value in parameter \`${name}\`: could not parse \`${shown}\` as a positive integer`,
  )
}

async function listed(c: Context, registry: ServedTasks): Promise<{ filter: TaskFilter; page: TaskPage }> {
  const parameters = new AddressParameters(c)
  parameters.only([...FILTERS, 'limit', 'from', 'reverse'])
  const limit = Math.min(LIMIT_MAX, parameters.wholeNumber('limit', 'invalid_task_limit') ?? LIMIT_DEFAULT)
  const from = parameters.wholeNumber('from', 'invalid_task_from') ?? null
  const reverse = parameters.flag('reverse', 'invalid_task_reverse') ?? false
  return { filter: await filterOf(c, parameters, registry), page: { limit, from, reverse } }
}

/** The tasks that a cancelation or deletion means: it has to say which. */
async function matched(
  c: Context,
  registry: ServedTasks,
  what: 'cancelation' | 'deletion',
): Promise<{ uids: readonly number[]; filter: string }> {
  const parameters = new AddressParameters(c)
  parameters.only(FILTERS)
  const { search } = new URL(c.req.url)
  if (search === '') {
    const names = FILTERS.map((name) => `\`${name}\``).join(', ')
    throw new ApiError(
      'missing_task_filters',
      `Query parameters to filter the tasks to ${what === 'deletion' ? 'delete' : 'cancel'} are missing. Available query parameters are: ${names}.`,
    )
  }
  return { uids: await registry.taskLists.uids(await filterOf(c, parameters, registry)), filter: search }
}

async function filterOf(c: Context, parameters: AddressParameters, registry: ServedTasks): Promise<TaskFilter> {
  const numbers = (name: string, code: string): number[] | undefined =>
    parameters.names(name)?.map((text) => {
      if (/^\d{1,10}$/.test(text)) return Number(text)
      throw new ApiError(
        code,
        `Invalid value in parameter \`${name}\`: could not parse \`${text.slice(0, 100)}\` as a positive integer`,
      )
    })
  const oneOf = <T extends string>(name: string, known: readonly T[], code: string, what: string): T[] | undefined =>
    parameters.names(name)?.map((text) => {
      const found = known.find((one) => one.toLowerCase() === text.toLowerCase())
      if (found !== undefined) return found
      const expected = known.map((one) => `\`${one}\``).join(', ')
      throw new ApiError(
        code,
        `Invalid value in parameter \`${name}\`: \`${text.slice(0, 100)}\` is not a valid ${what}. Available ${what}${what.endsWith('s') ? 'es' : 's'} are ${expected}.`,
      )
    })
  const access = accessOf(c)
  // a key knows of the tasks of its indexes alone
  const asked = parameters.names('indexUids') ?? (access.reachesAll ? undefined : await registry.taskLists.indexUids())
  const indexUids = asked?.filter((uid) => access.mayUse(uid))
  const filter: Record<string, unknown> = {
    uids: numbers('uids', 'invalid_task_uids'),
    batches: numbers('batchUids', 'invalid_batch_uids'),
    canceledBy: numbers('canceledBy', 'invalid_task_canceled_by'),
    types: oneOf('types', TASK_TYPES, 'invalid_task_types', 'task type'),
    statuses: oneOf('statuses', TASK_STATUSES, 'invalid_task_statuses', 'task status'),
    indexUids,
  }
  for (const name of MOMENTS) filter[name] = momentOf(name, parameters.text(name))
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
}

function momentOf(name: string, text: string | undefined): string | undefined {
  if (text === undefined || text === '*') return undefined
  const isDate = /^\d{4}-\d{2}-\d{2}(T.+)?$/.test(text) && !Number.isNaN(Date.parse(text))
  if (isDate) return new Date(text).toISOString()
  const code = `invalid_task_${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`
  throw new ApiError(
    code,
    `Invalid value in parameter \`${name}\`: \`${text.slice(0, 100)}\` is an invalid date-time. It should follow the YYYY-MM-DD or RFC 3339 date-time format.`,
  )
}
