import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { Rules } from '../rules.ts'
import type { Timer, Timers } from '../update/timers.ts'
import type { StageTimes } from '../work-budget.ts'
import type { ThreadEvent, ThreadStatus, ThreadTask, ToThread } from './messages.ts'
import { SearchThread } from './search-thread.ts'
import type { SharedSnapshots } from './shared-snapshots.ts'

/** Where an index lies, and the rules that its articles and queries are read by. */
export interface IndexPlace {
  /** A cache folder. */
  readonly folder: string
  readonly rules: Rules
}

/** So many indexes are open in one thread beside the main one. */
export const OPEN_INDEXES_MAX = 64
/** One that nobody has asked for so long is closed. */
export const IDLE_MS = 60_000
/** Changes of the store are taken in with each call; beside that it is asked so often. */
const POLL_MS = 1000

export interface FurtherOptions extends Pick<ThreadTask, 'answers' | 'timeoutMs'> {
  /** Brings the snapshot of an index up to date, for all threads that ask for it meanwhile. */
  readonly build: (place: IndexPlace) => Promise<void>
  readonly onEvent: (place: IndexPlace, event: ThreadEvent) => void
  /** See `ThreadsOptions`. */
  readonly onTimes?: (times: StageTimes) => void
  /** One has been closed. */
  readonly onClosed: () => void
  /** The snapshots that threads with the same index share. */
  readonly snapshots: (folder: string) => SharedSnapshots
  readonly timers: Timers
}

/** An index that a thread has open, or is opening. */
interface Opened {
  readonly thread: SearchThread
  readonly closed: Promise<void>
  rules: Rules
  lastUsedMs: number
}

/** The indexes beside the main one that one thread has open: opened when they are asked for, closed when nobody asks any more. */
export class FurtherIndexes {
  readonly #post: (message: ToThread, transferred: readonly MessagePort[]) => void
  readonly #options: FurtherOptions
  /** By folder; the one asked for last stands last. */
  readonly #opened = new Map<string, Opened>()
  /** The folder of the one that stays open. */
  #kept: string | null = null
  #timer: Timer | undefined
  #hasEnded = false

  /** @param post sends to the thread */
  constructor(post: (message: ToThread, transferred: readonly MessagePort[]) => void, options: FurtherOptions) {
    this.#post = post
    this.#options = options
  }

  /** Calls that are not answered yet. */
  get load(): number {
    let load = 0
    for (const { thread } of this.#opened.values()) load += thread.load
    return load
  }

  get folders(): readonly string[] {
    return [...this.#opened.keys()]
  }

  has(folder: string): boolean {
    return this.#opened.has(folder)
  }

  /** Undefined where the index is not open, or only being opened. */
  statusOf(folder: string): ThreadStatus | undefined {
    return this.#opened.get(folder)?.thread.status
  }

  /** Opens an index, and leaves it open until another one takes its place; null for none. */
  keepOpen(place: IndexPlace | null): void {
    this.#kept = place?.folder ?? null
    // where it cannot be opened, who asks it for something is told
    if (place !== null) this.of(place).catch(() => {})
  }

  /** The index, read by these rules; it is opened where it is not. */
  async of(place: IndexPlace): Promise<SearchThread> {
    const known = this.#opened.get(place.folder)
    const opened = known === undefined || known.thread.hasEnded ? this.#open(place) : known
    this.#opened.delete(place.folder)
    this.#opened.set(place.folder, opened)
    opened.lastUsedMs = this.#options.timers.now()
    this.#lookLater()
    if (!isSame(opened.rules, place.rules)) {
      opened.rules = place.rules
      // calls that follow are read by these: messages keep their order
      await opened.thread.reconfigure(place.rules)
    }
    return opened.thread
  }

  /** Closes an index; resolves when nothing of it is open any more. */
  async close(folder: string): Promise<void> {
    const opened = this.#opened.get(folder)
    if (opened === undefined) return
    this.#opened.delete(folder)
    opened.thread.close()
    await opened.closed
  }

  async closeAll(): Promise<void> {
    this.#timer?.clear()
    await Promise.all(this.folders.map((folder) => this.close(folder)))
  }

  /** The thread has ended, and all that it had open. */
  end(): void {
    this.#hasEnded = true
    this.#timer?.clear()
    for (const { thread } of this.#opened.values()) thread.end()
    this.#opened.clear()
  }

  #open(place: IndexPlace): Opened {
    const { answers, timeoutMs, build, onEvent, onTimes, snapshots, timers } = this.#options
    this.#makeRoom()
    const { port1, port2 } = new MessageChannel()
    const thread = new SearchThread(port1, {
      event: (event) => onEvent(place, event),
      changed: () => {},
      build: () => build({ ...place, rules: opened.rules }),
      snapshots: snapshots(place.folder),
      ...(onTimes !== undefined && { timed: onTimes }),
    })
    const closed = new Promise<void>((resolve) => {
      port1.once('close', () => {
        thread.end()
        if (this.#opened.get(place.folder) === opened) this.#opened.delete(place.folder)
        this.#options.onClosed()
        resolve()
      })
    })
    const opened: Opened = { thread, closed, rules: place.rules, lastUsedMs: timers.now() }
    const { folder: cache, rules } = place
    const task = { cache, rules, answers, timeoutMs, pollMs: POLL_MS }
    this.#post({ kind: 'open', port: port2, task }, [port2])
    // a channel whose other end nobody has any more would keep the process from ending
    if (this.#hasEnded) port1.close()
    return opened
  }

  /** Of too many those are closed that nobody has asked for longest; those that are being asked stay. */
  #makeRoom(): void {
    for (const [folder, { thread }] of this.#opened) {
      if (this.#opened.size < OPEN_INDEXES_MAX) return
      if (thread.load === 0 && folder !== this.#kept) void this.close(folder)
    }
  }

  #lookLater(): void {
    this.#timer ??= this.#options.timers.set(() => {
      this.#timer = undefined
      this.#closeIdle()
      if (this.#opened.size > 0) this.#lookLater()
    }, IDLE_MS / 4)
  }

  #closeIdle(): void {
    const since = this.#options.timers.now() - IDLE_MS
    for (const [folder, { thread, lastUsedMs }] of this.#opened)
      if (lastUsedMs <= since && thread.load === 0 && folder !== this.#kept) void this.close(folder)
  }
}

/** Rules that are the same object are the same; others are compared. */
const isSame = (one: Rules, other: Rules): boolean => one === other || JSON.stringify(one) === JSON.stringify(other)
