import { beforeEach, describe, expect, it } from 'vitest'
import { plannedIndex } from '../../src/cluster-tasks/index-map.ts'
import type { ClusterWorkOptions } from '../../src/cluster-tasks/options.ts'
import { SingleClusterTasks } from '../../src/cluster-tasks/single-tasks.ts'
import { FundstelleError } from '../../src/errors.ts'
import { ClusterRegistry, enterIndex } from '../../src/opensearch/cluster-registry.ts'
import type { OpenedRegistry } from '../../src/opensearch/open-cluster.ts'
import type { WriterLease } from '../../src/opensearch/writer-lease.ts'
import type { Task } from '../../src/registry/task.ts'
import { ONLY_WRITER } from '../support/cluster-engine.ts'
import { systemIndexInMemory } from '../support/system-index.ts'

const LEASE = ONLY_WRITER as unknown as WriterLease
const { signal } = new AbortController()
const FOLDER = 'fundstelle-blog'
const DELETION = { uid: 9, indexUid: 'blog', work: { type: 'indexDeletion' }, details: null } as unknown as Task

describe('deleting an index of a cluster', () => {
  let registry: ClusterRegistry
  /** What was deleted. */
  let deleted: string[]
  let beforeDeletion: () => Promise<void>
  let afterEntering: () => void
  beforeEach(async () => {
    registry = new ClusterRegistry(systemIndexInMemory())
    await registry.read()
    deleted = []
    beforeDeletion = async () => {}
    afterEntering = () => {}
  })

  /** As `fundstelle index` enters one. */
  const fill = () =>
    enterIndex(registry, {
      ...{ uid: 'blog', folder: FOLDER, primaryKey: 'id', set: {}, hasFiles: true, hasDocuments: false },
    })
  const opened = (): Partial<OpenedRegistry> => ({
    registry,
    factsOf: async () => ({ documents: 3 }) as never,
    async deleteIndex(name, _, mayGo) {
      await beforeDeletion()
      if (!(await mayGo())) return
      afterEntering()
      deleted.push(name)
    },
  })
  const carriedOut = () =>
    new SingleClusterTasks({ opened: opened(), now: () => new Date() } as unknown as ClusterWorkOptions, () =>
      expect.fail('nothing is opened'),
    ).run(DELETION, LEASE, signal)
  /** Its server ends when the entry is gone, and before anything else is. */
  const killed = async (): Promise<void> => {
    afterEntering = () => {
      throw new Error('killed')
    }
    await expect(carriedOut()).rejects.toThrow('killed')
    afterEntering = () => {}
  }

  it('deletes what it has removed from the list, and says how much', async () => {
    await fill()
    expect(await carriedOut()).toMatchObject({ status: 'succeeded', details: { deletedDocuments: 3 } })
    expect([registry.indexes.all(), deleted]).toEqual([[], [FOLDER]])
  })

  it('goes on where its server was killed', async () => {
    await fill()
    await killed()
    expect(deleted).toEqual([])
    expect(await carriedOut()).toMatchObject({ status: 'succeeded', details: { deletedDocuments: 3 } })
    expect(deleted).toEqual([FOLDER])
  })

  it('carried out again leaves alone what has been filled since under the same name', async () => {
    await fill()
    await killed()
    await fill()
    expect(await carriedOut()).toMatchObject({ status: 'succeeded', details: { deletedDocuments: 3 } })
    expect([registry.indexes.get('blog')?.folder, deleted]).toEqual([FOLDER, []])
  })

  it('looks once more when nobody else can write it', async () => {
    await fill()
    await killed()
    beforeDeletion = fill
    await carriedOut()
    expect([registry.indexes.get('blog')?.folder, deleted]).toEqual([FOLDER, []])
  })

  it('leaves alone another index that has the name by now', async () => {
    await fill()
    beforeDeletion = () =>
      registry.changeIndexes((indexes) => {
        indexes.set('blog', plannedIndex({ uid: 'blog', primaryKey: null, now: '', task: 4 }))
        return true
      })
    expect(await carriedOut()).toMatchObject({ status: 'failed', error: { code: 'index_not_found' } })
    expect([registry.indexes.get('blog')?.folder, deleted]).toEqual(['fundstelle-blog.4', []])
  })

  it('fails while another process writes it, and says who', async () => {
    const leased = new FundstelleError('index_leased', { index: FOLDER, host: 'there', pid: 7, since: 'today' })
    const refuse = async (): Promise<void> => {
      throw leased
    }
    await fill()
    beforeDeletion = refuse
    expect(await carriedOut()).toMatchObject({
      status: 'failed',
      details: { deletedDocuments: 0 },
      error: { code: 'unavailable', message: leased.detail('en') },
    })
    expect(registry.indexes.get('blog')).toBeDefined()
    beforeDeletion = async () => {}
    await killed()
    beforeDeletion = refuse
    // what is left of one that it has deleted goes to whoever writes there now
    expect(await carriedOut()).toMatchObject({ status: 'succeeded' })
  })
})
