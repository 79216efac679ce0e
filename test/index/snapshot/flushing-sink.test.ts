// Articles of a store indexed into parts on the disk, and these joined, are what an index made at once is.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ArticleIndex } from '../../../src/index/segment/segment.ts'
import { differences } from '../../../src/index/snapshot/differences.ts'
import { FlushingSink } from '../../../src/index/snapshot/flushing-sink.ts'
import { catchUp } from '../../../src/index/snapshot/index-sink.ts'
import { clearParts, partsFolder } from '../../../src/index/snapshot/large-backlog.ts'
import { writeMergedSegment } from '../../../src/index/snapshot/merged-segment-writer.ts'
import { readSegment } from '../../../src/index/snapshot/segment-reader.ts'
import { ArticleStore } from '../../../src/store/article-store.ts'
import { feed } from '../../../src/store/change-feed.ts'
import { anyContent, articleOf } from '../../support/articles.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { analyzer, ask, comparable, engineOf } from '../../support/memory-index.ts'
import '../../support/property.ts'

const QUERIES = ['Haus -Drohnen', 'Luft Boden', 'Strasse Mueller', 'Jonglirkeulen', '"Haus Boot"', 'Dro', '']

test('whatever the size of parts and whatever went meanwhile, joined they are the index made at once', async () => {
  let most = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyContent, { maxLength: 12, size: 'max' }),
      fc.array(fc.nat(11), { maxLength: 4 }),
      fc.integer({ min: 1, max: 120 }),
      fc.nat(12),
      async (contents, gone, tokens, given) => {
        const cache = temporaryFolder()
        const store = ArticleStore.open(cache)
        try {
          const source = store.files.save('/a', null)
          const sink = new FlushingSink({ cache, name: 'probe', tokens }, analyzer, new ArticleIndex())
          for (const [i, content] of contents.entries()) {
            const article = articleOf({ ...content, id: `a${i}` })
            store.put(article, source)
            // the first ones are given to it before the store shows them, as a head start does
            if (i < given) sink.add(store.seqNo, article)
          }
          for (const i of gone) store.removeOne(source, `a${i}`)
          await feed(store, sink)
          const parts = sink.finish()
          most = Math.max(most, parts.length)
          for (const { docs, folder } of parts) {
            expect(docs).toBeGreaterThan(0)
            expect(existsSync(join(folder, 'manifest.json'))).toBe(false)
          }
          const { seqNo } = store
          const merged = parts.map((part) => ({
            ...part,
            deletions: Float64Array.from(store.removedAfter(part.change, seqNo)),
          }))
          const identity = { fingerprint: 'probe', storeId: store.id }
          const folder = join(cache, 'seg-1')
          await writeMergedSegment(folder, merged, seqNo, identity)
          const [joined, once] = [await readSegment(folder, identity), new ArticleIndex()]
          await catchUp(once, store, analyzer)
          expect(joined.seqNo).toBe(once.seqNo)
          expect(differences(joined, once)).toEqual([])
          expect(differences(once, joined)).toEqual([])
          const articles = new Map([...store.articles()].map(({ seqNo, article }) => [seqNo, article]))
          const [got, wanted] = [engineOf(joined, articles), engineOf(once, articles)]
          for (const query of QUERIES) {
            const options = { facets: ['*'], foldDuplicates: 'near', explain: true } as const
            expect(comparable(await ask(got, query, options))).toEqual(comparable(await ask(wanted, query, options)))
          }
          clearParts(cache)
          expect(existsSync(partsFolder(cache))).toBe(false)
        } finally {
          store.close()
        }
      },
    ),
    { numRuns: 25 },
  )
  expect(most).toBeGreaterThan(4)
})
