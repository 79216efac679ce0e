import { setTimeout } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { FundstelleError, reasonOf } from '../errors.ts'
import { GrowingPause } from '../growing-pause.ts'
import { analysedBy, openAnalysis } from '../index/open-analysis.ts'
import { buildSnapshot } from '../index/snapshot/catch-up.ts'
import { readersFingerprint } from '../ingest/fingerprint.ts'
import { ArticleStore } from '../store/article-store.ts'
import { withWriterLock } from '../store/writer-lock.ts'
import type { WorkerMessage, WorkerTask } from './background.ts'
import type { UpdateOptions } from './options.ts'
import type { Refusal, UpdateReport } from './report.ts'
import { TellOnce } from './tell-once.ts'
import { watch } from './watch.ts'

/** A beginning that failed is repeated after so long, then after twice as long, and so on. */
const RETRY_MS = 1000
const RETRY_MS_MAX = 5 * 60_000

/** Runs one task off the serving thread; see background.ts for the other side. */
const task = workerData as WorkerTask
const { rules } = task
const { analyzer, fingerprint } = typeof rules === 'object' && rules !== null ? analysedBy(rules) : openAnalysis(rules)

const tell = (message: WorkerMessage): void => parentPort?.postMessage(message)

async function build(): Promise<void> {
  await withWriterLock(task.cache, async () => {
    const store = ArticleStore.open(task.cache)
    try {
      await buildSnapshot(task.cache, store, analyzer, fingerprint)
    } finally {
      store.close()
    }
  })
}

/** Watches until it is told to end; a beginning that fails is repeated, whatever it failed with. */
async function watchPaths({ paths, maxFileBytes, drafts, base }: WorkerTask & { kind: 'watch' }): Promise<void> {
  const stopping = new AbortController()
  const { signal } = stopping
  const asked = new Promise<void>((resolve) => {
    parentPort?.once('message', () => {
      stopping.abort()
      resolve()
    })
  })
  const options: UpdateOptions = {
    cache: task.cache,
    paths,
    maxFileBytes,
    drafts,
    base,
    analyzer,
    fingerprint,
    readersFingerprint: readersFingerprint(),
    snapshot: 'always',
    // they were there when the server was started
    mayBeMissing: 'any',
    signal,
  }
  const pause = new GrowingPause(RETRY_MS, RETRY_MS_MAX)
  const errors = new TellOnce(fail)
  while (!signal.aborted) {
    try {
      const watching = await watch(options, (report, news) => tell(reportMessage(report, news)), fail)
      tell({ kind: 'started' })
      await asked
      await watching.close()
    } catch (error) {
      if (signal.aborted) break
      errors.tell('beginning', error)
      // of another process that is indexing, five seconds have been waited already
      const isBusy = error instanceof FundstelleError && error.code === 'store_busy'
      // ends early when it is aborted
      if (!isBusy) await setTimeout(pause.next(), undefined, { signal }).catch(() => {})
    }
  }
  parentPort?.close()
}

function reportMessage(report: UpdateReport, news: readonly Refusal[]): WorkerMessage {
  // for the log both are warnings
  const refusals = [...news, ...report.warnings].map(({ file, line, error }) => ({
    file,
    line,
    code: error.code,
    params: error.params,
  }))
  const { added, changed, removed, articles } = report
  const complaints = report.complaints.map(({ code, params }) => ({ code, params }))
  return { kind: 'report', added, changed, removed, articles, complaints, refusals }
}

function fail(error: unknown): void {
  if (error instanceof FundstelleError) tell({ kind: 'failed', code: error.code, params: error.params })
  else tell({ kind: 'failed', code: 'internal', params: { reason: reasonOf(error) } })
}

try {
  if (task.kind === 'build') await build()
  else await watchPaths(task)
} catch (error) {
  fail(error)
  parentPort?.close()
}
