import { isDeepStrictEqual } from 'node:util'
import { FundstelleError } from '../errors.ts'
import { type Cluster, isRefusedForGood, refusedAs, statusOf } from './cluster.ts'
import { articlesIndex, type IndexSize, vocabularyIndex } from './index-mappings.ts'
import { type DocumentVersion, versionOf, type Written } from './system-index.ts'

/** By which document of the vocabulary an index tells what it stands at. */
export const STATE_ID = 'state'

/** What an index stands at. It is written last: what it tells has been made visible before. */
export interface IndexState {
  /** The sequence number of the last change of the store that it contains. */
  readonly position: number
  /** The store whose changes these are. */
  readonly storeId: string
  /** Of the analysis it was made by. */
  readonly fingerprint: string
  /** Counts up with every change that was made visible. */
  readonly generation: number
  /** Whether a change is being made visible: what is read now may be half of it. */
  readonly isChanging: boolean
  /** Of the lease of whoever has written it. */
  readonly epoch?: number
  /** What it was made with. */
  readonly size?: IndexSize
  /** Of a build that nobody reads yet: articles up to this change have been written, their vocabulary has not. */
  readonly written?: number | undefined
  /** Of an index that tasks write, see `TaskIndex`; absent where it is fed from the store of a cache folder. */
  readonly isOfTasks?: true
  /** Which notes about it hold: how often any were written. */
  readonly notes?: number
  /** A change that has been decided, and of which not everything may have been written. */
  readonly pending?: PendingChange | undefined
}

/** What a change of an index by tasks comes to. */
export interface PendingChange {
  /** The name of the payload that has the changes, a line each. */
  readonly journal: string
  /** How many these are. */
  readonly changes: number
  /** The notes that hold once they are written. */
  readonly notes: number
}

const NOT_FOUND = 404
const CONFLICT = 409

/** Of an index from before there were builds: its name has no number. */
export const UNNUMBERED = 0

/** The two indexes of one build of a collection of articles in a cluster. */
export class ClusterIndex {
  readonly cluster: Cluster
  /** Counts up with each time that the collection is built. */
  readonly build: number
  readonly articles: string
  readonly vocabulary: string
  readonly #name: string
  /** Of the state that was read or written last. */
  #version: DocumentVersion | undefined

  /** @param name of the collection; what the names of its indexes begin with */
  constructor(cluster: Cluster, name: string, build: number) {
    const number = build === UNNUMBERED ? '' : `-${build}`
    this.cluster = cluster
    this.build = build
    this.#name = name
    this.articles = `${name}-articles${number}`
    this.vocabulary = `${name}-vocabulary${number}`
  }

  /** Makes it anew and empty. */
  async create(
    size: IndexSize,
    identity: Pick<IndexState, 'storeId' | 'fingerprint' | 'epoch' | 'isOfTasks'>,
  ): Promise<IndexState> {
    await this.delete()
    this.#version = undefined
    try {
      await this.#createIndex(this.articles, articlesIndex(size))
      await this.#createIndex(this.vocabulary, vocabularyIndex(size))
    } catch (error) {
      // there may be room for one of them and not for both; whoever gives up now comes back under another name
      if (isRefusedForGood(error)) await this.delete().catch(() => {})
      throw error
    }
    const { shards, replicas } = size
    const state = { ...identity, size: { shards, replicas }, position: 0, generation: 0, isChanging: false }
    await this.writeState(state)
    return state
  }

  async #createIndex(name: string, body: object): Promise<void> {
    try {
      await this.cluster.send({ method: 'PUT', path: `/${name}`, body })
    } catch (error) {
      // a request whose answer was lost is sent again, and then the index is there already
      if (!refusedAs(error, 'resource_already_exists_exception')) throw error
    }
  }

  async delete(): Promise<void> {
    for (const name of [this.articles, this.vocabulary])
      await this.cluster.send({ method: 'DELETE', path: `/${name}`, expected: [NOT_FOUND] })
  }

  /** Null where there is no such index, or one whose making was not finished. */
  async state(): Promise<IndexState | null> {
    const path = `/${this.vocabulary}/_doc/${STATE_ID}`
    const { status, body } = await this.cluster.send<{ _source?: IndexState } & Written>({
      ...{ method: 'GET', path, expected: [NOT_FOUND] },
    })
    if (status === NOT_FOUND || body._source === undefined) return null
    this.#version = versionOf(body)
    return body._source
  }

  /**
   * In the place of the state that was read or written last.
   * @throws FundstelleError `lease_lost` where another process has written one since
   */
  async writeState(state: IndexState): Promise<void> {
    const before = this.#version
    const query = before === undefined ? {} : { if_seq_no: before.seqNo, if_primary_term: before.primaryTerm }
    const path = `/${this.vocabulary}/_doc/${STATE_ID}`
    try {
      this.#version = versionOf(await this.cluster.body<Written>({ method: 'PUT', path, query, body: state }))
    } catch (error) {
      if (statusOf(error) !== CONFLICT) throw error
      // a request whose answer was lost is sent again, and then the state is there already
      if (!isDeepStrictEqual(await this.state(), JSON.parse(JSON.stringify(state))))
        throw new FundstelleError('lease_lost', { index: this.#name })
    }
  }

  /** Makes what was written visible to searches. */
  async refresh(name: string): Promise<void> {
    await this.cluster.send({ method: 'POST', path: `/${name}/_refresh` })
  }
}
