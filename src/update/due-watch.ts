import { setImmediate } from 'node:timers/promises'
import { FundstelleError } from '../errors.ts'
import { ArticleStore } from '../store/article-store.ts'
import { publishDue } from '../store/publish-due.ts'
import { withWriterLockAtOnce } from '../store/writer-lock.ts'

/**
 * The list is looked at this often at least: another process may have added to it, the clock may have been set, the machine may
 * have slept. It also keeps far moments from what a timer cannot count.
 */
export const LOOK_MS = 1000

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
  readonly cache: string
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

/**
 * Lets articles of a cache folder appear and go when their moment comes, for as long as a process runs: small transactions, and
 * never while another process writes, which does the same itself at its end. Resolves when what is due by now is done or put off.
 */
export async function watchDue({
  cache,
  clock = REAL,
  onPublished,
  onError,
  signal,
}: DueWatchOptions): Promise<DueWatch> {
  let store: ArticleStore | undefined
  let closed = false
  let takeBack = (): void => {}
  let reported = ''

  /** Gives the moment to look again; null for none that is known. */
  async function look(): Promise<number | null> {
    // moved away, or not made yet: it is not for this watch to make it
    if (!ArticleStore.exists(cache)) return null
    if (store?.isReplaced) {
      store.close()
      store = undefined
    }
    store ??= ArticleStore.open(cache)
    const next = store.due.next()
    if (next === null || next > clock.now()) return next
    for (let more = true; more && !closed && signal?.aborted !== true; await setImmediate()) {
      const open = store
      if (!ArticleStore.exists(cache) || open.isReplaced) return null
      const published = withWriterLockAtOnce(cache, () => publishDue(open, clock.now()))
      if (published.added + published.removed > 0) onPublished(published)
      more = published.more
    }
    return store.due.next()
  }

  async function run(): Promise<void> {
    let next: number | null = null
    try {
      next = await look()
      reported = ''
    } catch (error) {
      const isBusy = error instanceof FundstelleError && error.code === 'store_busy'
      if (!isBusy && String(error) !== reported) onError(error)
      if (!isBusy) reported = String(error)
    }
    if (closed) return
    const wait = next === null ? LOOK_MS : Math.min(LOOK_MS, Math.max(next - clock.now(), 0))
    takeBack = clock.after(wait, () => {
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
      store?.close()
    },
  }
}
