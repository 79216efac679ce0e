import { join } from 'node:path'
import { FundstelleError } from '../errors.ts'
import type { NamedIndex } from '../registry/index-table.ts'
import type { Registry } from '../registry/registry.ts'
import type { Rules } from '../rules.ts'
import type { SearchService } from '../search/service.ts'
import { callOn, servicesBy } from '../search-threads/called-services.ts'
import type { IndexPlace } from '../search-threads/further-indexes.ts'
import type { SearchThreads } from '../search-threads/search-threads.ts'

export interface IndexInUseParts {
  readonly registry: Registry
  /** The folder that the registry lies in. */
  readonly cache: string
  /** The name of the index. */
  readonly uid: string
  /** Where an index lies, and how it is read. */
  readonly placeOf: (index: NamedIndex) => IndexPlace
  /** Of articles that are no entered index yet. */
  readonly rules: () => Rules
  readonly threads: SearchThreads
}

/**
 * Searches in what is called so at the time of each call: names are swapped while a server runs. What is called so stays open in all threads.
 * Each call throws FundstelleError `index_unknown` where nothing is called so.
 */
export function indexInUse({ registry, cache, uid, placeOf, rules, threads }: IndexInUseParts): SearchService {
  let kept: string | undefined
  const place = (): IndexPlace => {
    const index = registry.indexes.get(uid)
    const folder = index?.folder ?? registry.indexes.folderOf(uid)
    if (folder === null) throw new FundstelleError('index_unknown', { index: uid })
    const found = index === undefined ? { folder: join(cache, folder), rules: rules() } : placeOf(index)
    if (kept !== folder) threads.keepOpen(found)
    kept = folder
    return found
  }
  return {
    ...servicesBy(async (method, args, budget) => callOn(threads.searchIn(place()), method, args, budget)),
    version: async () => threads.versionIn(place()),
  }
}
