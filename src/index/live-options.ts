import type { FundstelleError } from '../errors.ts'
import type { EngineConfig } from './engine-config.ts'
import type { ArticleIndex } from './segment/segment.ts'
import type { ReadFiles } from './snapshot/read-files.ts'

/** What a live index is given. */
export interface LiveOptions {
  readonly cache: string
  readonly config: EngineConfig
  /** Brings the snapshot up to date somewhere off this thread; resolves when it is in force. Ends at once when aborted. */
  readonly build: (signal: AbortSignal) => Promise<void>
  readonly onEvent: (event: LiveEvent) => void
  /** Where the files of snapshots come from; from the disk where nothing is given. */
  readonly readFiles?: ReadFiles
  /** Is called when the state of the index in service, or whether it is ready, may have changed. */
  readonly onChange?: () => void
  /** How often the store is asked whether something changed; 50 unless it is said. */
  readonly pollMs?: number
  /** Aborted, opening is given up, and later on whatever is under way: its reason is thrown. */
  readonly signal?: AbortSignal
  /** Milliseconds since some moment; tests put their own clock here. */
  readonly now?: () => number
}

/** What it tells: what becomes of the index in service. */
export type LiveEvent =
  | { readonly kind: 'unsound'; readonly error: FundstelleError }
  | { readonly kind: 'rebuilding' }
  | { readonly kind: 'loaded'; readonly articles: number; readonly change: number; readonly ms: number }
  | { readonly kind: 'updated'; readonly articles: number; readonly change: number }
  /** @property retryMs after which a build that failed is repeated */
  | { readonly kind: 'failed'; readonly error: unknown; readonly retryMs?: number }

/** @param started by `performance.now()` */
export const loadedEvent = ({ documents, seqNo }: ArticleIndex, started: number): LiveEvent => ({
  kind: 'loaded',
  articles: documents.liveCount,
  change: seqNo,
  ms: Math.round(performance.now() - started),
})

export const updatedEvent = ({ documents, seqNo }: ArticleIndex): LiveEvent => ({
  kind: 'updated',
  articles: documents.liveCount,
  change: seqNo,
})
