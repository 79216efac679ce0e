import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { FundstelleError } from '../errors.ts'
import { analysedBy } from '../index/open-analysis.ts'
import type { ClusterNamedIndex } from '../opensearch/cluster-registry.ts'
import type { IndexSize } from '../opensearch/index-mappings.ts'
import type { OpenedRegistry } from '../opensearch/open-cluster.ts'
import type { NamedIndex } from '../registry/index-table.ts'
import type { Rules } from '../rules.ts'

export interface RebuildOptions {
  /** The name of the index. */
  readonly uid: string
  /** By which rules one is made, as it is then. */
  readonly rulesFor: (index: NamedIndex) => Rules
  readonly size: IndexSize
  /** How long the build before stays after another one has taken its place. */
  readonly graceMs: number
  readonly onSwitched: () => void
  readonly signal: AbortSignal
}

/** Servers carry out tasks for so long at most, mostly, before another may. */
const ATTEMPTS_MAX = 30
const AGAIN_MS = 1_000

/**
 * Builds an index that tasks write anew from its own articles, by the analysis of this program, beside the one that is read. No task is carried out meanwhile.
 * @throws FundstelleError `engine_unavailable`, `index_leased` where a server carries out tasks all the time, `index_unknown` where tasks write none of this name any more
 */
export async function rebuildTaskIndex(
  opened: OpenedRegistry,
  { uid, rulesFor, size, graceMs, onSwitched, signal }: RebuildOptions,
): Promise<void> {
  const { registry } = opened
  const folder = await mkdtemp(join(tmpdir(), 'fundstelle-reindex-'))
  try {
    await whenFree(signal, () =>
      opened.asTaskRunner(signal, async (lease) => {
        // tasks may have changed its settings until now, or deleted it: of its folder nothing must be made then
        await registry.refresh()
        const index = registry.indexes.get(uid) as ClusterNamedIndex | undefined
        if (index?.isOfTasks !== true) throw new FundstelleError('index_unknown', { index: uid })
        const analysis = analysedBy(rulesFor(index))
        const access = { ...{ lease, signal, size, folder }, analyses: [analysis] as const, isRewritten: true }
        return opened.withTaskIndex(index.folder, access, async (there) => {
          await there.rewrite(analysis, (article) => article)
          onSwitched()
          await there.deleteBefore(graceMs)
        })
      }),
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function whenFree(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work()
      return
    } catch (error) {
      const isLeased = error instanceof FundstelleError && error.code === 'index_leased'
      if (!isLeased || attempt === ATTEMPTS_MAX) throw error
      await pause(AGAIN_MS, undefined, { signal })
    }
  }
}
