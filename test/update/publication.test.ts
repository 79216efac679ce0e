import { rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { publicationOf } from '../../src/ingest/publication.ts'
import { ArticleStore } from '../../src/store/article-store.ts'
import { Database } from '../../src/store/sqlite.ts'
import type { UpdateOptions } from '../../src/update/options.ts'
import type { UpdateReport } from '../../src/update/report.ts'
import { update } from '../../src/update/update.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import '../support/property.ts'
import { articlesIn, jsonl, optionsFor } from '../support/updating.ts'

let root = ''
let cache = ''
beforeEach(() => {
  root = temporaryFolder()
  cache = temporaryFolder()
})

const files = (contents: Readonly<Record<string, string>>): void => writeFiles(root, contents)
const ids = (): string[] => Object.keys(articlesIn(cache))
const day = (date: string) => Date.parse(date)
const page = (head: string): string => `---\ntitle: Titel\n${head}\n---\n\nText`

/** An update at a day. */
function at(date: string, more: Partial<UpdateOptions> = {}): Promise<UpdateReport> {
  return update(optionsFor(cache, [root], { now: () => day(date), ...more }))
}

/** Everything that may be said, one file each. */
const ALL_STATES = {
  'entwurf.md': page('draft: true'),
  'privat.md': page('private: true'),
  'versteckt.md': page('unlisted: true'),
  'noindex.html': '<meta name=robots content=noindex><p>Text',
  'archiviert.md': page('status: archived'),
  'geloescht.md': page('status: trash'),
  'geplant.md': page('date:\n  created: 2024-02-01'),
  'abgelaufen.md': page('expires: 2023-01-01'),
  '_drafts/notiz.txt': 'Notiz\n\nText',
  'alt.html': '<meta http-equiv=refresh content="0;url=/neu/"><p>Text',
  '404.html': '<p>Hier ist nichts',
  '_layouts/post.html': '<p>Vorlage',
  'oeffentlich.md': page('draft: false'),
}

describe('what is not public', () => {
  test('is left out and counted by kind, also where its files are unchanged', async () => {
    files(ALL_STATES)
    const leftOut = {
      counts: {
        ...{ draft: 2, private: 1, hidden: 1, noindex: 1, archived: 1, deleted: 1, scheduled: 1, expired: 1 },
        ...{ redirect: 1, errorPage: 1 },
      },
      nextAt: day('2024-02-01'),
      folders: [join(root, '_layouts')],
    }
    const first = await at('2024-01-01')
    expect(first).toMatchObject({ added: 1, refusals: [], leftOut })
    const second = await at('2024-01-01')
    expect(second).toMatchObject({ added: 0, removed: 0, files: { read: 0, unchanged: 12 }, leftOut })
    expect(ids()).toEqual(['oeffentlich.md'])
  })

  test('is counted for the PATHs given, and no longer when it has become public or gone', async () => {
    files({ 'a/x.md': page('draft: true'), 'b/y.md': page('draft: true'), 'b/z.md': page('private: true') })
    await at('2024-01-01')
    const ofB = () => update(optionsFor(cache, [join(root, 'b')]))
    expect((await ofB()).leftOut.counts).toEqual({ draft: 1, private: 1 })
    files({ 'b/y.md': page('draft: false') })
    expect((await ofB()).leftOut.counts).toEqual({ private: 1 })
    rmSync(join(root, 'b/z.md'))
    expect((await ofB()).leftOut.counts).toEqual({})
  })

  test('of a folder of drafts stays out where the folder or a file in it is itself a PATH', async () => {
    files({ '_drafts/a.md': page('x: 1'), '_drafts/b/c.txt': 'Titel\n\nText', 'd.md': page('x: 1') })
    for (const path of ['_drafts', '_drafts/a.md', '_drafts/b']) {
      const given = [join(root, path)]
      const { leftOut } = await update(optionsFor(cache, given))
      expect(leftOut.counts).toEqual({ draft: path === '_drafts' ? 2 : 1 })
      expect(ids()).toEqual([])
    }
    await update(optionsFor(cache, [join(root, '_drafts')], { drafts: true }))
    expect(ids()).toHaveLength(2)
  })

  test('comes in with drafts, and goes again without; what is no article never comes', async () => {
    files(ALL_STATES)
    await at('2024-01-01')
    const taken = await at('2024-01-01', { drafts: true })
    expect(taken.leftOut.counts).toEqual({ redirect: 1, errorPage: 1 })
    expect(ids()).toHaveLength(10)
    expect((await at('2024-01-01', { drafts: true })).files.read).toBe(0)
    expect(await at('2025-01-01', { drafts: true })).toMatchObject({ added: 0, removed: 0 })
    expect(await at('2024-01-01')).toMatchObject({ removed: 9 })
    expect(ids()).toEqual(['oeffentlich.md'])
  })

  test('is named by title and line where a file holds several articles', async () => {
    files({
      'a.csv': 'titel;text;entwurf\nEins;Text;ja\nZwei;Text;nein\nDrei;Text;ja\n',
      'b.jsonl': '{"text":"ohne Titel","private":true,"published_at":"2020-01-01"}\n',
    })
    const named = [
      {
        file: join(root, 'a.csv'),
        state: 'draft',
        count: 2,
        articles: [
          { title: 'Eins', line: 2 },
          { title: 'Drei', line: 4 },
        ],
      },
      { file: join(root, 'b.jsonl'), state: 'private', count: 1, articles: [{ title: 'b.jsonl#L1', line: 1 }] },
    ]
    expect((await at('2024-01-01')).leftOut.files).toEqual(named)
    expect(await at('2024-01-01')).toMatchObject({ files: { read: 0 }, leftOut: { files: named } })
  })

  test('leaves when it was public before, beside a line that is refused', async () => {
    files({ 'a.jsonl': jsonl({ x: 'eins', y: 'zwei' }) })
    await at('2024-01-01')
    files({ 'a.jsonl': '{"id":"x","text":"eins","draft":true}\nkaputt\n' })
    expect(await at('2024-01-01')).toMatchObject({
      removed: 2,
      refusals: [{ line: 2 }],
      leftOut: { counts: { draft: 1 } },
    })
  })

  test('gives way to a public article of its id in the same file', async () => {
    files({ 'a.jsonl': '{"id":"x","text":"alt","draft":true}\n{"id":"x","text":"neu"}\n' })
    expect(await at('2024-01-01')).toMatchObject({ refusals: [], added: 1 })
    expect(articlesIn(cache)).toEqual({ x: 'neu' })
  })

  test('of an older cache leaves with the first update', async () => {
    files({ 'a.md': page('draft: true'), 'b.md': page('x: 1'), '_layouts/post.md': page('x: 1') })
    const elsewhere = join(temporaryFolder(), 'c.md')
    await update(optionsFor(cache, [root], { drafts: true, readersFingerprint: 'readers-0' }))
    olderCache(['_layouts/post.md', 'a.md'], [elsewhere])
    expect(ids()).toEqual([elsewhere, '_layouts/post.md', 'a.md', 'b.md'])
    const report = await at('2024-01-01')
    expect(report).toMatchObject({ added: 0, removed: 2, same: 1, leftOut: { counts: { draft: 1 } } })
    expect(report.complaints.map(({ code, params }) => [code, params['count'], params['path']])).toEqual([
      ['sources_outdated', 1, elsewhere],
    ])
    expect(ids()).toEqual([elsewhere, 'b.md'])
  })
})

/** Makes the cache one as it was before anything was left out: format 1, with articles that are not public. */
function olderCache(paths: readonly string[], elsewhere: readonly string[]): void {
  const article = {
    title: 'Titel',
    text: 'Text',
    url: null,
    date: null,
    author: null,
    tags: [],
    language: null,
    meta: {},
  }
  const store = ArticleStore.open(cache)
  for (const path of [...paths.map((one) => join(root, one)), ...elsewhere]) {
    const id = elsewhere.includes(path) ? path : path.slice(root.length + 1)
    const source = store.files.save(path, `1 2 3 readers-0 ${id} ${path}`)
    store.put({ ...article, id }, source)
  }
  store.close()
  const db = new Database(join(cache, 'store.sqlite'))
  db.exec(
    'drop table due; drop table left_out; alter table article drop column structure; alter table article drop column document',
  )
  db.pragma('user_version = 1')
  db.close()
}

describe('an article that is planned', () => {
  test('appears with the first update from its moment on, though its file is unchanged', async () => {
    files({ 'a.md': page('date: 2024-02-01'), 'b.txt': 'B\n\nText' })
    expect(await at('2024-01-31T23:59:59Z')).toMatchObject({ added: 1, leftOut: { counts: { scheduled: 1 } } })
    expect(ids()).toEqual(['b.txt'])
    expect(await at('2024-02-01')).toMatchObject({
      added: 1,
      files: { read: 0, unchanged: 2 },
      leftOut: { counts: {} },
    })
    expect(ids()).toEqual(['a.md', 'b.txt'])
  })

  test('and has a last day goes again', async () => {
    files({ 'a.md': page('date: 2024-02-01\nexpires: 2024-03-01') })
    await at('2024-01-01')
    await at('2024-02-01')
    expect(ids()).toEqual(['a.md'])
    expect(await at('2024-03-01')).toMatchObject({
      removed: 1,
      files: { read: 0 },
      leftOut: { counts: { expired: 1 } },
    })
    expect(ids()).toEqual([])
  })

  test('and never looked at in between never appears', async () => {
    files({ 'a.md': page('date: 2024-02-01\nexpires: 2024-03-01') })
    await at('2024-01-01')
    const late = await at('2024-04-01')
    expect(late).toMatchObject({ added: 0, removed: 0, leftOut: { counts: { expired: 1 } } })
    expect(ids()).toEqual([])
  })

  test('keeps to what its file says at last: another day, no day, gone', async () => {
    files({ 'a.md': page('date: 2024-02-01'), 'b.md': page('date: 2024-02-01'), 'c.md': page('date: 2024-02-01') })
    await at('2024-01-01')
    files({ 'a.md': page('date: 2024-05-05'), 'b.md': page('draft: true') })
    rmSync(join(root, 'c.md'))
    const report = await at('2024-02-02')
    expect(report).toMatchObject({ added: 0, removed: 0 })
    expect(report.leftOut).toMatchObject({ counts: { draft: 1, scheduled: 1 }, nextAt: day('2024-05-05') })
    expect(ids()).toEqual([])
  })

  test('takes the place of the version before', async () => {
    files({ 'a.md': page('x: 1') })
    await at('2024-01-01')
    files({ 'a.md': page('date: 2024-02-01') })
    expect(await at('2024-01-01')).toMatchObject({ removed: 1 })
    expect(ids()).toEqual([])
  })

  test('holds its id like a living one, until its file lets it go', async () => {
    const planned = '{"id":"x","text":"geplant","publishDate":"2024-02-01"}\n'
    files({ 'a.jsonl': planned, 'b.jsonl': jsonl({ x: 'jetzt' }), 'c.jsonl': planned })
    const report = await at('2024-01-01')
    expect(report.refusals.map(({ file, error }) => [file.slice(root.length + 1), error.code])).toEqual([
      ['b.jsonl', 'duplicate_id'],
      ['c.jsonl', 'duplicate_id'],
    ])
    rmSync(join(root, 'a.jsonl'))
    expect(await at('2024-01-01')).toMatchObject({ added: 1, refusals: [{ line: 1 }] })
    expect(articlesIn(cache)).toEqual({ x: 'jetzt' })
  })

  test('frees its id when it has expired', async () => {
    files({ 'a.jsonl': '{"id":"x","text":"alt","expires":"2024-02-01"}\n' })
    await at('2024-01-01')
    files({ 'b.jsonl': jsonl({ x: 'neu' }) })
    expect(await at('2024-02-01')).toMatchObject({ added: 1, removed: 1, refusals: [] })
    expect(articlesIn(cache)).toEqual({ x: 'neu' })
  })
})

test('whenever it is looked at, the index holds what is public at that moment', async () => {
  const moment = fc.option(fc.integer({ min: 1, max: 28 }), { nil: null })
  const windows = fc.array(fc.record({ from: moment, until: moment }), { minLength: 1, maxLength: 5 })
  const looks = fc.array(fc.integer({ min: 1, max: 28 }), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(windows, looks, async (all, days) => {
      const [folder, store] = [temporaryFolder(), temporaryFolder()]
      const date = (n: number) => `2024-02-${String(n).padStart(2, '0')}`
      const line = ({ from, until }: (typeof all)[number], index: number) =>
        JSON.stringify({
          ...{ id: String(index), text: 'x' },
          ...{ publishDate: from === null ? null : date(from), expires: until === null ? null : date(until) },
        })
      writeFiles(folder, { 'a.jsonl': all.map(line).join('\n') })
      for (const n of [...days].sort((a, b) => a - b)) {
        await update(optionsFor(store, [folder], { now: () => day(date(n)) }))
        const isPublic = ({ from, until }: (typeof all)[number]) => (from ?? 0) <= n && n < (until ?? 99)
        const expected = all.flatMap((window, index) => (isPublic(window) ? [String(index)] : []))
        expect(Object.keys(articlesIn(store))).toEqual(expected)
      }
    }),
    { numRuns: 25 },
  )
})

test('no moment, however odd, stops an update', async () => {
  const odd = [
    1893456000.1234567,
    1e20,
    -1e20,
    1e300,
    '1893456000',
    1e15 + 0.5,
    '9999-12-31T23:59:59.9999Z',
    '0001-01-01',
  ]
  files({
    'zeilen.jsonl': odd
      .flatMap((value, i) => [
        { id: `von-${i}`, text: 'Text', publish_at: value },
        { id: `bis-${i}`, text: 'Text', expires_at: value },
      ])
      .map((line) => JSON.stringify(line))
      .join('\n'),
    'unendlich.md': page('expires: .inf'),
    'nie.md': page('publishDate: .nan'),
  })
  expect(await at('2024-01-01')).toMatchObject({ refusals: [] })
  expect(ids()).toContain('bis-0')
  expect(ids()).not.toContain('von-0')
})

test('moments are whole milliseconds that dates can have, whatever a value is', () => {
  const value = fc.oneof(fc.jsonValue(), fc.double(), fc.date(), fc.integer({ min: 1e9, max: 1e16 }))
  fc.assert(
    fc.property(value, fc.constantFrom('publishDate', 'date', 'expires', 'sperrfrist'), (one, key) => {
      const { from, until } = publicationOf([[key, one]], { place: 'head' })
      for (const moment of [from, until])
        expect(moment === null || !Number.isNaN(new Date(moment).getTime()), `${key}: ${String(one)}`).toBe(true)
      for (const moment of [from, until]) expect(moment === null || Number.isInteger(moment)).toBe(true)
    }),
  )
})
