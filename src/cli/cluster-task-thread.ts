import type { Logger } from 'pino'
import type { ClusterThreadData } from '../cluster-tasks/worker.ts'
import type { OpenedRegistry } from '../opensearch/open-cluster.ts'
import type { Rules } from '../rules.ts'
import type { FoundIds } from '../tasks/document-tasks.ts'
import { TaskThread } from '../tasks/task-thread.ts'
import type { ClusterIndexes } from './cluster-indexes.ts'
import { filteredIds } from './filtered-ids.ts'
import { toldReason } from './told-reason.ts'

/** Beside the built program: tests of sources have none. */
const SCRIPT = new URL('../cluster-tasks/worker.js', import.meta.url)
/** It has to give back its leases: where it cannot, others wait for half a minute whether it still lives. */
const CLOSE_PATIENCE_MS = 10_000

export interface ClusterTaskThreadParts extends Omit<ClusterThreadData, 'rules'> {
  readonly opened: OpenedRegistry
  readonly indexes: ClusterIndexes
  /** The site owner's rules. */
  readonly own: Rules
  readonly log: Logger
}

/** The thread that carries out the tasks of all servers on a cluster, as long as no other one does. It analyses documents: the one that talks HTTP has no time for that. */
export function clusterTaskThread({ opened, indexes, own, log, ...data }: ClusterTaskThreadParts): TaskThread {
  const { registry } = opened
  let told = ''
  return new TaskThread({
    ...{ data, rules: own, script: SCRIPT, closePatienceMs: CLOSE_PATIENCE_MS },
    async idsByFilter(uid, filter): Promise<FoundIds> {
      // what the thread has changed until now
      await registry.refresh()
      indexes.lookAgain()
      const index = registry.indexes.get(uid)
      return index === undefined ? { ids: [] } : filteredIds(indexes.searchIn(uid), index, filter)
    },
    onHeldUp(error) {
      const reason = toldReason(error)
      if (reason !== told) log.error({ err: error }, 'tasks wait; it is tried again')
      told = reason
    },
    onFailed: (error) => log.error({ err: error }, 'a task has failed'),
    onEnd: ({ error, ends, againMs }) =>
      log.error(
        { err: error, ends, againSeconds: againMs / 1000 },
        'the thread that carries out tasks has ended and is started again',
      ),
  })
}
