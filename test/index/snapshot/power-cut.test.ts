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

/** With these the second segment is shared by two generations, then joined, and removed with the last that names it; the first one stays. */
const PORTIONS = [100, 4, 3, 1]
const SEGMENTS = [
  ['seg-1'],
  ['seg-1', 'seg-2'],
  ['seg-1', 'seg-2', 'seg-3'],
  ['seg-1', 'seg-3', 'seg-4'],
  ['seg-1', 'seg-3', 'seg-4'],
]

test.each<[Remains, string]>([
  ['late', 'nothing but what was flushed'],
  ['early', 'all names, but of the files only what was flushed'],
])('a power cut that leaves (%s) %s costs no snapshot that was finished', async (remains) => {
  const [cache, left] = [temporaryFolder(), temporaryFolder()]
  const store = ArticleStore.open(temporaryFolder())
  onTestFinished(() => store.close())
  const source = store.files.save('/a', null)
  const identity = { fingerprint: 'probe', storeId: store.id }
  /** By cut how many snapshots are finished. */
  const cuts: number[] = []
  /** Of each snapshot its change, and how many articles it has. */
  const snapshots: { readonly seqNo: number; readonly liveCount: number }[] = [{ seqNo: 0, liveCount: 0 }]
  const build = async (): Promise<void> => {
    const finished = snapshots.length - 1
    snapshots.push({ seqNo: store.seqNo, liveCount: store.articleCount })
    const work = async (): Promise<void> => {
      await buildSnapshot(cache, store, analyzer, identity.fingerprint)
    }
    await atEachWrite(cache, work, (leave) => {
      leave(remains, join(left, String(cuts.length)))
      cuts.push(finished)
    })
    // the last one came when all was done
    cuts[cuts.length - 1] = finished + 1
    const segments = readdirSync(cache).filter((name) => name.startsWith('seg-'))
    expect(segments).toEqual(SEGMENTS[finished])
  }
  for (const portion of PORTIONS) {
    const first = store.seqNo + 1
    for (let i = first; i < first + portion; i++) store.put(articleOf({ id: `a${i}`, text: `Haus ${i}` }), source)
    await build()
  }
  store.removeOne(source, 'a1')
  await build()

  expect(cuts.length).toBeGreaterThan(PORTIONS.length * 20)
  for (const [cut, finished] of cuts.entries()) {
    const folder = join(left, String(cut))
    const { index, complaints } = await loadNewest(new Generations(folder), store, identity)
    const where = `cut ${cut} after snapshot ${finished}, which leaves ${readdirSync(folder)}`
    expect(complaints, where).toEqual([])
    const { seqNo, documents } = index
    expect(snapshots.slice(finished, finished + 2), where).toContainEqual({ seqNo, liveCount: documents.liveCount })
  }
})
