// Our side: indexes a file into an empty folder, serves it in a fresh process, asks it, changes an article, and ends it.
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { finished, memoryMb } from '../children.mjs'
import { program, serve } from '../search/served.mjs'
import { changesOf } from './change.mjs'
import { searchRequest } from './client.mjs'
import { passesOf } from './passes.mjs'

/** Bytes of a block in what `stat` counts. */
const BLOCK_BYTES = 512

export async function fundstelleFigures({ file, megabytes, queries }, { seconds, changes, seed }, scratch) {
  const cache = join(scratch, 'cache')
  mkdirSync(cache)
  try {
    const sizeMax = String(Math.ceil(megabytes) + 1)
    const indexed = await finished([program, 'index', file, '--cache', cache, '--max-file-mb', sizeMax])
    const figures = { indexSeconds: indexed.seconds, indexPeakMb: indexed.peakMb, diskMb: bytesBelow(cache) / 2 ** 20 }
    const started = performance.now()
    const { address, child, stop } = await serve(cache)
    try {
      figures.readySeconds = (performance.now() - started) / 1000
      Object.assign(figures, await passesOf(address, searchRequest, queries, seconds))
      figures.rssMb = memoryMb(child.pid, 'VmRSS')
      if (changes > 0)
        Object.assign(figures, await changesOf({ address, cache, scratch, queries, count: changes, seed }))
      return figures
    } finally {
      await stop()
    }
  } finally {
    rmSync(cache, { recursive: true, force: true })
  }
}

const bytesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).blocks * BLOCK_BYTES, 0)
