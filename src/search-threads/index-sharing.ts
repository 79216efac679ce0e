import type { ThreadEvent } from './messages.ts'
import { SharedSnapshots } from './shared-snapshots.ts'
import { ToldByThreads } from './told-by-threads.ts'

/** What the threads share that have one further index open. */
interface Shared {
  readonly snapshots: SharedSnapshots
  readonly told: ToldByThreads
  /** The build under way. */
  building: Promise<void> | undefined
}

/** By folder what threads share; kept as long as any of them has the index open. */
export class IndexSharing {
  readonly #shared = new Map<string, Shared>()

  snapshots(folder: string): SharedSnapshots {
    return this.#of(folder).snapshots
  }

  /** See `ToldByThreads`. */
  isNew(folder: string, thread: number, event: ThreadEvent): boolean {
    return this.#of(folder).told.isNew(thread, event)
  }

  /** One build serves every thread that asks for one meanwhile. */
  build(folder: string, build: () => Promise<void>): Promise<void> {
    const shared = this.#of(folder)
    shared.building ??= build().finally(() => {
      shared.building = undefined
    })
    return shared.building
  }

  /** Forgets what nobody has open any more. */
  keepOnly(open: ReadonlySet<string>): void {
    for (const [folder, { building }] of this.#shared)
      if (!open.has(folder) && building === undefined) this.#shared.delete(folder)
  }

  #of(folder: string): Shared {
    let shared = this.#shared.get(folder)
    if (shared === undefined) {
      shared = { snapshots: new SharedSnapshots(), told: new ToldByThreads(), building: undefined }
      this.#shared.set(folder, shared)
    }
    return shared
  }
}
