import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { IGNORE_FILE, IGNORE_FILE_MAX, IgnoreRules } from '../../src/ingest/ignore-rules.ts'
import { type WalkOptions, walk } from '../../src/ingest/walk.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'

let root = ''
beforeEach(() => {
  root = temporaryFolder()
})

/** What is found, in order: files by their paths, all else with its kind. */
function found(files: Readonly<Record<string, string>>, options: Partial<WalkOptions> = {}, path = root): string[] {
  writeFiles(root, files)
  return [...walk(path, { maxFileBytes: 1e6, ...options })].map((entry) => {
    const kind = entry.kind === 'skipped' ? entry.why : entry.kind === 'refusal' ? entry.error.code : entry.kind
    return kind === 'file' ? entry.path : `${kind} ${entry.path}`
  })
}

const TREE = { 'a.txt': 'x', 'b.txt': 'x', 'alt/c.txt': 'x', 'alt/tief/d.txt': 'x', 'neu/alt.txt': 'x' }

describe('patterns', () => {
  it.each<[string, string, string[]]>([
    ['a name, wherever it stands', 'c.txt', ['a.txt', 'excluded alt/c.txt', 'alt/tief/d.txt', 'b.txt', 'neu/alt.txt']],
    ['a folder, with all that is in it', 'alt/', ['a.txt', 'excluded alt', 'b.txt', 'neu/alt.txt']],
    ['from the folder of the file', '/a*', ['excluded a.txt', 'excluded alt', 'b.txt', 'neu/alt.txt']],
    ['in between', 'alt/**/*.txt', ['a.txt', 'excluded alt/c.txt', 'excluded alt/tief/d.txt', 'b.txt', 'neu/alt.txt']],
    [
      'an exception',
      '*.txt\n!b.txt',
      ['excluded a.txt', 'excluded alt/c.txt', 'excluded alt/tief/d.txt', 'b.txt', 'excluded neu/alt.txt'],
    ],
    ['capitals as they are', 'A.txt', ['a.txt', 'alt/c.txt', 'alt/tief/d.txt', 'b.txt', 'neu/alt.txt']],
    [
      'comments and empty lines are none',
      '# a.txt\n\n\\#x\r\n',
      ['a.txt', 'alt/c.txt', 'alt/tief/d.txt', 'b.txt', 'neu/alt.txt'],
    ],
  ])('leave out %s', (_, patterns, expected) => {
    expect(found({ ...TREE, [IGNORE_FILE]: patterns })).toEqual(expected)
    expect(found({ [IGNORE_FILE]: '' }, { exclude: patterns.split('\n') })).toEqual(expected)
  })

  it('of a folder belong to it, and beat those of folders above; those of the command line beat all', () => {
    const files = { ...TREE, [IGNORE_FILE]: 'd.txt\n/b.txt', [`alt/${IGNORE_FILE}`]: '!d.txt\n/c.txt' }
    const expected = ['a.txt', 'excluded alt/c.txt', 'alt/tief/d.txt', 'excluded b.txt', 'neu/alt.txt']
    expect(found(files)).toEqual(expected)
    const given = ['a.txt', 'alt/c.txt', 'excluded alt/tief', 'excluded b.txt', 'neu/alt.txt']
    expect(found({}, { exclude: ['tief', '!c.txt'] })).toEqual(given)
  })

  it('of folders above a PATH count for it, as the shell gives the PATHs of `docs/*`', () => {
    writeFiles(root, { ...TREE, [IGNORE_FILE]: '/a.txt\nalt/\n/neu/alt.txt\nfern' })
    const of = (path: string, exclude: string[] = []) => found({}, { exclude }, join(root, path))
    expect(of('a.txt')).toEqual(['excluded a.txt'])
    expect(of('b.txt')).toEqual(['b.txt'])
    expect(of('alt')).toEqual(['excluded .'])
    expect(of('alt/tief')).toEqual(['excluded .'])
    expect(of('alt/tief/d.txt')).toEqual(['excluded d.txt'])
    expect(of('neu')).toEqual(['excluded alt.txt'])
    expect(of('neu/alt.txt')).toEqual(['excluded alt.txt'])
    expect(of('neu', ['!alt.txt'])).toEqual(['alt.txt'])
    expect(of('neu', ['*'])).toEqual(['excluded alt.txt'])
    expect(of('neu/alt.txt', ['!alt.txt'])).toEqual(['alt.txt'])
  })

  it('of a folder within one that is left out take nothing back', () => {
    const files = { ...TREE, [IGNORE_FILE]: 'alt/', [`alt/${IGNORE_FILE}`]: '!c.txt\n!tief/' }
    expect(found(files, {}, join(root, 'alt/c.txt'))).toEqual(['excluded c.txt'])
    expect(found({}, {}, join(root, 'alt/tief'))).toEqual(['excluded .'])
  })

  it('leave out a PATH that is a link by its own name, too, and by that of its target', () => {
    writeFiles(root, { ...TREE, [IGNORE_FILE]: 'verweis*\n/neu/alt.txt' })
    symlinkSync(join(root, 'b.txt'), join(root, 'verweis.txt'))
    symlinkSync(join(root, 'alt'), join(root, 'verweise'))
    symlinkSync(join(root, 'neu/alt.txt'), join(root, 'neues.txt'))
    expect(found({}, {}, join(root, 'verweis.txt'))).toEqual(['excluded verweis.txt'])
    expect(found({}, {}, join(root, 'verweise'))).toEqual(['excluded .'])
    expect(found({}, {}, join(root, 'neues.txt'))).toEqual(['excluded neues.txt'])
  })

  it('of a folder above that cannot be used refuse the PATH', () => {
    writeFiles(root, { ...TREE, [IGNORE_FILE]: 'a'.repeat(IGNORE_FILE_MAX + 1) })
    expect(found({}, {}, join(root, 'alt'))).toEqual(['ignore_file_large .'])
    expect(found({}, {}, join(root, 'a.txt'))).toEqual(['ignore_file_large a.txt'])
  })

  it('fit names in NFC and NFD alike, and a PATH that is a file by its name', () => {
    const [nfc, nfd] = ['Übung.txt', 'Übung.txt'.normalize('NFD')]
    expect(found({ [nfd]: 'x' }, { exclude: [nfc] })).toEqual([`excluded ${nfc}`])
    expect(found({ 'a.txt': 'x' }, { exclude: ['a.*'] }, join(root, 'a.txt'))).toEqual(['excluded a.txt'])
  })

  it.each([
    ['too many asterisks', '*a'.repeat(20)],
    ['too many folders at any depth', '**/a/'.repeat(4)],
    ['a long line', 'x'.repeat(2000)],
  ])('with %s are refused, and so is the folder they stand in, but no other', (_, pattern) => {
    expect(() => IgnoreRules.of([pattern])).toThrow(expect.objectContaining({ code: 'ignore_pattern' }))
    expect(found({ 'a.txt': 'x', 'alt/c.txt': 'x', [`alt/${IGNORE_FILE}`]: pattern })).toEqual([
      'a.txt',
      'ignore_pattern alt',
    ])
    const [refused] = [...walk(join(root, 'alt'), { maxFileBytes: 1e6 })]
    expect(refused?.kind === 'refusal' && refused.error.detail('de')).toContain(`${IGNORE_FILE}, Zeile 1: Muster „`)
  })

  it('may be written in UTF-16, as PowerShell does', () => {
    writeFiles(root, { 'a.txt': 'x', 'b.txt': 'x' })
    writeFileSync(join(root, IGNORE_FILE), Buffer.from('\ufeffa.txt\r\n', 'utf16le'))
    expect(found({})).toEqual(['excluded a.txt', 'b.txt'])
  })

  it('are not read from a file that is too large, nor from a folder of its name', async () => {
    writeFileSync(join(root, IGNORE_FILE), '\n'.repeat(IGNORE_FILE_MAX + 1))
    expect(found({ 'a.txt': 'x' })).toEqual(['ignore_file_large .'])
    mkdirSync(join(root, 'ordner', IGNORE_FILE), { recursive: true })
    expect(found({ [IGNORE_FILE]: '', 'ordner/a.txt': 'x' }, {}, join(root, 'ordner'))).toEqual(['a.txt'])
  })
})
