import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ClusterWork } from '../../src/cluster-tasks/carry-out.ts'
import { REMOVED_MAX } from '../../src/cluster-tasks/document-batch.ts'
import { rebuildTaskIndex } from '../../src/cluster-tasks/rebuild.ts'
import { FundstelleError } from '../../src/errors.ts'
import type { ClusterNamedIndex } from '../../src/opensearch/cluster-registry.ts'
import type { Outcomes } from '../../src/opensearch/cluster-task-runner.ts'
import { IndexCollection } from '../../src/opensearch/index-collection.ts'
import { type OpenedRegistry, openClusterRegistry } from '../../src/opensearch/open-cluster.ts'
import type { WriterLease } from '../../src/opensearch/writer-lease.ts'
import { rulesOf } from '../../src/registry/index-rules.ts'
import type { NamedIndex } from '../../src/registry/index-table.ts'
import type { Task, TaskWork } from '../../src/registry/task.ts'
import { NO_RULES, type Rules } from '../../src/rules.ts'
import { CLUSTER_URL, clearTaskIndexes, NEEDS_CLUSTER, ONLY_WRITER, testCluster } from '../support/cluster-engine.ts'

const UID = 'blog'
/** Of one batch all are fewer. */
const REQUESTS_MAX = 60
/** Building an index anew takes a while: not each of its requests is the last once. */
const STEP = 4

/** A lease that is lost after so many requests: as where the process is killed. */
const dyingLease = (requests: number): WriterLease => {
  let left = requests
  const confirm = async (): Promise<void> => {
    left -= 1
    if (left < 0) throw new FundstelleError('lease_lost', { index: 'killed' })
  }
  return { ...ONLY_WRITER, confirm } as unknown as WriterLease
}

describe.skipIf(CLUSTER_URL === undefined)(`a batch of tasks whose server is killed${NEEDS_CLUSTER}`, () => {
  let opened: OpenedRegistry
  let folder = ''
  beforeEach(async () => {
    await clearTaskIndexes()
    folder = mkdtempSync(join(tmpdir(), 'fundstelle-killed-batch-'))
    opened = openClusterRegistry({ urls: [CLUSTER_URL as string] })
    await opened.registry.read()
  })
  afterEach(async () => {
    await opened.close()
    await clearTaskIndexes()
    rmSync(folder, { recursive: true, force: true })
  })

  const workOn = (at: OpenedRegistry, own: Rules = NO_RULES, inUse = 'articles'): ClusterWork =>
    new ClusterWork({
      opened: at,
      size: { shards: 1, replicas: 0 },
      own,
      inUse,
      idsByFilter: async () => ({ ids: ['3'] }),
      now: () => new Date(),
    })
  const added = async (work: TaskWork, documents?: readonly object[]): Promise<Task> => {
    const file = join(folder, 'documents')
    const text = (documents ?? []).map((document) => `${JSON.stringify(document)}\n`).join('')
    writeFileSync(file, text)
    const name = documents === undefined ? undefined : await opened.payloads.write(file, null, new Date())
    const payload = name === undefined ? null : { name, bytes: text.length }
    return (await opened.tasks.enqueue(UID, work, {}, null, new Date().toISOString(), payload)) as Task
  }
  const put = (method: 'replace' | 'update', documents: readonly object[], skipCreation = false): Promise<Task> =>
    added(
      { type: 'documentAdditionOrUpdate', method, primaryKey: null, received: documents.length, skipCreation },
      documents,
    )
  const folderOf = (): string => (opened.registry.indexes.get(UID) as ClusterNamedIndex).folder
  /** As they came, in the order in which they were written last. */
  const documents = async (): Promise<unknown[]> => {
    const body = { size: 100, sort: [{ seqNo: 'asc' }], _source: ['article'] }
    const { hits } = await testCluster().body<{ hits: { hits: { _source: { article: string } }[] } }>({
      ...{ method: 'POST', path: `/${folderOf()}-articles/_search`, body },
    })
    return hits.hits.map(({ _source }) => JSON.parse(JSON.parse(_source.article).document))
  }
  const facts = () => opened.factsOf({ folder: folderOf() })
  const { signal } = new AbortController()

  /** What each would do otherwise where it were done twice, or of two states. */
  const batch = async (): Promise<Task[]> => [
    await put('update', [{ id: 2, only: 'where it is' }], true),
    await put('replace', [
      { id: 2, title: 'Leuchtturm' },
      { id: 1, title: 'Hausboot', extra: true },
    ]),
    await put('update', [{ id: 1, color: 'rot' }]),
    await put('replace', [{ title: 'namenlos' }]),
    await added({ type: 'documentDeletion', target: { kind: 'ids', ids: ['3', '4', 'none'] } }),
    await put('replace', [{ id: 4, title: 'Garten' }]),
  ]
  const OUTCOMES = [
    ['succeeded', { indexedDocuments: 0 }],
    ['succeeded', { indexedDocuments: 2 }],
    ['succeeded', { indexedDocuments: 1 }],
    ['failed', { indexedDocuments: 0 }],
    ['succeeded', { deletedDocuments: 2 }],
    ['succeeded', { indexedDocuments: 1 }],
  ]
  const told = (tasks: readonly Task[], outcomes: Outcomes): unknown[] =>
    tasks.map(({ uid }) => [outcomes.get(uid)?.status, outcomes.get(uid)?.details])

  it('is done once, whatever it had come to', async () => {
    const before = [
      { id: 1, title: 'Haus', gone: 1 },
      { id: 3, title: 'Wald' },
      { id: 4, title: 'See', gone: 1 },
      { id: 5, title: 'bleibt' },
    ]
    let deaths = 0
    for (let requests = 0; requests < REQUESTS_MAX; requests++) {
      await clearTaskIndexes()
      await opened.close()
      opened = openClusterRegistry({ urls: [CLUSTER_URL as string] })
      await opened.registry.read()
      const work = workOn(opened)
      const first = await put('replace', before)
      await work.carryOut([first], ONLY_WRITER as unknown as WriterLease, signal)
      const tasks = await batch()
      const dead = await work.carryOut(tasks, dyingLease(requests), signal).catch((error: unknown) => error)
      const isDead = dead instanceof Error
      if (isDead) expect(dead).toMatchObject({ code: 'lease_lost' })
      else expect(told(tasks, dead as Outcomes)).toEqual(OUTCOMES)
      deaths += Number(isDead)
      // another server, which knows nothing of the first
      const other = openClusterRegistry({ urls: [CLUSTER_URL as string] })
      await other.registry.read()
      const outcomes = await workOn(other).carryOut(tasks, ONLY_WRITER as unknown as WriterLease, signal)
      await other.close()
      expect([requests, told(tasks, outcomes)]).toEqual([requests, OUTCOMES])
      await opened.registry.refresh()
      expect([requests, await documents()]).toEqual([
        requests,
        [
          { id: 5, title: 'bleibt' },
          { id: 2, title: 'Leuchtturm' },
          { id: 1, title: 'Hausboot', extra: true, color: 'rot' },
          { id: 4, title: 'Garten' },
        ],
      ])
      expect(await facts()).toMatchObject({ documents: 4, attributes: { id: 4, title: 4, extra: 1, color: 1 } })
      if (!isDead) break
    }
    expect(deaths).toBeGreaterThan(10)
    expect(deaths).toBeLessThan(REQUESTS_MAX)
  })

  it.each([
    ['new settings', { filterableAttributes: ['color'] }],
    ['another analysis', { dictionary: ['Leuchtturm'] }],
  ])('and an index that is written anew by %s', async (_, change) => {
    const work = workOn(opened)
    const only = ONLY_WRITER as unknown as WriterLease
    const reset = Object.fromEntries(Object.keys(change).map((name) => [name, null]))
    const all = [
      { id: 1, title: 'Leuchtturm', color: 'rot' },
      { id: 2, title: 'Haus' },
    ]
    await work.carryOut([await put('replace', all)], only, signal)
    let deaths = 0
    for (let requests = 0, isDead = true; isDead && requests < REQUESTS_MAX; requests += STEP) {
      await work.carryOut([await added({ type: 'settingsUpdate', change: reset, isDeletion: false })], only, signal)
      const task = await added({ type: 'settingsUpdate', change, isDeletion: false })
      const dead = await work.carryOut([task], dyingLease(requests), signal).catch((error: unknown) => error)
      isDead = dead instanceof Error
      if (isDead) deaths += 1
      const outcomes = await work.carryOut([task], only, signal)
      expect([requests, outcomes.get(task.uid)?.status]).toEqual([requests, 'succeeded'])
      expect(opened.registry.indexes.get(UID)?.set).toEqual(change)
      expect([requests, await documents()]).toEqual([requests, all])
      expect(await facts()).toMatchObject({ attributes: { id: 2, title: 2, color: 1 } })
      // what was noted came along: a task that was done is not done again
      const put2 = await put('replace', all)
      expect((await work.carryOut([put2], only, signal)).get(put2.uid)?.details).toEqual({ indexedDocuments: 2 })
    }
    expect(deaths).toBeGreaterThan(5)
  })

  it('and an index of many documents that is emptied in one moment', async () => {
    const work = workOn(opened)
    const only = ONLY_WRITER as unknown as WriterLease
    const all = Array.from({ length: REMOVED_MAX + 1 }, (_, id) => ({ id, title: 'Haus' }))
    const payload = await put('replace', all)
    await work.carryOut([payload], only, signal)
    let deaths = 0
    for (let requests = 0, isDead = true; isDead && requests < REQUESTS_MAX; requests += STEP) {
      const tasks = [
        await added({ type: 'documentDeletion', target: { kind: 'all' } }),
        await put('update', [{ id: 3, title: 'neu' }]),
      ]
      const dead = await work.carryOut(tasks, dyingLease(requests), signal).catch((error: unknown) => error)
      isDead = dead instanceof Error
      deaths += Number(isDead)
      const outcomes = await work.carryOut(tasks, only, signal)
      expect([requests, told(tasks, outcomes)]).toEqual([
        requests,
        [
          ['succeeded', { deletedDocuments: REMOVED_MAX + 1 }],
          ['succeeded', { indexedDocuments: 1 }],
        ],
      ])
      expect([requests, await documents()]).toEqual([requests, [{ id: 3, title: 'neu' }]])
      expect(await facts()).toMatchObject({ documents: 1, attributes: { id: 1, title: 1 } })
      await work.carryOut([await put('replace', all)], only, signal)
    }
    expect(deaths).toBeGreaterThan(3)
  })

  it('and that is decided when the program analyses otherwise: building the index anew brings it in', async () => {
    const only = ONLY_WRITER as unknown as WriterLease
    const before = [
      { id: 1, title: 'Haus', gone: 1 },
      { id: 3, title: 'Wald' },
      { id: 4, title: 'See', gone: 1 },
      { id: 5, title: 'bleibt' },
    ]
    let decided = 0
    for (let requests = 0, isDead = true; isDead && requests < REQUESTS_MAX; requests += 2) {
      await clearTaskIndexes()
      await opened.close()
      opened = openClusterRegistry({ urls: [CLUSTER_URL as string] })
      await opened.registry.read()
      const work = workOn(opened)
      await work.carryOut([await put('replace', before)], only, signal)
      const tasks = await batch()
      const dead = await work.carryOut(tasks, dyingLease(requests), signal).catch((error: unknown) => error)
      isDead = dead instanceof Error
      const state = (await new IndexCollection(testCluster(), folderOf()).current())?.state
      if (state?.pending === undefined) continue
      decided += 1
      // an index of another analysis: as if it were that of the program before
      const own = { ...NO_RULES, unsplit: ['Hausboot'] }
      const later = workOn(opened, own, UID)
      await expect(later.carryOut(tasks, only, signal)).rejects.toMatchObject({ code: 'engine_unavailable' })
      const rulesFor = (index: NamedIndex) => rulesOf(index, own, UID)
      const size = { shards: 1, replicas: 0 }
      // it waits for its lease, and that of a server of before may be left
      await rebuildTaskIndex(opened, { uid: UID, rulesFor, size, graceMs: 0, onSwitched: () => {}, signal })
      const outcomes = await later.carryOut(tasks, only, signal)
      expect([requests, told(tasks, outcomes)]).toEqual([requests, OUTCOMES])
      expect([requests, await documents()]).toEqual([
        requests,
        [
          { id: 5, title: 'bleibt' },
          { id: 2, title: 'Leuchtturm' },
          { id: 1, title: 'Hausboot', extra: true, color: 'rot' },
          { id: 4, title: 'Garten' },
        ],
      ])
      expect(await facts()).toMatchObject({ documents: 4, attributes: { id: 4, title: 4, extra: 1, color: 1 } })
      const after = (await new IndexCollection(testCluster(), folderOf()).current())?.state
      expect(after).toMatchObject({ position: state.position + state.pending.changes, isChanging: false })
    }
    expect(decided).toBeGreaterThan(3)
  })

  it('fails, and holds up no other index, where the cluster refuses what was decided for good', async () => {
    const work = workOn(opened)
    const only = ONLY_WRITER as unknown as WriterLease
    await work.carryOut([await put('replace', [{ id: 1 }])], only, signal)
    const seen: unknown[] = []
    await testCluster().send({ method: 'POST', path: `/${folderOf()}-articles/_close` })
    const task = await put('replace', [{ id: 2 }])
    await work.carryOut([task], only, signal).catch((error: unknown) => seen.push(error))
    expect(seen).toEqual([expect.objectContaining({ message: expect.stringContaining('the cluster refuses') })])
    expect(seen[0]).not.toBeInstanceOf(FundstelleError)
    await testCluster().send({ method: 'POST', path: `/${folderOf()}-articles/_open` })
    // it can go
    const gone = await added({ type: 'indexDeletion' })
    expect((await work.carryOut([gone], only, signal)).get(gone.uid)?.status).toBe('succeeded')
  })
})
