import { type BulkOperation, bulkWrite } from './bulk-writer.ts'
import type { ClusterIndex } from './cluster-index.ts'
import { storedTerm, termOfStored } from './stored-terms.ts'
import { writtenSince } from './written-since.ts'

/** Articles looked at in one request. */
const PAGE = 1_000
const NOT_FOUND = 404

/**
 * What a change to an index must still know where the process that made it was killed and another one goes on with it. Terms that only replaced and removed
 * articles had stand in no article any more: they are written down before these go, in documents that searches do not see, until they have been counted.
 */
export class UnfinishedChange {
  readonly #index: ClusterIndex
  readonly #noted = new Set<string>()
  #notes = 0

  constructor(index: ClusterIndex) {
    this.#index = index
  }

  /** The terms that an earlier process has noted; the notes of this one stand behind. */
  async earlier(): Promise<ReadonlySet<string>> {
    for (;;) {
      const { status, body } = await this.#index.cluster.send<{ _source?: { noted: string[] } }>({
        ...{ method: 'GET', path: this.#pathOf(this.#notes), expected: [NOT_FOUND] },
      })
      if (status === NOT_FOUND) return new Set(this.#noted)
      this.#notes += 1
      for (const term of body._source?.noted ?? []) this.#noted.add(termOfStored(term))
    }
  }

  async note(terms: Iterable<string>): Promise<void> {
    const noted = [...new Set(terms)].filter((term) => !this.#noted.has(term))
    if (noted.length === 0) return
    await this.#index.cluster.send({
      method: 'PUT',
      path: this.#pathOf(this.#notes),
      body: { noted: noted.map(storedTerm) },
    })
    this.#notes += 1
    for (const term of noted) this.#noted.add(term)
  }

  /** All that was noted has been counted. */
  async clear(): Promise<void> {
    const { cluster, vocabulary } = this.#index
    const operations = Array.from(
      { length: this.#notes },
      (_, at): BulkOperation => ({ action: { delete: { _index: vocabulary, _id: idOf(at) } } }),
    )
    // from the last on: those that are found later are the first ones
    await bulkWrite(cluster, operations.reverse())
    this.#notes = 0
    this.#noted.clear()
  }

  /**
   * Articles, by the changes that brought them, that an earlier process has written and the store no longer has: they came and went while nobody wrote, and no
   * change tells of them.
   * @param position what was settled before
   * @param isGiven whether this process was given the change
   */
  async *strays(position: number, isGiven: (seqNo: number) => boolean): AsyncGenerator<number[]> {
    for await (const page of writtenSince(this.#index, position, { size: PAGE, source: false }))
      yield page.map(({ seqNo }) => seqNo).filter((seqNo) => !isGiven(seqNo))
  }

  #pathOf(at: number): string {
    return `/${this.#index.vocabulary}/_doc/${idOf(at)}`
  }
}

const idOf = (at: number): string => `noted-${at}`
