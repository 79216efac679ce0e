import type { Task } from '../registry/task.ts'
import type { Written } from './system-index.ts'

/** What a cluster answers to a search for tasks. */
export interface FoundTasks {
  readonly hits: {
    readonly total: { readonly value: number }
    readonly hits: readonly (Written & {
      readonly _source: { readonly value: Task }
      readonly fields?: { readonly uid?: readonly number[]; readonly batch?: readonly number[] }
      readonly sort: readonly unknown[]
    })[]
  }
  readonly aggregations?: {
    readonly bytes?: { readonly value: number }
    readonly uids?: { readonly buckets: readonly { readonly key: string }[] }
    readonly batches?: { readonly value: number }
  }
}
