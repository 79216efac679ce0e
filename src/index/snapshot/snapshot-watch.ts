import type { FundstelleError } from '../../errors.ts'
import type { ArticleStore } from '../../store/article-store.ts'
import { readCommit } from './commit.ts'
import { Generations } from './generations.ts'
import { type Loaded, loadNewest } from './newest.ts'
import type { ReadFiles } from './read-files.ts'

/** Which snapshot it is, the change of the store it stands at, and what it was made by. */
export interface NewestSnapshot {
  readonly name: string
  readonly change: number
  readonly fingerprint: string
}

/** Looks for the snapshots that appear in a cache folder, and loads them. One that was found unsound is not read again. */
export class SnapshotWatch {
  readonly #generations: Generations
  readonly #signal: AbortSignal
  readonly #onUnsound: (error: FundstelleError) => void
  readonly #read: ReadFiles | undefined
  /** The name of the one that was found unsound. */
  #refused = ''

  /**
   * @param signal aborted, loading ends within a piece of work and throws the signal's reason
   * @param read see `loadNewest`
   */
  constructor(cache: string, signal: AbortSignal, onUnsound: (error: FundstelleError) => void, read?: ReadFiles) {
    this.#generations = new Generations(cache)
    this.#signal = signal
    this.#onUnsound = onUnsound
    this.#read = read
  }

  /** What is in force, whether sound or not; undefined where that cannot be told or was refused before. */
  async newest(): Promise<NewestSnapshot | undefined> {
    const [folder] = this.#generations.candidates()
    if (folder === undefined) return undefined
    const commit = await readCommit(folder).catch(() => undefined)
    if (commit === undefined) return undefined
    const name = `${folder} ${commit.sha256}`
    const { change, fingerprint } = commit
    return name === this.#refused ? undefined : { name, change, fingerprint }
  }

  /**
   * Loads the newest sound one, see `loadNewest`.
   * @param newest what was in force before; it is refused from now on where anything is unsound
   */
  async load(store: ArticleStore, fingerprint: string, newest?: NewestSnapshot): Promise<Loaded> {
    const identity = { fingerprint, storeId: store.id }
    const loaded = await loadNewest(this.#generations, store, identity, this.#signal, this.#read)
    if (newest !== undefined && loaded.complaints.length > 0) this.#refused = newest.name
    for (const error of loaded.complaints) this.#onUnsound(error)
    return loaded
  }

  /** The one that was refused may be read again. */
  forgetRefused(): void {
    this.#refused = ''
  }
}
