import { readFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { factsOf } from '../registry/index-facts.ts'
import { rulesOf } from '../registry/index-rules.ts'
import { MAIN_INDEX, type NamedIndex } from '../registry/index-table.ts'
import { payloadFolder } from '../registry/payload-folder.ts'
import { Registry } from '../registry/registry.ts'
import type { Rules } from '../rules.ts'
import type { SearchService } from '../search/service.ts'
import type { IndexPlace } from '../search-threads/further-indexes.ts'
import type { SearchThreads } from '../search-threads/search-threads.ts'
import { clientAddress } from '../server/http/client-address.ts'
import { ApiError } from '../server/meilisearch/api-error.ts'
import type { ApiContext } from '../server/meilisearch/context.ts'
import { makeDefaultKeys } from '../server/meilisearch/default-keys.ts'
import { ArticleStore } from '../store/article-store.ts'
import type { FoundIds } from '../tasks/document-tasks.ts'
import { QueueFull, TaskQueue } from '../tasks/task-queue.ts'
import { TaskThread } from '../tasks/task-thread.ts'
import { filteredIds } from './filtered-ids.ts'
import { indexInUse } from './index-in-use.ts'
import type { Terminal } from './terminal.ts'

/** Bodies that bring documents. */
export const BODY_BYTES_MAX = 100 << 20

/** What other programs write to: registry, queue, and the thread that carries out tasks. */
export interface ServedApi {
  readonly context: ApiContext
  readonly registry: Registry
  /** There are articles now, if there were none before. */
  haveArticles(): void
  /** Searches in the index in use: in what is called so at the time of each call. */
  readonly service: SearchService
  /** By which rules the main index of the threads is made and read, whatever it is called. */
  rulesOfMain(): Rules
  /** Searches in an index; undefined where there is none of this name. */
  serviceFor(uid: string): ReturnType<SearchThreads['searchIn']> | undefined
  /** Indexes articles, and reads queries, by other rules of the site owner's from now on. */
  reconfigure(rules: Rules): Promise<void>
  close(): Promise<void>
}

/** @param own the site owner's rules */
export function serveApi(
  config: Pick<Config, 'root' | 'cache' | 'index' | 'trustedProxies'> & { readonly masterKey: string | null },
  own: Rules,
  threads: SearchThreads,
  log: Logger,
): ServedApi {
  const { root: cache, index: inUse, masterKey } = config
  const registry = Registry.openToServe(cache)
  let rules = own
  let isClosed = false
  fill(registry, cache, masterKey)
  const mainFolder = relative(resolve(cache), resolve(config.cache))
  const rulesOfMain = (): Rules => {
    const index = registry.indexes.inFolder(mainFolder)
    return index === undefined ? rules : rulesOf(index, rules, inUse)
  }
  const placeOf = (index: NamedIndex): IndexPlace => ({
    folder: join(cache, index.folder),
    rules: rulesOf(index, rules, inUse),
  })
  const searchIn = (index: NamedIndex): ReturnType<SearchThreads['searchIn']> => threads.searchIn(placeOf(index))
  const idsByFilter = async (uid: string, filter: unknown): Promise<FoundIds> => {
    const index = registry.indexes.get(uid)
    return index === undefined ? { ids: [] } : filteredIds(searchIn(index), index, filter)
  }
  const thread = new TaskThread({
    data: { cache, indexInUse: inUse },
    rules: own,
    idsByFilter,
    onHeldUp: (error, againMs) =>
      log.error({ err: error, againSeconds: againMs / 1000 }, 'tasks wait; it is tried again'),
    onFailed: (error) => log.error({ err: error }, 'a task has failed'),
    onEnd: ({ error, ends, againMs }) =>
      log.error(
        { err: error, ends, againSeconds: againMs / 1000 },
        'the thread that carries out tasks has ended and is started again',
      ),
  })
  const queue = new TaskQueue(registry, () => thread.wake())
  const context: ApiContext = {
    registry,
    tasks: registry,
    isIndexing: ({ uid }) => registry.taskLists.uids({ indexUids: [uid], statuses: ['processing'] }).length > 0,
    searchIn,
    enqueue: (...task) => whereRoom(() => queue.add(...task)),
    mustHaveRoom: (bytes) => whereRoom(() => queue.check(bytes)),
    factsOf: (index) => factsOf(cache, index),
    payloads: payloadFolder(cache),
    payloadText: (name) => readFile(join(payloadFolder(cache), name), 'utf8').catch(() => ''),
    bodyBytesMax: BODY_BYTES_MAX,
    masterKey,
    now: () => new Date(),
    addressOf: clientAddress(config.trustedProxies),
  }
  return {
    context,
    registry,
    service: indexInUse({ registry, cache, uid: inUse, placeOf, rules: () => rules, threads }),
    rulesOfMain,
    haveArticles() {
      // threads still tell of their indexes when the server ends
      if (isClosed || registry.isReadOnly) return
      try {
        ensureMain(registry, cache)
      } catch (error) {
        log.error({ err: error }, 'the index of articles could not be entered in the registry; it is tried again')
      }
    },
    serviceFor(uid) {
      const index = registry.indexes.get(uid)
      return index === undefined ? undefined : searchIn(index)
    },
    async reconfigure(changed) {
      rules = changed
      thread.reconfigure(changed)
      await threads.reconfigure(rulesOfMain())
    },
    async close() {
      isClosed = true
      await thread.close()
      registry.close()
    },
  }
}

/** @throws ApiError `too_many_requests` */
function whereRoom<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof QueueFull)) throw error
    throw new ApiError('too_many_requests', `The queue of tasks is full: ${error.message}.`, { 'retry-after': '1' })
  }
}

/** Makes the registry of a cache folder where there is none, with what every server has in it, and warns of keys that are in vain: before it is served. */
export function prepareRegistry(
  cache: string,
  masterKey: string | null,
  terminal: Pick<Terminal, 'note' | 'say'>,
): void {
  const registry = Registry.openToServe(cache)
  try {
    fill(registry, cache, masterKey)
    warnOfVainKeys(registry.keys.count, masterKey, terminal)
  } finally {
    registry.close()
  }
}

/** Keys without the master key that they were made with open nothing. */
export function warnOfVainKeys(keys: number, masterKey: string | null, terminal: Pick<Terminal, 'note' | 'say'>): void {
  if (masterKey !== null || keys === 0) return
  terminal.note(
    terminal.say({
      de: 'Achtung: Hier gibt es Schlüssel, aber keinen Hauptschlüssel: Jeder darf alle Indizes lesen, und niemand darf schreiben. Der Hauptschlüssel von früher kommt aus FUNDSTELLE_MASTER_KEY oder --master-key-file (FUNDSTELLE_MASTER_KEY_FILE).',
      en: 'Warning: there are keys here, but no master key: everybody may read all indexes, and nobody may write. The master key of before comes from FUNDSTELLE_MASTER_KEY or --master-key-file (FUNDSTELLE_MASTER_KEY_FILE).',
    }),
  )
}

function fill(registry: Registry, cache: string, masterKey: string | null): void {
  if (registry.isReadOnly) return
  ensureMain(registry, cache)
  if (masterKey !== null) registry.transaction(() => makeDefaultKeys(registry.keys, new Date()))
}

/** The articles of files are an index like any other, as soon as there are any. */
function ensureMain(registry: Registry, cache: string): void {
  if (registry.indexes.get(MAIN_INDEX) !== undefined || !ArticleStore.exists(cache)) return
  const store = ArticleStore.open(cache)
  try {
    if (store.articleCount === 0) return
    registry.transaction(() => {
      // another process may have been quicker; or they are an index already, which somebody has given another name
      if (registry.indexes.get(MAIN_INDEX) !== undefined || registry.indexes.inFolder('') !== undefined) return
      registry.indexes.create(MAIN_INDEX, 'id', new Date().toISOString())
    })
  } finally {
    store.close()
  }
}
