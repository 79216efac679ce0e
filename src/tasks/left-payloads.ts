import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** A request may have written down its documents just now, and not yet put its task into the queue. */
const OLD_MS = 3_600_000

/**
 * Removes the documents that no task needs and no request is about to: those of requests whose process ended, and those that were kept for a while.
 * @param needed the files that tasks need now
 */
export async function removeLeftPayloads(folder: string, needed: () => readonly string[]): Promise<void> {
  const since = Date.now() - OLD_MS
  const old: string[] = []
  for (const file of await readdir(folder).catch(() => [])) {
    if (!file.endsWith('.ndjson')) continue
    const stats = await stat(join(folder, file)).catch(() => null)
    if (stats !== null && stats.mtimeMs < since) old.push(file)
  }
  // asked last: what was put into the queue meanwhile is needed
  const still = new Set(needed())
  for (const file of old) if (!still.has(file)) await rm(join(folder, file), { force: true })
}
