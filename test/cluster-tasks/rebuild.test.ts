import { expect, it } from 'vitest'
import { plannedIndex } from '../../src/cluster-tasks/index-map.ts'
import { type RebuildOptions, rebuildTaskIndex } from '../../src/cluster-tasks/rebuild.ts'
import { analysedBy } from '../../src/index/open-analysis.ts'
import {
  type ChangeableIndexes,
  type ClusterNamedIndex,
  ClusterRegistry,
} from '../../src/opensearch/cluster-registry.ts'
import type { OpenedRegistry, TaskIndexAccess } from '../../src/opensearch/open-cluster.ts'
import type { TaskIndex } from '../../src/opensearch/task-index.ts'
import type { WriterLease } from '../../src/opensearch/writer-lease.ts'
import { rulesOf } from '../../src/registry/index-rules.ts'
import type { NamedIndex } from '../../src/registry/index-table.ts'
import { NO_RULES } from '../../src/rules.ts'
import { ONLY_WRITER } from '../support/cluster-engine.ts'
import { systemIndexInMemory } from '../support/system-index.ts'

const rulesFor = (index: NamedIndex) => rulesOf(index, NO_RULES, 'articles')

/** Builds an index anew that another server changes while it is waited for. */
async function rebuilt(change: (indexes: ChangeableIndexes) => void) {
  const system = systemIndexInMemory()
  const [registry, other] = [new ClusterRegistry(system), new ClusterRegistry(system)]
  await registry.read()
  await other.read()
  await other.changeIndexes((indexes) => {
    indexes.set('blog', plannedIndex({ uid: 'blog', primaryKey: 'id', now: '', task: 1 }))
    return true
  })
  await registry.refresh()
  const seen: { name: string; fingerprint: string }[] = []
  const opened: Pick<OpenedRegistry, 'registry' | 'asTaskRunner' | 'withTaskIndex'> = {
    registry,
    async asTaskRunner(_, work) {
      await other.changeIndexes((indexes) => {
        change(indexes)
        return true
      })
      return work(ONLY_WRITER as unknown as WriterLease)
    },
    async withTaskIndex(name, { analyses }: TaskIndexAccess, work) {
      const rewrite: TaskIndex['rewrite'] = async (analysis) => {
        expect(analysis).toBe(analyses[0])
        seen.push({ name, fingerprint: analysis.fingerprint })
      }
      return work({ rewrite, deleteBefore: async () => {} } as unknown as TaskIndex)
    },
  }
  await rebuildTaskIndex(opened as OpenedRegistry, {
    ...{ uid: 'blog', rulesFor, size: { shards: 1, replicas: 0 }, graceMs: 0, onSwitched: () => {} },
    signal: new AbortController().signal,
  } satisfies RebuildOptions)
  return { seen, index: other.indexes.get('blog') as ClusterNamedIndex }
}

it('builds an index by the settings that it has when no task is carried out any more', async () => {
  const { seen, index } = await rebuilt((indexes) => {
    const before = indexes.get('blog') as ClusterNamedIndex
    indexes.set('blog', { ...before, folder: 'fundstelle-blog.7', set: { dictionary: ['Leuchtturm'] } })
  })
  const { fingerprint } = analysedBy(rulesFor(index))
  expect(fingerprint).not.toBe(analysedBy(NO_RULES).fingerprint)
  expect(seen).toEqual([{ name: 'fundstelle-blog.7', fingerprint }])
})

it('makes nothing of one that was deleted meanwhile', async () => {
  await expect(rebuilt((indexes) => indexes.delete('blog'))).rejects.toMatchObject({ code: 'index_unknown' })
})
