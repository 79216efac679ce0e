import type { IndexFacts } from '../registry/index-facts.ts'
import type { Cluster } from './cluster.ts'
import { IndexCollection } from './index-collection.ts'
import { notesOf } from './task-notes.ts'

const NOT_FOUND = 404

/** What is told of an index beside its settings; nothing of one that is not there. What attributes documents have is counted where tasks write it. */
export async function clusterIndexFacts(cluster: Cluster, name: string): Promise<IndexFacts> {
  const collection = new IndexCollection(cluster, name)
  const { articles, vocabulary } = collection.aliases
  const [found, counted, stats] = await Promise.all([
    collection.current(),
    cluster.send<{ count?: number }>({ method: 'GET', path: `/${articles}/_count`, expected: [NOT_FOUND] }),
    cluster.send<{ _all?: { primaries: { store?: { size_in_bytes: number } } } }>({
      ...{ method: 'GET', path: `/${articles},${vocabulary}/_stats/store`, expected: [NOT_FOUND] },
    }),
  ])
  const documents = counted.body.count ?? 0
  const bytes = documents === 0 ? 0 : (stats.body._all?.primaries.store?.size_in_bytes ?? 0)
  const { attributes = '{}' } = found === null ? {} : await notesOf(found.index, found.state)
  return { documents, attributes: JSON.parse(attributes) as IndexFacts['attributes'], bytes }
}

/** Whether a change of it is being made. */
export async function isClusterIndexChanging(cluster: Cluster, name: string): Promise<boolean> {
  return (await new IndexCollection(cluster, name).current())?.state.isChanging ?? false
}
