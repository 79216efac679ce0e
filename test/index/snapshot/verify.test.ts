import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Columns, PackedFile, packColumns } from '../../../src/index/arrays/packed-file.ts'
import { buildSnapshot } from '../../../src/index/snapshot/catch-up.ts'
import { COMPARISONS } from '../../../src/index/snapshot/differences.ts'
import type { Manifest } from '../../../src/index/snapshot/manifest.ts'
import { type SnapshotFile, snapshotFiles } from '../../../src/index/snapshot/snapshot-files.ts'
import { verify } from '../../../src/index/snapshot/verify.ts'
import { ArticleStore } from '../../../src/store/article-store.ts'
import { articleOf } from '../../support/articles.ts'
import { makeFolder, removeFolder } from '../../support/folders.ts'
import { analyzer, indexOf } from '../../support/memory-index.ts'

const ARTICLES = [
  articleOf({ id: 'a', title: 'Haus-Boot', text: 'Ein Boot. Zwei Boote am Ufer.', date: '2024-03-03', tags: ['See'] }),
  articleOf({ id: 'b', title: 'Drohnen', text: 'Jonglierkeulen und 4.700 Drohnen', meta: { ort: 'Kursk', zahl: 3 } }),
  articleOf({ id: 'c', text: 'Sie nimmt in der Stadt am Rennen teil.', author: 'Müller', meta: { ort: 'Passau' } }),
  articleOf({ id: 'd', text: 'Die Straße am Haus, das Haus am See', tags: ['See', 'Haus'], meta: { zahl: 4 } }),
  articleOf({ id: 'e', text: 'Das Hochwasser steigt, steigt und steigt' }),
  articleOf({ id: 'fort', text: 'verschwindet wieder' }),
]

let cache = ''
let store: ArticleStore
beforeAll(async () => {
  cache = makeFolder()
  store = ArticleStore.open(cache)
  const source = store.files.save('/fort', null)
  for (const article of ARTICLES) store.put(article, article.id === 'fort' ? source : null)
  await buildSnapshot(cache, store, analyzer, 'probe')
  // so few that it stays as a tombstone
  store.removeOfSource(source)
  await buildSnapshot(cache, store, analyzer, 'probe')
})
afterAll(() => {
  store.close()
  removeFolder(cache)
})

const folder = (): string => join(cache, readFileSync(join(cache, 'CURRENT'), 'utf8').trim())
const manifestPath = (): string => join(folder(), 'manifest.json')
const manifest = (): Manifest => JSON.parse(readFileSync(manifestPath(), 'utf8')) as Manifest
const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

type Column = Columns[string]

/** All columns of a file, to be changed at will. */
function columnsOf(bytes: Uint8Array): Record<string, Column> {
  const headers = JSON.parse(Buffer.from(bytes).toString('utf8', 0, bytes.indexOf(0x0a))) as {
    readonly name: string
    readonly type: 'u8' | 'u32' | 'f64' | 'text'
  }[]
  const file = new PackedFile(Uint8Array.from(bytes))
  const read = { u8: 'bytes', u32: 'u32', f64: 'f64', text: 'strings' } as const
  const own = headers.filter(({ name }) => !name.endsWith(':lengths'))
  return Object.fromEntries(own.map(({ name, type }) => [name, file[read[type]](name).slice()]))
}

/** Changes columns of one file, and makes its checksum and the manifest's right again. */
function rewrite(name: SnapshotFile, change: (columns: Record<string, Column>) => void): void {
  const columns = columnsOf(readFileSync(join(folder(), name)))
  change(columns)
  const bytes = Buffer.concat(packColumns(columns))
  writeFileSync(join(folder(), name), bytes)
  const { sha256: _, ...before } = manifest()
  const sealed = { ...before, files: { ...before.files, [name]: { bytes: bytes.length, sha256: sha256(bytes) } } }
  writeFileSync(manifestPath(), `${JSON.stringify({ ...sealed, sha256: sha256(JSON.stringify(sealed)) }, null, 2)}\n`)
}

async function faults(): Promise<string[]> {
  return (await verify(cache, analyzer, 'probe')).faults.map((fault) => fault.detail('en'))
}

/** A typed array or a list of strings. */
type Values = (number | string)[]
type Change = (column: Values, all: Readonly<Record<string, Values>>) => void

const increased =
  (at: number, by = 1): Change =>
  (column) => {
    column[at] = Number(column[at]) + by
  }
const swapped =
  (one: number, other: number): Change =>
  (column) => {
    const kept = column[one] as string
    column[one] = column[other] as string
    column[other] = kept
  }
const replaced =
  (from: string, to: string): Change =>
  (column) => {
    expect(column).toContain(from)
    column[column.indexOf(from)] = to
  }

// Of each column of each file a change after which the snapshot can still be read.
const CHANGES: Readonly<Record<SnapshotFile, Readonly<Record<string, Change>>>> = {
  'documents.bin': {
    ids: replaced('b', 'B'),
    times: increased(0, 86_400_000),
    lengths: increased(3),
    numbers: swapped(1, 2),
    contents: increased(2),
    // one comes back, another goes
    deletedDocs: swapped(4, 5),
  },
  'vocabulary.bin': {
    terms: replaced('drohn', 'drohm'),
    forms: replaced('drohnen', 'drohmen'),
    documentFrequencies: increased(0),
    formFrequencies: increased(0),
    formTerms: swapped(0, 3),
    formStops: (column) => {
      column[0] = 1 - Number(column[0])
    },
    additionalEnds: increased(0),
    // parts count otherwise than aliases
    additionalTerms: (column) => {
      column[0] = (Number(column[0]) ^ (2 << 28)) >>> 0
    },
  },
  'order.bin': {
    order: swapped(0, 1),
    keys: (column) => {
      column[0] = String(column[0]).replace(/^./, 'Z')
    },
    ends: increased(2),
  },
  'forward.bin': {
    forms: swapped(2, 3),
    // where the first word of the first title begins
    offsets: increased(0),
    // a word of the title becomes one of the text
    rows: (column) => {
      moved(column, 1)
    },
  },
  'fields.bin': {
    names: replaced('meta.ort', 'meta.ord'),
    valueCounts: (column) => moved(column, 1),
    entryCounts: (column) => moved(column, 1),
    emptyListCounts: (column) => {
      const at = column.findIndex((count) => Number(count) > 0)
      // the last one is the tombstone's, which means nothing
      moved(column, at)
      moved(column, at)
    },
    values: replaced('Kursk', 'Kurks'),
    numeric: (column, { values }) => {
      column[values?.indexOf('3') ?? -1] = 0
    },
    docIds: increased(1),
    entries: (column) => {
      const at = column.findIndex((code) => Number(code) > 0)
      column[at] = 0
    },
    docsWithEmptyList: swapped(0, 1),
  },
  'postings.bin': {
    // the first term, as a word: one slot, its number
    postings: increased(1),
  },
}

/** One fewer here, one more behind. */
function moved(column: Values, at: number): void {
  column[at] = Number(column[at]) - 1
  column[at + 1] = Number(column[at + 1]) + 1
}

describe('check', () => {
  test('finds a sound snapshot sound, tombstones and all', async () => {
    expect(await faults()).toEqual([])
    const columns = columnsOf(readFileSync(join(folder(), 'documents.bin')))
    expect(Array.from(columns['deletedDocs'] as Uint8Array)).toEqual([0, 0, 0, 0, 0, 1])
  })

  test('compares every file there is', () => {
    const written = Object.keys(snapshotFiles(indexOf([]))).sort()
    expect(Object.keys(manifest().files).sort()).toEqual(written)
    expect(Object.keys(COMPARISONS).sort()).toEqual(written)
    expect(readdirSync(folder()).sort()).toEqual([...written, 'manifest.json'].sort())
  })

  describe.each(Object.entries(CHANGES))('names %s where its checksums are right and it is wrong:', (name, columns) => {
    test('all its columns are tried', () => {
      expect(Object.keys(columns).sort()).toEqual(Object.keys(columnsOf(readFileSync(join(folder(), name)))).sort())
    })

    test.each(Object.entries(columns))('%s', async (column, change) => {
      const kept = [name, 'manifest.json'].map((file) => [file, readFileSync(join(folder(), file))] as const)
      try {
        rewrite(name as SnapshotFile, (all) => {
          const before = JSON.stringify(Array.from(all[column] as string[]))
          change(all[column] as unknown as Values, all as unknown as Record<string, Values>)
          expect(JSON.stringify(Array.from(all[column] as string[])), 'it was changed').not.toBe(before)
        })
        expect((await faults()).join('\n')).toContain(`(${name}: `)
      } finally {
        for (const [file, bytes] of kept) writeFileSync(join(folder(), file), bytes)
      }
    })
  })
})

test('a store that cannot be read is told in words', async () => {
  const own = makeFolder()
  const damaged = ArticleStore.open(own)
  for (let i = 0; i < 300; i++) damaged.put(articleOf({ id: `a-${i}`, text: `Wort${i} `.repeat(200) }), null)
  await buildSnapshot(own, damaged, analyzer, 'probe')
  damaged.close()
  const file = join(own, 'store.sqlite')
  const bytes = readFileSync(file)
  bytes.fill(0x5a, bytes.length / 2, bytes.length / 2 + 5000)
  writeFileSync(file, bytes)
  const error = await verify(own, analyzer, 'probe').catch((thrown: unknown) => thrown)
  removeFolder(own)
  expect(error).toMatchObject({ code: 'store_broken' })
})
