import type { IndexFacts } from '../registry/index-facts.ts'
import type { NamedIndex } from '../registry/index-table.ts'
import { type LimitedEngine, Load, withLoadLimit } from '../search/engine/load-limit.ts'
import { withTimeLimit } from '../search/engine/time-limit.ts'
import { Cluster, type ClusterAddress } from './cluster.ts'
import { ClusterMonitor, type ClusterStatus } from './cluster-monitor.ts'
import { ClusterRegistry } from './cluster-registry.ts'
import { ClusterTaskRunner, type ClusterTaskRunnerOptions } from './cluster-task-runner.ts'
import { ClusterTasks } from './cluster-tasks.ts'
import { FencedCluster } from './fenced-cluster.ts'
import { IndexCollection } from './index-collection.ts'
import { clusterIndexFacts, isClusterIndexChanging } from './index-facts.ts'
import { madeBy } from './made-by.ts'
import { type ClusterEngineConfig, OpenSearchEngine } from './opensearch-engine.ts'
import { isPayload, PAYLOAD_FIELDS, PayloadStore } from './payload-store.ts'
import { SystemIndex } from './system-index.ts'
import { TaskIndex, type TaskIndexOptions } from './task-index.ts'
import { TASK_FIELDS } from './task-query.ts'
import { type TakingOptions, WriterLease } from './writer-lease.ts'

/** Which index of which cluster. */
export interface ClusterPlace {
  readonly address: ClusterAddress
  /** Of the collection of articles. */
  readonly name: string
}

export interface OpenedCluster {
  readonly engine: LimitedEngine
  /** Of the state that was read last; NaN before any was. */
  readonly articles: number
  /** From now on what was changed until now is found. */
  lookAgain(): void
  close(): Promise<void>
}

/** What one process asks of a cluster at most. */
export interface ClusterLimits {
  /** That a search takes, with all its requests; one request is limited by the address. */
  readonly timeoutMs: number
  /** Searches at once. */
  readonly searches: number
  /** Of all engines of the process. */
  readonly load?: Load
}

/** Of a server: all its engines together. */
export const serverLimits = (timeoutMs: number, searches: number): Required<ClusterLimits> => ({
  ...{ timeoutMs, searches },
  load: new Load(),
})

const NO_LIMITS: ClusterLimits = { timeoutMs: 2 ** 31 - 1, searches: Number.POSITIVE_INFINITY }

export function openClusterEngine(
  { address, name }: ClusterPlace,
  config: ClusterEngineConfig,
  { timeoutMs, searches, load } = NO_LIMITS,
): OpenedCluster {
  const cluster = new Cluster(address)
  const collection = new IndexCollection(cluster, name)
  const engine = new OpenSearchEngine(collection, { ...config, fingerprint: madeBy(config.fingerprint) })
  return {
    engine: withLoadLimit(withTimeLimit(engine, timeoutMs), searches, load),
    get articles() {
      return engine.articles
    },
    lookAgain: () => engine.lookAgain(),
    close: async () => {
      await engine.close()
      await cluster.close()
    },
  }
}

/** What a cluster knows of its indexes and keys, and how it is. */
export interface OpenedRegistry {
  readonly registry: ClusterRegistry
  readonly tasks: ClusterTasks
  /** Documents of tasks, and what was decided on them. */
  readonly payloads: PayloadStore
  /** Carries out the tasks of all servers, as long as no other one does. */
  runTasks(options: Omit<ClusterTaskRunnerOptions, 'tasks' | 'takeLease'>): ClusterTaskRunner
  /**
   * Opens an index that tasks write, as whoever carries them out.
   * @param name what the names of its indexes begin with
   */
  withTaskIndex<T>(name: string, options: TaskIndexAccess, work: (index: TaskIndex) => Promise<T>): Promise<T>
  /**
   * Runs `work` as the one that carries out tasks.
   * @throws FundstelleError `index_leased` where a server does
   */
  asTaskRunner<T>(signal: AbortSignal, work: (lease: WriterLease) => Promise<T>): Promise<T>
  /**
   * Deletes all that is there of an index, as the only one that writes it.
   * @param mayGo is asked, as that, whether it is to be deleted
   * @throws FundstelleError `index_leased` where another process writes it
   */
  deleteIndex(name: string, signal: AbortSignal, mayGo: () => Promise<boolean>): Promise<void>
  /** Clears away documents and journals that nobody needs. */
  clear(now: Date): Promise<void>
  factsOf(index: Pick<NamedIndex, 'folder'>): Promise<IndexFacts>
  isIndexing(index: NamedIndex): Promise<boolean>
  /** Whether nothing is there yet of an index. */
  isEmpty(name: string): Promise<boolean>
  /**
   * Looks after the health of an index from now on.
   * @param name what the names of its indexes begin with; null for all that there are, be it none
   */
  monitor(
    name: () => string | null,
    onChange: (status: ClusterStatus, before: ClusterStatus | undefined) => void,
  ): ClusterMonitor
  close(): Promise<void>
}

/** How whoever carries out tasks opens an index. */
export interface TaskIndexAccess extends Pick<TaskIndexOptions, 'size' | 'analyses' | 'folder' | 'isRewritten'> {
  /** Of the tasks. */
  readonly lease: WriterLease
  readonly signal: AbortSignal
}

/** The index of tasks, and the lease of whoever carries them out. */
const TASKS = 'fundstelle-tasks'
const PAYLOADS = 'fundstelle-payloads'
/** All that Fundstelle has in a cluster and that is not hidden. */
const ALL = 'fundstelle-*'

/** Opens the registry of a cluster, of which nothing is known before it was read or is followed. */
export function openClusterRegistry(address: ClusterAddress): OpenedRegistry {
  const cluster = new Cluster(address)
  const system = new SystemIndex(cluster)
  const registry = new ClusterRegistry(system)
  const tasks: ClusterTasks = new ClusterTasks(system, new SystemIndex(cluster, TASKS, TASK_FIELDS))
  const payloads = new PayloadStore(new SystemIndex(cluster, PAYLOADS, PAYLOAD_FIELDS))
  return {
    ...{ registry, tasks, payloads },
    async withTaskIndex(name, { lease, signal, ...options }, work) {
      const fenced = new FencedCluster(address, lease, signal)
      try {
        const collection = new IndexCollection(fenced, name)
        return await work(await TaskIndex.open({ ...options, collection, name, lease, signal, payloads }))
      } finally {
        await fenced.close()
      }
    },
    asTaskRunner: (signal, work) => asOnlyWriter({ address, name: TASKS }, { signal }, work),
    deleteIndex: (name, signal, mayGo) =>
      asOnlyWriter({ address, name }, { signal }, async (lease) => {
        const fenced = new FencedCluster(address, lease, signal)
        try {
          if (await mayGo()) await new IndexCollection(fenced, name).delete()
        } finally {
          await fenced.close()
        }
      }),
    async clear(now) {
      const needed = await tasks.payloads()
      await payloads.removeLeft(now, async ({ name, owner }) => {
        if (owner === null) return needed.some((one) => isPayload(one, name))
        const pending = (await new IndexCollection(cluster, owner).current())?.state.pending
        return pending !== undefined && isPayload(pending.journal, name)
      })
    },
    runTasks(options) {
      const takeLease = async (signal: AbortSignal): Promise<WriterLease> => {
        const lease = await WriterLease.take(system, TASKS, { signal })
        try {
          // what those before have changed
          await registry.refresh()
          return lease
        } catch (error) {
          await lease.release().catch(() => {})
          throw error
        }
      }
      return new ClusterTaskRunner({ ...options, tasks, takeLease })
    },
    factsOf: ({ folder }) => clusterIndexFacts(cluster, folder),
    isEmpty: async (name) => (await new IndexCollection(cluster, name).current()) === null,
    isIndexing: ({ folder }) => isClusterIndexChanging(cluster, folder),
    monitor(name, onChange) {
      const names = (): readonly string[] => {
        const folder = name()
        return folder === null ? [ALL] : aliasesOf(new IndexCollection(cluster, folder))
      }
      return new ClusterMonitor(cluster, names, onChange)
    },
    async close() {
      await registry.close()
      await cluster.close()
    },
  }
}

/** A request about the lease takes no longer: it is renewed several times before it is lost. */
const LEASE_TIMEOUT_MS = 5_000

/**
 * Runs `work` as the only writer of an index.
 * @throws FundstelleError `index_leased` where another process is that, `engine_unavailable`
 */
export async function asOnlyWriter<T>(
  { address, name }: ClusterPlace,
  options: TakingOptions,
  work: (lease: WriterLease) => Promise<T>,
): Promise<T> {
  const cluster = new Cluster({ ...address, timeoutMs: LEASE_TIMEOUT_MS })
  try {
    const lease = await WriterLease.take(new SystemIndex(cluster), name, options)
    try {
      return await work(lease)
    } finally {
      // whoever comes next waits a little longer where this fails
      await lease.release().catch(() => {})
    }
  } finally {
    await cluster.close()
  }
}

const aliasesOf = ({ aliases: { articles, vocabulary } }: IndexCollection): readonly string[] => [articles, vocabulary]
