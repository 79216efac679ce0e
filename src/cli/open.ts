import type { Config } from '../config.ts'
import { FundstelleError } from '../errors.ts'
import type { Analysed } from '../index/analysis.ts'
import { catchUp, loadNewest } from '../index/build.ts'
import { EmbeddedEngine } from '../index/embedded-engine.ts'
import { Generations } from '../index/generations.ts'
import type { Recency } from '../index/searcher.ts'
import { Store } from '../index/store.ts'
import { createSearchService, type SearchService } from '../search/service.ts'
import { tellComplaints } from './complaints.ts'
import type { Terminal } from './terminal.ts'

export interface Opened {
  readonly service: SearchService
  close(): void
}

/** The preference for newer articles that was set. */
export const recencyOf = ({ recencyDays }: Config): Recency | null =>
  recencyDays === null ? null : { halfLifeDays: recencyDays, now: Date.now }

/** Opens a cache folder for searching in this process, up to date with its store. */
export async function openForSearch(
  cache: string,
  terminal: Terminal,
  { analyzer, fingerprint, rules }: Analysed,
  recency: Recency | null = null,
): Promise<Opened> {
  if (!Store.exists(cache)) throw new FundstelleError('cache_missing', { path: cache })
  const store = Store.open(cache)
  const { index, complaints } = await loadNewest(new Generations(cache), store, { fingerprint, storeId: store.id })
  tellComplaints(complaints, terminal, false)
  await catchUp(index, store, analyzer)
  const engine = new EmbeddedEngine(index, store, { analyzer, fingerprint, recency })
  return {
    service: createSearchService(engine, { analyzer: () => analyzer, rules: () => rules }),
    close: () => store.close(),
  }
}
