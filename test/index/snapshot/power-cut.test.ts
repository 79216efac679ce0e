import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { buildSnapshot } from '../../../src/index/snapshot/catch-up.ts'
import { Generations } from '../../../src/index/snapshot/generations.ts'
import { loadNewest } from '../../../src/index/snapshot/newest.ts'
import { ArticleStore } from '../../../src/store/article-store.ts'
import { articleOf } from '../../support/articles.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { analyzer } from '../../support/memory-index.ts'
import { atEachWrite, type Remains } from '../../support/power-cut.ts'

/** With the third snapshot the first one goes. */
const SNAPSHOTS = 3

test.each<[Remains, string]>([
  ['late', 'nothing but what was flushed'],
  ['early', 'all names, but of the files only what was flushed'],
])('a power cut that leaves (%s) %s costs no snapshot that was finished', async (remains) => {
  const [cache, left] = [temporaryFolder(), temporaryFolder()]
  const store = ArticleStore.open(temporaryFolder())
  onTestFinished(() => store.close())
  const identity = { fingerprint: 'probe', storeId: store.id }
  /** By cut the last change that a finished snapshot has. */
  const cuts: number[] = []
  for (let change = 1; change <= SNAPSHOTS; change++) {
    store.put(articleOf({ id: `a${change}`, text: `Haus ${change}` }), null)
    const build = async (): Promise<void> => {
      await buildSnapshot(cache, store, analyzer, identity.fingerprint)
    }
    await atEachWrite(cache, build, (leave) => {
      leave(remains, join(left, String(cuts.length)))
      cuts.push(change - 1)
    })
    // the last one came when all was done
    cuts[cuts.length - 1] = change
  }

  expect(cuts.length).toBeGreaterThan(SNAPSHOTS * 20)
  for (const [cut, finished] of cuts.entries()) {
    const folder = join(left, String(cut))
    const { index, complaints } = await loadNewest(new Generations(folder), store, identity)
    const where = `cut ${cut} after snapshot ${finished}, which leaves ${readdirSync(folder)}`
    expect(complaints, where).toEqual([])
    expect([finished, finished + 1], where).toContain(index.seqNo)
    expect(index.documents.liveCount, where).toBe(index.seqNo)
  }
})
