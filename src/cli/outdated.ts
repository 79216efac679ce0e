import { FundstelleError } from '../errors.ts'
import { readersFingerprint } from '../ingest/fingerprint.ts'
import type { ArticleStore } from '../store/article-store.ts'
import { outdatedSources } from '../update/outdated.ts'
import type { Terminal } from './terminal.ts'

/**
 * Tells of articles that another version read: drafts among them are found until their files are read again.
 * @param toBeRead sources that will be read again anyway
 */
export function tellOutdated(store: ArticleStore, terminal: Terminal, toBeRead: ReadonlySet<number> = new Set()): void {
  const sources = outdatedSources(store, toBeRead, readersFingerprint())
  const [first] = sources
  if (first === undefined) return
  const error = new FundstelleError('cache_outdated', { count: sources.length, path: first.path })
  terminal.note(error.detail(terminal.language))
}
