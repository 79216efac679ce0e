import { join } from 'node:path'
import { FundstelleError } from '../errors.ts'
import type { NamedIndex } from '../registry/index-table.ts'
import type { Registry } from '../registry/registry.ts'
import type { Outcome, Task } from '../registry/task.ts'
import { ArticleStore } from '../store/article-store.ts'

/** What is written down in the store with the changes themselves. */
export interface Noted {
  readonly outcomes: Readonly<Record<string, Outcome>>
  readonly primaryKey: string | null
}

export const notedOutcomes = (store: ArticleStore): Partial<Noted> =>
  JSON.parse(store.noted('outcomes') ?? '{}') as Partial<Noted>

/** Writes them down; within the transaction of the changes. Those of tasks before them are over. */
export const noteOutcomes = (store: ArticleStore, noted: Noted): void => store.note('outcomes', JSON.stringify(noted))

/** What stores say of tasks that were begun: those that they have carried out, and the primary keys that these have told. */
export function doneBefore(
  cache: string,
  registry: Registry,
  begun: readonly Task[],
  now: string,
): {
  /** Indexes that they have made, and that are not entered yet. */
  readonly made: readonly NamedIndex[]
  readonly outcomes: ReadonlyMap<number, Outcome>
  readonly indexes: readonly { readonly indexUid: string; readonly primaryKey: string }[]
} {
  const outcomes = new Map<number, Outcome>()
  const indexes: { indexUid: string; primaryKey: string }[] = []
  const made: NamedIndex[] = []
  const ofDocuments = begun.filter(({ type }) => type === 'documentAdditionOrUpdate' || type === 'documentDeletion')
  for (const indexUid of new Set(ofDocuments.map((task) => task.indexUid as string))) {
    const known = registry.indexes.get(indexUid)
    const index = known ?? registry.indexes.planned(indexUid, null, now)
    // the folder of one that was being made is known only where it is that of the articles from files
    if ((known === undefined && index.folder !== '') || !ArticleStore.exists(join(cache, index.folder))) continue
    const noted = notedIn(join(cache, index.folder))
    const done = ofDocuments.filter((task) => task.indexUid === indexUid && noted.outcomes?.[task.uid] !== undefined)
    for (const { uid } of done) outcomes.set(uid, noted.outcomes?.[uid] as Outcome)
    const { primaryKey = null } = noted
    if (done.length > 0 && known === undefined) made.push(index)
    if (done.length > 0 && primaryKey !== null && primaryKey !== index.primaryKey)
      indexes.push({ indexUid, primaryKey })
  }
  return { made, outcomes, indexes }
}

/** What is written down in a store; nothing in one that is broken. */
function notedIn(folder: string): Partial<Noted> {
  let store: ArticleStore | undefined
  try {
    store = ArticleStore.open(folder)
    return notedOutcomes(store)
  } catch (error) {
    if (isLasting(error)) return {}
    throw error
  } finally {
    store?.close()
  }
}

/** These stay as they are whoever tries again: what waits behind them, of other indexes too, must not wait for ever. */
const LASTING: ReadonlySet<string> = new Set(['store_broken', 'store_format'])

export const isLasting = (error: unknown): boolean => error instanceof FundstelleError && LASTING.has(error.code)
