import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Article } from '../../../src/article/article.ts'
import { NearDuplicates } from '../../../src/index/docset/near-duplicates.ts'
import type { EmbeddedEngine } from '../../../src/index/embedded-engine.ts'
import { ArticleIndex } from '../../../src/index/segment/segment.ts'
import { Generations } from '../../../src/index/snapshot/generations.ts'
import { readFiles } from '../../../src/index/snapshot/read-files.ts'
import { writeSegment } from '../../../src/index/snapshot/segment-writer.ts'
import { readSnapshot } from '../../../src/index/snapshot/snapshot-reader.ts'
import { parseFilter } from '../../../src/search/filter/parse.ts'
import { WorkBudget } from '../../../src/work-budget.ts'
import { anyArticles, anyContent, anyQuery, articleOf } from '../../support/articles.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { type Asked, analyzer, ask, engineOf, indexOf } from '../../support/memory-index.ts'
import { type Part, putPartsInForce } from '../../support/put-in-force.ts'
import '../../support/property.ts'

const IDENTITY = { fingerprint: 'probe', storeId: 'probe' }

const CHOICES: readonly Asked[] = [
  { matchingStrategy: 'last' },
  {
    filter: parseFilter('ort EXISTS OR date >= 2000 OR id = "artikel-1"'),
    facets: ['*'],
    foldDuplicates: 'near',
    explain: true,
  },
  {
    sort: [
      { field: 'zahl', descending: true },
      { field: 'id', descending: false },
    ],
    foldDuplicates: 'exact',
    distinct: 'quelle',
  },
]

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('ask' as const), query: anyQuery, choice: fc.nat(CHOICES.length - 1) }),
  },
  { weight: 2, arbitrary: anyContent.map((content) => ({ kind: 'add' as const, content })) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), at: fc.nat(30) }) },
  fc.constantFrom({ kind: 'warm' as const }, { kind: 'write' as const }, { kind: 'compact' as const }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

async function take(engine: EmbeddedEngine, index: ArticleIndex, one: Step): Promise<void> {
  if (one.kind === 'ask') {
    await ask(engine, one.query, CHOICES[one.choice] as Asked)
    await engine.suggestTerms(one.query.slice(0, 4), 5, new WorkBudget())
    new NearDuplicates(index).alike(0, new WorkBudget())
  } else if (one.kind === 'add') {
    const seqNo = 1 + Math.max(0, ...index.documents.seqNos)
    index.add(seqNo, articleOf({ ...one.content, id: `neu-${seqNo}` }), analyzer)
  } else if (one.kind === 'remove') index.remove(one.at)
  else if (one.kind === 'write') writeSegment(temporaryFolder(), index, IDENTITY)
  else if (one.kind === 'compact') index.compacted()
  else await engine.warmUp()
}

/** The index of these articles in two segments, whose second one has some of the first once more. */
function partsOf(articles: readonly Article[], again: number): Part[] {
  const first = indexOf([articleOf({ id: 'eins', text: 'Haus', meta: { ort: 'Kursk' } }), ...articles])
  first.seqNo = articles.length + 1
  if (again === 0) return [{ index: first }]
  const second = new ArticleIndex()
  const later = articles.slice(0, again)
  for (const [at, article] of later.entries()) second.add(first.seqNo + 1 + at, article, analyzer)
  second.seqNo = first.seqNo + later.length
  return [{ index: first, deletions: later.map((_, at) => at + 2) }, { index: second }]
}

test('a loaded index is never written to where its snapshot lies, whatever is asked, comes and goes', async () => {
  const steps = fc.array(step, { maxLength: 12, size: 'max' })
  await fc.assert(
    fc.asyncProperty(anyArticles, fc.nat(3), steps, async (articles, again, taken) => {
      const cache = temporaryFolder()
      const parts = partsOf(articles, again)
      putPartsInForce(cache, parts, IDENTITY)
      const memory: Uint8Array[] = []
      const folder = new Generations(cache).candidates()[0] as string
      const index = await readSnapshot(folder, IDENTITY, undefined, async (...given) => {
        const segments = await readFiles(...given)
        for (const files of segments.values()) memory.push(...files.values())
        return segments
      })
      expect(memory).toHaveLength(9 * parts.length)
      const before = memory.map((bytes) => bytes.slice())
      const stored = [...articles, ...articles.slice(0, again)]
      const engine = engineOf(index, new Map(stored.map((article, at) => [at + 2, article])))
      for (const one of [...taken, { kind: 'warm' as const }]) await take(engine, index, one)
      for (const [at, bytes] of memory.entries()) expect(Buffer.compare(bytes, before[at] as Uint8Array)).toBe(0)
    }),
    { numRuns: 40 },
  )
})
