// The room `search-threads`: searching in threads of their own, so that the thread that talks HTTP never waits for a search. It imports
// `search` and `index`, and gives the server a search service like any other.
import type { MessagePort } from 'node:worker_threads'
import type { AnswerSettings } from '../config.ts'
import type { LiveEvent } from '../index/live-options.ts'
import type { SnapshotFiles, SnapshotName } from '../index/snapshot/read-files.ts'
import type { PackedError } from '../packed-error.ts'
import type { Rules } from '../rules.ts'
import type { DocumentSearch } from '../search/document-search.ts'
import type { SearchService } from '../search/service.ts'
import type { BudgetState, StageTimes } from '../work-budget.ts'

/** What a thread is started with. */
export interface ThreadTask {
  readonly cache: string
  readonly rules: Rules
  readonly answers: AnswerSettings
  /** A search waits for its turn, and takes it, for at most so long. */
  readonly timeoutMs: number
  /**
   * How often the store is asked whether something changed, see `LiveOptions`. Where it is said, each call takes in first what the store has;
   * else only those for documents do.
   */
  readonly pollMs?: number
}

/** What can be asked of a thread: calls of the services, and what its first requests are made with. */
export type Method = Exclude<keyof SearchService, 'version'> | keyof DocumentSearch | 'samples'

/** What is found by these includes whatever the store had when they were called, in each index; what they answer is copied, not written as JSON. */
const DOCUMENT_METHODS: Readonly<Record<keyof DocumentSearch, true>> = {
  searchDocuments: true,
  similarDocuments: true,
  documents: true,
  documentIds: true,
  document: true,
}

export const isDocumentMethod = (method: Method): method is keyof DocumentSearch => method in DOCUMENT_METHODS

export type ToThread =
  | {
      readonly kind: 'call'
      readonly id: number
      readonly method: Method
      /** Of the method, but for its budget. */
      readonly args: readonly unknown[]
      /** Null where the method has one of its own. */
      readonly budget: BudgetState | null
    }
  /** Nobody waits for a call any more. */
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'reconfigure'; readonly id: number; readonly rules: Rules }
  /** The build that was asked for is over. */
  | { readonly kind: 'built'; readonly error?: PackedError }
  /** The snapshot that was wanted, in memory that threads share. */
  | { readonly kind: 'snapshot'; readonly files: SnapshotFiles }
  /** It is to be read by this thread, but for segments that are known. */
  | { readonly kind: 'read-snapshot'; readonly known: SnapshotFiles }
  /** A further index is to be served, through a port of its own. */
  | { readonly kind: 'open'; readonly port: MessagePort; readonly task: ThreadTask }
  | { readonly kind: 'close' }

/** What waits until the thread serves. */
export type ForServing = Exclude<ToThread, { kind: 'close' | 'built' | 'snapshot' | 'read-snapshot' | 'open' }>

/** How a thread is doing. */
export interface ThreadStatus {
  /** Whether it can answer searches. */
  readonly ready: boolean
  readonly articles: number
  /** The state of its index, see `Engine.state`, and the name of the rules that queries are read by. */
  readonly state: string
  readonly rules: string
}

/** Events of the index with errors that can travel. */
export type ThreadEvent =
  | Exclude<LiveEvent, { kind: 'unsound' | 'failed' }>
  | { readonly kind: 'unsound'; readonly error: PackedError }
  | { readonly kind: 'failed'; readonly error: PackedError; readonly retryMs?: number }

export type FromThread =
  | {
      readonly kind: 'answer'
      readonly id: number
      /** As JSON, which travels a little faster than a copy of all its objects (ten hits: 57 us there and read, 63 as objects); absent where there is none. */
      readonly value?: string
      /** In place of `value` what consists of long texts, as it is. */
      readonly copied?: unknown
      readonly error?: PackedError
      /** What is left of the budget of the call. */
      readonly budget: BudgetState | null
      /** Milliseconds from the call's coming to its answer. */
      readonly ms?: number
      /** What the stages of a search took. */
      readonly times?: StageTimes
    }
  | { readonly kind: 'status'; readonly status: ThreadStatus }
  /** It wants a snapshot built; it asks for one at a time. */
  | { readonly kind: 'build' }
  /** It wants the files of a snapshot; one at a time. */
  | { readonly kind: 'snapshot-wanted'; readonly snapshot: SnapshotName }
  /** What it was to read; without files where it could not. */
  | { readonly kind: 'snapshot-read'; readonly files?: SnapshotFiles }
  | { readonly kind: 'event'; readonly event: ThreadEvent }
  /** A further index could not be opened: nothing more comes from it. */
  | { readonly kind: 'ended'; readonly error: PackedError }
