import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FundstelleError } from '../../src/errors.ts'
import { type WalkEntry, walk } from '../../src/ingest/walk.ts'

const maxFileBytes = 1000
let folder: string

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'fundstelle-walk-')))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function write(path: string, content = 'x'): string {
  const absolute = join(folder, path)
  mkdirSync(dirname(absolute), { recursive: true })
  writeFileSync(absolute, content)
  return absolute
}

function told(path: string): string[] {
  return [...walk(path, { maxFileBytes })].map((found) =>
    found.kind === 'refusal' ? `${found.path}: ${found.error.code}` : `${found.path}: ${found.kind}`,
  )
}

describe('walk', () => {
  it('finds files in code unit order of their paths, and counts what no reader knows', () => {
    for (const path of ['b.txt', 'a/x.txt', 'a-b.md', 'a.csv', 'Z.md', 'ä.txt', 'a/b/c.html', 'bild.jpg', 'leer'])
      write(path)
    const paths = told(folder)
    expect(paths).toEqual([
      'Z.md: file',
      'a-b.md: file',
      'a.csv: file',
      'a/b/c.html: file',
      'a/x.txt: file',
      'b.txt: file',
      'bild.jpg: skipped',
      'leer: skipped',
      'ä.txt: file',
    ])
  })

  it('names folders of layouts and programs, and does not look into them', () => {
    for (const path of [
      '_layouts/a.html',
      '_site/b.html',
      'blog/_includes/c.md',
      '_data/d.csv',
      '_sass/e.txt',
      '_posts/f.md',
    ])
      write(path)
    for (const path of [
      'vendor/g.md',
      'docs/vendor/h.md',
      'php/vendor/autoload.php',
      'ruby/vendor/i.md',
      'ruby/Gemfile',
    ])
      write(path)
    expect(told(folder)).toEqual([
      '_data: layout',
      '_layouts: layout',
      '_posts/f.md: file',
      '_sass: layout',
      '_site: layout',
      'blog/_includes: layout',
      'docs/vendor/h.md: file',
      'php/vendor: layout',
      'ruby/Gemfile: skipped',
      'ruby/vendor: layout',
      'vendor: layout',
    ])
  })

  it('reads a folder of any name that is itself the PATH', () => {
    for (const path of ['_layouts/a.html', 'vendor/b.md', '_drafts/c.md']) write(path)
    expect(told(join(folder, '_layouts'))).toEqual(['a.html: file'])
    expect(told(join(folder, 'vendor'))).toEqual(['b.md: file'])
    expect(told(join(folder, '_drafts'))).toEqual(['c.md: file'])
  })

  it('passes over hidden entries and node_modules', () => {
    for (const path of ['.geheim.txt', '.git/x.txt', 'node_modules/x.txt', 'a/node_modules/y.txt']) write(path)
    expect(told(folder)).toEqual([])
  })

  it('takes a README for no article, unless it is the PATH itself', () => {
    for (const path of [
      'README.md',
      'a/readme.txt',
      'Readme',
      'a/readme-lesen.md',
      'robots.txt',
      'b/robots.md',
      'google6b9f54f8156b9664.html',
      'google.html',
    ])
      write(path)
    expect(told(folder)).toEqual([
      'README.md: skipped',
      'Readme: skipped',
      'a/readme-lesen.md: file',
      'a/readme.txt: skipped',
      'b/robots.md: file',
      'google.html: file',
      'google6b9f54f8156b9664.html: skipped',
      'robots.txt: skipped',
    ])
    expect(told(join(folder, 'README.md'))).toEqual(['README.md: file'])
  })

  it('tells size and times without reading', () => {
    const absolutePath = write('a.txt', 'fünf')
    utimesSync(absolutePath, 1, 2)
    const [found] = walk(folder, { maxFileBytes })
    expect(found).toMatchObject({ kind: 'file', path: 'a.txt', absolutePath, size: 5, mtimeNs: '2000000000' })
    expect((found as Extract<WalkEntry, { kind: 'file' }>).ctimeNs).toMatch(/^\d{19}$/)
  })

  it('refuses larger files than allowed, naming both sizes', () => {
    truncateSync(write('gross.txt'), 3 * 1024 * 1024 + 1)
    write('genau.txt', 'x'.repeat(maxFileBytes))
    truncateSync(write('gross.jpg'), 5000)
    const found = [...walk(folder, { maxFileBytes: 3 * 1024 * 1024 })]
    expect(found.map(({ kind }) => kind)).toEqual(['file', 'skipped', 'refusal'])
    const { error } = found[2] as Extract<WalkEntry, { kind: 'refusal' }>
    expect(error.detail('de')).toContain('3,01 MB sind mehr als die erlaubten 3 MB')
    expect(told(folder)).toContain('genau.txt: file')
  })

  it('takes files of lines of any size', () => {
    truncateSync(write('gross.jsonl'), maxFileBytes + 1)
    truncateSync(write('gross.NDJSON'), maxFileBytes + 1)
    truncateSync(write('gross.json'), maxFileBytes + 1)
    expect(told(folder)).toEqual(['gross.NDJSON: file', 'gross.json: file_too_large', 'gross.jsonl: file'])
  })

  it('refuses links that lead out or nowhere, and passes over links inside', () => {
    const inside = write('ordner/a.txt')
    const outside = `${folder}-daneben.txt`
    writeFileSync(outside, 'x')
    try {
      symlinkSync(inside, join(folder, 'innen.txt'))
      symlinkSync('..', join(folder, 'ordner/kreis'))
      symlinkSync(outside, join(folder, 'aussen.txt'))
      symlinkSync(join(folder, 'weg.txt'), join(folder, 'leer.txt'))
      symlinkSync('selbst.txt', join(folder, 'selbst.txt'))
      expect(told(folder)).toEqual([
        'aussen.txt: link_outside',
        'leer.txt: link_broken',
        'ordner/a.txt: file',
        'selbst.txt: link_broken',
      ])
    } finally {
      rmSync(outside)
    }
  })

  it('names links to what is passed over for its name', () => {
    write('.versionen/a.md')
    symlinkSync('.versionen/a.md', join(folder, 'a.md'))
    symlinkSync('.versionen', join(folder, 'ordner'))
    expect(told(folder)).toEqual(['a.md: skipped', 'ordner: skipped'])
    expect([...walk(folder, { maxFileBytes })]).toMatchObject([{ why: 'hidden' }, { why: 'hidden' }])
  })

  it('takes one file, by its own name, and a link to a folder as PATH', () => {
    const file = write('ordner/a.txt')
    expect(told(file)).toEqual(['a.txt: file'])
    symlinkSync(join(folder, 'ordner'), join(folder, 'verweis'))
    expect(told(join(folder, 'verweis'))).toEqual(['a.txt: file'])
    const [found] = walk(join(folder, 'verweis'), { maxFileBytes })
    expect(found).toMatchObject({ absolutePath: file })
  })

  it('gives paths in NFC, whatever the file system has', () => {
    write('u\u0308ber.txt')
    expect(told(folder)).toEqual(['über.txt: file'])
  })

  it.each(['gibt-es-nicht', 'a.txt/darunter'])('throws for a PATH that is not there: %s', (name) => {
    write('a.txt')
    expect(() => told(join(folder, name))).toThrow(expect.objectContaining({ code: 'path_not_found' }))
    expect(() => told(join(folder, name))).toThrow(FundstelleError)
  })
})
