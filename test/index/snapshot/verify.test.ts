import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Article } from '../../../src/article/article.ts'
import { packColumns, unpackColumns } from '../../../src/index/arrays/packed-file.ts'
import { ArticleIndex } from '../../../src/index/segment/segment.ts'
import { BlockHash } from '../../../src/index/snapshot/block-hash.ts'
import { buildSnapshot } from '../../../src/index/snapshot/catch-up.ts'
import type { Commit } from '../../../src/index/snapshot/commit.ts'
import { COMPARISONS } from '../../../src/index/snapshot/differences.ts'
import { catchUp } from '../../../src/index/snapshot/index-sink.ts'
import type { Manifest } from '../../../src/index/snapshot/manifest.ts'
import { type SnapshotFile, snapshotFiles } from '../../../src/index/snapshot/snapshot-files.ts'
import { verify } from '../../../src/index/snapshot/verify.ts'
import { ArticleStore } from '../../../src/store/article-store.ts'
import { articleOf } from '../../support/articles.ts'
import { makeFolder, removeFolder } from '../../support/folders.ts'
import { analyzer, indexOf } from '../../support/memory-index.ts'
import { type Part, putPartsInForce } from '../../support/put-in-force.ts'

const ARTICLES = [
  articleOf({ id: 'a', title: 'Haus-Boot', text: 'Ein Boot. Zwei Boote am Ufer.', date: '2024-03-03', tags: ['See'] }),
  articleOf({ id: 'b', title: 'Drohnen', text: 'Jonglierkeulen und 4.700 Drohnen', meta: { ort: 'Kursk', zahl: 3 } }),
  articleOf({ id: 'c', text: 'Sie nimmt in der Stadt am Rennen teil.', author: 'Müller', meta: { ort: 'Passau' } }),
  articleOf({
    id: 'd',
    text: 'Die Straße am Haus, das Haus am See',
    tags: ['See', 'Haus'],
    meta: { zahl: 4 },
    structure: [{ kind: 'heading', start: 0, end: 18, level: 2 }],
  }),
  articleOf({ id: 'e', text: 'Das Hochwasser steigt, steigt und steigt' }),
  // long enough to be kept by form
  articleOf({ id: 'lang', text: 'Wir fahren weiter. '.repeat(200) }),
  articleOf({ id: 'fort', text: 'verschwindet wieder' }),
]

const IDENTITY = { fingerprint: 'probe' }
/** Which segment of a snapshot is changed. */
const SEGMENTS = [
  ['the only segment', 'seg-1'],
  ['a later segment', 'seg-2'],
] as const

let cache = ''
let store: ArticleStore
let folder = ''

/** A segment of what was put since the one before. */
async function partOf(articles: readonly Article[], gone?: string): Promise<Part> {
  const index = new ArticleIndex()
  index.seqNo = store.seqNo
  for (const article of articles) store.put(article, article.id === gone ? source(gone) : null)
  await catchUp(index, store, analyzer)
  // so few that it stays as a tombstone
  if (gone !== undefined) store.removeOfSource(source(gone))
  await catchUp(index, store, analyzer)
  return { index }
}

const source = (id: string): number => store.files.byPath(`/${id}`)?.id ?? store.files.save(`/${id}`, null)

async function makeCache(segment: (typeof SEGMENTS)[number][1]): Promise<void> {
  cache = makeFolder()
  store = ArticleStore.open(cache)
  folder = join(cache, segment)
  const before = segment === 'seg-1' ? [] : [await partOf([articleOf({ id: 'erste', text: 'Ein Haus am Bodensee' })])]
  putPartsInForce(cache, [...before, await partOf(ARTICLES, 'fort')], { ...IDENTITY, storeId: store.id })
}
function removeCache(): void {
  store.close()
  removeFolder(cache)
}

const generation = (): string => join(cache, readFileSync(join(cache, 'CURRENT'), 'utf8').trim())
const manifestIn = <M extends Manifest>(path: string): M =>
  JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8')) as M
const manifest = (): Manifest => manifestIn(folder)
const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array

/** All columns of a file by their names with those of their records before them, to be changed at will. */
function columnsOf(bytes: Uint8Array): Record<string, Column> {
  const columns: Record<string, Column> = {}
  const collect = (record: object, group: string): void => {
    for (const [name, one] of Object.entries(record)) {
      if (ArrayBuffer.isView(one)) columns[group + name] = one as Column
      else collect(one as object, `${group}${name}.`)
    }
  }
  collect(unpackColumns(Uint8Array.from(bytes)), '')
  return columns
}

/** Changes columns of one file, and makes its checksum, the manifest's and that of the generation right again. */
function rewrite(name: SnapshotFile, change: (columns: Record<string, Column>) => void): void {
  const columns = columnsOf(readFileSync(join(folder, name)))
  change(columns)
  const bytes = Buffer.concat(packColumns(columns))
  writeFileSync(join(folder, name), bytes)
  const { sha256: _, ...before } = manifest()
  const hash = new BlockHash(before.blockBytes)
  hash.update(bytes)
  const sum = writeSealed(folder, { ...before, files: { ...before.files, [name]: hash.digest() } })
  const { sha256: __, ...commit } = manifestIn<Commit>(generation())
  const segments = commit.segments.map((one) => (join(cache, one.name) === folder ? { ...one, sha256: sum } : one))
  writeSealed(generation(), { ...commit, segments })
}

/** Writes a manifest with the right checksum, and gives that. */
function writeSealed(path: string, sealed: Omit<Manifest, 'sha256'> | Omit<Commit, 'sha256'>): string {
  const sum = sha256(JSON.stringify(sealed))
  writeFileSync(join(path, 'manifest.json'), `${JSON.stringify({ ...sealed, sha256: sum }, null, 2)}\n`)
  return sum
}

async function faults(): Promise<string[]> {
  return (await verify(cache, analyzer, 'probe')).faults.map((fault) => fault.detail('en'))
}

type Change = (column: Column, all: Readonly<Record<string, Column>>) => void

const increased =
  (at: number, by = 1): Change =>
  (column) => {
    column[at] = (column[at] as number) + by
  }
const swapped =
  (one: number, other: number): Change =>
  (column) => {
    const kept = column[one] as number
    column[one] = column[other] as number
    column[other] = kept
  }
const replaced =
  (from: string, to: string): Change =>
  (column) => {
    const bytes = Buffer.from(column.buffer, column.byteOffset, column.byteLength)
    expect(to.length).toBe(from.length)
    expect(bytes.indexOf(from)).toBeGreaterThanOrEqual(0)
    bytes.write(to, bytes.indexOf(from))
  }
const set =
  (at: number, value: number): Change =>
  (column) => {
    column[at] = value
  }
/** What stood at the first place of a hash table is found no more. */
const forgotten: Change = (column) => {
  column[column.findIndex((number: number) => number !== 0)] = 0
}
/** One fewer here, one more behind. */
const moved =
  (at: number): Change =>
  (column) => {
    column[at] = (column[at] as number) - 1
    column[at + 1] = (column[at + 1] as number) + 1
  }

// Of each column of each file a change after which the snapshot can still be read. Columns of fields are tried at one field each.
const CHANGES: Readonly<Record<SnapshotFile, Readonly<Record<string, Change>>>> = {
  'documents.bin': {
    'ids.bytes': replaced('b', 'B'),
    'ids.ends': increased(1),
    'idOrder.order': swapped(1, 2),
    'idOrder.ranks': increased(2),
    idSlots: forgotten,
    times: increased(0, 86_400_000),
    lengths: increased(3),
    titleLengths: increased(1),
    seqNos: swapped(1, 2),
    contents: increased(2),
    // one comes back, another goes
    deletedDocs: swapped(5, 6),
  },
  'vocabulary.bin': {
    'terms.bytes': replaced('drohn', 'drohm'),
    'terms.ends': moved(3),
    'terms.slots': forgotten,
    'forms.bytes': replaced('drohnen', 'drohmen'),
    'forms.ends': moved(3),
    'forms.slots': forgotten,
    documentFrequencies: increased(0),
    formFrequencies: increased(0),
    formTerms: swapped(0, 3),
    formStops: (column) => {
      column[0] = 1 - (column[0] as number)
    },
    additionalEnds: increased(0),
    // parts count otherwise than aliases
    additionalTerms: (column) => {
      column[0] = ((column[0] as number) ^ (2 << 28)) >>> 0
    },
    'formsOfTerms.ends': increased(0),
    'formsOfTerms.bytes': swapped(0, 3),
    'formsOfAdditionalTerms.ends': increased(0),
    'formsOfAdditionalTerms.bytes': increased(0),
  },
  'grams.bin': {
    'names.bytes': replaced('_hau', '_heu'),
    'names.ends': moved(0),
    'names.slots': forgotten,
    ends: increased(0),
    'grams.shape': set(1, 3),
    'grams.words': increased(0),
    'termsOfGrams.ends': increased(0),
    'termsOfGrams.bytes': set(0, 1),
    frequencies: increased(0),
    livingTerms: increased(0),
  },
  'order.bin': {
    order: swapped(0, 1),
  },
  'forward.bin': {
    'tokens.shape': increased(1, -1),
    'tokens.words': increased(1),
    'long.articles': increased(1),
    'long.forms': swapped(0, 1),
    'long.counts': moved(0),
    'long.places': set(0, 5),
    'long.bits': increased(0),
    'texts.docs': increased(0),
    'texts.ends': increased(0, -1),
    'texts.numbers': increased(1),
    'headings.docs': increased(0),
    'headings.ends': increased(0, -1),
    'headings.numbers': increased(1),
    // where the first word of the first title begins
    offsets: increased(0),
    checkpoints: increased(1),
    // a word of the title becomes one of the text
    rows: moved(1),
  },
  'fields.bin': {
    'names.bytes': replaced('meta.ort', 'meta.ord'),
    'names.ends': moved(1),
    'columns.3.values.bytes': replaced('Kursk', 'Kurks'),
    'columns.3.values.ends': moved(0),
    'columns.3.values.slots': forgotten,
    'columns.1.order.order': swapped(0, 1),
    'columns.3.order.ranks': increased(0),
    'columns.0.foldedSlots': forgotten,
    'columns.1.docIds': increased(0),
    'columns.4.entries': set(0, 1),
    'columns.1.docsWithEmptyList': swapped(0, 1),
  },
  'spellings.bin': {
    entered: increased(0),
    'sounds.codes': increased(0),
    'sounds.ends': increased(0),
    'sounds.letters': increased(0),
    'sounds.lastEntries': swapped(0, 1),
    'sounds.items': swapped(0, 1),
    'sounds.entriesBefore': set(1, 1),
    'sounds.table': forgotten,
    'sounds.postings.keys': increased(0),
    'sounds.postings.ends': increased(0),
    'sounds.postings.bytes': increased(1),
  },
  'duplicates.bin': {
    counts: increased(1, -1),
    signatures: set(0, 1),
    exact: set(0, 0),
    near: set(4, 0),
  },
  'postings.bin': {
    ends: increased(0),
    bytes: increased(1, 2),
  },
}

const patternOf = (name: string): string => name.replace(/\d+/, '#')
const patternsOf = (columns: object): string[] => [...new Set(Object.keys(columns).map(patternOf))].sort()

/** Runs with a file of the snapshot changed. */
async function changed(name: SnapshotFile, column: string, change: Change, work: () => Promise<void>): Promise<void> {
  const paths = [join(folder, name), join(folder, 'manifest.json'), join(generation(), 'manifest.json')]
  const kept = paths.map((path) => [path, readFileSync(path)] as const)
  try {
    rewrite(name, (all) => {
      const own = all[column] as Column
      const before = own.slice()
      change(own, all)
      expect(own, 'it was changed').not.toEqual(before)
    })
    await work()
  } finally {
    for (const [path, bytes] of kept) writeFileSync(path, bytes)
  }
}

describe.each(SEGMENTS)('%s', (_, segment) => {
  beforeAll(() => makeCache(segment))
  afterAll(removeCache)

  describe('check', () => {
    test('finds a sound snapshot sound, tombstones and all', async () => {
      expect(await faults()).toEqual([])
      const columns = columnsOf(readFileSync(join(folder, 'documents.bin')))
      expect(Array.from(columns['deletedDocs'] as Uint8Array)).toEqual([0, 0, 0, 0, 0, 0, 1])
    })

    test('compares every file there is', () => {
      const written = Object.keys(snapshotFiles(indexOf([]))).sort()
      expect(Object.keys(manifest().files).sort()).toEqual(written)
      expect(Object.keys(COMPARISONS).sort()).toEqual(written)
      expect(readdirSync(folder).sort()).toEqual([...written, 'manifest.json'].sort())
    })

    describe.each(Object.entries(CHANGES))(
      'names %s where its checksums are right and it is wrong:',
      (name, columns) => {
        test('all its columns are tried', () => {
          expect(patternsOf(columns)).toEqual(patternsOf(columnsOf(readFileSync(join(folder, name)))))
        })

        test.each(Object.entries(columns))('%s', (column, change) =>
          changed(name as SnapshotFile, column, change, async () =>
            expect((await faults()).join('\n')).toContain(`(${name}: `),
          ),
        )
      },
    )
  })

  describe('where the store has gone on since', () => {
    beforeAll(() => {
      store.put(articleOf({ id: 'g', text: 'Das Hochwasser sinkt am Bodensee' }), null)
      store.put(articleOf({ id: 'e', text: 'Das Hochwasser geht zurück' }), null)
    })

    test('that is no fault', async () => expect(await faults()).toEqual([]))

    test.each(Object.entries(CHANGES['spellings.bin']))('sounds are told as wrong all the same: %s', (column, change) =>
      changed('spellings.bin', column, change, async () =>
        expect((await faults()).join('\n')).toContain('(spellings.bin: '),
      ),
    )

    test.each(['counts', 'signatures'])('duplicates, too: %s', (column) =>
      changed('duplicates.bin', column, increased(0), async () =>
        expect((await faults()).join('\n')).toContain('(duplicates.bin: '),
      ),
    )
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
