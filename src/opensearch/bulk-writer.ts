import { setTimeout as pause } from 'node:timers/promises'
import { FundstelleError } from '../errors.ts'
import { type Cluster, refusalCause, statusOf } from './cluster.ts'

/** One thing to write, as the bulk API has it. */
export interface BulkOperation {
  readonly action: object
  /** Absent for a deletion. */
  readonly document?: object
}

interface BulkItem {
  readonly status: number
  readonly error?: { readonly type: string; readonly reason: string }
}

/** In one request. */
const OPERATIONS_MAX = 1_000
const BYTES_MAX = 5_000_000
/** A cluster that has too much to do is asked again after so long, and twice as long each time. */
const PAUSE_MS = 100
const PAUSE_MS_MAX = 10_000
const ATTEMPTS_MAX = 12
const BUSY: ReadonlySet<number> = new Set([429, 502, 503, 504])
/** What is there already is newer, or what is to be deleted is gone. */
const DONE_ALREADY: ReadonlySet<number> = new Set([404, 409])

/**
 * Writes, and resolves once the cluster has all of it. What the cluster had no time for is sent again, and nothing else; each operation must come
 * to the same when it is carried out twice.
 * @throws FundstelleError `engine_unavailable` where it refuses something for good, or has no time for very long
 */
export async function bulkWrite(
  cluster: Pick<Cluster, 'send'>,
  operations: Iterable<BulkOperation>,
  signal?: AbortSignal,
  wait: (ms: number) => Promise<unknown> = pause,
): Promise<void> {
  for (const chunk of chunksOf(operations)) await writeChunk(cluster, chunk, signal, wait)
}

async function writeChunk(
  cluster: Pick<Cluster, 'send'>,
  chunk: readonly BulkOperation[],
  signal: AbortSignal | undefined,
  wait: (ms: number) => Promise<unknown>,
): Promise<void> {
  let open = chunk
  for (let attempt = 0; ; attempt++) {
    const items = await itemsOf(cluster, open, signal)
    const refused = items?.find(({ status }) => status >= 300 && !BUSY.has(status) && !DONE_ALREADY.has(status))
    if (refused !== undefined) throw refusalOf(refused)
    open = items === null ? open : open.filter((_, at) => BUSY.has((items[at] as BulkItem).status))
    if (open.length === 0) return
    if (attempt >= ATTEMPTS_MAX) throw refusalOf({ status: 429 })
    signal?.throwIfAborted()
    await wait(Math.min(PAUSE_MS_MAX, PAUSE_MS * 2 ** attempt))
  }
}

/** What became of each operation; null where the cluster had no time for any. */
async function itemsOf(
  cluster: Pick<Cluster, 'send'>,
  operations: readonly BulkOperation[],
  signal: AbortSignal | undefined,
): Promise<BulkItem[] | null> {
  const lines = operations.flatMap(({ action, document }) => (document === undefined ? [action] : [action, document]))
  try {
    const { body } = await cluster.send<{ items: Record<string, BulkItem>[] }>({
      ...{ method: 'POST', path: '/_bulk', lines, signal },
    })
    return body.items.map((item) => Object.values(item)[0] as BulkItem)
  } catch (error) {
    if (BUSY.has(statusOf(error) ?? 0)) return null
    throw error
  }
}

function refusalOf({ status, error }: BulkItem): FundstelleError {
  const why = error === undefined ? String(status) : `${status}, ${error.type}: ${error.reason}`
  const words = {
    de: `der OpenSearch-Cluster hat nicht alles geschrieben (${why})`,
    en: `the OpenSearch cluster has not written everything (${why})`,
  }
  return new FundstelleError('engine_unavailable', { why: words }, { cause: refusalCause(status, why) })
}

function* chunksOf(operations: Iterable<BulkOperation>): Generator<BulkOperation[]> {
  let chunk: BulkOperation[] = []
  let bytes = 0
  for (const operation of operations) {
    const size = JSON.stringify(operation).length
    if (chunk.length >= OPERATIONS_MAX || (chunk.length > 0 && bytes + size > BYTES_MAX)) {
      yield chunk
      chunk = []
      bytes = 0
    }
    chunk.push(operation)
    bytes += size
  }
  if (chunk.length > 0) yield chunk
}
