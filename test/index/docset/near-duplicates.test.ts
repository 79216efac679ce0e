import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Article } from '../../../src/article/article.ts'
import { HASHES } from '../../../src/index/docset/minhash.ts'
import { ALONE, type Groups, NearDuplicates } from '../../../src/index/docset/near-duplicates.ts'
import type { PackedDuplicates } from '../../../src/index/segment/prepared.ts'
import { ArticleIndex } from '../../../src/index/segment/segment.ts'
import { WorkBudget } from '../../../src/work-budget.ts'
import { articleOf } from '../../support/articles.ts'
import { analyzer, indexOf } from '../../support/memory-index.ts'
import { reopened } from '../../support/packed.ts'

const words = (count: number, from = 0): string[] => Array.from({ length: count }, (_, at) => `wort${from + at}x`)
const groupsOf = ({ of }: Groups): number[] => Array.from(of)

const LONG = words(60)
const CHANGED = LONG.with(20, 'anders')
const articles = [
  articleOf({ id: 'a', title: 'Titel', text: LONG.join(' ') }),
  articleOf({ id: 'b', title: 'Titel', text: LONG.join(' '), date: '2024-01-01' }),
  articleOf({ id: 'c', title: 'Titel', text: CHANGED.join(' ') }),
  articleOf({ id: 'd', title: 'Titel', text: words(60, 100).join(' ') }),
  articleOf({ id: 'e', title: '', text: words(10, 200).join(' ') }),
  articleOf({ id: 'f', title: '', text: words(10, 200).with(5, 'anders').join(' ') }),
]

describe('duplicates', () => {
  it('exact: the same title and text, whatever else differs', () => {
    const groups = groupsOf(new NearDuplicates(indexOf(articles)).exact())
    expect(groups).toEqual([0, 0, ALONE, ALONE, ALONE, ALONE])
  })

  it('near: also texts with a word changed, but not short ones', () => {
    const duplicates = new NearDuplicates(indexOf(articles))
    expect(groupsOf(duplicates.near())).toEqual([0, 0, 0, ALONE, ALONE, ALONE])
    expect(duplicates.alike(2, new WorkBudget())).toEqual([0, 1])
    expect(duplicates.alike(4, new WorkBudget())).toEqual([])
  })

  it('alike: where the budget does not reach, signatures decide, and it is told', () => {
    const texts = Array.from({ length: 30 }, (_, i) => words(200).with(150, `anders${i}`).join(' '))
    const duplicates = new NearDuplicates(indexOf(texts.map((text, i) => articleOf({ id: `${i}`, title: '', text }))))
    const [whole, few] = [new WorkBudget(), new WorkBudget(100_000)]
    expect(duplicates.alike(0, few)).toEqual(duplicates.alike(0, whole))
    expect(whole.cuts).toEqual([])
    expect(few.cuts).toEqual(['duplicates'])
    expect(few.spent).toBeLessThan(whole.spent)
  })

  it('follow articles that come and go', () => {
    const index = indexOf(articles)
    const duplicates = new NearDuplicates(index)
    expect(groupsOf(duplicates.near()).slice(0, 3)).toEqual([0, 0, 0])
    index.remove(1)
    expect(groupsOf(duplicates.exact()).slice(0, 3)).toEqual([ALONE, ALONE, ALONE])
    expect(groupsOf(duplicates.near()).slice(1, 3)).toEqual([1, 1])
    expect(duplicates.alike(1, new WorkBudget())).toEqual([2])
  })

  it.each([
    [29, [ALONE, ALONE]],
    [30, [0, 0]],
  ])('near: of %i words', (count, groups) => {
    const texts = [words(count), words(count).with(10, 'anders')].map((list) => list.join(' '))
    const index = indexOf(texts.map((text, i) => articleOf({ id: `${i}`, title: '', text })))
    expect(groupsOf(new NearDuplicates(index).near())).toEqual(groups)
  })

  it('alike: every article that is looked at is counted', () => {
    const duplicates = new NearDuplicates(
      indexOf(words(500).map((text, i) => articleOf({ id: `${i}`, title: '', text }))),
    )
    const budget = new WorkBudget()
    expect(duplicates.alike(0, budget)).toEqual([])
    expect(budget.spent).toBeGreaterThanOrEqual(500)
  })
})

/** Few texts, so that they meet: the same, with a word or two changed, of a common form, too short. */
const anyText = fc
  .tuple(fc.nat(3), fc.nat(2), fc.nat(3), fc.constantFrom(12, 40, 45))
  .map(([kind, place, other, length]) => {
    const common = words(20, 900)
    const text = [...common, ...words(length, kind * 100)].with(25 + place, `anders${other}`)
    return (length === 12 ? text.slice(20) : text).join(' ')
  })

type Step =
  | { readonly kind: 'add'; readonly text: string }
  | { readonly kind: 'remove'; readonly which: number }
  | { readonly kind: 'exact' | 'near' | 'sign'; readonly budget: number }

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: anyText.map((text) => ({ kind: 'add' as const, text })) },
  { weight: 1, arbitrary: fc.nat().map((which) => ({ kind: 'remove' as const, which })) },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constantFrom('exact', 'near', 'sign'), budget: fc.integer({ min: 1, max: 400 }) }),
  },
)

function take(index: ArticleIndex, duplicates: NearDuplicates, step: Step): void {
  if (step.kind === 'add') {
    const number = index.documents.size + 1
    index.add(number, articleOf({ id: `n${number}`, text: step.text }), analyzer)
  } else if (step.kind === 'remove') index.remove(1 + (step.which % Math.max(1, index.documents.size)))
  else if (step.kind === 'exact') duplicates.prepareExact(step.budget)
  else if (step.kind === 'near') duplicates.prepareNear(step.budget)
  else duplicates.computeSignatures(step.budget)
}

describe('duplicates worked out in pieces', () => {
  it('are those worked out at once, whatever comes between', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), fc.integer({ min: 1, max: 500 }), (steps, budget) => {
        const index = indexOf([])
        const duplicates = new NearDuplicates(index)
        for (const step of steps) take(index, duplicates, step)
        for (let rounds = 0; !duplicates.prepareNear(budget); rounds++) expect(rounds).toBeLessThan(100_000)
        const [atOnce, again] = [new NearDuplicates(index), new NearDuplicates(index)]
        expect(groupsOf(duplicates.exact())).toEqual(groupsOf(atOnce.exact()))
        expect(groupsOf(duplicates.near())).toEqual(groupsOf(again.near()))
        for (let docId = 0; docId < index.documents.size; docId++)
          expect(duplicates.alike(docId, new WorkBudget())).toEqual(atOnce.alike(docId, new WorkBudget()))
      }),
      { numRuns: 60 },
    )
  })

  it('are all there when preparing says so, and not before', () => {
    const duplicates = new NearDuplicates(indexOf(articles))
    expect([duplicates.prepareExact(0), duplicates.prepareNear(0)]).toEqual([false, false])
    expect([duplicates.prepareExact(1000), duplicates.prepareNear(1)]).toEqual([true, false])
    expect([duplicates.prepareNear(100_000), duplicates.prepareNear(0)]).toEqual([true, true])
    const near = duplicates.near()
    expect(duplicates.near()).toBe(near)
  })
})

/** The index with what lies in its snapshot, as if it had been read from there. */
function opened(index: ArticleIndex, duplicates: PackedDuplicates): ArticleIndex {
  const { postings, vocabulary, forward, documents, fields, formOrder, seqNo } = index
  const [grams, prepared] = [index.grams.pack(), { duplicates }]
  return new ArticleIndex({ postings, vocabulary, forward, documents, fields, grams, formOrder, prepared, seqNo })
}

describe('duplicates that lie in a snapshot', () => {
  it('are those worked out, whatever comes after; the file stays as it was', () => {
    const some = fc.array(anyStep, { maxLength: 30 })
    fc.assert(
      fc.property(some, some, some, (before, later, latest) => {
        let index = indexOf([])
        let duplicates = new NearDuplicates(index)
        for (const step of before) take(index, duplicates, step)
        for (const steps of [later, latest]) {
          const file = reopened(new NearDuplicates(index).pack())
          index = opened(index, file.packed)
          duplicates = new NearDuplicates(index)
          expect(duplicates.pack()).toEqual(file.packed)
          for (const step of steps) take(index, duplicates, step)
          const atOnce = new NearDuplicates(index, false)
          expect(groupsOf(duplicates.exact())).toEqual(groupsOf(atOnce.exact()))
          expect(groupsOf(duplicates.near())).toEqual(groupsOf(atOnce.near()))
          expect(duplicates.pack()).toEqual(atOnce.pack())
          expect(file.isUntouched()).toBe(true)
        }
      }),
      { numRuns: 40 },
    )
  })

  it.each<[string, (index: ArticleIndex) => void, readonly number[]]>([
    ['came', (index) => index.add(7, articleOf({ id: 'g', text: 'neu' }), analyzer), [0, 1, 1, 3, 3, 5]],
    ['went', (index) => index.remove(6), [0, 1, 1, 3, 3, ALONE]],
  ])('are taken as they are, and brought in step where an article %s', (_, change, patched) => {
    // groups that nobody would work out
    const wrong = { exact: Uint32Array.of(0, 1, 1, 3, 3, 5), near: Uint32Array.of(0, 1, 2, 3, 4, 4) }
    const index = opened(indexOf(articles), { ...new NearDuplicates(indexOf(articles)).pack(), ...wrong })
    const duplicates = new NearDuplicates(index)
    expect([duplicates.prepareExact(0), duplicates.prepareNear(0)]).toEqual([true, false])
    expect(duplicates.prepareNear(1)).toBe(true)
    expect(groupsOf(duplicates.exact())).toEqual([0, 1, 1, 3, 3, 5])
    expect(groupsOf(duplicates.near())).toEqual([0, 1, 2, 3, 4, 4])
    change(index)
    expect(groupsOf(duplicates.exact()).slice(0, 6)).toEqual(patched)
    // who begins with the index as it is now works them out
    expect(groupsOf(new NearDuplicates(index).near()).slice(0, 6)).toEqual([0, 0, 0, ALONE, ALONE, ALONE])
  })

  it('have numbers for each docId and no more', () => {
    const index = indexOf(articles)
    const { counts, signatures, exact, near } = new NearDuplicates(index).pack()
    expect([...counts]).toEqual([6, 6])
    expect([signatures.length, exact.length, near.length]).toEqual([6 * HASHES, 6, 6])
  })
})

describe('duplicates beyond two million docIds', () => {
  it('are those of their texts', () => {
    const BEYOND = 2 ** 21
    const [a, , c, d, e] = articles as [Article, Article, Article, Article, Article]
    // a and c, which are nearly the same, stand at the far end; all between are tombstones without a word
    const docIds = [0, 1, BEYOND + 2, BEYOND + 3, BEYOND + 4]
    const { of } = new NearDuplicates(sparse([d, e, a, c, d], docIds)).near()
    expect(docIds.map((docId) => of[docId])).toEqual([0, ALONE, BEYOND + 2, BEYOND + 2, 0])
  })
})

/** What NearDuplicates reads of an index, as if these articles had these docIds. */
function sparse(list: readonly Article[], docIds: readonly number[]): ArticleIndex {
  const { documents, forward, vocabulary } = indexOf(list)
  const size = (docIds.at(-1) as number) + 1
  const deletedDocs = new Uint8Array(size).fill(1)
  const contents = new Float64Array(size)
  const places = new Map(docIds.map((docId, place) => [docId, place]))
  for (const [docId, place] of places) {
    deletedDocs[docId] = 0
    contents[docId] = documents.contents[place] as number
  }
  const nothing = { title: 0, text: 0, extras: 0 }
  const part = {
    prepared: {},
    vocabulary,
    documents: { size, liveCount: docIds.length, deletedDocs, packedDeletedDocs: new Uint8Array(0), contents },
    forward: {
      counts: (docId: number) => (places.has(docId) ? forward.counts(places.get(docId) as number) : nothing),
      tokensOf: (docId: number) => forward.tokensOf(places.get(docId) as number),
      countOf: (docId: number) => forward.countOf(places.get(docId) as number),
    },
  }
  return part as unknown as ArticleIndex
}
