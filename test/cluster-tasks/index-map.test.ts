import { expect, it } from 'vitest'
import { indexTable, plannedIndex } from '../../src/cluster-tasks/index-map.ts'
import { rewritingFor } from '../../src/cluster-tasks/settings-change.ts'
import type { ClusterNamedIndex } from '../../src/opensearch/cluster-registry.ts'
import { rulesOf } from '../../src/registry/index-rules.ts'
import { NO_RULES } from '../../src/rules.ts'
import { createIndex, swapIndexes, updateIndex } from '../../src/tasks/index-tasks.ts'

const [NOW, LATER] = ['2026-12-01T10:00:00.000Z', '2026-12-01T11:00:00.000Z']

const entries = (...uids: readonly string[]): Map<string, ClusterNamedIndex> =>
  new Map(uids.map((uid, task) => [uid, plannedIndex({ uid, primaryKey: null, now: NOW, task })]))
const foldersIn = (map: ReadonlyMap<string, ClusterNamedIndex>) =>
  Object.fromEntries([...map].map(([uid, index]) => [uid, [index.uid, index.folder]]))

it('an index has a name in the cluster that none had before, and none that `index` gives', () => {
  const [one] = [...entries('Blog').values()]
  expect(one).toMatchObject({ uid: 'Blog', folder: 'fundstelle-blog.0', isOfTasks: true, hasFiles: false })
  const long = plannedIndex({ uid: 'x'.repeat(400), primaryKey: null, now: NOW, task: 12 })
  // 255 bytes are what a cluster takes, and what it is for stands behind it
  expect(long.folder).toMatch(/^fundstelle-x{100}\.12$/)
})

it('indexes are made, renamed and exchanged as those of a server of its own', () => {
  const map = entries('a', 'b')
  const table = indexTable(map, 7)
  expect(createIndex(table, 'c', { type: 'indexCreation', primaryKey: 'key' }, NOW).status).toBe('succeeded')
  expect(createIndex(table, 'c', { type: 'indexCreation', primaryKey: null }, NOW).error?.code).toBe(
    'index_already_exists',
  )
  expect(map.get('c')).toMatchObject({ primaryKey: 'key', folder: 'fundstelle-c.7' })
  const renaming = { type: 'indexUpdate', primaryKey: 'id', newUid: 'd' } as const
  expect(updateIndex(table, 'a', renaming, 0, LATER).status).toBe('succeeded')
  expect(map.get('d')).toMatchObject({ primaryKey: 'id', updatedAt: LATER, createdAt: NOW })
  const swap = (one: string, other: string, rename = false) =>
    swapIndexes(table, { type: 'indexSwap', swaps: [{ indexes: [one, other], rename }] }, LATER)
  expect(swap('b', 'c').status).toBe('succeeded')
  expect(swap('d', 'e', true).status).toBe('succeeded')
  expect(swap('d', 'b').error?.code).toBe('index_not_found')
  expect(foldersIn(map)).toEqual({
    b: ['b', 'fundstelle-c.7'],
    c: ['c', 'fundstelle-b.1'],
    e: ['e', 'fundstelle-a.0'],
  })
})

it.each<[Partial<ClusterNamedIndex>, boolean, boolean]>([
  [{ set: { synonyms: { boot: ['schiff'] } } }, false, false],
  [{ set: { dictionary: ['Leuchtturm'] } }, true, false],
  [{ set: { filterableAttributes: ['color'] } }, false, true],
  [{ uid: 'articles' }, true, false],
])(
  '%j has it written anew: analysed otherwise %s, mapped otherwise %s',
  (change, isAnalysedOtherwise, isMappedOtherwise) => {
    const index = { ...plannedIndex({ uid: 'blog', primaryKey: 'id', now: NOW, task: 1 }) }
    const own = { ...NO_RULES, unsplit: ['Hausboot'] }
    const rewriting = rewritingFor(index, { ...index, ...change }, (one) => rulesOf(one, own, 'articles'))
    expect(rewriting).toEqual({ isAnalysedOtherwise, isMappedOtherwise })
  },
)
