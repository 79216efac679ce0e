import { join } from 'node:path'
import type { Config } from '../config.ts'
import { FundstelleError } from '../errors.ts'
import { rulesOf } from '../registry/index-rules.ts'
import { MAIN_INDEX } from '../registry/index-table.ts'
import { Registry } from '../registry/registry.ts'
import type { Rules } from '../rules.ts'
import { readRules } from '../rules-file.ts'

/**
 * The settings of a command that is about one index (`--index`, else the site's own articles): the folder of what is called so takes the
 * place of the cache folder. After a swap of names that is another one.
 * @param mayMake whether a name that nobody has used yet makes an index
 * @throws FundstelleError `index_unknown`
 */
export function placed(config: Config, mayMake: boolean): Config {
  const { root, index: uid } = config
  if (!Registry.exists(root)) {
    if (uid === MAIN_INDEX) return config
    if (!mayMake) throw new FundstelleError('index_unknown', { index: uid })
  }
  const registry = Registry.open(root)
  try {
    const known = registry.indexes.folderOf(uid)
    if (known === null && !mayMake) throw new FundstelleError('index_unknown', { index: uid })
    const folder =
      known ?? registry.transaction(() => registry.indexes.create(uid, 'id', new Date().toISOString())).folder
    return folder === '' ? config : { ...config, cache: join(root, folder) }
  } finally {
    registry.close()
  }
}

/**
 * The same for what only serves: where another index has the cache folder and nothing is called `articles`, none is made. Its requests are
 * refused until there is one.
 */
export function placedToServe(config: Config): Config {
  try {
    return placed(config, config.index !== MAIN_INDEX)
  } catch (error) {
    if (config.index === MAIN_INDEX && error instanceof FundstelleError && error.code === 'index_unknown') return config
    throw error
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
