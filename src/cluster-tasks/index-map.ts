import type { ClusterNamedIndex, ChangeableIndexes as IndexEntries } from '../opensearch/cluster-registry.ts'
import type { ChangeableIndexes } from '../tasks/index-tasks.ts'

/** An index that is not entered yet, as tasks will write it. */
export interface PlannedIndex {
  readonly uid: string
  readonly primaryKey: string | null
  readonly now: string
  /** The task that makes it. No number is given twice, and whoever carries the task out again makes the same. */
  readonly task: number
}

/** Of the name of an index so much stands in the names of what it has in a cluster. */
const SHOWN_MAX = 100

export function plannedIndex({ uid, primaryKey, now, task }: PlannedIndex): ClusterNamedIndex {
  return {
    uid,
    // names of indexes have no dot: no index that `index` writes is called like this
    folder: `fundstelle-${uid.toLowerCase().slice(0, SHOWN_MAX)}.${task}`,
    primaryKey,
    set: {},
    ...{ createdAt: now, updatedAt: now, hasFiles: false, hasDocuments: true, isOfTasks: true },
  }
}

/**
 * The entries of a cluster's indexes, as tasks change them.
 * @param task that changes them
 */
export function indexTable(entries: IndexEntries, task: number): ChangeableIndexes {
  const changed = (uid: string, change: Partial<ClusterNamedIndex>): void => {
    const index = entries.get(uid) as ClusterNamedIndex
    entries.delete(uid)
    entries.set(change.uid ?? uid, { ...index, ...change })
  }
  return {
    indexes: {
      get: (uid) => entries.get(uid),
      create: (uid, primaryKey, now) => entries.set(uid, plannedIndex({ uid, primaryKey, now, task })),
      rename: (uid, newUid, updatedAt) => changed(uid, { uid: newUid, updatedAt }),
      swap(one, other, updatedAt) {
        const [first, second] = [entries.get(one) as ClusterNamedIndex, entries.get(other) as ClusterNamedIndex]
        entries.set(one, { ...second, uid: one, updatedAt })
        entries.set(other, { ...first, uid: other, updatedAt })
      },
      touch: (uid, updatedAt) => changed(uid, { updatedAt }),
      setPrimaryKey: (uid, primaryKey, updatedAt) => changed(uid, { primaryKey, updatedAt }),
    },
  }
}
