import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { FundstelleError } from '../errors.ts'
import type { OpenedRegistry } from '../opensearch/open-cluster.ts'
import type { TaskType } from '../registry/task.ts'
import { clientAddress } from '../server/http/client-address.ts'
import { ApiError } from '../server/meilisearch/api-error.ts'
import type { ApiContext } from '../server/meilisearch/context.ts'
import type { ClusterIndexes } from './cluster-indexes.ts'
import { BODY_BYTES_MAX } from './serve-api.ts'

/** Tasks that nobody carries out on a cluster. */
const REFUSED: ReadonlySet<TaskType> = new Set(['dumpCreation', 'snapshotCreation'])

export interface ClusterApiParts {
  readonly opened: OpenedRegistry
  readonly indexes: ClusterIndexes
  readonly config: Pick<Config, 'trustedProxies'>
  readonly masterKey: string | null
  /** A folder for documents of requests, until the cluster has them. */
  readonly uploads: string
  /** @throws FundstelleError `engine_unavailable` where it is known that the cluster does not answer */
  readonly mustAnswer: () => void
  /** A task is there. */
  readonly onAdded: () => void
}

/** What Meilisearch's routes work with on a cluster. */
export function clusterApi({
  opened,
  indexes,
  config,
  masterKey,
  uploads,
  mustAnswer,
  onAdded,
}: ClusterApiParts): ApiContext {
  const { registry, tasks, payloads, factsOf, isIndexing } = opened
  const { trustedProxies } = config
  /** Who is told that something is over finds what it changed. */
  const told = async <T>(answer: T): Promise<T> => {
    await registry.refresh()
    indexes.lookAgain()
    return answer
  }
  return {
    ...{ registry, factsOf, isIndexing, masterKey },
    tasks: {
      taskLists: {
        ...tasks.taskLists,
        list: async (filter, page) => told(await tasks.taskLists.list(filter, page)),
        batches: async (filter, page) => told(await tasks.taskLists.batches(filter, page)),
        async batch(uid) {
          const batch = await tasks.taskLists.batch(uid)
          return batch?.finishedAt == null ? batch : told(batch)
        },
      },
      tasks: {
        async get(uid) {
          const task = await tasks.tasks.get(uid)
          return task?.finishedAt == null ? task : told(task)
        },
      },
    },
    searchIn({ uid }) {
      mustAnswer()
      return indexes.searchIn(uid)
    },
    async enqueue(uid, work, details, { payload, customMetadata = null } = {}) {
      if (REFUSED.has(work.type)) throw new FundstelleError('not_on_cluster')
      mustAnswer()
      const now = new Date()
      const path = payload && join(uploads, payload.file)
      // in the cluster before the task that names it
      const name = path === undefined ? undefined : await payloads.write(path, null, now)
      const there = name === undefined || payload === undefined ? null : { name, bytes: payload.bytes }
      const task = await tasks.enqueue(uid, work, details, customMetadata, now.toISOString(), there)
      if (task === null) {
        if (name !== undefined) await payloads.remove(name)
        throw full()
      }
      onAdded()
      if (path !== undefined) await rm(path, { force: true })
      return task
    },
    async mustHaveRoom(bytes) {
      mustAnswer()
      if (!(await tasks.hasRoom(bytes))) throw full()
    },
    payloads: uploads,
    payloadText: async (name) => (await payloads.text(name)) ?? '',
    bodyBytesMax: BODY_BYTES_MAX,
    now: () => new Date(),
    addressOf: clientAddress(trustedProxies),
  }
}

const full = (): ApiError => new ApiError('too_many_requests', 'The queue of tasks is full.', { 'retry-after': '1' })
