import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { ArticleStore } from '../../src/store/article-store.ts'
import { type ChangeSink, feed } from '../../src/store/change-feed.ts'
import type { Change } from '../../src/store/change-log.ts'
import { articleOf } from '../support/articles.ts'
import { temporaryFolder } from '../support/folders.ts'
import '../support/property.ts'

/** Keeps the articles in a map, as another engine might. */
class MapSink implements ChangeSink {
  readonly texts = new Map<number, string>()
  readonly #pieceMax: number
  position = 0
  #waiting: number[] = []

  constructor(pieceMax: number) {
    this.#pieceMax = pieceMax
  }

  async apply(changes: Iterator<Change, void>): Promise<number> {
    for (let applied = 0; applied < this.#pieceMax; applied++) {
      const next = changes.next()
      if (next.done === true) return applied
      this.#apply(next.value)
    }
    return this.#pieceMax
  }

  async settle(position: number | null): Promise<void> {
    for (const seqNo of this.#waiting) this.texts.delete(seqNo)
    this.#waiting = []
    if (position !== null) this.position = position
  }

  #apply(change: Change): void {
    if (change.kind === 'added') this.texts.set(change.seqNo, change.article.text)
    else if (change.successor === null) this.texts.delete(change.seqNo)
    else this.#waiting.push(change.seqNo)
  }
}

function opened(): ArticleStore {
  const store = ArticleStore.open(temporaryFolder())
  onTestFinished(() => store.close())
  return store
}

test('any sink is led to the present state, from whatever state it stood at', async () => {
  const step = fc.record({
    id: fc.constantFrom('a', 'b', 'c'),
    drop: fc.boolean(),
    text: fc.constantFrom('eins', 'zwei'),
  })
  const steps = fc.array(step, { maxLength: 15 })
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(15), fc.integer({ min: 1, max: 4 }), async (all, from, pieceMax) => {
      const store = opened()
      const sink = new MapSink(pieceMax)
      for (const [at, { id, drop, text }] of all.entries()) {
        const source = store.files.save(`/${id}`, null)
        if (drop) store.removeOfSource(source)
        else store.put(articleOf({ id, text }), source)
        if (at === from) await feed(store, sink)
      }
      await feed(store, sink)
      const wanted = Array.from(store.articles(), ({ seqNo, article }) => [seqNo, article.text] as const)
      expect(sink.texts).toEqual(new Map(wanted))
      expect(sink.position).toBe(store.seqNo)
    }),
    { numRuns: 60 },
  )
})

test('it is told how far it is, and stops between two pieces', async () => {
  const store = opened()
  for (let i = 0; i < 5; i++) store.put(articleOf({ id: `a${i}` }), null)
  const told: number[] = []
  await feed(store, new MapSink(2), (done) => told.push(done))
  expect(told).toEqual([0, 2, 4, 5, 5])

  const stop = new AbortController()
  const sink = new MapSink(2)
  const feeding = feed(store, sink, (done) => done === 2 && stop.abort(new Error('genug')), stop.signal)
  await expect(feeding).rejects.toThrow('genug')
  expect([sink.texts.size, sink.position]).toEqual([2, 0])
})
