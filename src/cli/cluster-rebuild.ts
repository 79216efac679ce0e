import type { ClusterSettings, Config } from '../config.ts'
import type { ClusterNamedIndex } from '../opensearch/cluster-registry.ts'
import { rulesOf } from '../registry/index-rules.ts'
import type { NamedIndex } from '../registry/index-table.ts'
import type { Rules } from '../rules.ts'
import { readRules } from '../rules-file.ts'
import { addressOf, asStopped, GRACE_MS, loadedCluster, switchedWords } from './cluster-place.ts'
import type { Terminal } from './terminal.ts'

/** Builds an index that tasks write anew from its own articles; whether it is one. */
export async function rebuildIfOfTasks(
  settings: ClusterSettings,
  config: Config,
  terminal: Terminal,
  signal: AbortSignal,
  graceMs = GRACE_MS,
): Promise<boolean> {
  const { openClusterRegistry } = await loadedCluster()
  const opened = openClusterRegistry(addressOf(settings))
  try {
    await opened.registry.read(signal)
    const index = opened.registry.indexes.get(config.index) as ClusterNamedIndex | undefined
    if (index?.isOfTasks !== true) return false
    const { rebuildTaskIndex } = await import('../cluster-tasks/rebuild.ts')
    const own = readRules(config.rules)
    const rulesFor = (one: NamedIndex): Rules => rulesOf(one, own, config.index)
    const onSwitched = (): void => terminal.note(terminal.say(switchedWords(graceMs)))
    await rebuildTaskIndex(opened, { uid: index.uid, rulesFor, size: settings, graceMs, onSwitched, signal })
    return true
  } catch (error) {
    throw asStopped(error, signal)
  } finally {
    await opened.close()
  }
}
