import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ENTRIES } from '../../scripts/fingerprints.mjs'
import { importClosure } from '../../scripts/import-closure.mjs'
import { builtFingerprint, digestOf, type Fingerprinted } from '../../src/fingerprint.ts'
import { projectRoot } from '../support/clean-copy.ts'
import { changedParts, copyOfSources, printsOf } from '../support/fingerprints.ts'
import { temporaryFolder } from '../support/folders.ts'

describe('the fingerprints of the program', () => {
  it('stay as they are where a file is moved', async () => {
    const root = copyOfSources()
    const before = await printsOf(root)
    const moves = [
      ['src/index/segment/sorted-forms.ts', 'src/index/orders/by-spelling.ts'],
      ['src/time.ts', 'src/search/moment.ts'],
    ] as const
    for (const [from, to] of moves) moveFile(root, from, to)
    expect(changedParts(before, await printsOf(root))).toBe('')
    writeFileSync(
      join(root, moves[0][1]),
      `${readFileSync(join(root, moves[0][1]), 'utf8')}\nexport const further = 1\n`,
    )
    expect(changedParts(before, await printsOf(root))).toBe('index program')
  })

  it('of an index does not hang on sentences, requests or what reads a snapshot', async () => {
    const { modules, packages } = await importClosure(projectRoot, ENTRIES.index)
    const files = modules.map(({ file }) => file)
    for (const file of [
      'errors.ts',
      'rules-file.ts',
      'search/searcher.ts',
      'index/snapshot/manifest.ts',
      'index/snapshot/segment-reader.ts',
      'index/snapshot/segment-writer.ts',
      'article/searched-fields.ts',
    ])
      expect(files).not.toContain(`src/${file}`)
    expect(packages.map((one) => one.replace(/@[^@]*$/, ''))).toEqual(['flexsearch'])
  })

  it('of the program has every thread that a file of it starts: nobody imports these', async () => {
    const { modules } = await importClosure(projectRoot, ENTRIES.program)
    const started = modules.flatMap(({ file }) =>
      Array.from(
        readFileSync(join(projectRoot, file), 'utf8').matchAll(/new URL\('(\.[^']+)\.js', import\.meta\.url\)/g),
      ).map(([, script]) => join(dirname(file), `${script}.ts`)),
    )
    expect(started).toContain('src/search-threads/thread.ts')
    expect(ENTRIES.program).toEqual(expect.arrayContaining(started))
  })

  it('were left by the build, each its own', () => {
    const prints = (['index', 'readers', 'program'] as const).map((part) => builtFingerprint(part))
    expect(new Set(prints).size).toBe(3)
    for (const print of prints) expect(print).toMatch(/^[0-9a-f]{32}$/)
  })

  it.each([
    ['no file', null],
    ['an empty file', ''],
    ['a file without this part', '{"readers":"x"}'],
    ['an empty fingerprint', '{"index":""}'],
    ['no object', 'null'],
  ])('that the build did not leave are an error: %s', (_, content) => {
    const path = join(temporaryFolder(), 'fingerprints.json')
    if (content !== null) writeFileSync(path, content)
    expect(() => builtFingerprint('index', [pathToFileURL(path)])).toThrow(
      expect.objectContaining({ code: 'build_incomplete', params: { file: path, missing: 'index' } }),
    )
  })

  it('tell where one text ends', () => {
    expect(digestOf('ab', 'c')).not.toBe(digestOf('a', 'bc'))
    expect(digestOf()).not.toBe(digestOf(''))
  })
})

/** Moves a source, and adapts what it imports and what imports it. */
function moveFile(root: string, from: string, to: string): void {
  const specifier = (path: string, target: string): string => {
    const [here, there] = [dirname(path).split('/'), target.split('/')]
    while (here.length > 0 && here[0] === there[0]) {
      here.shift()
      there.shift()
    }
    return `${here.length === 0 ? './' : '../'.repeat(here.length)}${there.join('/')}`
  }
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).map((name) => `src/${name}`)
  for (const file of files.filter((name) => name.endsWith('.ts'))) {
    const source = readFileSync(join(root, file), 'utf8')
    const adapted =
      file === from
        ? source.replace(/(from ')(\.[^']*)'/g, (_, begin: string, old: string) => {
            const target = join(dirname(from), old)
            return `${begin}${specifier(to, target)}'`
          })
        : source.replaceAll(`'${specifier(file, from)}'`, `'${specifier(file, to)}'`)
    if (adapted !== source) writeFileSync(join(root, file), adapted)
  }
  mkdirSync(dirname(join(root, to)), { recursive: true })
  renameSync(join(root, from), join(root, to))
}

/** Runs in a process of its own: a profiler tells which functions of `dist` run while `work` does. */
const tracing = (setUp: string, work: string): string => `
  import { Session } from 'node:inspector/promises'
  import { pathToFileURL } from 'node:url'
  const dist = pathToFileURL(process.argv[2] + '/dist/').href
  const folder = process.argv[3]
  const load = (path) => import(dist + path)
  ${setUp}
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  ${work}
  const { result } = await session.post('Profiler.takePreciseCoverage')
  const ran = result.filter(({ url, functions }) =>
    url.startsWith(dist) && functions.some((one) => one.ranges[0].count > 0))
  console.log(JSON.stringify(ran.map(({ url }) => 'src/' + url.slice(dist.length).replace(/js$/, 'ts'))))
`

function filesRunBy(setUp: string, work: string): string[] {
  const folder = temporaryFolder()
  // a file, not `--eval`: there threads do not start while the one that started them waits
  const script = join(folder, 'traced.mjs')
  writeFileSync(script, tracing(setUp, work))
  const words = [script, projectRoot, join(folder, 'written')]
  return JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' })) as string[]
}

async function unforeseen(part: Fingerprinted, ran: readonly string[], allowed: readonly string[]): Promise<string[]> {
  const { modules } = await importClosure(projectRoot, ENTRIES[part])
  const foreseen = new Set([...modules.map(({ file }) => file), ...allowed])
  return ran.filter((file) => !foreseen.has(file))
}

describe('nothing else takes part:', () => {
  it('all code that runs while an index is made and its snapshot written has its share in the fingerprint', async () => {
    const ran = filesRunBy(
      `
      const { createAnalyzer } = await load('analysis/analyzer.js')
      const { ArticleIndex } = await load('index/segment/segment.js')
      const { writeSegment } = await load('index/snapshot/segment-writer.js')
      const { parseArticle } = await load('article/article.js')
      const articles = [
        { id: 'a', title: 'Haus-Boot', text: 'Er nimmt am 3. März 2024 um 20 Uhr teil. Vor- und Nachteile: 5 kg, 4 700.' },
        { id: 'b', title: 'Müllers Straße', text: 'Drohnen fliegen', date: '2024-03-03T10:00', tags: [], author: 'X' },
        { id: 'c', title: 'Fort', text: 'bald', meta: { ort: 'Kursk', zahl: 3, liste: ['a'] } },
      ].map((article) => parseArticle(article, ''))`,
      `
      const analyzer = createAnalyzer({ words: ['Kita'], unsplit: ['Hausboot'], stopWords: [], synonyms: [], pinned: [], hidden: [] })
      const index = new ArticleIndex()
      articles.forEach((article, i) => index.add(i + 1, article, analyzer))
      index.remove(3)
      writeSegment(folder, index.compacted(), { fingerprint: 'x', storeId: 'y' })`,
    )
    expect(ran).toContain('src/index/segment/sorted-forms.ts')
    expect(ran.length).toBeGreaterThan(40)
    // these write the manifest, and the bytes they are given
    const writers = ['segment-writer', 'manifest', 'checksummed-files', 'block-hash'].map(
      (name) => `src/index/snapshot/${name}.ts`,
    )
    expect(await unforeseen('index', ran, [...writers, 'src/make-folder.ts'])).toEqual([])
  })

  it('all code that runs while files are read has its share in the fingerprint of the readers', async () => {
    const ran = filesRunBy(
      `
      const { walk } = await load('ingest/walk.js')
      const { readFile } = await load('ingest/read-file.js')`,
      `
      const { readFileSync } = await import('node:fs')
      for (const found of walk(process.argv[2] + '/test/fixtures/ingest', { maxFileBytes: 1 << 20 })) {
        if (found.kind !== 'file') continue
        const reading = readFile(readFileSync(found.absolutePath), found.path)
        if (reading.kind === 'read') for (const one of reading.readings) void one
      }`,
    )
    expect(ran.length).toBeGreaterThan(25)
    expect(await unforeseen('readers', ran, [])).toEqual([])
  })
})
