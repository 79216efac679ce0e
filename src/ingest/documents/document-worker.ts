import { parentPort } from 'node:worker_threads'
import { packError } from '../../packed-error.ts'
import type { DocumentTask, FromDocumentWorker } from './document-thread.ts'
import { packReading } from './packed-reading.ts'
import { readDocument } from './read-document.ts'

/** Reads one document after the other; see document-thread.ts for the other side. */
const tell = (message: FromDocumentWorker): void => parentPort?.postMessage(message)

tell({ kind: 'ready' })
parentPort?.on('message', async ({ bytes, path, format }: DocumentTask) => {
  try {
    const readings = await readDocument(bytes, path, format, () => tell({ kind: 'page' }))
    tell({ kind: 'read', readings: readings.map(packReading) })
  } catch (error) {
    tell({ kind: 'failed', error: packError(error) })
  }
})
