import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { DIRECT_CHANGES_MAX } from '../../src/index/snapshot/backlog.ts'
import { Generations } from '../../src/index/snapshot/generations.ts'
import { verify } from '../../src/index/snapshot/verify.ts'
import type { Progress } from '../../src/update/options.ts'
import { update } from '../../src/update/update.ts'
import { asOrdinaryUser, temporaryFolder, writeFiles } from '../support/folders.ts'
import { analyzer } from '../support/memory-index.ts'
import { articlesIn, jsonl, optionsFor, updated } from '../support/updating.ts'

let root = ''
let cache = ''
beforeEach(() => {
  root = temporaryFolder()
  cache = temporaryFolder()
})

const files = (contents: Readonly<Record<string, string | Uint8Array>>): void => writeFiles(root, contents)
const remove = (path: string): void => rmSync(join(root, path), { recursive: true })
const at = (path: string): string => join(root, path)
const ids = (): string[] => Object.keys(articlesIn(cache))

describe('files', () => {
  test('are read once; unchanged ones are not read again', async () => {
    files({ 'a.txt': 'Eins\n\nText', 'tief/b.md': '# Zwei\n\nText', 'c.jsonl': jsonl({ x: 'drei', y: 'vier' }) })
    expect(await updated(cache, [root])).toBe('read 3 · +4 ~0 -0 · refused 0')
    expect(ids()).toEqual(['a.txt', 'tief/b.md', 'x', 'y'])
    const again = await update(optionsFor(cache, [root]))
    expect(again).toMatchObject({
      files: { read: 0, unchanged: 3, gone: 0 },
      added: 0,
      changed: 0,
      removed: 0,
      articles: 4,
    })
  })

  test('of a PATH that is to leave go, but for what another PATH finds there', async () => {
    files({ 'a.txt': 'A', 'tief/b.txt': 'B', 'tief/noch/c.txt': 'C', 'tiefer.txt': 'D' })
    await updated(cache, [root])
    expect(await updated(cache, [at('tief/noch')], { without: [at('tief')] })).toBe('read 1 · +1 ~0 -2 · refused 0')
    expect(ids()).toEqual(['a.txt', 'c.txt', 'tiefer.txt'])
    expect(await updated(cache, [], { without: [root] })).toBe('read 0 · +0 ~0 -3 · refused 0')
  })

  test('touched but the same: read, nothing changed', async () => {
    files({ 'a.txt': 'Eins\n\nText' })
    await updated(cache, [root])
    utimesSync(at('a.txt'), new Date(1e12), new Date(1e12))
    expect(await updated(cache, [root])).toBe('read 1 · +0 ~0 -0 · refused 0')
    expect(await updated(cache, [root])).toBe('read 0 · +0 ~0 -0 · refused 0')
  })

  test('changed to the same size and time are noticed all the same', async () => {
    const time = new Date(1e12)
    files({ 'a.txt': 'Eins\n\nText' })
    utimesSync(at('a.txt'), time, time)
    await updated(cache, [root])
    files({ 'a.txt': 'Eins\n\nTaxt' })
    utimesSync(at('a.txt'), time, time)
    expect(await updated(cache, [root])).toBe('read 1 · +0 ~1 -0 · refused 0')
    expect(articlesIn(cache)).toEqual({ 'a.txt': 'Taxt' })
  })

  test('changed, added, removed, renamed', async () => {
    files({ 'a.txt': 'A\n\n1', 'b.txt': 'B\n\n1', 'c.txt': 'C\n\n1', 'd.jsonl': jsonl({ fest: '1' }) })
    await updated(cache, [root])
    files({ 'a.txt': 'A\n\n2', 'neu.txt': 'N\n\n1' })
    remove('b.txt')
    renameSync(at('c.txt'), at('c2.txt'))
    renameSync(at('d.jsonl'), at('d2.jsonl'))
    const report = await update(optionsFor(cache, [root]))
    expect(report).toMatchObject({
      files: { read: 4, unchanged: 0, gone: 3 },
      added: 3,
      changed: 1,
      removed: 3,
      articles: 4,
    })
    expect(articlesIn(cache)).toEqual({ 'a.txt': '2', 'c2.txt': '1', fest: '1', 'neu.txt': '1' })
  })

  test('all are read again when the readers have changed', async () => {
    files({ 'a.txt': 'A', 'b.txt': 'B' })
    await updated(cache, [root])
    expect(await updated(cache, [root], { readersFingerprint: 'readers-2' })).toBe('read 2 · +0 ~0 -0 · refused 0')
  })

  test('of unknown type are skipped and counted; one that becomes such lets its articles go', async () => {
    files({
      'a.txt': 'A',
      'bild.png': 'x',
      'feed.xml': '<rss version="2.0"><channel><item><title>T</title></item></channel></rss>',
    })
    const report = await update(optionsFor(cache, [root]))
    expect(report).toMatchObject({ files: { read: 2, skipped: 1 }, added: 2, refusals: [] })
    files({ 'feed.xml': '<config/>' })
    expect(await update(optionsFor(cache, [root]))).toMatchObject({
      files: { read: 0, skipped: 2 },
      removed: 1,
      articles: 1,
      warnings: [{ file: at('feed.xml'), line: null, error: { code: 'file_not_recognised' } }],
    })
    expect(ids()).toEqual(['a.txt'])
  })

  test('with names of every kind', async () => {
    const names = ['Größe 😀.txt', "O'Neil %s _.txt", '#L1.txt', 'a\\b.txt', 'nfd-u\u0308.txt']
    files(Object.fromEntries(names.map((name) => [name, 'Text'])))
    expect(await updated(cache, [root])).toBe('read 5 · +5 ~0 -0 · refused 0')
    expect(await updated(cache, [root])).toBe('read 0 · +0 ~0 -0 · refused 0')
    for (const name of names) remove(name)
    expect(await updated(cache, [root])).toBe('read 0 · +0 ~0 -5 · refused 0')
  })

  test('more than one transaction takes', async () => {
    files(Object.fromEntries(Array.from({ length: 230 }, (_, i) => [`${i}.txt`, `Titel ${i}`])))
    const progress: Progress[] = []
    const report = await update(optionsFor(cache, [root], { onProgress: (step) => progress.push(step) }))
    expect(report).toMatchObject({ added: 230, articles: 230 })
    const read = progress.filter(({ phase }) => phase === 'read')
    expect(read.map(({ done }) => done)).toEqual([100, 200, 230])
    expect(progress.at(-1)).toEqual({ phase: 'index', done: 230, total: 230 })
  })

  test('what an earlier run read but did not index is counted with the rest', async () => {
    files(Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`${i}.txt`, `Titel ${i}`])))
    await update(optionsFor(cache, [root]))
    rmSync(join(cache, 'CURRENT'))
    for (const folder of new Generations(cache).candidates()) rmSync(folder, { recursive: true })
    files({ 'neu.txt': 'Neu' })
    const progress: Progress[] = []
    await update(optionsFor(cache, [root], { onProgress: (step) => progress.push(step) }))
    expect(progress.at(-1)).toEqual({ phase: 'index', done: 151, total: 151 })
  })
})

describe('PATHs', () => {
  test('articles of others stay', async () => {
    files({ 'a/x.txt': 'X', 'b/y.txt': 'Y', 'ab/z.txt': 'Z' })
    await updated(cache, [at('a'), at('b'), at('ab')])
    remove('a/x.txt')
    remove('b/y.txt')
    expect(await updated(cache, [at('a')])).toBe('read 0 · +0 ~0 -1 · refused 0')
    expect(ids()).toEqual(['y.txt', 'z.txt'])
  })

  test('a file is a PATH; the file beside it is not', async () => {
    files({ 'a.txt': 'A', 'a.txt.txt': 'B' })
    expect(await updated(cache, [at('a.txt')])).toBe('read 1 · +1 ~0 -0 · refused 0')
    expect(await updated(cache, [root])).toBe('read 1 · +1 ~0 -0 · refused 0')
    remove('a.txt.txt')
    expect(await updated(cache, [at('a.txt')])).toBe('read 0 · +0 ~0 -0 · refused 0')
    remove('a.txt')
    expect(await updated(cache, [at('a.txt')])).toBe('read 0 · +0 ~0 -1 · refused 0')
    expect(ids()).toEqual(['a.txt.txt'])
  })

  test('overlapping ones have each file once, named by the first; given in another order the ids follow', async () => {
    files({ 'a.txt': 'A', 'tief/b.txt': 'B' })
    expect(await updated(cache, [root, at('tief'), root])).toBe('read 2 · +2 ~0 -0 · refused 0')
    expect(ids()).toEqual(['a.txt', 'tief/b.txt'])
    expect(await updated(cache, [at('tief'), root])).toBe('read 1 · +1 ~0 -1 · refused 0')
    expect(ids()).toEqual(['a.txt', 'b.txt'])
  })

  test('one that never existed is path_not_found, and nothing else is done', async () => {
    files({ 'a.txt': 'A' })
    const wrong = update(optionsFor(cache, [root, at('gibtsnicht')]))
    await expect(wrong).rejects.toMatchObject({ code: 'path_not_found', params: { path: at('gibtsnicht') } })
    expect(ids()).toEqual([])
    expect(await updated(cache, [root, at('gibtsnicht')], { mayBeMissing: 'any' })).toBe(
      'read 1 · +1 ~0 -0 · refused 1',
    )
  })

  test('a folder that was known and vanished is an error: nothing leaves, nothing else is done', async () => {
    files({ 'a/x.txt': 'X', 'b/y.txt': 'Y' })
    await updated(cache, [at('a'), at('b')])
    renameSync(at('a'), at('weg'))
    files({ 'b/neu.txt': 'N' })
    const wrong = update(optionsFor(cache, [at('b'), at('a')]))
    await expect(wrong).rejects.toMatchObject({ code: 'path_vanished', params: { path: at('a') } })
    expect(ids()).toEqual(['x.txt', 'y.txt'])
  })

  test.each(['known', 'any'] as const)(
    'where %s may be missing it is refused; its articles stay, others are read',
    async (mayBeMissing) => {
      files({ 'a/x.txt': 'X', 'b/y.txt': 'Y' })
      await updated(cache, [at('a'), at('b')])
      renameSync(at('a'), at('weg'))
      files({ 'b/neu.txt': 'N' })
      const report = await update(optionsFor(cache, [at('a'), at('b')], { mayBeMissing }))
      expect(report).toMatchObject({
        added: 1,
        removed: 0,
        refusals: [{ file: at('a'), error: { code: 'path_vanished' } }],
      })
      expect(ids()).toEqual(['neu.txt', 'x.txt', 'y.txt'])
    },
  )

  test('where only known ones may be missing, others are an error', async () => {
    files({ 'a.txt': 'A' })
    await updated(cache, [root])
    const wrong = update(optionsFor(cache, [root, at('gibtsnicht')], { mayBeMissing: 'known' }))
    await expect(wrong).rejects.toMatchObject({ code: 'path_not_found' })
  })

  test('a file that was known lets its articles go, unless its folder is missing too', async () => {
    files({ 'a/x.txt': 'X', 'b/y.txt': 'Y' })
    await updated(cache, [at('a/x.txt'), at('b/y.txt')])
    remove('a/x.txt')
    expect(await updated(cache, [at('a/x.txt')])).toBe('read 0 · +0 ~0 -1 · refused 0')
    renameSync(at('b'), at('weg'))
    await expect(update(optionsFor(cache, [at('b/y.txt')]))).rejects.toMatchObject({ code: 'path_vanished' })
    expect(ids()).toEqual(['y.txt'])
  })

  test('a folder that is empty all of a sudden is complained of; one that never held anything is not', async () => {
    files({ 'a/x.txt': 'X', 'a/y.txt': 'Y', 'b/z.txt': 'Z' })
    mkdirSync(at('leer'))
    await updated(cache, [at('a'), at('b')])
    remove('a/x.txt')
    remove('a/y.txt')
    const report = await update(optionsFor(cache, [at('a'), at('b'), at('leer')]))
    expect(report).toMatchObject({
      removed: 2,
      complaints: [{ code: 'path_emptied', params: { path: at('a'), removed: 2 } }],
    })
    expect((await update(optionsFor(cache, [at('a')]))).complaints).toEqual([])
    renameSync(at('b/z.txt'), at('b/neu.txt'))
    expect((await update(optionsFor(cache, [at('b')]))).complaints).toEqual([])
  })

  test('a missing one leaves no cache behind', async () => {
    const fresh = join(cache, 'neu')
    await expect(update(optionsFor(fresh, [at('gibtsnicht')]))).rejects.toMatchObject({ code: 'path_not_found' })
    expect(existsSync(fresh)).toBe(false)
  })

  test('one that is a link: files that vanish behind it leave, and it may point elsewhere the next time', async () => {
    files({ 'v1/a.txt': 'A', 'v1/b.txt': 'B', 'v2/a.txt': 'A', 'v2/c.txt': 'C' })
    symlinkSync(at('v1'), at('aktuell'))
    expect(await updated(cache, [at('aktuell')])).toBe('read 2 · +2 ~0 -0 · refused 0')
    remove('v1/b.txt')
    expect(await updated(cache, [at('aktuell')])).toBe('read 0 · +0 ~0 -1 · refused 0')
    rmSync(at('aktuell'))
    symlinkSync(at('v2'), at('aktuell'))
    remove('v1')
    expect(await updated(cache, [at('aktuell')])).toBe('read 2 · +1 ~0 -0 · refused 0')
    expect(ids()).toEqual(['a.txt', 'c.txt'])
  })

  test('one that is a link turned to a file that looks the same: it is read', async () => {
    symlinkSync(at('v1'), at('aktuell'))
    // written within one tick of the file system's clock, as a rule at the first try
    for (let tries = 0; tries < 100; tries++) {
      files({ 'v1/a.txt': 'A\n\neins', 'v2/a.txt': 'A\n\nzwei' })
      for (const path of ['v1/a.txt', 'v2/a.txt']) utimesSync(at(path), 5, 5)
      const [one, other] = ['v1/a.txt', 'v2/a.txt'].map((path) => statSync(at(path), { bigint: true }))
      if (one?.ctimeNs === other?.ctimeNs) break
    }
    await updated(cache, [at('aktuell')])
    rmSync(at('aktuell'))
    symlinkSync(at('v2'), at('aktuell'))
    expect(await updated(cache, [at('aktuell')])).toBe('read 1 · +0 ~1 -0 · refused 0')
    expect(articlesIn(cache)).toEqual({ 'a.txt': 'zwei' })
  })

  test('relative ones are meant from the working folder', async () => {
    files({ 'a.txt': 'A' })
    const before = process.cwd()
    process.chdir(root)
    try {
      await updated(cache, ['.'])
    } finally {
      process.chdir(before)
    }
    expect(await updated(cache, [root])).toBe('read 0 · +0 ~0 -0 · refused 0')
  })
})

test('a file that is read, but hardly as it was meant, is in the warnings', async () => {
  files({ 'a.md': '---\ntitel: x\n\nText' })
  expect(await update(optionsFor(cache, [root]))).toMatchObject({
    added: 1,
    refusals: [],
    warnings: [{ file: at('a.md'), line: 1, error: { code: 'front_matter_open' } }],
  })
})

describe('ids', () => {
  test('that are paths, twice in two PATHs: the advice is the folder above both, and files are called as they were given', async () => {
    files({ 'a/x.txt': 'eins', 'b/x.txt': 'zwei' })
    const before = process.cwd()
    process.chdir(root)
    try {
      const report = await update(optionsFor(cache, ['a', 'b']))
      expect(report.refusals).toMatchObject([
        { file: join('b', 'x.txt'), error: { params: { id: 'x.txt', other: join('a', 'x.txt') } } },
      ])
      expect(report.refusals[0]?.error.detail('de')).toContain('den gemeinsamen Ordner darüber einlesen')
      const alone = await update(optionsFor(cache, ['b']))
      expect(alone.refusals).toMatchObject([{ error: { params: { other: join('a', 'x.txt') } } }])
    } finally {
      process.chdir(before)
    }
    expect(await updated(cache, [root])).toBe('read 2 · +2 ~0 -1 · refused 0')
  })

  test('twice in one file: the first stays, the second is refused with its line and where the first stands', async () => {
    files({ 'a.jsonl': jsonl({ x: 'eins' }) + jsonl({ y: 'zwei' }) + jsonl({ x: 'drei' }) })
    const report = await update(optionsFor(cache, [root]))
    expect(report).toMatchObject({ added: 2, refusals: [{ file: at('a.jsonl'), line: 3 }] })
    expect(report.refusals[0]?.error).toMatchObject({
      code: 'duplicate_id',
      params: { id: 'x', other: { de: `${at('a.jsonl')}, Zeile 1`, en: `${at('a.jsonl')}, line 1` } },
    })
    expect(articlesIn(cache)).toEqual({ x: 'eins', y: 'zwei' })
  })

  test('in two files: the one that came first stays, the other is refused each time until the id is free', async () => {
    files({ 'a.jsonl': jsonl({ x: 'eins' }), 'b.jsonl': jsonl({ x: 'zwei', y: 'y' }) })
    const remedy = { de: 'jedem Artikel eine eigene id geben' }
    for (const read of [2, 1]) {
      const report = await update(optionsFor(cache, [root]))
      expect(report).toMatchObject({
        files: { read },
        refusals: [
          { file: at('b.jsonl'), line: 1, error: { code: 'duplicate_id', params: { other: at('a.jsonl'), remedy } } },
        ],
      })
      expect(articlesIn(cache)).toEqual({ x: 'eins', y: 'y' })
    }
    remove('a.jsonl')
    expect(await updated(cache, [root])).toBe('read 1 · +1 ~0 -1 · refused 0')
    expect(articlesIn(cache)).toEqual({ x: 'zwei', y: 'y' })
    expect(await updated(cache, [root])).toBe('read 0 · +0 ~0 -0 · refused 0')
  })

  test.each([
    ['a.jsonl', 'b.jsonl'],
    ['b.jsonl', 'a.jsonl'],
  ])('moving from %s to %s in one run arrive, whichever is read first', async (from, to) => {
    files({ [from]: jsonl({ x: 'x', rest: 'r' }), [to]: jsonl({ y: 'y' }) })
    await updated(cache, [root])
    files({ [from]: jsonl({ rest: 'r' }), [to]: jsonl({ y: 'y', x: 'x' }) })
    expect(await updated(cache, [root])).toBe('read 2 · +1 ~0 -1 · refused 0')
    expect(articlesIn(cache)).toEqual({ rest: 'r', x: 'x', y: 'y' })
    expect(await updated(cache, [root])).toBe('read 0 · +0 ~0 -0 · refused 0')
  })

  test('arriving in a file of which a line was refused: that one is told of again', async () => {
    files({ 'b.jsonl': jsonl({ x: 'x' }) })
    await updated(cache, [root])
    // read first: its article waits until the other file has let the id go
    files({ 'a.jsonl': `broken\n${jsonl({ x: 'x' })}`, 'b.jsonl': jsonl({ rest: 'r' }) })
    expect(await updated(cache, [root])).toBe('read 2 · +2 ~0 -1 · refused 1')
    expect(await updated(cache, [root])).toBe('read 1 · +0 ~0 -0 · refused 1')
    expect(articlesIn(cache)).toEqual({ rest: 'r', x: 'x' })
  })

  test('changing places, also in a ring of three', async () => {
    files({ 'a.jsonl': jsonl({ x: '1' }), 'b.jsonl': jsonl({ y: '2' }), 'c.jsonl': jsonl({ z: '3' }) })
    await updated(cache, [root])
    files({ 'a.jsonl': jsonl({ y: '1' }), 'b.jsonl': jsonl({ z: '2' }), 'c.jsonl': jsonl({ x: '3' }) })
    expect(await updated(cache, [root])).toBe('read 3 · +3 ~0 -3 · refused 0')
    expect(articlesIn(cache)).toEqual({ x: '3', y: '1', z: '2' })
    expect(await updated(cache, [root])).toBe('read 0 · +0 ~0 -0 · refused 0')
  })

  test('wanted twice by one file while another still has them: the first line gets it, the second is refused', async () => {
    files({ 'b.jsonl': jsonl({ x: 'alt' }) })
    await updated(cache, [root])
    files({ 'a.jsonl': jsonl({ x: 'eins' }) + jsonl({ x: 'zwei' }), 'b.jsonl': jsonl({ y: 'y' }) })
    expect(await updated(cache, [root])).toBe('read 2 · +2 ~0 -1 · refused 1')
    expect(articlesIn(cache)).toEqual({ x: 'eins', y: 'y' })
  })

  test('a killed run loses no article that waited for its id', async () => {
    files({ 'a.jsonl': jsonl({ x: '1' }), 'b.jsonl': jsonl({ y: '2' }) })
    await updated(cache, [root])
    files({ 'a.jsonl': jsonl({ y: '1' }), 'b.jsonl': jsonl({ z: '2' }) })
    // what has been committed when the files are read and the process is gone before the waiting articles got their turn
    const killed = update(
      optionsFor(cache, [root], {
        onProgress: () => {
          throw new RangeError('kill -9')
        },
      }),
    )
    await expect(killed).rejects.toThrow('kill -9')
    expect(articlesIn(cache)).toEqual({ z: '2' })
    await updated(cache, [root])
    expect(articlesIn(cache)).toEqual({ y: '1', z: '2' })
  })
})

describe('refusals', () => {
  test('a file with one is read again the next time, the rest of it is taken', async () => {
    files({ 'a.jsonl': `${jsonl({ x: '1' })}kaputt\n${jsonl({ y: '2' })}` })
    for (const told of ['read 1 · +2 ~0 -0 · refused 1', 'read 1 · +0 ~0 -0 · refused 1']) {
      expect(await updated(cache, [root])).toBe(told)
    }
    files({ 'a.jsonl': jsonl({ x: '1', y: '2' }) })
    expect(await updated(cache, [root])).toBe('read 1 · +0 ~0 -0 · refused 0')
    expect(await updated(cache, [root])).toBe('read 0 · +0 ~0 -0 · refused 0')
  })

  test('of a file of lines that is larger than a file may be, only lines are that are so themselves', async () => {
    const small = Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`x${i}`, 'Haus '.repeat(12).trim()]))
    files({ 'a.jsonl': `${jsonl({ gross: 'x'.repeat(100_001) })}${jsonl(small)}` })
    const report = await update(optionsFor(cache, [root]))
    expect(report).toMatchObject({ added: 2000, refused: 1 })
    expect(report.refusals).toMatchObject([{ file: at('a.jsonl'), line: 1, error: { code: 'line_too_large' } }])
    expect(await updated(cache, [root], { maxFileBytes: 200_000 })).toBe('read 1 · +1 ~0 -0 · refused 0')
    expect(await updated(cache, [root])).toBe('read 0 · +0 ~0 -0 · refused 0')
  })

  test('a file that is refused as a whole keeps what was known of it', async () => {
    files({ 'a.jsonl': jsonl({ x: '1' }), 'b.txt': 'B', 'c.txt': 'C' })
    await updated(cache, [root])
    files({ 'a.jsonl': 'kaputt', 'b.txt': Uint8Array.of(1, 0, 2), 'c.txt': 'C'.repeat(100_001) })
    const report = await update(optionsFor(cache, [root]))
    expect(report.refusals.map(({ error }) => error.code).sort()).toEqual([
      'file_binary',
      'file_too_large',
      'json_broken',
    ])
    expect(ids()).toEqual(['b.txt', 'c.txt', 'x'])
    remove('a.jsonl')
    remove('b.txt')
    remove('c.txt')
    expect(await updated(cache, [root])).toBe('read 0 · +0 ~0 -3 · refused 0')
  })

  test('an emptied list of articles is no refusal: they leave', async () => {
    files({ 'a.jsonl': jsonl({ x: '1' }) })
    await updated(cache, [root])
    files({ 'a.jsonl': '\n' })
    expect(await updated(cache, [root])).toBe('read 1 · +0 ~0 -1 · refused 0')
  })

  test('a file or folder that may not be read is refused with a clear word and keeps what was known of it', async () => {
    files({ 'a.txt': 'A', 'tief/b.txt': 'B', 'tief/noch/c.txt': 'C', 'tiefer.txt': 'D' })
    await asOrdinaryUser([root, cache], async () => {
      await updated(cache, [root])
    })
    chmodSync(at('a.txt'), 0)
    chmodSync(at('tief'), 0)
    remove('tiefer.txt')
    try {
      await asOrdinaryUser([root, cache], async () => {
        const report = await update(optionsFor(cache, [root]))
        expect(report.refusals.map(({ file }) => file).sort()).toEqual([at('a.txt'), at('tief')])
        for (const { error } of report.refusals) {
          expect(error.code).toBe('path_unreadable')
          expect(error.detail('de')).toContain('keine Berechtigung, EACCES')
        }
        expect(report).toMatchObject({ removed: 1, articles: 3 })
      })
    } finally {
      chmodSync(at('tief'), 0o755)
    }
  })

  test('a link that leads out is refused, one that leads nowhere too', async () => {
    const outside = temporaryFolder()
    writeFiles(outside, { 'geheim.txt': 'Geheim' })
    files({ 'a.txt': 'A' })
    symlinkSync(join(outside, 'geheim.txt'), at('hinaus.txt'))
    symlinkSync(at('fehlt'), at('leer.txt'))
    const report = await update(optionsFor(cache, [root]))
    expect(report.refusals.map(({ error }) => error.code)).toEqual(['link_outside', 'link_broken'])
    expect(ids()).toEqual(['a.txt'])
  })
})

describe('snapshots', () => {
  const generation = (): number | undefined => new Generations(cache).currentNumber()
  const many = (count: number, text: string): string =>
    jsonl(Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, text])))

  test('always: at the last change after every run; none is written where nothing changed', async () => {
    files({ 'a.txt': 'A' })
    await updated(cache, [root])
    expect(generation()).toBe(1)
    await updated(cache, [root])
    expect(generation()).toBe(1)
    files({ 'a.txt': 'B' })
    await updated(cache, [root])
    expect(generation()).toBe(2)
    expect(await verify(cache, analyzer, 'probe')).toEqual({ articles: 1, backlog: 0, faults: [] })
  })

  test('deferred: only where more has changed than a server applies by itself', async () => {
    files({ 'a.jsonl': many(DIRECT_CHANGES_MAX, 'Haus') })
    await updated(cache, [root], { snapshot: 'deferred' })
    expect(generation()).toBe(1)
    files({ 'b.txt': 'B' })
    await updated(cache, [root], { snapshot: 'deferred' })
    expect(generation()).toBe(1)
    expect(await verify(cache, analyzer, 'probe')).toMatchObject({ backlog: 1, faults: [] })
    files({ 'a.jsonl': many(DIRECT_CHANGES_MAX / 2, 'Boot') })
    await updated(cache, [root], { snapshot: 'deferred' })
    expect(generation()).toBe(2)
    expect(await verify(cache, analyzer, 'probe')).toMatchObject({ backlog: 0, faults: [] })
  })

  test.each(['seg-1/postings.bin', 'seg-1/manifest.json', 'gen-1/manifest.json', 'gen-1/deletions.bin', 'CURRENT'])(
    'deferred: never where %s is not what it was',
    async (name) => {
      files({ 'a.txt': 'A' })
      await updated(cache, [root])
      writeFileSync(join(cache, name), 'kaputt')
      await updated(cache, [root], { snapshot: 'deferred' })
      expect(generation()).toBe(2)
      expect(await verify(cache, analyzer, 'probe')).toMatchObject({ articles: 1, faults: [] })
    },
  )

  test('deferred: never where it is ahead of a store that was put back from a backup', async () => {
    const store = join(cache, 'store.sqlite')
    files({ 'a.txt': 'A' })
    await updated(cache, [root])
    const backup = readFileSync(store)
    files({ 'b.txt': 'B' })
    await updated(cache, [root])
    remove('b.txt')
    writeFileSync(store, backup)
    await updated(cache, [root], { snapshot: 'deferred' })
    expect(generation()).toBe(3)
    expect(await verify(cache, analyzer, 'probe')).toEqual({ articles: 1, backlog: 0, faults: [] })
  })

  test.each([
    ['is noticed', false, ['snapshot_unsound']],
    ['is left for a reader to notice, while files are watched,', true, []],
  ])('a flipped bit %s by an update that changes little', async (_, isRepeated, complaints) => {
    files({ 'a.jsonl': many(10 * DIRECT_CHANGES_MAX, 'Haus') })
    await updated(cache, [root])
    const path = join(cache, 'seg-1/postings.bin')
    const bytes = readFileSync(path)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1
    writeFileSync(path, bytes)
    files({ 'a.jsonl': many(9 * DIRECT_CHANGES_MAX - 1, 'Haus') })
    const report = await update(optionsFor(cache, [root], { snapshot: 'deferred', isRepeated }))
    expect(report.complaints.map(({ code }) => code)).toEqual(complaints)
    expect(generation()).toBe(2)
    expect((await verify(cache, analyzer, 'probe')).faults).toHaveLength(isRepeated ? 1 : 0)
  })

  test('an unsound one is named in the report and replaced, also where only its manifest is broken', async () => {
    files({ 'a.txt': 'A' })
    await updated(cache, [root])
    for (const [name, generationBefore] of [
      ['gen-1/manifest.json', 1],
      ['seg-2/postings.bin', 2],
    ] as const) {
      writeFileSync(join(cache, name), 'kaputt')
      const report = await update(optionsFor(cache, [root]))
      expect(report.complaints.map(({ code }) => code)).toContain('snapshot_unsound')
      expect(generation()).toBe(generationBefore + 1)
      expect((await verify(cache, analyzer, 'probe')).faults).toEqual([])
    }
  })

  test('an update that has nothing to read still makes a snapshot of what the store holds', async () => {
    files({ 'a.txt': 'A' })
    await updated(cache, [root])
    rmSync(join(cache, 'CURRENT'))
    rmSync(join(cache, 'gen-1'), { recursive: true })
    await updated(cache, [root])
    expect((await verify(cache, analyzer, 'probe')).backlog).toBe(0)
  })
})

describe('the cache', () => {
  test('inside the folder that is indexed is no harm', async () => {
    files({ 'a.txt': 'A' })
    const inside = at('index-cache')
    mkdirSync(inside)
    for (const told of ['read 1 · +1 ~0 -0 · refused 0', 'read 0 · +0 ~0 -0 · refused 0']) {
      expect(await updated(inside, [root])).toBe(told)
    }
  })
})
