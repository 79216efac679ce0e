import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { packError } from '../../packed-error.ts'
import { DocValues } from '../segment/doc-values.ts'
import { Documents } from '../segment/documents.ts'
import { ForwardIndex } from '../segment/forward-index.ts'
import { Postings } from '../segment/postings.ts'
import { ArticleIndex } from '../segment/segment.ts'
import { Vocabulary } from '../segment/vocabulary.ts'
import type { FileDigest } from './block-hash.ts'
import { writeFlushed } from './checksummed-files.ts'
import { vocabularyFiles } from './snapshot-files.ts'
import type { ThreadMessage } from './thread.ts'
import { unwritable } from './unwritable.ts'
import { type Digests, nextFile, type WritingTask } from './vocabulary-writers.ts'

/** Writes files of a snapshot in a thread of its own; see vocabulary-writers.ts for the other side. */
const { cache, folder, vocabulary, begun } = workerData as WritingTask

const tell = (message: ThreadMessage<Digests>): void => parentPort?.postMessage(message)

function write(): Digests {
  const digests: Record<string, FileDigest> = {}
  const index = new ArticleIndex({
    vocabulary: new Vocabulary(vocabulary),
    postings: new Postings(),
    forward: new ForwardIndex(),
    documents: new Documents(),
    fields: new DocValues(),
    seqNo: 0,
  })
  const files = vocabularyFiles(index)
  for (let name = nextFile(begun); name !== undefined; name = nextFile(begun))
    digests[name] = writeFlushed(join(folder, name), files[name]())
  return digests
}

try {
  tell({ kind: 'finished', result: write() })
} catch (error) {
  tell({ kind: 'failed', error: packError(unwritable(cache, error)) })
}
