import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { keepHeapsSmall } from '../heap-limits.ts'
import type { ThreadTask } from './messages.ts'
import { serveThread } from './serve-thread.ts'

// V8 forgets it whenever a thread is started
keepHeapsSmall()

/** A thread that searches; see search-threads.ts for the other side. */
await serveThread(parentPort as MessagePort, workerData as ThreadTask)
