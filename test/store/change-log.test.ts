import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { catchUp } from '../../src/index/snapshot/index-sink.ts'
import { ArticleStore } from '../../src/store/article-store.ts'
import type { Change } from '../../src/store/change-log.ts'
import { articleOf } from '../support/articles.ts'
import { temporaryFolder } from '../support/folders.ts'
import { analyzer, indexOf } from '../support/memory-index.ts'
import { openStore } from '../support/stores.ts'

let cache = ''
let store: ArticleStore
beforeEach(() => {
  cache = temporaryFolder()
  store = openStore(cache)
})

const told = (changes: Iterable<Change>): string[] =>
  Array.from(changes, (change) =>
    change.kind === 'added' ? `+${change.seqNo} ${change.article.id}` : `-${change.seqNo} @${change.removalSeqNo}`,
  )

describe('changes', () => {
  test('come in order; what came and went in between is left out', () => {
    const source = store.files.save('/a', null)
    store.put(articleOf({ id: 'x', text: '1' }), source) // 1
    store.put(articleOf({ id: 'y', text: '1' }), null) // 2
    store.put(articleOf({ id: 'x', text: '2' }), source) // 3, 4
    store.put(articleOf({ id: 'z', text: '1' }), source) // 5
    store.removeOfSource(source) // 6, 7
    expect(told(store.changes(0))).toEqual(['+2 y'])
    expect(told(store.changes(1))).toEqual(['+2 y', '-1 @3'])
    expect(told(store.changes(4))).toEqual(['-4 @6'])
    expect(told(store.changes(7))).toEqual([])
    expect(store.changesAfter(4)).toBe(3)
  })

  test('lead any older state to the present one', async () => {
    const step = fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      drop: fc.boolean(),
      text: fc.constantFrom('Haus', 'Boot'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), fc.nat(15), async (steps, from) => {
        cache = temporaryFolder()
        const fresh = openStore(cache)
        let old = indexOf([])
        for (const [i, { id, drop, text }] of steps.entries()) {
          const source = fresh.files.save(`/${id}`, null)
          if (drop) fresh.removeOfSource(source)
          else fresh.put(articleOf({ id, text }), source)
          if (i === from) {
            await catchUp(old, fresh, analyzer)
            expect(old.seqNo).toBe(fresh.seqNo)
          }
        }
        await catchUp(old, fresh, analyzer)
        old = old.compacted()
        const wanted = [...fresh.articles()].map(({ seqNo, article }) => `${seqNo} ${article.id}`)
        const got = Array.from(old.documents.seqNos, (seqNo, i) => `${seqNo} ${old.documents.ids.at(i)}`)
        expect(got.sort()).toEqual(wanted.sort())
      }),
      { numRuns: 30 },
    )
  })
})

describe('purge', () => {
  const now = (): number => Math.floor(Date.now() / 1000)

  test('deletes what went up to a change and long enough ago, and says up to where', () => {
    for (const text of ['1', '2', '3']) store.put(articleOf({ id: 'x', text }), null) // removals 2 and 4
    store.purge(store.seqNo, now() - 600)
    expect(store.purgedSeqNo).toBe(0)
    store.purge(1, now() + 1)
    expect(store.purgedSeqNo).toBe(0)
    store.purge(3, now() + 1)
    expect(store.purgedSeqNo).toBe(2)
    expect([store.bySeqNo(1), store.bySeqNo(3)?.text, store.bySeqNo(5)?.text]).toEqual([undefined, '2', '3'])
    store.purge(store.seqNo, now() + 1)
    expect(store.purgedSeqNo).toBe(4)
    store.purge(store.seqNo, now() + 1)
    expect(store.purgedSeqNo).toBe(4)
    expect(told(store.changes(0))).toEqual(['+5 x'])
  })

  test('deletes what went with that very change', () => {
    for (const text of ['1', '2']) store.put(articleOf({ id: 'x', text }), null) // removal 2
    store.purge(2, now() + 1)
    expect([store.purgedSeqNo, store.bySeqNo(1)]).toEqual([2, undefined])
  })

  test('what it said once holds, though the clock was set back meanwhile', () => {
    onTestFinished(() => void vi.useRealTimers())
    const at = (second: number): void => void vi.useFakeTimers({ toFake: ['Date'], now: second * 1000 })
    for (const [text, second] of [
      ['1', 1000],
      ['2', 1000],
      ['3', 500],
    ] as const) {
      at(second)
      store.put(articleOf({ id: 'x', text }), null) // removals 2 at 1000, 4 at 500
    }
    store.purge(5, 600)
    expect([store.purgedSeqNo, store.bySeqNo(1)?.text, store.bySeqNo(3)]).toEqual([4, '1', undefined])
    store.purge(5, 1100)
    expect([store.purgedSeqNo, store.bySeqNo(1)]).toEqual([4, undefined])
  })
})

test('the text of an article that was purged can no longer be read in the file', () => {
  const folder = temporaryFolder()
  const opened = ArticleStore.open(folder)
  for (let i = 0; i < 50; i++)
    opened.put(articleOf({ id: `a${i}`, text: `Geheimwort ${'lang '.repeat(i * 40)}` }), null)
  for (let i = 0; i < 50; i++) opened.put(articleOf({ id: `a${i}`, text: 'Haus' }), null)
  opened.purge(opened.seqNo, Math.floor(Date.now() / 1000) + 10)
  opened.close()
  const bytes = readFileSync(join(folder, 'store.sqlite'))
  expect([bytes.includes('Geheimwort'), bytes.includes('Haus')]).toEqual([false, true])
})
