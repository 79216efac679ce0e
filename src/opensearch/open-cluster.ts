import { type LimitedEngine, withLoadLimit } from '../search/engine/load-limit.ts'
import { withTimeLimit } from '../search/engine/time-limit.ts'
import { Cluster, type ClusterAddress } from './cluster.ts'
import { ClusterMonitor, type ClusterStatus } from './cluster-monitor.ts'
import { IndexCollection } from './index-collection.ts'
import { madeBy } from './made-by.ts'
import { type ClusterEngineConfig, OpenSearchEngine } from './opensearch-engine.ts'

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
  /** Looks after the health of the index from now on. */
  monitor(onChange: (status: ClusterStatus, before: ClusterStatus | undefined) => void): ClusterMonitor
  close(): Promise<void>
}

/** What one process asks of a cluster at most. */
export interface ClusterLimits {
  /** That a search takes, with all its requests; one request is limited by the address. */
  readonly timeoutMs: number
  /** Searches at once. */
  readonly searches: number
}

const NO_LIMITS: ClusterLimits = { timeoutMs: 2 ** 31 - 1, searches: Number.POSITIVE_INFINITY }

export function openClusterEngine(
  { address, name }: ClusterPlace,
  config: ClusterEngineConfig,
  { timeoutMs, searches } = NO_LIMITS,
): OpenedCluster {
  const cluster = new Cluster(address)
  const collection = new IndexCollection(cluster, name)
  const engine = new OpenSearchEngine(collection, { ...config, fingerprint: madeBy(config.fingerprint) })
  return {
    engine: withLoadLimit(withTimeLimit(engine, timeoutMs), searches),
    get articles() {
      return engine.articles
    },
    monitor: (onChange) => new ClusterMonitor(collection, onChange),
    close: async () => {
      await engine.close()
      await cluster.close()
    },
  }
}
