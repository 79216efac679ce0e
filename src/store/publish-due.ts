import { setImmediate } from 'node:timers/promises'
import type { ArticleStore } from './article-store.ts'

/** How many articles appear or go in one transaction: a server does it between two requests. */
const DUE_PER_TRANSACTION = 200
/** Characters of articles after which no further one appears in that transaction. */
export const LENGTH_PER_TRANSACTION = 2_000_000

/** Outcome of publishing the articles that are due. */
export interface Published {
  /** Articles that appeared. */
  readonly added: number
  /** Articles that went. */
  readonly removed: number
  /** Whether others are due still: call again. */
  readonly more: boolean
}

/** Why an article that went by itself is no longer there; the readers' word for it. */
const EXPIRED = 'expired'

/**
 * Lets those articles appear whose moment has come, and those go, as ordinary changes of the store; in one transaction, and not
 * all of them where they are many. The caller is the only writer.
 * @param now in milliseconds since 1970
 */
export function publishDue(store: ArticleStore, now: number): Published {
  return store.transaction(() => {
    let [added, removed] = [0, 0]
    const due = store.due.dueBy(now, DUE_PER_TRANSACTION, LENGTH_PER_TRANSACTION)
    for (const { source, id, until, article } of due) {
      store.due.remove(source, id)
      if (article === null) removed += store.removeOne(source, id) ? 1 : 0
      if (article === null || (until !== null && until <= now)) {
        store.leftOut.add(source, EXPIRED, 1)
        continue
      }
      // nobody else has this id: it was held while the article waited
      store.put(article, source, { from: null, until })
      added += 1
    }
    const next = store.due.next()
    return { added, removed, more: next !== null && next <= now }
  })
}

/** The same for all that is due, one transaction after the other; others get their turn in between. */
export async function publishAllDue(
  store: ArticleStore,
  now: () => number,
): Promise<Pick<Published, 'added' | 'removed'>> {
  let [added, removed] = [0, 0]
  for (let more = true; more; await setImmediate()) {
    const published = publishDue(store, now())
    added += published.added
    removed += published.removed
    more = published.more
  }
  return { added, removed }
}
