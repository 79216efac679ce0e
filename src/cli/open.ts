import type { AnswerSettings } from '../config.ts'
import { FundstelleError } from '../errors.ts'
import { EmbeddedEngine } from '../index/embedded-engine.ts'
import type { EngineConfig } from '../index/engine-config.ts'
import type { Analysed } from '../index/open-analysis.ts'
import { Generations } from '../index/snapshot/generations.ts'
import { catchUp } from '../index/snapshot/index-sink.ts'
import { loadNewest } from '../index/snapshot/newest.ts'
import { createSearchService, type SearchService } from '../search/service.ts'
import { searchSettingsOf } from '../search/version.ts'
import { ArticleStore } from '../store/article-store.ts'
import { tellComplaints } from './complaints.ts'
import { tellOutdated } from './outdated.ts'
import type { Terminal } from './terminal.ts'

export interface Opened {
  readonly service: SearchService
  close(): void
}

const PLAIN: AnswerSettings = { recencyDays: null, prefersGerman: true }

/** How an index that is analysed so is read. */
const engineConfigOf = ({ analyzer, fingerprint }: Analysed): EngineConfig => ({ analyzer, fingerprint })

/** Opens a cache folder for searching in this process, up to date with its store. */
export async function openForSearch(
  cache: string,
  terminal: Terminal,
  analysed: Analysed,
  answers: AnswerSettings = PLAIN,
): Promise<Opened> {
  if (!ArticleStore.exists(cache)) throw new FundstelleError('cache_missing', { path: cache })
  const { analyzer, fingerprint, rules } = analysed
  const store = ArticleStore.open(cache)
  const { index, complaints } = await loadNewest(new Generations(cache), store, { fingerprint, storeId: store.id })
  tellComplaints(complaints, terminal, false)
  tellOutdated(store, terminal)
  await catchUp(index, store, analyzer)
  const engine = new EmbeddedEngine(index, store, engineConfigOf(analysed))
  return {
    service: createSearchService(engine, {
      analyzer: () => analyzer,
      rules: () => rules,
      settings: searchSettingsOf(answers),
    }),
    close: () => store.close(),
  }
}
