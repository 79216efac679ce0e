// Segments joined on the disk are what one index in memory would have written.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Article } from '../../../src/article/article.ts'
import { unpackColumns } from '../../../src/index/arrays/packed-file.ts'
import { ArticleIndex } from '../../../src/index/segment/segment.ts'
import { differences } from '../../../src/index/snapshot/differences.ts'
import { writeMergedSegment } from '../../../src/index/snapshot/merged-segment-writer.ts'
import { sealPart } from '../../../src/index/snapshot/sealed-part.ts'
import { readSegment } from '../../../src/index/snapshot/segment-reader.ts'
import { writeSegment } from '../../../src/index/snapshot/segment-writer.ts'
import { anyContent, articleOf } from '../../support/articles.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { analyzer } from '../../support/memory-index.ts'
import '../../support/property.ts'

const IDENTITY = { fingerprint: 'probe', storeId: 'probe' }

/** What is joined: articles in their order, which of them went before the part was written, and which since. */
interface Part {
  readonly articles: readonly Article[]
  readonly goneBefore: readonly number[]
  readonly goneSince: readonly number[]
  /** Whether it is a segment as others read it, with all that is worked out, or only what joining takes. */
  readonly isWhole: boolean
}

/** The parts as indexes, their articles numbered from one part to the next. */
function indexesOf(parts: readonly Part[]): { index: ArticleIndex; gone: number[] }[] {
  let seqNo = 0
  return parts.map(({ articles, goneBefore, goneSince }) => {
    const index = new ArticleIndex()
    const first = seqNo + 1
    for (const article of articles) {
      seqNo += 1
      index.add(seqNo, article, analyzer)
    }
    index.seqNo = seqNo
    const numbered = (places: readonly number[]): number[] =>
      places.filter((place) => place < articles.length).map((place) => first + place)
    for (const one of numbered(goneBefore)) index.remove(one)
    return { index, gone: [...new Set(numbered(goneSince))] }
  })
}

const columnsOf = (folder: string, name: string): unknown => unpackColumns(readFileSync(join(folder, name)))

async function expectJoined(parts: readonly Part[], folder: string): Promise<void> {
  const made = indexesOf(parts)
  const merged = made.map(({ index, gone }, at) => {
    const deletions = Float64Array.from(gone).sort()
    if (parts[at]?.isWhole !== true) return { ...sealPart(folder, `part-${at}`, index), deletions }
    const path = join(folder, `segment-${at}`)
    const manifest = writeSegment(path, index, IDENTITY)
    return { folder: path, manifest, articles: manifest.articles, deletions }
  })
  const all = new ArticleIndex()
  for (const { index, gone } of made) {
    for (const seqNo of gone) index.remove(seqNo)
    all.append(index)
  }
  const wanted = writeSegment(join(folder, 'wanted'), all, IDENTITY)
  const got = await writeMergedSegment(folder, join(folder, 'got'), merged, all.seqNo, IDENTITY, { threads: 1 })
  expect(got).toMatchObject({ articles: wanted.articles, tokens: wanted.tokens, change: wanted.change })
  expect(Object.keys(got.files).sort()).toEqual(Object.keys(wanted.files).sort())
  for (const name of Object.keys(wanted.files))
    expect([name, columnsOf(join(folder, 'got'), name)]).toEqual([name, columnsOf(join(folder, 'wanted'), name)])
  const read = await readSegment(join(folder, 'got'), IDENTITY)
  expect(differences(read, all)).toEqual([])
}

const anyPart = fc.record({
  articles: fc.array(anyContent, { maxLength: 6 }),
  goneBefore: fc.array(fc.nat(5), { maxLength: 3 }),
  goneSince: fc.array(fc.nat(5), { maxLength: 3 }),
  isWhole: fc.boolean(),
})

describe('segments joined on the disk', () => {
  test('have the columns that one index has, whatever went of them', async () => {
    const folder = temporaryFolder()
    let id = 0
    const named = fc
      .array(anyPart, { maxLength: 4 })
      .map((parts) =>
        parts.map((part) => ({ ...part, articles: part.articles.map((one) => articleOf({ ...one, id: `a${++id}` })) })),
      )
    await fc.assert(
      fc.asyncProperty(named, async (parts) => {
        rmSync(folder, { recursive: true, force: true })
        await expectJoined(parts, folder)
      }),
      { numRuns: 100 },
    )
  })
})
