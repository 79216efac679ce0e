import type { ClusterIndex, IndexState } from './cluster-index.ts'

/** What is known of an index beside its articles, as the stores of cache folders have it. */
export interface TaskNotes {
  /** What came of the tasks that were carried out last. */
  readonly outcomes?: string
  /** How many documents have each attribute. */
  readonly attributes?: string
}

const NOT_FOUND = 404

/** What is noted stands in two documents in turn: the one that holds stays as it is while the next one is written. */
const notesPath = ({ vocabulary }: ClusterIndex, number: number): string => `/${vocabulary}/_doc/notes-${number % 2}`

/** Writes those with a number; they hold once the state names it. */
export async function writeNotes(index: ClusterIndex, number: number, notes: TaskNotes): Promise<void> {
  // as one text: names of attributes are none of the cluster's business
  const body = { number, text: JSON.stringify(notes) }
  await index.cluster.send({ method: 'PUT', path: notesPath(index, number), body })
}

/** What was noted with the last change of an index that is written whole. */
export async function notesOf(index: ClusterIndex, { notes }: IndexState): Promise<TaskNotes> {
  if (notes === undefined || notes === 0) return {}
  const { body } = await index.cluster.send<{ _source?: { number: number; text: string } }>({
    ...{ method: 'GET', path: notesPath(index, notes), expected: [NOT_FOUND] },
  })
  return body._source?.number === notes ? (JSON.parse(body._source.text) as TaskNotes) : {}
}
