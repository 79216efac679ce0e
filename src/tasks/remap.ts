import { setImmediate } from 'node:timers/promises'
import type { JsonDocument } from '../documents/attributes.ts'
import { articleOfDocument } from '../documents/document-article.ts'
import type { IndexSettings } from '../registry/index-settings.ts'
import { type NamedIndex, settingsOf } from '../registry/index-table.ts'
import type { ArticleStore } from '../store/article-store.ts'
import { mappingOf } from './document-mapping.ts'

/** Documents after which others get their turn. */
const DOCUMENTS_IN_A_ROW = 100

/**
 * Makes the articles of an index's documents anew where its settings say otherwise than before which attributes are searched or kept as
 * values. Articles from files stay as they are.
 */
export async function remapped(
  store: ArticleStore,
  index: NamedIndex,
  before: IndexSettings,
  signal: AbortSignal,
): Promise<void> {
  if (index.primaryKey === null) return
  const mapping = mappingOf(settingsOf(index), index.primaryKey)
  if (JSON.stringify(mapping) === JSON.stringify(mappingOf(before, index.primaryKey))) return
  await store.transactionInSteps(async () => {
    for (const [at, id] of store.ids().entries()) {
      if (at % DOCUMENTS_IN_A_ROW === 0) {
        await setImmediate()
        signal.throwIfAborted()
      }
      const json = store.byId(id)?.document
      if (json === undefined) continue
      store.putDocument(articleOfDocument(id, json, JSON.parse(json) as JsonDocument, mapping))
    }
  })
}
