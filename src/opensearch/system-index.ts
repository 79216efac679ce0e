import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type Cluster, refusedAs, statusOf } from './cluster.ts'

/** What one write has left: the next one that names it is refused where another came between. */
export interface DocumentVersion {
  readonly seqNo: number
  readonly primaryTerm: number
}

export interface SystemDocument<T> {
  readonly value: T
  readonly version: DocumentVersion
}

/** What a cluster answers to a write, and tells of a document. */
export interface Written {
  readonly _seq_no: number
  readonly _primary_term: number
}

interface Stored<T> extends Written {
  readonly found: boolean
  readonly _source?: { readonly value: T; readonly stamp: string }
}

/** Beside the indexes of articles, whose names end in `-articles` and `-vocabulary`, and behind the same beginning: rights for `fundstelle-*` are enough. */
const NAME = 'fundstelle-system'

const NOT_FOUND = 404
const CONFLICT = 409
const UNAVAILABLE = 503

/** An index that was just made answers after so many looks, so long apart. */
const STARTING_LOOKS = 10
const STARTING_MS = 200

/**
 * Small documents that all processes on a cluster share, each read and written by its name: what was written is read by everybody as soon as it is acknowledged.
 */
export class SystemIndex {
  readonly #cluster: Cluster
  readonly #name: string
  readonly #searched: Readonly<Record<string, object>>
  #made: Promise<void> | undefined

  /** @param searched fields that documents have beside their values, to be searched by, with their mappings */
  constructor(cluster: Cluster, name = NAME, searched: Readonly<Record<string, object>> = {}) {
    this.#cluster = cluster
    this.#name = name
    this.#searched = searched
  }

  /** Null where there is none of this name. */
  async read<T>(id: string, signal?: AbortSignal): Promise<SystemDocument<T> | null> {
    const { status, body } = await this.#cluster.send<Stored<T>>({
      ...{ method: 'GET', path: this.#pathOf(id), expected: [NOT_FOUND], signal },
    })
    if (status === NOT_FOUND || body._source === undefined) return null
    return { value: body._source.value, version: versionOf(body) }
  }

  /** The versions of documents, in their order; null for each that is not there. */
  async versions(ids: readonly string[], signal?: AbortSignal): Promise<(DocumentVersion | null)[]> {
    const { docs } = await this.#cluster.body<{ docs: (Written & { readonly found?: boolean })[] }>({
      ...{ method: 'POST', path: `/${this.#name}/_mget`, query: { _source: false }, body: { ids }, signal },
    })
    return docs.map((one) => (one.found === true ? versionOf(one) : null))
  }

  /**
   * Writes a document in the place of the version that was read; gives the new version, null where another write was faster.
   * @param before null where there must be none yet
   * @param searched what it is searched by
   */
  async write(
    id: string,
    value: object,
    before: DocumentVersion | null,
    searched: object = {},
  ): Promise<DocumentVersion | null> {
    await this.#make()
    const stamp = randomUUID()
    const query =
      before === null ? { op_type: 'create' } : { if_seq_no: before.seqNo, if_primary_term: before.primaryTerm }
    try {
      const body = { ...searched, value, stamp }
      return versionOf(await this.#cluster.body<Written>({ method: 'PUT', path: this.#pathOf(id), query, body }))
    } catch (error) {
      if (statusOf(error) !== CONFLICT) throw error
      // a request whose answer was lost is sent again, and then it is its own first copy that was faster
      const { status, body } = await this.#cluster.send<Stored<unknown>>({
        ...{ method: 'GET', path: this.#pathOf(id), expected: [NOT_FOUND] },
      })
      return status !== NOT_FOUND && body._source?.stamp === stamp ? versionOf(body) : null
    }
  }

  async remove(id: string): Promise<void> {
    await this.#cluster.send({ method: 'DELETE', path: this.#pathOf(id), expected: [NOT_FOUND] })
  }

  /**
   * Searches all that was acknowledged before.
   * @param isNewest whether what was written in the last half second is looked at, too
   */
  async search<T extends object>(body: object, isNewest = true): Promise<T | null> {
    const expected = [NOT_FOUND]
    if (isNewest) await this.#cluster.send({ method: 'POST', path: `/${this.#name}/_refresh`, expected })
    for (let attempt = 1; ; attempt++) {
      try {
        const found = await this.#cluster.send<T>({ method: 'POST', path: `/${this.#name}/_search`, body, expected })
        return found.status === NOT_FOUND ? null : found.body
      } catch (error) {
        // another process is only making it
        if (statusOf(error) !== UNAVAILABLE || attempt === STARTING_LOOKS) throw error
        await pause(STARTING_MS)
      }
    }
  }

  #pathOf(id: string): string {
    return `/${this.#name}/_doc/${encodeURIComponent(id)}`
  }

  #make(): Promise<void> {
    this.#made ??= this.#create().catch((error: unknown) => {
      this.#made = undefined
      throw error
    })
    return this.#made
  }

  async #create(): Promise<void> {
    // as many copies as there are other nodes, at most one: it is tiny, and one node alone is whole without
    const index = { number_of_shards: 1, auto_expand_replicas: '0-1', hidden: true, refresh_interval: '500ms' }
    const properties = { ...this.#searched, value: { type: 'object', enabled: false } }
    const mappings = { dynamic: false, properties }
    try {
      await this.#cluster.send({ method: 'PUT', path: `/${this.#name}`, body: { settings: { index }, mappings } })
    } catch (error) {
      if (!refusedAs(error, 'resource_already_exists_exception')) throw error
      // an earlier version may have made it, which searched by less
      await this.#cluster.send({ method: 'PUT', path: `/${this.#name}/_mapping`, body: { properties: this.#searched } })
    }
  }
}

export const versionOf = ({ _seq_no, _primary_term }: Written): DocumentVersion => ({
  seqNo: _seq_no,
  primaryTerm: _primary_term,
})
