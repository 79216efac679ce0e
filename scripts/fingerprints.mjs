// Writes dist/fingerprints.json: of three parts of the program the fingerprint of everything they import. What was made by other
// code has another one and is made anew, without anybody having to remember to count a version up or to keep a list of files.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { closureFingerprint } from './import-closure.mjs'

/** Where each part begins; test/build/fingerprints.test.ts checks that nothing else takes part. */
export const ENTRIES = {
  /** What terms an article has, what an index keeps of it, and what the files of a snapshot hold. */
  index: [
    'src/analysis/analyzer.ts',
    'src/index/segment/segment.ts',
    'src/index/merge/merged-segment.ts',
    'src/index/snapshot/packed-index.ts',
    'src/index/snapshot/snapshot-files.ts',
  ],
  /** Which files are read, and what articles are made of them. */
  readers: [
    'src/ingest/walk.ts',
    'src/ingest/read-file.ts',
    'src/ingest/read-in-pieces.ts',
    'src/ingest/asciidoc-worker.ts',
    'src/ingest/documents/document-worker.ts',
  ],
  /** What answers are made by: the server, its threads, which nobody imports, and the pages' scripts and styles. */
  program: [
    'src/cli/serve.ts',
    'src/search-threads/thread.ts',
    'src/update/worker.ts',
    'src/tasks/task-worker.ts',
    'src/cluster-tasks/worker.ts',
    'src/cli/serve-child.ts',
    'src/index/snapshot/flush-worker.ts',
    'src/index/snapshot/head-worker.ts',
    'src/index/snapshot/part-worker.ts',
    'src/index/snapshot/vocabulary-writer.ts',
    ...['page.ts', 'page.css', 'embed.ts', 'icon.svg'].map((name) => `src/browser/${name}`),
  ],
}

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const parts = Object.entries(ENTRIES).map(async ([name, entries]) => [name, await closureFingerprint(root, entries)])
  mkdirSync(join(root, 'dist'), { recursive: true })
  const found = Object.fromEntries(await Promise.all(parts))
  writeFileSync(join(root, 'dist', 'fingerprints.json'), `${JSON.stringify(found, null, 2)}\n`)
}
