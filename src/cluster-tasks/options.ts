import type { IndexSize } from '../opensearch/index-mappings.ts'
import type { OpenedRegistry } from '../opensearch/open-cluster.ts'
import type { NamedIndex } from '../registry/index-table.ts'
import type { Rules } from '../rules.ts'
import type { FoundIds } from '../tasks/document-tasks.ts'

/** What whoever carries out tasks on a cluster works with. */
export interface ClusterWorkOptions {
  readonly opened: OpenedRegistry
  /** Of indexes that are made. */
  readonly size: IndexSize
  /** The site owner's rules, and the index that they are for. */
  readonly own: Rules
  readonly inUse: string
  /** The ids of the documents that a filter, as it came in a request, allows, in the newest state of the index. */
  readonly idsByFilter: (index: NamedIndex, filter: unknown) => Promise<FoundIds>
  readonly now: () => Date
}
