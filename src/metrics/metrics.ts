// The room `metrics`: what a server counts, in Prometheus' words. It imports `src`, and alone knows the library for it. No label is made of
// what people type: neither queries nor ids, names of indexes, keys or addresses.

import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { StageTimes } from '../work-budget.ts'

/** What is asked for when somebody looks. */
export interface Gauges {
  /** Searches that wait for a thread, or are being answered. */
  readonly waiting: () => number
  /** Searches that were refused since the start, as too many waited. */
  readonly refused: () => number
  /** Tasks by their status. */
  readonly tasks: () => Readonly<Record<string, number>>
  readonly indexes: () => number
  /** Articles of the main index. */
  readonly articles: () => number
  /** Whether searches can be answered. */
  readonly ready: () => boolean
  /** Where the index is in a cluster: how that is. */
  readonly cluster?: () => ClusterState
}

const CLUSTER_STATES = ['green', 'yellow', 'red', 'unreachable'] as const
type ClusterState = (typeof CLUSTER_STATES)[number]

/** A request that was answered. */
export interface CountedRequest {
  /** The pattern of its path, as `/articles/:id`; never what stood in the address. */
  readonly route: string
  readonly method: string
  readonly status: number
  readonly seconds: number
}

/** Seconds; a search takes a few milliseconds, a request with a body may take long. */
const SEARCH_BUCKETS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5]
const REQUEST_BUCKETS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 30]
/** Which version of the machine or the stack this is nobody is told. */
const UNTOLD = ['nodejs_version_info']

/** What one process counts. */
export class Metrics {
  readonly #registry = new Registry()
  readonly #requests: Counter<'route' | 'method' | 'status'>
  readonly #requestSeconds: Histogram<'route'>
  readonly #stageSeconds: Histogram<'stage'>

  constructor(gauges: Gauges) {
    const registers = [this.#registry]
    collectDefaultMetrics({ register: this.#registry })
    for (const name of UNTOLD) this.#registry.removeSingleMetric(name)
    this.#requests = new Counter({
      name: 'fundstelle_http_requests_total',
      help: 'Requests that were answered, by route and status.',
      labelNames: ['route', 'method', 'status'],
      registers,
    })
    this.#requestSeconds = new Histogram({
      name: 'fundstelle_http_request_seconds',
      help: 'Seconds until an answer was ready, by route.',
      labelNames: ['route'],
      buckets: REQUEST_BUCKETS,
      registers,
    })
    this.#stageSeconds = new Histogram({
      name: 'fundstelle_search_seconds',
      help: 'Seconds that searches took, by stage: wait, rewrite, retrieve, rank, collect, locate.',
      labelNames: ['stage'],
      buckets: SEARCH_BUCKETS,
      registers,
    })
    const gauge = (
      name: string,
      help: string,
      value: () => number,
      aggregator: 'sum' | 'max' | 'min' = 'max',
    ): void => {
      new Gauge({
        name,
        help,
        registers,
        aggregator,
        collect() {
          this.set(value())
        },
      })
    }
    gauge('fundstelle_searches_waiting', 'Searches that wait or are being answered.', gauges.waiting, 'sum')
    gauge('fundstelle_ready', 'Whether searches can be answered: 1 or 0.', () => Number(gauges.ready()), 'min')
    gauge('fundstelle_indexes', 'Indexes.', gauges.indexes)
    gauge('fundstelle_articles', 'Articles of the main index.', gauges.articles)
    const { cluster } = gauges
    if (cluster !== undefined)
      new Gauge({
        name: 'fundstelle_cluster_status',
        help: 'How the index in the cluster is: 1 for its status, 0 for the others.',
        labelNames: ['status'],
        registers,
        collect() {
          const now = cluster()
          for (const status of CLUSTER_STATES) this.set({ status }, Number(status === now))
        },
      })
    new Counter({
      name: 'fundstelle_searches_refused_total',
      help: 'Searches that were refused with 503, as too many were waiting.',
      registers,
      collect() {
        this.reset()
        this.inc(gauges.refused())
      },
    })
    new Gauge({
      name: 'fundstelle_tasks',
      help: 'Tasks that are not forgotten yet, by status.',
      labelNames: ['status'],
      registers,
      // every process sees the same ones
      aggregator: 'max',
      collect() {
        this.reset()
        for (const [status, count] of Object.entries(gauges.tasks())) this.set({ status }, count)
      },
    })
  }

  get contentType(): string {
    return this.#registry.contentType
  }

  answered({ route, method, status, seconds }: CountedRequest): void {
    this.#requests.inc({ route, method, status })
    this.#requestSeconds.observe({ route }, seconds)
  }

  searched(times: StageTimes): void {
    for (const [stage, ms] of Object.entries(times)) this.#stageSeconds.observe({ stage }, ms / 1000)
  }

  /** In the text format of Prometheus. */
  text(): Promise<string> {
    return this.#registry.metrics()
  }

  /** As another process puts it together with its own; see `textOfAll`. */
  async counted(): Promise<readonly unknown[]> {
    return this.#registry.getMetricsAsJSON()
  }
}

/** What several processes count, as one text. */
export function textOfAll(all: readonly (readonly unknown[])[]): Promise<string> {
  return AggregatorRegistry.aggregate([...all] as unknown as object[]).metrics()
}
