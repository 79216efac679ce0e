import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { ThreadTask } from './messages.ts'
import { serveThread } from './serve-thread.ts'

/** A thread that searches; see search-threads.ts for the other side. */
await serveThread(parentPort as MessagePort, workerData as ThreadTask)
