import { statSync } from 'node:fs'
import { join } from 'node:path'
import { ArticleStore } from '../store/article-store.ts'
import type { NamedIndex } from './index-table.ts'

/** What is told of an index beside its settings. */
export interface IndexFacts {
  readonly documents: number
  /** How many documents have each attribute. Articles from files are not counted. */
  readonly attributes: Readonly<Record<string, number>>
  /** Of its documents on the disk, by estimate. */
  readonly bytes: number
}

const NOTHING: IndexFacts = { documents: 0, attributes: {}, bytes: 0 }

/** @param cache the folder that the registry lies in */
export function factsOf(cache: string, { folder }: NamedIndex): IndexFacts {
  const path = join(cache, folder)
  if (!ArticleStore.exists(path)) return NOTHING
  const store = ArticleStore.open(path)
  try {
    const documents = store.articleCount
    const noted = store.noted('attributes')
    return {
      documents,
      attributes: noted === undefined ? {} : (JSON.parse(noted) as Record<string, number>),
      bytes: documents === 0 ? 0 : (statSync(store.path, { throwIfNoEntry: false })?.size ?? 0),
    }
  } finally {
    store.close()
  }
}
