import { describe, expect, it } from 'vitest'
import { plannedIndex } from '../../src/cluster-tasks/index-map.ts'
import { ClusterRegistry } from '../../src/opensearch/cluster-registry.ts'
import type { SystemIndex } from '../../src/opensearch/system-index.ts'
import type { Outcome } from '../../src/registry/task.ts'
import { systemIndexInMemory } from '../support/system-index.ts'

const outcomeOf = (uid: number): Outcome => ({ status: 'succeeded', details: { uid }, error: null })

describe('what tasks change in the list of indexes of a cluster', () => {
  const opened = async (system: SystemIndex): Promise<ClusterRegistry> => {
    const registry = new ClusterRegistry(system)
    await registry.read()
    return registry
  }
  /** Enters an index that is called by the task. */
  const entered = (registry: ClusterRegistry, uid: number, epoch: number) =>
    registry.changeIndexesOnce(uid, epoch, (indexes) => {
      const name = `index-${uid}`
      indexes.set(name, plannedIndex({ uid: name, primaryKey: null, now: '', task: uid }))
      return { outcome: outcomeOf(uid) }
    })

  it('is done once, by whoever carries the task out, and told as it came out then', async () => {
    const system = systemIndexInMemory()
    await entered(await opened(system), 3, 1)
    const other = await opened(system)
    const again = await other.changeIndexesOnce(3, 2, () => expect.fail('it is done'))
    expect(again).toEqual({ uid: 3, epoch: 1, outcome: outcomeOf(3) })
    expect([other.doneBy(3)?.outcome, other.doneBy(2)]).toEqual([outcomeOf(3), undefined])
  })

  it('takes a task that was written after others with higher numbers', async () => {
    const system = systemIndexInMemory()
    const registry = await opened(system)
    for (const [uid, epoch] of [
      [5, 1],
      [3, 1],
      [6, 1],
      // by the next server
      [4, 2],
    ] as const)
      await entered(registry, uid, epoch)
    expect((await opened(system)).indexes.all().map(({ uid }) => uid)).toEqual(
      [3, 4, 5, 6].map((uid) => `index-${uid}`),
    )
  })

  it('refuses a server that slept while another has gone on', async () => {
    const system = systemIndexInMemory()
    const [asleep, awake] = [await opened(system), await opened(system)]
    await entered(asleep, 1, 1)
    await entered(awake, 2, 2)
    await expect(entered(asleep, 3, 1)).rejects.toMatchObject({ code: 'lease_lost' })
    expect((await opened(system)).indexes.get('index-3')).toBeUndefined()
  })
})
