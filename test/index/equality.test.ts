import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Article } from '../../src/article/article.ts'
import { Postings } from '../../src/index/segment/postings.ts'
import { ArticleIndex } from '../../src/index/segment/segment.ts'
import { differences } from '../../src/index/snapshot/differences.ts'
import { readSegment } from '../../src/index/snapshot/segment-reader.ts'
import { writeSegment } from '../../src/index/snapshot/segment-writer.ts'
import { parseFilter } from '../../src/search/filter/parse.ts'
import { anyContent, anyQuery, articleOf } from '../support/articles.ts'
import { temporaryFolder } from '../support/folders.ts'
import { type Asked, analyzer, ask, comparable, engineOf } from '../support/memory-index.ts'

const IDENTITY = { fingerprint: 'probe', storeId: 'probe' }
const QUERIES = [
  '"Haus Boot" Drohnen',
  'Haus -Drohnen',
  'Haus ODER Luft',
  'titel:Haus',
  'ort:Haus',
  'Dro',
  'Haus',
  'Boden-Luft-Rakete',
  'Luft Boden',
  'Drohnen 4.700 in',
  'der und',
  'Straße Mueller E-Mail',
  '',
]

const CHOICES: readonly Asked[] = [
  { matchingStrategy: 'last' },
  { matchingStrategy: 'all' },
  { filter: parseFilter('ort EXISTS OR date >= 2000'), facets: ['*'], foldDuplicates: 'near', explain: true },
  { sort: [{ field: 'zahl', descending: true }], facets: ['ort'], foldDuplicates: 'exact', distinct: 'quelle' },
]

/** What can happen to an index; the store's part, numbering the articles, is played by the model. */
class Rig {
  index = new ArticleIndex()
  readonly liveDocs = new Map<string, number>()
  readonly articles = new Map<number, Article>()
  #seqNo = 0

  put(article: Article): void {
    this.drop(article.id)
    this.#seqNo += 1
    this.articles.set(this.#seqNo, article)
    this.liveDocs.set(article.id, this.#seqNo)
    this.index.add(this.#seqNo, article, analyzer)
  }

  drop(id: string): void {
    const seqNo = this.liveDocs.get(id)
    if (seqNo === undefined) return
    this.index.remove(seqNo)
    this.liveDocs.delete(id)
  }

  /** The same articles, added one after another to a new index. */
  rebuilt(): ArticleIndex {
    const fresh = new ArticleIndex()
    const seqNos = [...this.liveDocs.values()].sort((a, b) => a - b)
    for (const seqNo of seqNos) fresh.add(seqNo, this.articles.get(seqNo) as Article, analyzer)
    return fresh
  }
}

async function expectSame(
  articles: ReadonlyMap<number, Article>,
  index: ArticleIndex,
  wanted: ArticleIndex,
  queries: readonly string[],
) {
  expect(differences(index, wanted)).toEqual([])
  expect(differences(wanted, index)).toEqual([])
  const [got, expected] = [engineOf(index, articles), engineOf(wanted, articles)]
  for (const query of queries) {
    for (const choices of CHOICES) {
      const answer = comparable(await ask(got, query, choices))
      expect(answer).toEqual(comparable(await ask(expected, query, choices)))
    }
  }
}

type Command = fc.AsyncCommand<Rig, Rig>
type Step = { readonly name: string; run(rig: Rig): Promise<void> | void }

const anyId = fc.integer({ min: 1, max: 8 }).map((n) => `artikel-${n}`)

describe('an index by changes', () => {
  test('answers as one built at once: changed versions, removals, re-adds, compaction, snapshots in any order', async () => {
    const folder = temporaryFolder()
    let [snapshots, runs] = [0, 0]
    const step = fc.oneof(
      { weight: 8, arbitrary: fc.tuple(anyId, anyContent).map(([id, content]): Step => put(id, content)) },
      { weight: 4, arbitrary: anyId.map((id): Step => ({ name: `drop ${id}`, run: (rig) => rig.drop(id) })) },
      { weight: 1, arbitrary: fc.constant<Step>({ name: 'compact', run: compact }) },
      { weight: 1, arbitrary: fc.constant<Step>({ name: 'snapshot', run: snapshot }) },
    )

    function put(id: string, content: Partial<Article>): Step {
      return { name: `put ${id}`, run: (rig) => rig.put(articleOf({ ...content, id })) }
    }
    function compact(rig: Rig): void {
      rig.index = rig.index.compacted()
    }
    async function snapshot(rig: Rig): Promise<void> {
      snapshots += 1
      writeSegment(`${folder}/${snapshots}`, rig.index, IDENTITY)
      rig.index = await readSegment(`${folder}/${snapshots}`, IDENTITY)
    }
    const commands = fc.commands(
      [
        step.map(
          ({ name, run }): Command => ({ check: () => true, run: async (_, rig) => run(rig), toString: () => name }),
        ),
      ],
      { maxCommands: 25, size: 'max' },
    )
    await fc.assert(
      fc.asyncProperty(commands, fc.array(anyQuery, { minLength: 2, maxLength: 4 }), async (cmds, queries) => {
        const rig = new Rig()
        await fc.asyncModelRun(() => ({ model: rig, real: rig }), cmds)
        const wanted = rig.rebuilt()
        // each of them in every third run
        runs += 1
        const inTurn = QUERIES.filter((_, i) => i % 3 === runs % 3)
        await expectSame(rig.articles, rig.index, wanted, [...queries, ...inTurn])
        await expectSame(rig.articles, rig.index.compacted(), wanted, queries)
      }),
      { numRuns: 80 },
    )
    expect(snapshots).toBeGreaterThan(10)
  })

  test('answers as one built at once where it was asked, and prepared for searches, between its changes', async () => {
    const folder = temporaryFolder()
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ put: anyId, content: anyContent }) },
      { weight: 3, arbitrary: fc.record({ drop: anyId }) },
      { weight: 5, arbitrary: fc.record({ ask: anyQuery, choice: fc.constantFrom(...CHOICES) }) },
      { weight: 1, arbitrary: fc.constant({ prepare: true }) },
    )
    const some = fc.array(fc.tuple(anyId, anyContent), { maxLength: 6 })
    let runs = 0
    await fc.assert(
      fc.asyncProperty(some, fc.array(step, { maxLength: 20, size: 'max' }), anyQuery, async (first, steps, query) => {
        const rig = new Rig()
        for (const [id, content] of first) rig.put(articleOf({ ...content, id }))
        runs += 1
        // as a server begins: with what lies in a snapshot
        writeSegment(`${folder}/${runs}`, rig.index, IDENTITY)
        rig.index = await readSegment(`${folder}/${runs}`, IDENTITY)
        const kept = engineOf(rig.index, rig.articles)
        for (const one of steps) {
          if ('put' in one) await kept.change(() => rig.put(articleOf({ ...one.content, id: one.put })))
          else if ('drop' in one) await kept.change(() => rig.drop(one.drop))
          else if ('ask' in one) await ask(kept, one.ask, one.choice)
          else await kept.warmUp()
        }
        const wanted = engineOf(rig.rebuilt(), rig.articles)
        for (const choices of CHOICES)
          for (const asked of [query, ...QUERIES.filter((_, i) => i % 4 === runs % 4)])
            expect(comparable(await ask(kept, asked, choices))).toEqual(comparable(await ask(wanted, asked, choices)))
      }),
      { numRuns: 60 },
    )
  })

  test('the order in which articles came never shows', async () => {
    const shuffled = fc
      .array(anyContent, { minLength: 1, maxLength: 12 })
      .chain((contents) =>
        fc.tuple(fc.constant(contents), fc.shuffledSubarray([...contents.keys()], { minLength: contents.length })),
      )
    await fc.assert(
      fc.asyncProperty(shuffled, fc.array(anyQuery, { maxLength: 3 }), async ([contents, order], queries) => {
        const forward = new Rig()
        for (const [i, content] of contents.entries()) forward.put(articleOf({ ...content, id: `a${i}` }))
        const shuffle = new Rig()
        for (const i of order) shuffle.put(articleOf({ ...(contents[i] as object), id: `a${i}` }))
        for (const query of [...queries, ...QUERIES]) {
          const [a, b] = await Promise.all(
            [forward, shuffle].map((rig) => ask(engineOf(rig.index, rig.articles), query)),
          )
          expect(comparable(b as typeof a & {})).toEqual(comparable(a as typeof a & {}))
        }
      }),
      { numRuns: 60 },
    )
  })
})

/** What becomes of one article: it is in a part, and may be changed or removed there, as it may be later on. */
const anyFate = fc.record({
  content: anyContent,
  next: fc.constantFrom('kept', 'kept', 'kept', 'removed', 'changed'),
  /** Whether another part begins with it. */
  begins: fc.boolean(),
})

describe('parts of an index, appended one to another', () => {
  test('answer as one built at once, whatever was removed in them, before and after; nothing of a part is changed', async () => {
    const anyFates = fc.array(anyFate, { minLength: 1, maxLength: 16, size: 'max' })
    const anyRemovals = fc.array(fc.nat({ max: 20 }), { maxLength: 4 })
    let parted = 0
    await fc.assert(
      fc.asyncProperty(anyFates, anyRemovals, anyContent, anyQuery, async (fates, removals, last, query) => {
        const articles = new Map<number, Article>()
        const living = new Map<number, Article>()
        let parts = [new ArticleIndex()]
        let seqNo = 0
        const add = (index: ArticleIndex, article: Article): void => {
          seqNo += 1
          index.add(seqNo, article, analyzer)
          index.seqNo = seqNo
          articles.set(seqNo, article)
          living.set(seqNo, article)
        }
        const remove = (index: ArticleIndex, removed: number): void => {
          index.remove(removed)
          living.delete(removed)
        }
        for (const [i, { content, next, begins }] of fates.entries()) {
          if (begins) parts = [...parts, new ArticleIndex()]
          const index = parts.at(-1) as ArticleIndex
          const article = articleOf({ ...content, id: `a${i}` })
          add(index, article)
          if (next !== 'kept') remove(index, seqNo)
          if (next === 'changed') add(index, { ...article, text: `${article.text} Haus` })
        }
        if (parts.length > 1) parted += 1
        const joined = new ArticleIndex()
        for (const part of parts) {
          const before = part.compacted()
          joined.append(part)
          expect(differences(part, before)).toEqual([])
        }
        expect(joined.seqNo).toBe(seqNo)
        // what was joined can be changed like any other index
        for (const removed of removals) remove(joined, removed)
        add(joined, articleOf({ ...last, id: 'zuletzt' }))
        const wanted = new ArticleIndex()
        for (const [number, article] of living) wanted.add(number, article, analyzer)
        await expectSame(articles, joined, wanted, [query])
      }),
      { numRuns: 30 },
    )
    expect(parted).toBeGreaterThan(10)
  })
})

describe('ArticleIndex', () => {
  test('removing what is not there changes nothing', () => {
    const rig = new Rig()
    rig.put(articleOf({ id: 'a', text: 'Haus-Boot' }))
    rig.index.remove(99)
    rig.index.remove(1)
    rig.index.remove(1)
    expect(rig.index.documents).toMatchObject({ liveCount: 0, meanLength: 0, size: 1 })
    expect(rig.index.vocabulary.documentFrequency('haus')).toBe(0)
  })

  test('wants compaction once more than a fifth of its docIds are tombstones, and has none afterwards', () => {
    const rig = new Rig()
    for (let i = 0; i < 10; i++) rig.put(articleOf({ id: `${i}`, text: `Wort${i} Haus` }))
    rig.drop('0')
    rig.drop('1')
    expect(rig.index.needsCompaction).toBe(false)
    rig.drop('2')
    expect(rig.index.needsCompaction).toBe(true)
    const compact = rig.index.compacted()
    expect(compact).toMatchObject({ needsCompaction: false, seqNo: rig.index.seqNo })
    expect(compact.documents).toMatchObject({ size: 7, liveCount: 7 })
    expect(compact.forward.tokens).toBe(14)
    expect(compact.vocabulary.termNumber('wort0')).toBeUndefined()
    expect(rig.index.documents.size).toBe(10)
  })

  test('an empty index is compacted to an empty one', () => {
    expect(new ArticleIndex().needsCompaction).toBe(false)
    expect(new ArticleIndex().compacted().documents.size).toBe(0)
  })
})

describe('differences tells', () => {
  const base = [
    articleOf({ id: 'a', title: 'Haus', text: 'Ein Boot. Ein Haus.' }),
    articleOf({ id: 'b', text: 'Luft' }),
  ]
  const indexed = (articles: readonly Article[]): ArticleIndex => {
    const rig = new Rig()
    for (const article of articles) rig.put(article)
    return rig.index
  }

  test.each<[string, readonly Article[]]>([
    ['a missing article', [base[0] as Article]],
    ['one too many', [...base, articleOf({ id: 'c', text: 'Luft' })]],
    ['another id', [{ ...(base[0] as Article), id: 'x' }, base[1] as Article]],
    ['another date', [{ ...(base[0] as Article), date: '2024-01-01' }, base[1] as Article]],
    ['another word', [{ ...(base[0] as Article), text: 'Ein Boot. Ein Dach.' }, base[1] as Article]],
    ['another order of words', [{ ...(base[0] as Article), text: 'Ein Haus. Ein Boot.' }, base[1] as Article]],
    ['a word in another field', [{ ...(base[0] as Article), title: '', tags: ['Haus'] }, base[1] as Article]],
    ['another place in the text', [{ ...(base[0] as Article), text: 'Ein  Boot. Ein Haus.' }, base[1] as Article]],
    ['another sentence border', [{ ...(base[0] as Article), text: 'Ein Boot, Ein Haus.' }, base[1] as Article]],
  ])('%s', (_, articles) => {
    expect(differences(indexed(articles), indexed(base))).not.toEqual([])
    expect(differences(indexed(base), indexed(base))).toEqual([])
  })

  test('a wrong document frequency and a lost posting', () => {
    const frequencies = indexed(base)
    frequencies.vocabulary.documentFrequencies.set(0, 7)
    expect(differences(frequencies, indexed(base)).join()).toMatch(/in 7 articles instead of 1/)
    const postings = indexed(base)
    const lost = postings.vocabulary.termNumber('luft')
    const { lists } = Postings.prototype
    postings.postings.lists = (term, kind) => (term === lost ? [] : lists.call(postings.postings, term, kind))
    expect(differences(postings, indexed(base)).join()).toMatch(/other postings/)
  })
})
