import { type BigIntStats, statSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { FundstelleError } from '../errors.ts'
import { ArticleStore, STORE_FILE } from '../store/article-store.ts'
import { publishDue } from '../store/publish-due.ts'
import { withWriterLockAtOnce } from '../store/writer-lock.ts'
import { TellOnce } from './tell-once.ts'

/**
 * The stores are looked at this often at least: another process may have added to a list, the clock may have been set, the machine may
 * have slept. It also keeps far moments from what a timer cannot count.
 */
export const LOOK_MS = 1000

/** So many folders are looked at in a row. */
const FOLDERS_PER_STEP = 64

/** Time, as tests make it. */
export interface Clock {
  /** In milliseconds since 1970. */
  now(): number
  /** Runs `work` once, after so many milliseconds; gives what takes it back. */
  after(ms: number, work: () => void): () => void
}

const REAL: Clock = {
  now: Date.now,
  after(ms, work) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
}

export interface DueWatchOptions {
  /** The cache folders there are; asked at each look, as indexes come, go, and get the names of others. */
  readonly folders: () => readonly string[]
  readonly clock?: Clock
  readonly onPublished: (published: { readonly added: number; readonly removed: number }) => void
  /** Gets each kind of error once, until it has gone well again. A store that another process writes is no error. */
  readonly onError: (error: unknown) => void
  /** Aborted, it goes on with nothing after the transaction under way. */
  readonly signal?: AbortSignal
}

export interface DueWatch {
  /** Stops looking, and waits for a transaction under way. */
  close(): Promise<void>
}

/** What is known of a folder. */
interface Looked {
  /** What its store looked like before it was asked. */
  readonly state: string
  /** The moment of what is due next; null where nothing is. */
  readonly next: number | null
}

/**
 * Lets articles of cache folders appear and go when their moment comes, for as long as a process runs: small transactions, and
 * never while another process writes, which does the same itself at its end. Resolves when what is due by now is done or put off.
 */
export async function watchDue(options: DueWatchOptions): Promise<DueWatch> {
  const { folders, clock = REAL, onPublished, signal } = options
  const errors = new TellOnce(options.onError, () => clock.now())
  let known = new Map<string, Looked>()
  let closed = false
  let takeBack = (): void => {}
  const isOver = (): boolean => closed || signal?.aborted === true

  /** Gives the moment of what is due next in a folder; what is due by now has been published. */
  async function publishIn(cache: string): Promise<number | null> {
    const store = ArticleStore.open(cache)
    try {
      for (;;) {
        const next = store.due.next()
        if (next === null || next > clock.now() || isOver()) return next
        // moved away, or another has taken its place: it is not for this watch to change it
        if (!ArticleStore.exists(cache) || store.isReplaced) return null
        const published = withWriterLockAtOnce(cache, () => publishDue(store, clock.now()))
        if (published.added + published.removed > 0) onPublished(published)
        await setImmediate()
      }
    } finally {
      store.close()
    }
  }

  /** A store that looks as it did has nothing new: there may be a thousand, and most have nothing that waits. */
  async function look(cache: string): Promise<Looked> {
    const state = stateOf(cache)
    const before = known.get(cache)
    const isDue = before !== undefined && before.next !== null && before.next <= clock.now()
    if (before?.state === state && !isDue) return before
    try {
      const next = state === NO_STORE ? null : await publishIn(cache)
      errors.gone(cache)
      return { state: isFresh(cache) ? UNKNOWN : state, next }
    } catch (error) {
      const isBusy = error instanceof FundstelleError && error.code === 'store_busy'
      if (!isBusy) errors.tell(cache, error)
      return { state: UNKNOWN, next: null }
    }
  }

  /** Gives the moment to look again, where that is sooner than usual. */
  async function lookAtAll(): Promise<number> {
    const looked = new Map<string, Looked>()
    let first = Number.POSITIVE_INFINITY
    for (const cache of folders()) {
      if (isOver()) break
      const found = await look(cache)
      looked.set(cache, found)
      first = Math.min(first, found.next ?? first)
      if (looked.size % FOLDERS_PER_STEP === 0) await setImmediate()
    }
    known = looked
    return first
  }

  async function run(): Promise<void> {
    let first = Number.POSITIVE_INFINITY
    try {
      first = await lookAtAll()
      errors.gone('folders')
    } catch (error) {
      errors.tell('folders', error)
    }
    if (closed) return
    takeBack = clock.after(Math.min(LOOK_MS, Math.max(first - clock.now(), 0)), () => {
      running = run()
    })
  }

  let running = run()
  await running
  return {
    async close() {
      closed = true
      takeBack()
      await running
    },
  }
}

const NO_STORE = 'none'
const UNKNOWN = 'unknown'

/** File systems tell moments in steps: what was written so shortly ago, by their clock, may be written once more and look the same. */
const FRESH_MS = 100

/** What the files of a store look like: whatever changes it changes one of them. */
function stateOf(cache: string): string {
  if (!ArticleStore.exists(cache)) return NO_STORE
  return filesOf(cache)
    .map((stats) => (stats === undefined ? '' : `${stats.ino} ${stats.size} ${stats.mtimeNs}`))
    .join(' ')
}

function isFresh(cache: string): boolean {
  return filesOf(cache).some((stats) => Math.abs(Date.now() - Number(stats?.mtimeMs ?? 0)) < FRESH_MS)
}

function filesOf(cache: string): readonly (BigIntStats | undefined)[] {
  return [STORE_FILE, `${STORE_FILE}-wal`].map((name) =>
    statSync(join(cache, name), { bigint: true, throwIfNoEntry: false }),
  )
}
