import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Analyzer } from '../analysis/analyzer.ts'
import type { Article } from '../article/article.ts'
import { englishReasonOf, FundstelleError } from '../errors.ts'
import type { Change } from '../store/change-log.ts'
import { documentId } from './article-document.ts'
import { isRefusedForGood } from './cluster.ts'
import type { ClusterIndex, IndexState, PendingChange } from './cluster-index.ts'
import { ClusterSink } from './cluster-sink.ts'
import { articlesIn, articlesOf, type CopiedArticle } from './copied-articles.ts'
import { inHalves } from './in-halves.ts'
import type { IndexCollection } from './index-collection.ts'
import type { IndexSize } from './index-mappings.ts'
import { goneBy, journalledLots } from './journal.ts'
import { madeBy } from './made-by.ts'
import type { PayloadStore } from './payload-store.ts'
import { notesOf, type TaskNotes, writeNotes } from './task-notes.ts'
import type { WriterLease } from './writer-lease.ts'

export interface TaskIndexOptions {
  /** What its requests are sent by goes by the lease. */
  readonly collection: IndexCollection
  /** What the names of its indexes begin with. */
  readonly name: string
  readonly lease: Pick<WriterLease, 'epoch'>
  /** Of a build that is made. */
  readonly size: IndexSize
  /** By one of these it was made, or is. */
  readonly analyses: readonly [IndexAnalysis, ...IndexAnalysis[]]
  /** Whether one that another analysis has made is opened all the same, to be written anew; what was decided on it is written then. */
  readonly isRewritten?: boolean
  readonly payloads: PayloadStore
  /** Where journals may lie for a while. */
  readonly folder: string
  readonly signal?: AbortSignal
}

/** What articles of an index are analysed by. */
export interface IndexAnalysis {
  readonly analyzer: Analyzer
  readonly fingerprint: string
}

/** Every server sees within half a second that another build is read; a search that is still under way then is done once more. */
const GRACE_MS = 1_000
/** Of the articles that are analysed at once: whoever is asked to end does so in between. */
const CHARACTERS_MAX = 500_000

/**
 * An index of a cluster that tasks write. What a batch of tasks comes to is decided in one moment: its changes, in a journal, and notes of what came of each task are there
 * before the state names them. From then on whoever has the lease writes them, and writes nothing else before; so a batch is done once, however often its server is killed.
 */
export class TaskIndex {
  readonly #options: TaskIndexOptions
  readonly #analyzer: Analyzer
  #index: ClusterIndex
  #state: IndexState

  private constructor(options: TaskIndexOptions, analyzer: Analyzer, index: ClusterIndex, state: IndexState) {
    this.#options = options
    this.#analyzer = analyzer
    this.#index = index
    this.#state = state
  }

  /**
   * Opens it, and writes what was decided before; makes it where there is none.
   * @throws FundstelleError `index_of_folder` where it is fed from a cache folder, `engine_unavailable`, `lease_lost`
   */
  static async open(options: TaskIndexOptions): Promise<TaskIndex> {
    const { collection, lease, analyses } = options
    const found = (await collection.current()) ?? (await made(options))
    const { index } = found
    // read by its own name: what is written next names this version
    const state = (await index.state()) as IndexState
    if (state.isOfTasks !== true) throw new FundstelleError('index_of_folder', { index: options.name })
    const known = analyses.find(({ fingerprint }) => madeBy(fingerprint) === state.fingerprint)
    const analysis = known ?? (options.isRewritten === true ? analyses[0] : undefined)
    if (analysis === undefined) throw madeOtherwise(options.name)
    const taken = { ...state, epoch: lease.epoch }
    await index.writeState(taken)
    const opened = new TaskIndex(options, analysis.analyzer, index, taken)
    if (known !== undefined) await opened.#finishPending()
    return opened
  }

  /** The sequence number of the last change. */
  get position(): number {
    return this.#state.position
  }

  async count(): Promise<number> {
    const { cluster, articles } = this.#index
    return (await cluster.body<{ count: number }>({ method: 'GET', path: `/${articles}/_count` })).count
  }

  /** Whether it was made by this analysis. */
  isMadeBy({ fingerprint }: IndexAnalysis): boolean {
    return this.#state.fingerprint === madeBy(fingerprint)
  }

  /** What was noted with the last change that was decided. */
  notes(): Promise<TaskNotes> {
    return notesOf(this.#index, { ...this.#state, notes: this.#lastNotes })
  }

  get #lastNotes(): number {
    return this.#state.pending?.notes ?? this.#state.notes ?? 0
  }

  /** Those of some articles that it has, as they are now. */
  articlesById(ids: readonly string[]): AsyncGenerator<CopiedArticle[]> {
    return inHalves(ids.map(documentId), (some) => articlesOf(this.#index, some))
  }

  articles(): AsyncGenerator<CopiedArticle[]> {
    return articlesIn(this.#index, this.#options.signal)
  }

  /**
   * Decides on changes, and writes them.
   * @param journal the file that has them, see `JournalWriter`; it is not needed any more when this resolves
   * @param notes what is to be known of them from the moment on in which they are decided
   */
  async commit(journal: string, changes: number, notes: TaskNotes, now: Date): Promise<void> {
    const { payloads, name } = this.#options
    const number = (this.#state.notes ?? 0) + 1
    await writeNotes(this.#index, number, notes)
    if (changes === 0) {
      await this.#writeState({ notes: number })
      return
    }
    const stored = await payloads.write(journal, name, now)
    await this.#writeState({ pending: { journal: stored, changes, notes: number } })
    await this.#apply(journal)
  }

  /**
   * Builds it anew beside the build that is read, by another analysis, or with articles that are made otherwise, and lets it take its place. The one before stays
   * until `deleteBefore`. Nothing is written to this one afterwards.
   */
  async rewrite(analysis: IndexAnalysis, made: (article: Article) => Article): Promise<void> {
    const { signal, payloads } = this.#options
    const { position, pending } = this.#state
    const { index, state } = await this.#nextBuild(madeBy(analysis.fingerprint), await this.notes(), this.#lastNotes)
    const sink = new ClusterSink(index, analysis.analyzer, state)
    const write = (articles: readonly CopiedArticle[]): Promise<void> => {
      const changes = articles.map(({ seqNo, article }): Change => ({ kind: 'added', seqNo, article: made(article) }))
      return applied(sink, changes, signal)
    }
    if (pending === undefined) for await (const page of this.articles()) await write(page)
    else
      await this.#withJournal(pending, async (path) => {
        const lots = () => journalledLots(path, position, CHARACTERS_MAX)
        const isGone = await goneBy(lots())
        // what was written of the change already is among these
        for await (const page of this.articles()) await write(page.filter((one) => !isGone(one)))
        for await (const lot of lots()) await write(lot.filter((change) => change.kind === 'added'))
      })
    await sink.settle(position + (pending?.changes ?? 0))
    await this.#switchTo(index)
    if (pending !== undefined) await payloads.remove(pending.journal)
  }

  /** Lets an empty build take the place of the one that is read, which stays until `deleteBefore`: much is gone in one moment so. */
  async empty(notes: TaskNotes): Promise<void> {
    const { fingerprint, position } = this.#state
    const { index, state } = await this.#nextBuild(fingerprint, notes, (this.#state.notes ?? 0) + 1)
    await index.writeState({ ...state, position })
    await this.#switchTo(index)
  }

  /**
   * Deletes builds that are read no more.
   * @param graceMs searches that have begun may take so long
   */
  async deleteBefore(graceMs = GRACE_MS): Promise<void> {
    const { collection, signal } = this.#options
    await pause(graceMs, undefined, { signal })
    await deleteOthers(collection, this.#index)
  }

  /** Makes the next build, with notes that hold there. */
  async #nextBuild(
    fingerprint: string,
    notes: TaskNotes,
    number: number,
  ): Promise<{ readonly index: ClusterIndex; readonly state: IndexState }> {
    const { collection, size, lease } = this.#options
    await deleteOthers(collection, this.#index)
    const index = collection.build(this.#index.build + 1)
    const { storeId } = this.#state
    const created = await index.create(size, { storeId, fingerprint, epoch: lease.epoch, isOfTasks: true })
    await writeNotes(index, number, notes)
    const state = { ...created, notes: number }
    await index.writeState(state)
    return { index, state }
  }

  async #switchTo(next: ClusterIndex): Promise<void> {
    this.#options.signal?.throwIfAborted()
    await this.#options.collection.switchTo(next, this.#index)
    this.#index = next
    this.#state = (await next.state()) as IndexState
  }

  /** Writes what an earlier process has decided. */
  async #finishPending(): Promise<void> {
    const { pending } = this.#state
    if (pending !== undefined) await this.#withJournal(pending, (path) => this.#apply(path))
  }

  async #withJournal({ journal }: PendingChange, work: (path: string) => Promise<void>): Promise<void> {
    const path = join(this.#options.folder, `${randomUUID()}.journal`)
    try {
      await this.#options.payloads.readTo(journal, path)
      await work(path)
    } finally {
      await rm(path, { force: true })
    }
  }

  async #apply(path: string): Promise<void> {
    const { pending, position } = this.#state
    const { payloads, signal } = this.#options
    if (pending === undefined) throw new Error('nothing is decided')
    const sink = new ClusterSink(this.#index, this.#analyzer, this.#state)
    try {
      for await (const lot of journalledLots(path, position, CHARACTERS_MAX)) await applied(sink, lot, signal)
      await sink.settle(position + pending.changes)
    } catch (error) {
      if (!isRefusedForGood(error)) throw error
      // tried again it would come to the same, and hold up the tasks of all indexes: those of this one fail until it is deleted
      throw new Error(`the cluster refuses a change of the index: ${englishReasonOf(error)}`, { cause: error })
    }
    this.#state = (await this.#index.state()) as IndexState
    await payloads.remove(pending.journal)
  }

  async #writeState(changed: Partial<IndexState>): Promise<void> {
    this.#state = { ...this.#state, ...changed }
    await this.#index.writeState(this.#state)
  }
}

async function applied(sink: ClusterSink, changes: readonly Change[], signal: AbortSignal | undefined): Promise<void> {
  const iterator = changes.values()
  do signal?.throwIfAborted()
  while ((await sink.apply(iterator)) > 0)
}

/** Makes one that is empty, and is read at once. */
async function made({
  collection,
  size,
  lease,
  analyses,
}: TaskIndexOptions): Promise<{ readonly index: ClusterIndex }> {
  // a number is never given twice: whoever still writes to a build that was given up writes to nothing that is read
  const last = Math.max(0, ...(await collection.builds()))
  await deleteOthers(collection, null)
  const index = collection.build(last + 1)
  const fingerprint = madeBy(analyses[0].fingerprint)
  await index.create(size, { storeId: randomUUID(), fingerprint, epoch: lease.epoch, isOfTasks: true })
  await collection.switchTo(index, null)
  return { index }
}

async function deleteOthers(collection: IndexCollection, kept: ClusterIndex | null): Promise<void> {
  for (const number of await collection.builds()) if (number !== kept?.build) await collection.build(number).delete()
}

function madeOtherwise(name: string): FundstelleError {
  const why = {
    de: `der Index ${name} dort ist mit einer anderen Analyse gebaut; „fundstelle reindex“ baut ihn neu`,
    en: `the index ${name} there was built by another analysis; “fundstelle reindex” builds it anew`,
  }
  return new FundstelleError('engine_unavailable', { why })
}
