import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { type ClusterNamedIndex, ClusterRegistry, enterIndex } from '../../src/opensearch/cluster-registry.ts'
import { SystemIndex } from '../../src/opensearch/system-index.ts'
import type { ApiKey } from '../../src/registry/key-table.ts'
import { CLUSTER_URL, NEEDS_CLUSTER, testCluster } from '../support/cluster-engine.ts'
import { poll } from '../support/program.ts'

const NAME = `fundstelle-registry-test-${process.pid}`
/** What another process has changed is known within a second; the machine that tests run on may be busy. */
const SOON_MS = 10_000

const keyOf = (uid: string): ApiKey => ({
  ...{ uid, name: uid, description: null, actions: ['search'], indexes: ['*'], expiresAt: null, origins: null },
  ...{ perMinute: null, forced: null, createdAt: '2026-11-30T00:00:00.000Z', updatedAt: '2026-11-30T00:00:00.000Z' },
})
const index = (uid: string): Omit<ClusterNamedIndex, 'createdAt' | 'updatedAt'> => ({
  ...{ uid, folder: `fundstelle-${uid}`, primaryKey: 'id', set: {}, hasFiles: true, hasDocuments: false },
})

describe.skipIf(CLUSTER_URL === undefined)(`what servers on a cluster share${NEEDS_CLUSTER}`, () => {
  const opened = async (): Promise<ClusterRegistry> => {
    const registry = new ClusterRegistry(new SystemIndex(testCluster(), NAME))
    onTestFinished(() => registry.close())
    await registry.read()
    return registry
  }
  const clear = () => testCluster().send({ method: 'DELETE', path: `/${NAME}`, expected: [404] })
  beforeEach(clear)
  afterEach(clear)

  it('is empty where there is nothing yet, and unknown before it was read', async () => {
    const unread = new ClusterRegistry(new SystemIndex(testCluster(), NAME))
    expect(() => unread.keys).toThrow(expect.objectContaining({ code: 'not_ready' }))
    expect(() => unread.indexes).toThrow(expect.objectContaining({ code: 'not_ready' }))
    const registry = await opened()
    expect([registry.keys.count, registry.keys.version, registry.indexes.all()]).toEqual([0, 0, []])
  })

  it('loses nothing where many change it at once', async () => {
    const all = await Promise.all([opened(), opened(), opened()])
    const uids = Array.from({ length: 15 }, (_, i) => `key-${i}`)
    await Promise.all(
      uids.flatMap((uid, i) => {
        const registry = all[i % all.length] as ClusterRegistry
        return [registry.changeKeys((keys) => keys.add(keyOf(uid))), enterIndex(registry, index(`index-${i}`))]
      }),
    )
    const { keys, indexes } = await opened()
    expect(new Set(keys.all().map(({ uid }) => uid))).toEqual(new Set(uids))
    expect(keys.version).toBe(uids.length)
    expect(indexes.all()).toHaveLength(uids.length)
  })

  it('keeps nothing of a change that was refused, and writes nothing where nothing was changed', async () => {
    const registry = await opened()
    await registry.changeKeys((keys) => keys.add(keyOf('one')))
    const refused = registry.changeKeys((keys) => {
      keys.remove('one')
      throw new Error('no')
    })
    await expect(refused).rejects.toThrow('no')
    expect(await registry.changeKeys((keys) => keys.count)).toBe(1)
    expect([registry.keys.version, (await opened()).keys.version]).toEqual([1, 1])
  })

  it('is followed by who serves: keys, indexes and settings that others change', async () => {
    const [one, other] = await Promise.all([opened(), opened()])
    // an index that is just being made may not answer yet
    other.follow(() => {})
    await one.changeKeys((keys) => keys.add(keyOf('one')))
    await enterIndex(one, index('blog'))
    await poll(async () => other.keys.count === 1 && other.indexes.get('blog') !== undefined, SOON_MS)
    await one.changeIndexes((indexes) => {
      const known = indexes.get('blog') as ClusterNamedIndex
      indexes.set('blog', { ...known, set: { stopWords: ['der'] } })
      return true
    })
    await one.changeKeys((keys) => keys.remove('one'))
    await poll(async () => other.keys.count === 0 && other.indexes.get('blog')?.set.stopWords !== undefined, SOON_MS)
    const { set } = other.indexes.get('blog') as ClusterNamedIndex
    await enterIndex(one, index('other'))
    await poll(async () => other.indexes.get('other') !== undefined, SOON_MS)
    // what is made of settings is kept by the object
    expect(other.indexes.get('blog')?.set).toBe(set)
  })

  it('stays as it was known while the cluster cannot be asked', async () => {
    const registry = await opened()
    await registry.changeKeys((keys) => keys.add(keyOf('one')))
    const failing = new SystemIndex(testCluster(), NAME)
    const errors: unknown[] = []
    const other = new ClusterRegistry(failing)
    onTestFinished(() => other.close())
    await other.read()
    failing.versions = async () => {
      throw new Error('away')
    }
    other.follow((error) => errors.push(error), 1)
    await poll(async () => errors.length > 2, SOON_MS)
    expect(other.keys.get('one')).toEqual(keyOf('one'))
  })
})
