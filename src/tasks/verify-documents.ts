import { setImmediate } from 'node:timers/promises'
import type { JsonDocument } from '../documents/attributes.ts'
import { FundstelleError } from '../errors.ts'
import { ArticleStore } from '../store/article-store.ts'
import { AttributeCounts } from './attribute-counts.ts'

/** Documents after which others get their turn. */
const DOCUMENTS_IN_A_ROW = 1000

/** What is wrong with the numbers that are kept of an index's documents: how many have each attribute. */
export async function documentFaults(folder: string): Promise<FundstelleError[]> {
  const store = ArticleStore.open(folder)
  try {
    return await store.readTransaction(async () => {
      const [kept, counted] = [AttributeCounts.of(store), AttributeCounts.none()]
      let done = 0
      for (const { article } of store.articles()) {
        if (article.document !== undefined) counted.add(JSON.parse(article.document) as JsonDocument, 1)
        done += 1
        if (done % DOCUMENTS_IN_A_ROW === 0) await setImmediate()
      }
      const difference = kept.difference(counted)
      if (difference === null) return []
      const { attribute, here, there } = difference
      const reason = {
        de: `das Attribut ${attribute} haben ${there} Dokumente, gezählt sind ${here}`,
        en: `${there} documents have the attribute ${attribute}, the count says ${here}`,
      }
      return [new FundstelleError('index_fault', { path: store.path, reason })]
    })
  } finally {
    store.close()
  }
}
