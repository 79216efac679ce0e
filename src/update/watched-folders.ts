import { FundstelleError } from '../errors.ts'
import { GrowingPause } from '../growing-pause.ts'
import { systemReason } from '../system-reason.ts'
import { Lane } from './coalesce.ts'
import { type OpenedFolders, type OpenFolders, openFolders } from './open-folders.ts'
import { type PathCalls, stateOf } from './path-state.ts'
import type { TellOnce } from './tell-once.ts'
import { systemTimers, type Timer, type Timers } from './timers.ts'

/** How often the PATHs themselves are looked at. */
const LOOK_MS = 500
/** Watching that failed is begun anew after so long, then after twice as long, and so on. */
const REOPEN_MS = 5000
const REOPEN_MS_MAX = 10 * 60_000
/** So long the operating system may take to begin watching; then twice as long. Each folder is read meanwhile. */
const READY_MS = 30_000
const READY_MS_MAX = 10 * 60_000
/** Watching that went well for so long begins with the shortest pause again. */
const WELL_MS = 60_000

/** What tests put in the place of the system's. */
export interface FolderParts {
  readonly openFolders?: OpenFolders
  readonly pathCalls?: PathCalls
  readonly timers?: Timers
  readonly lookMs?: number
}

/**
 * Watches PATHs until it is closed, whatever becomes of them: a PATH that vanishes, is replaced or cannot be read is looked at
 * twice a second and watched anew when it is back. Watching that fails is begun anew after a growing pause. Each beginning is a
 * change as well, since nobody knows what went unseen before it.
 */
export class WatchedFolders {
  readonly #paths: readonly string[]
  readonly #change: () => void
  readonly #errors: TellOnce
  readonly #open: OpenFolders
  readonly #pathCalls: PathCalls | undefined
  readonly #timers: Timers
  readonly #lookMs: number
  readonly #opening: Lane
  readonly #pause = new GrowingPause(REOPEN_MS, REOPEN_MS_MAX)
  readonly #patience = new GrowingPause(READY_MS, READY_MS_MAX)
  #identity: string | undefined
  #folders: OpenedFolders | undefined
  /** When the system said that it watches everything; undefined until then. */
  #readySinceMs: number | undefined
  /** Since it was opened something failed, and it will be opened anew. */
  #isUnsound = false
  #looking: NodeJS.Timeout | undefined
  #giveUpOpening: () => void = () => {}
  #closed = false

  /** @param errors is told once of what lasts */
  constructor(
    paths: readonly string[],
    change: () => void,
    errors: TellOnce,
    { openFolders: open = openFolders, pathCalls, timers = systemTimers, lookMs = LOOK_MS }: FolderParts = {},
  ) {
    this.#paths = paths
    this.#change = change
    this.#errors = errors
    this.#open = open
    this.#pathCalls = pathCalls
    this.#timers = timers
    this.#lookMs = lookMs
    this.#opening = new Lane(() => this.#reopen(), timers)
  }

  /** Begins; resolves when every PATH that can be is being watched, or that was given up for now. */
  async begin(): Promise<void> {
    this.#looking = setInterval(() => this.#look(), this.#lookMs)
    await this.#opening.begin(() => this.#reopen())
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#looking)
    this.#giveUpOpening()
    await this.#opening.close()
    await this.#folders?.close()
    this.#folders = undefined
  }

  /** Looks at the PATHs: has them opened anew where something else is there now, and tells of those that cannot be read. */
  #look(): void {
    const before = this.#identity
    this.#targets()
    if (this.#identity !== before) this.#opening.request(0)
  }

  /** What there is to watch now. */
  #targets(): string[] {
    const states = this.#paths.map((path) => stateOf(path, this.#pathCalls))
    this.#identity = states.map(({ identity }) => identity).join('\n')
    for (const { path, error } of states) {
      const about = `path ${path}`
      if (error === null) this.#errors.gone(about)
      else this.#errors.tell(about, unreadablePath(path, error))
    }
    return states.flatMap(({ target }) => target ?? [])
  }

  async #reopen(): Promise<void> {
    await this.#folders?.close()
    this.#folders = undefined
    if (this.#closed) return
    this.#isUnsound = false
    this.#readySinceMs = undefined
    const targets = this.#targets()
    // of none there would be no answer either
    if (targets.length > 0) await this.#openWithPatience(targets)
    this.#change()
  }

  async #openWithPatience(targets: readonly string[]): Promise<void> {
    const patienceMs = this.#patience.next()
    let patience: Timer | undefined
    const isReady = await new Promise<boolean>((resolve) => {
      patience = this.#timers.set(() => resolve(false), patienceMs)
      this.#giveUpOpening = () => resolve(true)
      try {
        this.#folders = this.#open(targets, {
          change: this.#change,
          lost: () => this.#opening.request(0),
          error: (error) => this.#failed(watchError(error)),
          ready: () => resolve(true),
        })
      } catch (error) {
        this.#failed(watchError(error))
        resolve(true)
      }
    })
    patience?.clear()
    if (!isReady) {
      this.#failed(notReady())
      return
    }
    this.#patience.reset()
    this.#readySinceMs = this.#timers.now()
  }

  #failed(error: FundstelleError): void {
    const wentWell = this.#readySinceMs !== undefined && this.#timers.now() - this.#readySinceMs > WELL_MS
    if (wentWell && !this.#isUnsound) {
      this.#pause.reset()
      this.#errors.gone('watching')
    }
    this.#errors.tell('watching', error)
    if (this.#isUnsound) return
    this.#isUnsound = true
    this.#opening.request(this.#pause.next())
  }
}

function unreadablePath(path: string, error: unknown): FundstelleError {
  return new FundstelleError('watch_path_unreadable', { path, reason: systemReason(error) }, { cause: error })
}

/** A watcher that may open no more folders says that the disk is full. */
function watchError(error: unknown): FundstelleError {
  const isLimit = ['ENOSPC', 'EMFILE'].includes((error as NodeJS.ErrnoException | undefined)?.code ?? '')
  const limit = {
    de: 'das Betriebssystem beobachtet nicht so viele Ordner (fs.inotify.max_user_watches erhöhen)',
    en: 'the operating system does not watch so many folders (raise fs.inotify.max_user_watches)',
  }
  return new FundstelleError('watch_failed', { reason: isLimit ? limit : systemReason(error) }, { cause: error })
}

function notReady(): FundstelleError {
  return new FundstelleError('watch_failed', {
    reason: {
      de: 'das Betriebssystem beobachtet auch nach langem Warten noch nicht alle Ordner',
      en: 'the operating system does not watch all folders yet, even after a long wait',
    },
  })
}
