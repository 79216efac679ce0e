import { FundstelleError } from '../errors.ts'
import type { ArticleStore } from '../store/article-store.ts'
import type { SourceFile } from '../store/file-registry.ts'

/** In a source's state, which is parted by blanks, the readers stand after size and times; see `Update`. */
const READERS_AT = 3

/**
 * Complains of sources that this run did not look at and another program read: it may have taken in what this one leaves out.
 * @param seen the sources this run looked at
 */
export function outdated(
  store: ArticleStore,
  seen: ReadonlySet<number>,
  readersFingerprint: string,
): readonly FundstelleError[] {
  const old = outdatedSources(store, seen, readersFingerprint)
  const [first] = old
  return first === undefined ? [] : [new FundstelleError('sources_outdated', { count: old.length, path: first.path })]
}

/** The sources that another program read, but for those in `seen`. */
export function outdatedSources(
  store: ArticleStore,
  seen: ReadonlySet<number>,
  readersFingerprint: string,
): SourceFile[] {
  return store.files
    .all()
    .filter(({ id, state }) => !seen.has(id) && state !== null)
    .filter(({ state }) => !(state?.split(' ', READERS_AT + 1)[READERS_AT] ?? '').startsWith(readersFingerprint))
}
