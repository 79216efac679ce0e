// A snapshot of several segments: what a build writes, what it leaves, and what is read back.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { ArticleIndex } from '../../../src/index/segment/segment.ts'
import { buildSnapshot } from '../../../src/index/snapshot/catch-up.ts'
import { readCommit } from '../../../src/index/snapshot/commit.ts'
import { differences } from '../../../src/index/snapshot/differences.ts'
import { Generations } from '../../../src/index/snapshot/generations.ts'
import { catchUp } from '../../../src/index/snapshot/index-sink.ts'
import { readManifest, writeManifest } from '../../../src/index/snapshot/manifest.ts'
import { loadNewest } from '../../../src/index/snapshot/newest.ts'
import { verify } from '../../../src/index/snapshot/verify.ts'
import { ArticleStore } from '../../../src/store/article-store.ts'
import { anyContent, articleOf } from '../../support/articles.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { analyzer, ask, comparable, engineOf, indexOf } from '../../support/memory-index.ts'
import '../../support/property.ts'

let cache = ''
let store: ArticleStore
/** Articles of it can be removed. */
let source = 0
beforeEach(() => {
  cache = temporaryFolder()
  store = ArticleStore.open(cache)
  source = store.files.save('/a', null)
  const opened = store
  onTestFinished(() => opened.close())
})

const TEXT = 'Ein Haus am Ufer, zwei Häuser an der Straße und ein Boot auf dem See'
const put = (from: number, to: number, text = TEXT): void =>
  store.transaction(() => {
    for (let i = from; i < to; i++) store.put(articleOf({ id: `a${i}`, text: `${text} Nr${i}` }), source)
  })
const remove = (...numbers: readonly number[]): void =>
  store.transaction(() => {
    for (const i of numbers) expect(store.removeOne(source, `a${i}`)).toBe(true)
  })
const build = () => buildSnapshot(cache, store, analyzer, 'probe')
const load = () => loadNewest(new Generations(cache), store, { fingerprint: 'probe', storeId: store.id })
const folders = (kind: 'gen' | 'seg'): string[] =>
  readdirSync(cache)
    .filter((name) => name.startsWith(`${kind}-`))
    .sort()
/** The segments in force, with how many articles each has that are living. */
async function segments(): Promise<string[]> {
  const commit = await readCommit(new Generations(cache).candidates()[0] as string)
  return commit.segments.map(({ name, articles }) => `${name}: ${articles}`)
}

function rebuilt(): ArticleIndex {
  const index = new ArticleIndex()
  for (const { seqNo, article } of store.articles()) index.add(seqNo, article, analyzer)
  return index
}

/** What is loaded says the same as what is built at once, and `check` finds nothing. */
async function expectSound(): Promise<void> {
  const { index, complaints } = await load()
  expect(complaints).toEqual([])
  expect(index.seqNo).toBe(store.seqNo)
  const atOnce = rebuilt()
  expect(differences(index, atOnce)).toEqual([])
  expect(differences(atOnce, index)).toEqual([])
  expect((await verify(cache, analyzer, 'probe')).faults).toEqual([])
}

/** What tells whether a file was written again. */
const identities = (folder: string): unknown[] =>
  readdirSync(join(cache, folder)).map((name) => {
    const { ino, mtimeNs, ctimeNs, size } = statSync(join(cache, folder, name), { bigint: true })
    return [name, ino, mtimeNs, ctimeNs, size]
  })

describe('a few articles more', () => {
  beforeEach(async () => {
    put(0, 100)
    await build()
    expect(await segments()).toEqual(['seg-1: 100'])
  })

  test('become a segment of their own; the large one is not written again', async () => {
    const before = identities('seg-1')
    put(100, 105)
    expect(await build()).toMatchObject({ written: true, articles: 105 })
    expect(await segments()).toEqual(['seg-1: 100', 'seg-2: 5'])
    expect(identities('seg-1')).toEqual(before)
    await expectSound()
  })

  test('are joined with small ones, and with all where they are many', async () => {
    put(100, 104)
    await build()
    const before = identities('seg-1')
    put(104, 107)
    await build()
    expect(await segments()).toEqual(['seg-1: 100', 'seg-3: 7'])
    expect(identities('seg-1')).toEqual(before)
    await expectSound()
    put(107, 120)
    await build()
    expect(await segments()).toEqual(['seg-4: 120'])
    await expectSound()
  })

  test('that come and go again in between are in no segment', async () => {
    put(100, 103)
    remove(101)
    put(102, 103, 'anders')
    await build()
    expect(await segments()).toEqual(['seg-1: 100', 'seg-2: 2'])
    await expectSound()
  })

  test('that take the place of others delete these, wherever they are', async () => {
    put(100, 105)
    await build()
    put(3, 4, 'neu')
    put(101, 102, 'neu')
    await build()
    expect(await segments()).toEqual(['seg-1: 99', 'seg-2: 4', 'seg-3: 2'])
    await expectSound()
  })

  test('have no share where articles went alone: no segment is written', async () => {
    remove(7, 9)
    expect(await build()).toMatchObject({ written: true, articles: 98 })
    expect([await segments(), folders('seg')]).toEqual([['seg-1: 98'], ['seg-1']])
    await expectSound()
    remove(8)
    await build()
    expect([await segments(), folders('gen'), folders('seg')]).toEqual([['seg-1: 97'], ['gen-2', 'gen-3'], ['seg-1']])
    await expectSound()
  })

  test('and a fifth less: all become one', async () => {
    put(100, 105)
    await build()
    remove(...Array.from({ length: 22 }, (_, i) => i * 4))
    await build()
    expect(await segments()).toEqual(['seg-3: 83'])
    const { index } = await load()
    expect(index.documents.size).toBe(83)
    await expectSound()
  })

  test('all of them gone, there is a snapshot of nothing, and then one of what comes', async () => {
    remove(...Array.from({ length: 100 }, (_, i) => i))
    await build()
    expect(await segments()).toEqual(['seg-2: 0'])
    await expectSound()
    put(0, 2)
    await build()
    expect(await segments()).toEqual(['seg-3: 2'])
    await expectSound()
  })

  test('after a snapshot that stands at the last change nothing is written', async () => {
    expect(await build()).toMatchObject({ written: false, articles: 100 })
    expect(folders('gen')).toEqual(['gen-1'])
  })
})

describe('segments that no kept generation names', () => {
  beforeEach(async () => {
    put(0, 100)
    await build()
    put(100, 104)
    await build()
  })

  test('go when the second generation goes that named them', async () => {
    put(104, 107)
    await build()
    expect([folders('gen'), folders('seg')]).toEqual([
      ['gen-2', 'gen-3'],
      ['seg-1', 'seg-2', 'seg-3'],
    ])
    put(107, 108)
    await build()
    expect([folders('gen'), folders('seg')]).toEqual([
      ['gen-3', 'gen-4'],
      ['seg-1', 'seg-3', 'seg-4'],
    ])
    await expectSound()
  })

  test('go where a kill left them, and their numbers are not given again', async () => {
    for (const name of ['seg-3', 'seg-8']) {
      mkdirSync(join(cache, name))
      writeFileSync(join(cache, name, 'documents.bin'), 'x')
    }
    put(104, 105)
    await build()
    expect([folders('gen'), folders('seg')]).toEqual([
      ['gen-2', 'gen-9'],
      ['seg-1', 'seg-2', 'seg-9'],
    ])
    await expectSound()
  })

  test('stay where another generation may need them: that in force cannot be told', async () => {
    writeFileSync(join(cache, 'CURRENT'), 'damaged')
    new Generations(cache).clearUnfinished()
    expect(folders('seg')).toEqual(['seg-1', 'seg-2'])
    await build()
    await expectSound()
  })
})

describe.each([
  ['in memory', Number.POSITIVE_INFINITY],
  ['on the disk', -1],
])('a segment that is not as it was written, where segments are joined %s,', (_, tokensMax) => {
  const build = (look: 'whole' | 'sizes' = 'whole') =>
    buildSnapshot(cache, store, analyzer, 'probe', { look, large: { tokensMax } })
  const flip = (path: string): void => {
    const bytes = readFileSync(join(cache, path))
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1
    writeFileSync(join(cache, path), bytes)
  }
  beforeEach(async () => {
    put(0, 100)
    await build()
    put(100, 104)
    await build()
    put(104, 105)
  })

  test('is not built on: the generation before is, where it does without', async () => {
    flip('seg-2/forward.bin')
    const { complaints } = await build()
    expect(complaints.map(({ message }) => message)).toEqual([
      expect.stringMatching(/seg-2: forward.bin ist beschädigt/),
    ])
    expect(await segments()).toEqual(['seg-1: 100', 'seg-3: 5'])
    await expectSound()
  })

  test('is named once, and all is made anew, where no generation does without', async () => {
    flip('seg-1/postings.bin')
    const { complaints } = await load()
    expect(complaints).toHaveLength(1)
    expect((await build()).complaints).toHaveLength(1)
    expect(await segments()).toEqual(['seg-3: 105'])
    await expectSound()
  })

  test('is built on where only sizes are looked at, and found by who reads it', async () => {
    flip('seg-1/postings.bin')
    expect((await build('sizes')).complaints).toEqual([])
    expect((await load()).folder).toBeNull()
    expect((await build()).complaints).toHaveLength(1)
    await expectSound()
  })

  test('is named and left out, too, where only sizes are looked at and it is joined with what comes', async () => {
    flip('seg-2/forward.bin')
    put(105, 107)
    const { complaints } = await build('sizes')
    expect(complaints).toHaveLength(1)
    expect(await segments()).toEqual(['seg-1: 100', 'seg-3: 7'])
    await expectSound()
  })

  test('is made anew where its checksums are right and it cannot be read', async () => {
    const folder = join(cache, 'seg-2')
    const { sha256: _, ...manifest } = await readManifest(folder)
    const { 'order.bin': __, ...files } = manifest.files
    const { sha256 } = writeManifest(folder, { ...manifest, files })
    const generation = join(cache, 'gen-2')
    const { sha256: ___, segments: before, ...commit } = await readCommit(generation)
    const named = before.map((one) => (one.name === 'seg-2' ? { ...one, sha256 } : one))
    writeManifest(generation, { ...commit, segments: named })
    put(105, 107)
    expect((await build()).complaints.map((one) => one.detail('en'))).toEqual([
      expect.stringMatching(/seg-2: order.bin is missing/),
    ])
    expect(await segments()).toEqual(['seg-3: 107'])
    await expectSound()
  })

  test('is another one: it is named', async () => {
    writeFileSync(join(cache, 'seg-2/manifest.json'), readFileSync(join(cache, 'seg-1/manifest.json')))
    const { complaints } = await load()
    expect(complaints.map((one) => one.detail('en'))).toEqual([
      expect.stringMatching(/seg-2: not what the snapshot names/),
    ])
    await build()
    await expectSound()
  })
})

test('a cache of an older format is made anew', async () => {
  put(0, 3)
  mkdirSync(join(cache, 'gen-1'))
  writeFileSync(join(cache, 'gen-1', 'manifest.json'), JSON.stringify({ format: 9, storeId: store.id, change: 3 }))
  writeFileSync(join(cache, 'CURRENT'), 'gen-1\n')
  expect((await build()).complaints.map((one) => one.detail('en'))).toEqual([
    expect.stringMatching(/gen-1: format 9, expected 10/),
  ])
  expect(existsSync(join(cache, 'seg-2'))).toBe(true)
  await expectSound()
})

test('which field is meant, whatever its capitals, and the order of fields do not depend on what was joined', async () => {
  for (const names of [
    ['Ort', 'ort'],
    ['ort', 'Ort'],
  ]) {
    const articles = names.map((name, i) =>
      articleOf({ id: `a${i}`, meta: { [name]: 'Kiel' }, tags: i === 0 ? [] : ['See'] }),
    )
    const index = indexOf(articles.slice(0, 1))
    index.append(indexOf([articleOf({ id: 'fort' }), ...articles.slice(1)]))
    expect(['meta.ORT', 'meta.ort', 'meta.Ort'].map((name) => index.fieldNamed(name))).toEqual([
      'meta.Ort',
      'meta.ort',
      'meta.Ort',
    ])
    const { facets } = await ask(engineOf(index, new Map()), '', { facets: ['*'], limit: 0 })
    expect(Object.keys(facets.distribution)).toEqual(['Ort', 'ort', 'tags'])
  }
})

const QUERIES = ['Haus -Drohnen', 'Luft Boden', 'Strasse Mueller', 'Häusern', 'Jonglirkeulen', '"Haus Boot"', 'Dro', '']

test.each([
  ['joined in memory', Number.POSITIVE_INFINITY],
  ['joined on the disk', -1],
])(
  'whatever comes, changes and goes in portions, a snapshot of segments is that of all articles at once: %s',
  async (_, tokensMax) => {
    const build = () => buildSnapshot(cache, store, analyzer, 'probe', { large: { tokensMax } })
    const id = fc.integer({ min: 0, max: 39 }).map((n) => `a${n}`)
    const portion = fc.record({
      puts: fc.array(fc.tuple(id, anyContent), { maxLength: 6 }),
      removes: fc.array(id, { maxLength: 3 }),
      /** Whether it is built, or waits for the next. */
      isBuilt: fc.boolean(),
    })
    const base = fc.array(anyContent, { minLength: 20, maxLength: 40, size: 'max' })
    let most = 0
    await fc.assert(
      fc.asyncProperty(base, fc.array(portion, { maxLength: 8, size: 'max' }), async (contents, portions) => {
        cache = temporaryFolder()
        store = ArticleStore.open(cache)
        try {
          source = store.files.save('/a', null)
          for (const [i, content] of contents.entries()) store.put(articleOf({ ...content, id: `a${i}` }), source)
          // so much that later ones are small beside it
          store.put(articleOf({ id: 'lang', text: `${TEXT}. `.repeat(150) }), source)
          await build()
          for (const { puts, removes, isBuilt } of portions) {
            for (const [one, content] of puts) store.put(articleOf({ ...content, id: one }), source)
            for (const one of removes) store.removeOne(source, one)
            if (!isBuilt) continue
            await build()
            most = Math.max(most, (await segments()).length)
            await expectSound()
          }
          const { index } = await load()
          await catchUp(index, store, analyzer)
          const articles = new Map([...store.articles()].map(({ seqNo, article }) => [seqNo, article]))
          const [got, wanted] = [engineOf(index, articles), engineOf(rebuilt(), articles)]
          for (const query of QUERIES) {
            const options = { facets: ['*'], foldDuplicates: 'near', explain: true } as const
            expect(comparable(await ask(got, query, options))).toEqual(comparable(await ask(wanted, query, options)))
          }
        } finally {
          store.close()
        }
      }),
      { numRuns: 25 },
    )
    expect(most).toBeGreaterThan(2)
  },
)
