import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  type Commit,
  readCommit,
  type Segment,
  segmentsOf,
  withDeletions,
  writeCommit,
} from '../../../src/index/snapshot/commit.ts'
import { temporaryFolder } from '../../support/folders.ts'

const IDENTITY = { fingerprint: 'probe', storeId: 'store' }

const segment = (number: number, change: number, deletions: readonly number[] = []): Segment => ({
  ...{ name: `seg-${number}`, sha256: `sum-${number}`, change },
  ...{ docs: 10, articles: 10 - deletions.length, tokens: 100 },
  deletions: Float64Array.from(deletions),
})

describe('a generation', () => {
  let folder = ''
  beforeEach(() => {
    folder = join(temporaryFolder(), 'gen-3')
  })

  test('is what it was written with', async () => {
    const segments = [segment(1, 10, [3, 7]), segment(3, 20)]
    const written = writeCommit(folder, segments, 25, IDENTITY)
    const commit = await readCommit(folder)
    expect(commit).toEqual(written)
    expect(commit).toMatchObject({ ...IDENTITY, change: 25, articles: 18, tokens: 200 })
    expect(await segmentsOf(folder, commit)).toEqual(segments)
  })

  test('has no more of a segment than is told of it', async () => {
    writeCommit(folder, [{ ...segment(1, 10), folder: '/somewhere' } as Segment], 10, IDENTITY)
    expect(readFileSync(join(folder, 'manifest.json'), 'utf8')).not.toContain('somewhere')
  })

  test.each<[string, (commit: Commit) => Commit]>([
    ['its change', (commit) => ({ ...commit, change: 24 })],
    [
      'the name of a segment',
      ({ segments, ...rest }) => ({ ...rest, segments: [{ ...segments[0], name: 'seg-2' } as Segment] }),
    ],
    ['a segment', (commit) => ({ ...commit, segments: [] })],
  ])('is of no use where %s was changed', async (_, change) => {
    writeFileSync(
      join(folder, 'manifest.json'),
      JSON.stringify(change(writeCommit(folder, [segment(1, 10)], 25, IDENTITY))),
    )
    await expect(readCommit(folder)).rejects.toMatchObject({ code: 'snapshot_unsound' })
  })
})

describe('what has gone', () => {
  test('is entered with the segment that has it, among what went before', () => {
    const segments = [segment(1, 10, [3, 7]), segment(2, 20), segment(5, 30, [22])]
    const left = withDeletions(segments, [1, 5, 10, 21, 30])
    expect(left.map(({ articles, deletions }) => [articles, ...deletions])).toEqual([
      [5, 1, 3, 5, 7, 10],
      [10],
      [7, 21, 22, 30],
    ])
    expect(left[1]).toBe(segments[1])
  })
})
