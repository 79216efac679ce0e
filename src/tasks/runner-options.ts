import type { NamedIndex } from '../registry/index-table.ts'
import type { Registry } from '../registry/registry.ts'
import type { Rules } from '../rules.ts'
import type { Backups } from './backups.ts'
import type { FoundIds } from './document-tasks.ts'

/** What whoever carries out tasks works with. */
export interface RunnerOptions {
  readonly cache: string
  readonly registry: Registry
  /** The folder that payloads lie in. */
  readonly payloads: string
  /** By which rules an index is made. */
  readonly rulesFor: (index: NamedIndex) => Rules
  readonly idsByFilter: (index: NamedIndex, filter: unknown) => Promise<FoundIds>
  readonly backups: Backups
  /** Something of our own went wrong with a task. */
  readonly onFailed: (error: unknown) => void
  readonly now: () => Date
  readonly signal: AbortSignal
}
