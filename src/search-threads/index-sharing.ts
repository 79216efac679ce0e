import type { Rules } from '../rules.ts'
import { SharedBuilds } from '../update/shared-builds.ts'
import type { ThreadEvent } from './messages.ts'
import { SharedSnapshots } from './shared-snapshots.ts'
import { ToldByThreads } from './told-by-threads.ts'

/** What the threads share that have one further index open. */
interface Shared {
  readonly snapshots: SharedSnapshots
  readonly told: ToldByThreads
}

/** By folder what threads share; kept as long as any of them has the index open. */
export class IndexSharing {
  readonly #shared = new Map<string, Shared>()
  readonly #builds: SharedBuilds<Rules>

  constructor(build: (folder: string, rules: Rules) => Promise<void>) {
    this.#builds = new SharedBuilds(build)
  }

  snapshots(folder: string): SharedSnapshots {
    return this.#of(folder).snapshots
  }

  /** See `ToldByThreads`. */
  isNew(folder: string, thread: number, event: ThreadEvent): boolean {
    return this.#of(folder).told.isNew(thread, event)
  }

  /** One build serves every thread that asks for one by the same rules meanwhile. */
  build(folder: string, rules: Rules): Promise<void> {
    return this.#builds.build(folder, rules)
  }

  /** Forgets what nobody has open any more. */
  keepOnly(open: ReadonlySet<string>): void {
    for (const folder of this.#shared.keys())
      if (!open.has(folder) && !this.#builds.isBuilding(folder)) this.#shared.delete(folder)
  }

  #of(folder: string): Shared {
    let shared = this.#shared.get(folder)
    if (shared === undefined) {
      shared = { snapshots: new SharedSnapshots(), told: new ToldByThreads() }
      this.#shared.set(folder, shared)
    }
    return shared
  }
}
