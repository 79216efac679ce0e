import { Buffer } from 'node:buffer'
import { beforeEach, describe, expect, test } from 'vitest'
import { exitCodeOf } from '../../src/cli/index-files.ts'
import { reportJson } from '../../src/cli/report-file.ts'
import { ArticleStore } from '../../src/store/article-store.ts'
import { update } from '../../src/update/update.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { pdfFile, pdfPage } from '../support/pdf-file.ts'
import { articlesIn, optionsFor, told, updated } from '../support/updating.ts'
import { docxFile, wordParagraph, zipFile } from '../support/zip-file.ts'

let root = ''
let cache = ''
beforeEach(() => {
  root = temporaryFolder()
  cache = temporaryFolder()
})
const files = (contents: Readonly<Record<string, string | Uint8Array>>): void => writeFiles(root, contents)
const run = (more = {}) => update(optionsFor(cache, [root], more))

const TEXT = 'Der Gemeinderat hat heute lange über den Weg beraten.'
const REPORT = pdfFile([pdfPage([TEXT]), pdfPage(['Auf der zweiten Seite steht, dass er gebaut wird.'])])

describe('documents', () => {
  test('become articles beside all others, with their pages; unchanged they are not read again', async () => {
    files({
      'a.txt': 'A',
      'b/bericht.pdf': REPORT,
      'c.docx': docxFile(wordParagraph('Ein Brief')),
      'd.pdf': '<html><p>Seite',
    })
    expect(await updated(cache, [root])).toBe('read 4 · +4 ~0 -0 · refused 0')
    expect(articlesIn(cache)).toMatchObject({ 'a.txt': 'A', 'c.docx': 'Ein Brief', 'd.pdf': 'Seite' })
    const store = ArticleStore.open(cache)
    const { text, structure } = store.byId('b/bericht.pdf') ?? { text: '' }
    store.close()
    expect(structure?.map(({ start }) => text.slice(start, start + 7))).toEqual(['Der Gem', 'Auf der'])
    expect(await updated(cache, [root])).toBe('read 0 · +0 ~0 -0 · refused 0')
  })

  test('that are refused leave what was known of them, and are looked at again', async () => {
    files({ 'a.pdf': REPORT, 'b.txt': 'B' })
    await updated(cache, [root])
    files({ 'a.pdf': REPORT.subarray(0, 30) })
    const report = await run()
    expect(told(report)).toBe('read 1 · +0 ~0 -0 · refused 1')
    expect(report.refusals).toMatchObject([{ line: null, error: { code: 'document_broken' } }])
    expect(Object.keys(articlesIn(cache))).toEqual(['a.pdf', 'b.txt'])
    expect(told(await run())).toBe('read 1 · +0 ~0 -0 · refused 1')
    files({ 'a.pdf': REPORT })
    expect(told(await run())).toBe('read 1 · +0 ~0 -0 · refused 0')
  })

  test('in a folder of drafts are drafts', async () => {
    files({ '_drafts/a.pdf': REPORT })
    expect((await run()).leftOut.counts).toEqual({ draft: 1 })
    expect(told(await run({ drafts: true }))).toBe('read 1 · +1 ~0 -0 · refused 0')
  })
})

/** Inputs none of which is lost in silence: what the report must name of each. */
const NOT_READ: readonly [what: string, files: Record<string, string | Uint8Array>, named: RegExp][] = [
  ['a type that is not read', { 'seite.org': 'x' }, /\.org.*seite\.org/s],
  ['an old Word document', { 'alt/brief.doc': 'x' }, /\.doc.*alt\/brief\.doc.*\.docx/s],
  [
    'an old Word document with a new name',
    { 'brief.docx': Buffer.from('d0cf11e0a1b11ae1', 'hex') },
    /brief\.docx.*vor 2007/s,
  ],
  [
    'a spreadsheet with another name',
    { 'liste.docx': zipFile({ 'xl/workbook.xml': '' }) },
    /liste\.docx.*Tabelle.*\.csv/s,
  ],
  ['a damaged PDF', { 'bericht.pdf': '%PDF-1.4\ntrailer<<>>' }, /bericht\.pdf.*beschädigt/s],
  ['a PDF of pictures', { 'scan.pdf': pdfFile([[], []]) }, /scan\.pdf.*OCR/s],
  ['a PDF that is none', { 'bericht.pdf': 'nur Text' }, /bericht\.pdf.*kein PDF/s],
  ['an archive', { 'alles.zip': 'x' }, /\.zip.*auspacken/s],
  ['JSON that is no feed', { 'daten.json': '{}' }, /daten\.json.*übersprungen/s],
]

describe('nothing is lost in silence', () => {
  test.each(NOT_READ)(
    '%s is named, and makes the command fail where there is nothing else',
    async (_, contents, named) => {
      files(contents)
      const report = await run()
      expect(JSON.stringify(reportJson(report, 'de'))).toMatch(named)
      expect(exitCodeOf(report, false)).toBe(1)
      files({ 'a.txt': 'A' })
      expect(exitCodeOf(await run(), false)).toBe(0)
    },
  )

  test('what is excluded is counted and leaves the index; alone it is nothing that could be read', async () => {
    files({ 'a.txt': 'A', 'b.txt': 'B' })
    await run()
    files({ '.fundstelleignore': 'b.txt' })
    const report = await run()
    expect(report.skipped).toMatchObject([{ why: 'excluded', count: 1 }])
    expect(Object.keys(articlesIn(cache))).toEqual(['a.txt'])
    expect(exitCodeOf(await run({ exclude: ['*'] }), false)).toBe(1)
  })

  test('settings that cannot be read fail each run, also where something is known of before', async () => {
    files({ 'mkdocs.yml': 'draft_docs: a.md\n', 'docs/a.md': '# A\n\nText' })
    expect(exitCodeOf(await run(), false)).toBe(0)
    files({ 'mkdocs.yml': 'nav: [\n' })
    expect(exitCodeOf(await run(), false)).toBe(1)
    expect(exitCodeOf(await run(), false)).toBe(1)
  })

  test('what is not public was read: nothing fails', async () => {
    files({ 'a.md': '---\ndraft: true\n---\nText', 'b.jpg': 'x' })
    expect(exitCodeOf(await run(), false)).toBe(0)
  })

  test('an ignore file that is of no use is refused, and its folder stays as it was known', async () => {
    files({ 'a.txt': 'A', 'o/b.txt': 'B' })
    await run()
    files({ 'o/.fundstelleignore': '*a'.repeat(20) })
    expect((await run()).refusals).toMatchObject([{ error: { code: 'ignore_pattern' } }])
    expect(Object.keys(articlesIn(cache))).toEqual(['a.txt', 'o/b.txt'])
  })

  test('an empty folder is no failure', async () => {
    expect(exitCodeOf(await run(), true)).toBe(0)
  })
})
