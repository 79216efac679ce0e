import { join } from 'node:path'
import type { Config } from '../config.ts'
import { FundstelleError } from '../errors.ts'
import { type Analysed, analysedBy } from '../index/open-analysis.ts'
import { rulesOf } from '../registry/index-rules.ts'
import { MAIN_INDEX } from '../registry/index-table.ts'
import { Registry } from '../registry/registry.ts'
import type { Rules } from '../rules.ts'
import { readRules } from '../rules-file.ts'

/**
 * The settings of a command that is about one index: where another than the site's own articles is named (`--index`), its folder takes the
 * place of the cache folder.
 * @param mayMake whether a name that nobody has used yet makes an index
 * @throws FundstelleError `index_unknown`
 */
export function placed(config: Config, mayMake: boolean): Config {
  const { root, index: uid } = config
  if (uid === MAIN_INDEX) return config
  if (!mayMake && !Registry.exists(root)) throw new FundstelleError('index_unknown', { index: uid })
  const registry = Registry.open(root)
  try {
    const known = registry.indexes.get(uid)
    if (known === undefined && !mayMake) throw new FundstelleError('index_unknown', { index: uid })
    const { folder } = known ?? registry.transaction(() => registry.indexes.create(uid, 'id', new Date().toISOString()))
    return { ...config, cache: join(root, folder) }
  } finally {
    registry.close()
  }
}

/** By which rules the index in use is made and read: those of the owner's file, and the settings of the index that programs have made. */
export function rulesAt({ root, index: uid, rules }: Config): Rules {
  const own = readRules(rules)
  if (!Registry.exists(root)) return own
  const registry = Registry.open(root)
  try {
    const index = registry.indexes.get(uid)
    return index === undefined ? own : rulesOf(index, own, uid)
  } finally {
    registry.close()
  }
}

export const analysisAt = (config: Config): Analysed => analysedBy(rulesAt(config))
