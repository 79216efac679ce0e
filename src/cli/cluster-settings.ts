import { indexFingerprint } from '../index/snapshot/fingerprint.ts'
import type { ClusterNamedIndex, ClusterRegistry } from '../opensearch/cluster-registry.ts'
import { rulesOf } from '../registry/index-rules.ts'
import { settingsOf } from '../registry/index-table.ts'
import { typoLengthsFault, withChange } from '../registry/settings-change.ts'
import type { Outcome, Task } from '../registry/task.ts'
import { indexNotFoundError, type TaskError, taskError } from '../registry/task-error.ts'
import type { Rules } from '../rules.ts'
import { mappingOf } from '../tasks/document-mapping.ts'

/**
 * Changes the settings of an index in a cluster, as a task asks for it; all servers go by them within a second. What would have the index written anew fails the task:
 * what is read would not be what was written.
 * @param own the site owner's rules
 * @param inUse the index that they are for
 */
export async function changeSettings(
  registry: Pick<ClusterRegistry, 'changeIndexes'>,
  task: Task,
  own: Rules,
  inUse: string,
  now: string,
): Promise<Outcome> {
  const { work, details } = task
  if (work.type !== 'settingsUpdate') throw new Error(`no task of settings: ${work.type}`)
  const uid = task.indexUid as string
  let error: TaskError | null = null
  await registry.changeIndexes((indexes) => {
    const index = indexes.get(uid)
    if (index === undefined) {
      error = indexNotFoundError(uid)
      return false
    }
    const changed = { ...index, set: withChange(index.set, work.change) }
    error = faultOf(index, changed, own, inUse)
    if (error === null) indexes.set(uid, { ...changed, updatedAt: now })
    return error === null
  })
  return error === null ? { status: 'succeeded', details, error } : { status: 'failed', details, error }
}

/** Why settings cannot become others; null where they can. */
function faultOf(before: ClusterNamedIndex, changed: ClusterNamedIndex, own: Rules, inUse: string): TaskError | null {
  const settings = settingsOf(changed)
  const lengths = typoLengthsFault(settings.typoTolerance.minWordSizeForTypos)
  if (lengths !== null) return taskError('invalid_settings_typo_tolerance', lengths)
  const fingerprints = [before, changed].map((index) => indexFingerprint(rulesOf(index, own, inUse)))
  if (fingerprints[0] !== fingerprints[1])
    return notYet('With these words in `dictionary` every article would be analysed otherwise')
  const { primaryKey } = before
  if (primaryKey === null || !before.hasDocuments) return null
  const mappings = [settingsOf(before), settings].map((one) => JSON.stringify(mappingOf(one, primaryKey)))
  if (mappings[0] === mappings[1]) return null
  return notYet('With these attributes to search, filter or sort by the documents would be written otherwise')
}

const notYet = (why: string): TaskError =>
  taskError('not_on_cluster', `${why}, and writing an index anew by its settings is not there yet on a cluster.`)
