// Segments joined on the disk are what one index in memory would have written.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Article } from '../../../src/article/article.ts'
import { unpackColumns } from '../../../src/index/arrays/packed-file.ts'
import type { MergeLimits } from '../../../src/index/merge/merged-segment.ts'
import { ArticleIndex } from '../../../src/index/segment/segment.ts'
import { differences } from '../../../src/index/snapshot/differences.ts'
import { writeMergedSegment } from '../../../src/index/snapshot/merged-segment-writer.ts'
import { sealPart } from '../../../src/index/snapshot/sealed-part.ts'
import { readSegment } from '../../../src/index/snapshot/segment-reader.ts'
import { writeSegment } from '../../../src/index/snapshot/segment-writer.ts'
import { anyContent, articleOf, WORDS } from '../../support/articles.ts'
import { seededRandom } from '../../support/corpus.ts'
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

const columnsOf = (folder: string, name: string) =>
  unpackColumns<Record<string, unknown>>(readFileSync(join(folder, name)))

async function expectJoined(parts: readonly Part[], folder: string, limits: MergeLimits = {}): Promise<void> {
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
  const got = await writeMergedSegment(join(folder, 'got'), merged, all.seqNo, IDENTITY, { limits })
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
const anyLimits = fc.record({
  tokensAtOnce: fc.constantFrom(1, 20, 1000),
  postingBytesAtOnce: fc.constantFrom(1, 30, 10_000),
})

describe('segments joined on the disk', () => {
  test('have the columns that one index has, whatever went of them', async () => {
    const folder = temporaryFolder()
    let id = 0
    const anyParts = fc
      .array(anyPart, { maxLength: 4 })
      .map((parts) =>
        parts.map((part) => ({ ...part, articles: part.articles.map((one) => articleOf({ ...one, id: `a${++id}` })) })),
      )
    await fc.assert(
      fc.asyncProperty(anyParts, anyLimits, async (parts, limits) => {
        rmSync(folder, { recursive: true, force: true })
        await expectJoined(parts, folder, limits)
      }),
      { numRuns: 40 },
    )
  })

  test('long articles, equal and nearly equal ones, many words and values', async () => {
    const random = seededRandom(3)
    const textOf = (words: number): string =>
      Array.from(
        { length: words },
        () => `${WORDS[Math.floor(random() * WORDS.length)]}${Math.floor(random() * 400)}`,
      ).join(' ')
    /** Of 512 tokens and more an article is kept by form. */
    const [long, other] = [textOf(700), textOf(600)]
    const parts = [0, 1, 2].map((part) => ({
      articles: Array.from({ length: 30 }, (_, at) => {
        const text = at % 10 === 3 ? long : at % 10 === 7 ? `${other} ${part}` : textOf(at * 9)
        const meta = { zahl: (at * 7) % 11, liste: at % 4 === 0 ? [] : [`x${at % 5}`, `y${part}`] }
        return articleOf({ id: `${part}-${at % 29}`, title: textOf(at % 4), text, meta, date: `20${10 + part}-01-02` })
      }),
      goneBefore: [29, 13],
      goneSince: [3, 8],
      isWhole: part === 1,
    }))
    const folder = temporaryFolder()
    await expectJoined(parts, folder, { tokensAtOnce: 3000, postingBytesAtOnce: 2000 })
    const { docs } = columnsOf(join(folder, 'got'), 'forward.bin').texts as { docs: Uint32Array }
    expect(docs.length).toBeGreaterThan(10)
    const { near, exact } = columnsOf(join(folder, 'got'), 'duplicates.bin') as Record<string, Uint32Array>
    expect(exact?.some((group) => group < 100)).toBe(true)
    expect(near).not.toEqual(exact)
  })

  test('without any articles, or without words', async () => {
    const folder = temporaryFolder()
    const part = { goneBefore: [], goneSince: [0], isWhole: false }
    await expectJoined([], join(folder, 'none'))
    await expectJoined([{ ...part, articles: [articleOf({ id: 'a', text: 'fort' })] }], join(folder, 'gone'))
    const silent = { ...part, goneSince: [], articles: [articleOf({ id: 'a' })] }
    await expectJoined([silent, { ...silent, articles: [articleOf({ id: 'b' })] }], join(folder, 'silent'))
  })

  test('one that has not as many articles as is said is refused', async () => {
    const folder = temporaryFolder()
    const [made] = indexesOf([{ articles: [articleOf({ id: 'a' })], goneBefore: [], goneSince: [], isWhole: false }])
    const part = sealPart(folder, 'part', made?.index as ArticleIndex)
    const joined = writeMergedSegment(
      join(folder, 'got'),
      [{ ...part, articles: 2, deletions: new Float64Array(0) }],
      1,
      IDENTITY,
    )
    await expect(joined).rejects.toThrow('has 1 articles instead of 2')
  })
})
