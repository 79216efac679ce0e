import { setTimeout as pause } from 'node:timers/promises'
import type { AnswerSettings } from '../config.ts'
import { type Analysed, analysedBy } from '../index/open-analysis.ts'
import type { ClusterNamedIndex, ClusterRegistry } from '../opensearch/cluster-registry.ts'
import type { OpenedCluster } from '../opensearch/open-cluster.ts'
import { rulesOf } from '../registry/index-rules.ts'
import type { Rules } from '../rules.ts'
import { createDocumentSearch } from '../search/document-service.ts'
import { createSearchService, type SearchService } from '../search/service.ts'
import { searchSettingsOf } from '../search/version.ts'
import { type CalledServices, callOn, servicesBy } from '../search-threads/called-services.ts'
import { clusterNameOf } from './cluster-place.ts'

/** Forms that the analyser of a server remembers: queries have few at a time. */
const SERVED_FORMS = 2 ** 16
/** Indexes that are open at once; of more the one that was asked for longest ago is closed. */
const OPEN_MAX = 64
const CLOSING_POLL_MS = 100

export interface ClusterIndexesOptions {
  /** @param name what the names of its indexes begin with */
  readonly open: (name: string, analysed: Analysed) => OpenedCluster
  readonly registry: Pick<ClusterRegistry, 'indexes'>
  /** The name of the index in use. */
  readonly inUse: string
  /** The site owner's rules. */
  readonly own: Rules
  readonly answers: AnswerSettings
}

interface OpenIndex {
  readonly opened: OpenedCluster
  readonly services: CalledServices & Pick<SearchService, 'version'>
  readonly folder: string
  readonly rules: Rules
  readonly hasFiles: boolean
  /** Calls that are under way. */
  calls: number
}

/** The indexes of a cluster that a server has open, each read by the settings that it has now: one whose settings have changed is opened anew. */
export class ClusterIndexes {
  readonly #options: ClusterIndexesOptions
  /** By name, the one asked for last at the end. */
  readonly #open = new Map<string, OpenIndex>()
  readonly #closing = new Set<Promise<void>>()

  constructor(options: ClusterIndexesOptions) {
    this.#options = options
  }

  /** Searches in an index, by what is known of it at the time of each call. */
  searchIn(uid: string): CalledServices & Pick<SearchService, 'version'> {
    const called = async <T>(work: (services: OpenIndex['services']) => Promise<T>): Promise<T> => {
      const index = this.#current(uid)
      index.calls += 1
      try {
        return await work(index.services)
      } finally {
        index.calls -= 1
      }
    }
    return {
      ...servicesBy((method, args, budget) => called((services) => callOn(services, method, args, budget))),
      version: () => called((services) => services.version()),
    }
  }

  /** Resolves once the index in use can be read, see `OpenSearchEngine.state`. */
  state(): Promise<string> {
    return this.#current(this.#options.inUse).opened.engine.state()
  }

  /** From now on what was changed until now is found, in all indexes. */
  lookAgain(): void {
    for (const { opened } of this.#open.values()) opened.lookAgain()
  }

  /** Of the index in use; NaN before it was read. */
  get articles(): number {
    return this.#current(this.#options.inUse).opened.articles
  }

  async close(): Promise<void> {
    for (const index of this.#open.values()) this.#close(index)
    this.#open.clear()
    await Promise.all(this.#closing)
  }

  #current(uid: string): OpenIndex {
    const { registry, own, inUse } = this.#options
    const entry = registry.indexes.get(uid) as ClusterNamedIndex | undefined
    const rules = entry === undefined ? own : rulesOf(entry, own, inUse)
    const hasFiles = entry?.hasFiles ?? true
    const known = this.#open.get(uid)
    this.#open.delete(uid)
    const folder = entry?.folder ?? clusterNameOf(uid)
    const isSame =
      known !== undefined && known.folder === folder && known.rules === rules && known.hasFiles === hasFiles
    const index = isSame ? known : this.#openNow(folder, rules, hasFiles)
    this.#open.set(uid, index)
    if (known !== undefined && !isSame) this.#close(known)
    for (const [oldest, other] of this.#open) {
      if (this.#open.size <= OPEN_MAX) break
      if (oldest === inUse) continue
      this.#open.delete(oldest)
      this.#close(other)
    }
    return index
  }

  #openNow(name: string, rules: Rules, hasFiles: boolean): OpenIndex {
    const analysed = analysedBy(rules, SERVED_FORMS)
    const opened = this.#options.open(name, analysed)
    const parts = {
      analyzer: () => analysed.analyzer,
      rules: () => analysed.rules,
      settings: searchSettingsOf(this.#options.answers),
    }
    const services = {
      ...createSearchService(opened.engine, parts),
      ...createDocumentSearch(opened.engine, { ...parts, hasFiles }),
    }
    return { opened, services, folder: name, rules, hasFiles, calls: 0 }
  }

  /** Whoever searches there may go on until he is done. */
  #close(index: OpenIndex): void {
    const closing = (async () => {
      while (index.calls > 0) await pause(CLOSING_POLL_MS)
      // what the cluster keeps for it goes by itself where it cannot be told
      await index.opened.close().catch(() => {})
    })()
    this.#closing.add(closing)
    void closing.finally(() => this.#closing.delete(closing))
  }
}
