// The room `server/meilisearch`: Meilisearch's routes, from a request to a search or a task to an answer in its shape. It imports `registry`,
// `search` and `server/http`; it knows no engine, writes no article, and its language is English.

import type { IndexFacts } from '../../registry/index-facts.ts'
import type { NamedIndex } from '../../registry/index-table.ts'
import type { Awaitable, ServedRegistry, ServedTasks } from '../../registry/served-registry.ts'
import type { Task, TaskDetails, TaskWork } from '../../registry/task.ts'
import type { DocumentSearch } from '../../search/document-search.ts'
import type { Addition } from '../../tasks/task-queue.ts'
import type { AddressOf } from '../http/client-address.ts'
import { indexNotFound } from './api-error.ts'

/** What Meilisearch's routes work with. */
export interface ApiContext {
  readonly registry: ServedRegistry
  /** Null where there are none: then there are no routes for them either. */
  readonly tasks: ServedTasks | null
  /** Searches in an index; it is opened where it is not. */
  readonly searchIn: (index: NamedIndex) => DocumentSearch
  /**
   * Puts a task in the queue; once it is there for good this returns, or resolves.
   * @throws ApiError `too_many_requests` where the queue is full; FundstelleError where it cannot be written, or nobody carries such tasks out
   */
  readonly enqueue: (
    indexUid: string | null,
    work: TaskWork,
    details: TaskDetails | null,
    addition?: Addition,
  ) => Awaitable<Task>
  /**
   * Looks whether the queue has room for a task with so many bytes of documents, before they are read.
   * @throws ApiError `too_many_requests`
   */
  readonly mustHaveRoom: (bytes: number) => Awaitable<void>
  readonly factsOf: (index: NamedIndex) => Awaitable<IndexFacts>
  /** Whether it is being written to. */
  readonly isIndexing: (index: NamedIndex) => Awaitable<boolean>
  /** The folder that payloads are written to. */
  readonly payloads: string
  /** The documents of a task, a line each; empty where they are gone, as of tasks that were over long ago. */
  readonly payloadText: (payload: string) => Promise<string>
  /** Of the body of a request that brings documents, unpacked. */
  readonly bodyBytesMax: number
  /** Null for none: then reading is open, and nothing can be written. */
  readonly masterKey: string | null
  readonly now: () => Date
  /** Whom requests are counted for; without it the address of the connection. */
  readonly addressOf?: AddressOf
}

/** @throws ApiError `index_not_found` */
export function indexNamed({ registry }: ApiContext, uid: string): NamedIndex {
  const index = registry.indexes.get(uid)
  if (index === undefined) throw indexNotFound(uid)
  return index
}
