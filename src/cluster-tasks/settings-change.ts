import { indexFingerprint } from '../index/snapshot/fingerprint.ts'
import type { ClusterNamedIndex } from '../opensearch/cluster-registry.ts'
import { settingsOf } from '../registry/index-table.ts'
import { type TaskError, taskError } from '../registry/task-error.ts'
import type { Rules } from '../rules.ts'
import { mappingOf } from '../tasks/document-mapping.ts'

/** What of an index has to be written anew where its settings, or its name, become others. */
export interface Rewriting {
  /** Its articles are analysed otherwise. */
  readonly isAnalysedOtherwise: boolean
  /** Other attributes of its documents are searched, or kept as values. */
  readonly isMappedOtherwise: boolean
}

/** @param rulesFor by which rules an index is made */
export function rewritingFor(
  before: ClusterNamedIndex,
  changed: ClusterNamedIndex,
  rulesFor: (index: ClusterNamedIndex) => Rules,
): Rewriting {
  const [one, other] = [before, changed].map((index) => indexFingerprint(rulesFor(index)))
  const { primaryKey } = before
  const mappings = [before, changed].map((index) =>
    primaryKey === null ? '' : JSON.stringify(mappingOf(settingsOf(index), primaryKey)),
  )
  return { isAnalysedOtherwise: one !== other, isMappedOtherwise: mappings[0] !== mappings[1] }
}

/** Why an index that is fed from a cache folder cannot get other settings: it would be written anew; null where it can. */
export function folderFault({ hasDocuments }: ClusterNamedIndex, rewriting: Rewriting): TaskError | null {
  if (rewriting.isAnalysedOtherwise)
    return notYet('With these words in `dictionary` every article would be analysed otherwise')
  if (!hasDocuments || !rewriting.isMappedOtherwise) return null
  return notYet('With these attributes to search, filter or sort by the documents would be written otherwise')
}

const notYet = (why: string): TaskError =>
  taskError(
    'not_on_cluster',
    `${why}, and an index that \`fundstelle index\` writes from a cache folder is not written anew by its settings on a cluster yet.`,
  )
