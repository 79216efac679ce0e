import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NearDuplicates } from '../../../src/index/docset/near-duplicates.ts'
import type { EmbeddedEngine } from '../../../src/index/embedded-engine.ts'
import type { ArticleIndex } from '../../../src/index/segment/segment.ts'
import { readSegment } from '../../../src/index/snapshot/segment-reader.ts'
import { writeSegment } from '../../../src/index/snapshot/segment-writer.ts'
import { parseFilter } from '../../../src/search/filter/parse.ts'
import { WorkBudget } from '../../../src/work-budget.ts'
import { anyArticles, anyContent, anyQuery, articleOf } from '../../support/articles.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { type Asked, analyzer, ask, engineOf, indexOf } from '../../support/memory-index.ts'
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

/** The memory that the columns of an index lie in as it was read. */
function memoryOf({ documents, vocabulary, grams, formOrder, forward, fields, postings, prepared }: ArticleIndex) {
  const found = new Set<ArrayBufferLike>()
  const collect = (record: object): void => {
    for (const one of Object.values(record)) {
      if (ArrayBuffer.isView(one)) found.add(one.buffer)
      else collect(one as object)
    }
  }
  for (const part of [documents, vocabulary, grams, formOrder, fields]) collect(part.pack())
  collect(forward.pack(vocabulary.forms.length))
  collect(postings.pack(vocabulary.terms.length))
  collect(prepared)
  return [...found].map((buffer) => new Uint8Array(buffer))
}

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

test('a loaded index is never written to where its snapshot lies, whatever is asked, comes and goes', async () => {
  await fc.assert(
    fc.asyncProperty(anyArticles, fc.array(step, { maxLength: 12, size: 'max' }), async (articles, steps) => {
      const folder = temporaryFolder()
      writeSegment(
        folder,
        indexOf([articleOf({ id: 'eins', text: 'Haus', meta: { ort: 'Kursk' } }), ...articles]),
        IDENTITY,
      )
      const index = await readSegment(folder, IDENTITY)
      const memory = memoryOf(index)
      const files = readdirSync(folder).filter((name) => name.endsWith('.bin'))
      // each file is among it whole, so that what is compared is what was read
      for (const name of files) {
        const file = readFileSync(join(folder, name))
        expect(
          memory.some((bytes) => Buffer.from(bytes.buffer).includes(file)),
          name,
        ).toBe(true)
      }
      const before = memory.map((bytes) => bytes.slice())
      const engine = engineOf(index, new Map(articles.map((article, at) => [at + 2, article])))
      for (const one of [...steps, { kind: 'warm' as const }]) await take(engine, index, one)
      for (const [at, bytes] of memory.entries()) expect(Buffer.compare(bytes, before[at] as Uint8Array)).toBe(0)
    }),
    { numRuns: 25 },
  )
})
