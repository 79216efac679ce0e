import { join } from 'node:path'
import type { Article } from '../article/article.ts'
import { JournalWriter } from '../opensearch/journal.ts'
import type { PayloadStore } from '../opensearch/payload-store.ts'
import type { TaskIndex } from '../opensearch/task-index.ts'
import type { NamedIndex } from '../registry/index-table.ts'
import type { Task } from '../registry/task.ts'
import { ArticleStore } from '../store/article-store.ts'
import { changeDocuments, type DocumentOutcomes, type FoundIds } from '../tasks/document-tasks.ts'
import { succeeded } from '../tasks/index-tasks.ts'
import type { Noted } from '../tasks/noted-outcomes.ts'

export interface BatchParts {
  readonly index: NamedIndex
  readonly there: TaskIndex
  readonly payloads: PayloadStore
  /** An empty folder. */
  readonly folder: string
  readonly idsByFilter: (index: NamedIndex, filter: unknown) => Promise<FoundIds>
  readonly now: () => Date
  readonly signal: AbortSignal
}

/**
 * Carries out tasks that change documents of an index in a cluster, as they are on the embedded engine: in a store of their own, which gets what they are about from
 * the cluster. What has changed there then changes in the cluster, all of it, and with it is noted what came of the tasks.
 */
export async function changeDocumentsThere(tasks: readonly Task[], parts: BatchParts): Promise<DocumentOutcomes> {
  const { index, there, payloads, folder, idsByFilter, now, signal } = parts
  const isEmptied = await emptied(tasks[0] as Task, parts)
  const before = await there.notes()
  for (const { payload } of tasks) {
    signal.throwIfAborted()
    if (payload !== null) await payloads.readTo(payload, join(folder, payload))
  }
  const store = ArticleStore.open(join(folder, 'store'))
  try {
    if (before.outcomes !== undefined) store.note('outcomes', before.outcomes)
    if (before.attributes !== undefined) store.note('attributes', before.attributes)
    const brought = new BroughtDocuments(store, there)
    const done = await changeDocuments(tasks, {
      ...{ index, store, elsewhere: brought, payloads: folder, idsByFilter, signal },
    })
    const path = join(folder, 'journal')
    const journal = new JournalWriter(path)
    for (const change of brought.changes())
      if ('article' in change) await journal.add(change.article)
      else await journal.remove(change.removed)
    await journal.end()
    const [outcomes, attributes] = [store.noted('outcomes'), store.noted('attributes')]
    const isKnown = outcomes === before.outcomes && attributes === before.attributes
    const notes = { ...(outcomes !== undefined && { outcomes }), ...(attributes !== undefined && { attributes }) }
    if (journal.changes > 0 || !isKnown) await there.commit(path, journal.changes, notes, now())
    if (isEmptied) await there.deleteBefore()
    return done
  } finally {
    store.close()
  }
}

/** Of more documents it takes longer to remove each than to go on with another build. */
export const REMOVED_MAX = 1_000

/** Whether a task wants everything gone, and much is: then it is done, and the build before is to be deleted. */
async function emptied({ uid, work, details }: Task, { index, there }: BatchParts): Promise<boolean> {
  if (work.type !== 'documentDeletion' || work.target.kind !== 'all') return false
  const { outcomes = '{}' } = await there.notes()
  const noted = JSON.parse(outcomes) as Partial<Noted>
  if (noted.outcomes?.[uid] !== undefined) return true
  const documents = await there.count()
  if (documents <= REMOVED_MAX) return false
  const outcome = succeeded({ ...details, deletedDocuments: documents })
  const now: Noted = { outcomes: { [uid]: outcome }, primaryKey: index.primaryKey }
  await there.empty({ outcomes: JSON.stringify(now) })
  return true
}

/** A document that was brought: the change that it came with in the cluster, and in the store. */
interface Brought {
  readonly seqNo: number
  readonly row: number
}

/** The documents of an index in a cluster that a store has got, to be changed there. */
class BroughtDocuments {
  readonly #store: ArticleStore
  readonly #there: TaskIndex
  /** Null where the cluster has none. */
  readonly #known = new Map<string, Brought | null>()

  constructor(store: ArticleStore, there: TaskIndex) {
    this.#store = store
    this.#there = there
  }

  async bring(ids: readonly string[]): Promise<void> {
    const unknown = [...new Set(ids)].filter((id) => !this.#known.has(id))
    if (unknown.length === 0) return
    for (const id of unknown) this.#known.set(id, null)
    for await (const page of this.#there.articlesById(unknown)) for (const one of page) this.#put(one)
  }

  async bringAll(): Promise<void> {
    for await (const page of this.#there.articles())
      for (const one of page) if (!this.#known.has(one.article.id)) this.#put(one)
  }

  /** What is otherwise than it was in the cluster, in the order in which it came about; what has gone for good first. */
  *changes(): Generator<{ readonly article: Article } | { readonly removed: number }> {
    for (const [id, one] of this.#known)
      if (one !== null && this.#store.byId(id) === undefined) yield { removed: one.seqNo }
    for (const { seqNo: row, article } of this.#store.articles())
      if (this.#known.get(article.id)?.row !== row) yield { article }
  }

  #put({ seqNo, article }: { readonly seqNo: number; readonly article: Article }): void {
    this.#store.putDocument(article)
    this.#known.set(article.id, { seqNo, row: this.#store.seqNo })
  }
}
