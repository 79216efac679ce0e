import { parentPort, workerData } from 'node:worker_threads'
import { FundstelleError, reasonOf } from '../errors.ts'
import { openAnalysis } from '../index/analysis.ts'
import { buildSnapshot } from '../index/build.ts'
import { Store } from '../index/store.ts'
import { asOnlyWriter } from '../index/writer-lock.ts'
import { readersFingerprint } from '../ingest/fingerprint.ts'
import type { WorkerMessage, WorkerTask } from './background.ts'
import type { Refusal, UpdateReport } from './update.ts'
import { type Watch, watch } from './watch.ts'

/** Runs one task off the serving thread; see background.ts for the other side. */
const task = workerData as WorkerTask
const { analyzer, fingerprint } = openAnalysis(task.rules)

const tell = (message: WorkerMessage): void => parentPort?.postMessage(message)

async function build(): Promise<void> {
  await asOnlyWriter(task.cache, async () => {
    const store = Store.open(task.cache)
    try {
      await buildSnapshot(task.cache, store, analyzer, fingerprint)
    } finally {
      store.close()
    }
  })
}

async function watchPaths(paths: readonly string[], maxFileBytes: number, drafts: boolean): Promise<void> {
  const options = {
    cache: task.cache,
    paths,
    maxFileBytes,
    drafts,
    analyzer,
    fingerprint,
    readersFingerprint: readersFingerprint(),
  }
  let closed = false
  parentPort?.once('message', () => {
    closed = true
    void watching.then((started) => started?.close()).then(() => parentPort?.close())
  })
  const watching = start()
  await watching

  async function start(): Promise<Watch | undefined> {
    while (!closed) {
      try {
        return await watch(
          { ...options, snapshot: 'always' },
          (report, news) => tell(reportMessage(report, news)),
          fail,
        )
      } catch (error) {
        // another process is indexing; five seconds have been waited already
        if (!(error instanceof FundstelleError && error.code === 'store_busy')) throw error
        fail(error)
      }
    }
    return undefined
  }
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
  else await watchPaths(task.paths, task.maxFileBytes, task.drafts)
  tell({ kind: 'started' })
} catch (error) {
  fail(error)
  parentPort?.close()
}
