import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { INDEXES_FOLDER } from '../registry/index-table.ts'
import { removeLeftPayloads } from './left-payloads.ts'
import { doneBefore } from './noted-outcomes.ts'
import type { RunnerOptions } from './runner-options.ts'

type Left = Pick<RunnerOptions, 'cache' | 'registry' | 'payloads' | 'now'>

/** Puts back what an earlier process had in hand, and clears away what no task needs. Call it once, before anything is carried out. */
export async function takeUp(left: Left): Promise<void> {
  putBack(left)
  await removeLeftPayloads(left.payloads, () => left.registry.tasks.payloads())
  await removeLeftFolders(left)
}

/** What is in hand waits again, but for what its store says of itself that it was done: that is over. */
export function putBack({ cache, registry, now }: Left): void {
  const inHand = registry.tasks.processing()
  const done = doneBefore(cache, registry, inHand, now().toISOString())
  registry.transaction(() => {
    const moment = now().toISOString()
    for (const index of done.made) registry.indexes.add(index)
    for (const { indexUid, primaryKey } of done.indexes) registry.indexes.setPrimaryKey(indexUid, primaryKey, moment)
    for (const [uid, outcome] of done.outcomes) registry.tasks.finish(uid, outcome, moment)
    registry.tasks.putBack()
    for (const batch of new Set(inHand.filter(({ uid }) => done.outcomes.has(uid)).map((task) => task.batch)))
      if (batch !== null) registry.tasks.endBatch(batch, moment)
  })
}

/** Folders of indexes that were deleted, or made, when the process ended. */
async function removeLeftFolders({ cache, registry }: Left): Promise<void> {
  const needed = new Set(registry.indexes.all().map(({ folder }) => folder))
  const parent = join(cache, INDEXES_FOLDER)
  for (const name of await readdir(parent).catch(() => [])) {
    const folder = join(INDEXES_FOLDER, name)
    if (!needed.has(folder)) await rm(join(cache, folder), { recursive: true, force: true })
  }
}
