import type { PackedError } from '../packed-error.ts'
import type { Rules } from '../rules.ts'
import type { FoundIds } from './document-tasks.ts'

/** What the thread that carries out tasks is started with. */
export interface TaskThreadData {
  readonly cache: string
  /** The site owner's, and the index that they are for. */
  readonly rules: Rules
  readonly indexInUse: string
}

export type ToTaskThread =
  /** A task was put into the queue. */
  | { readonly kind: 'wake' }
  | { readonly kind: 'rules'; readonly rules: Rules }
  | { readonly kind: 'ids'; readonly id: number; readonly found: FoundIds }
  | { readonly kind: 'ids-failed'; readonly id: number; readonly error: PackedError }
  | { readonly kind: 'close' }

export type FromTaskThread =
  | { readonly kind: 'begun' }
  /** It wants the ids of the documents of an index that a filter allows. */
  | { readonly kind: 'ids-wanted'; readonly id: number; readonly indexUid: string; readonly filter: unknown }
  /** Tasks wait, and why. */
  | { readonly kind: 'held-up'; readonly error: PackedError; readonly againMs: number }
  /** Something of our own went wrong with a task, which has failed. */
  | { readonly kind: 'failed'; readonly error: PackedError }
