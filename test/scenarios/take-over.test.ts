import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { DIRECT_CHANGES_MAX } from '../../src/index/snapshot/backlog.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { isReady, poll, run, type Served, serve } from '../support/program.ts'
import { jsonl } from '../support/updating.ts'

let root = ''
let cache = ''
beforeEach(() => {
  root = temporaryFolder()
  cache = temporaryFolder()
})

const files = (contents: Readonly<Record<string, string>>): void => writeFiles(root, contents)
const articles = (count: number, prefix: string, text: string): string =>
  jsonl(Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i}`, text])))

async function index(...paths: readonly string[]): Promise<void> {
  const { code, err } = await run(['index', '--cache', cache, ...paths])
  expect(code, err).toBe(0)
}

const has = (served: Served, query: string, count: number) => async (): Promise<boolean> =>
  (await served.hits(query)) === count

/** Far above what is promised (a second, two with --watch), so that a busy machine fails nothing. */
const DEADLINE_MS = 20_000

describe('serve', () => {
  test('on an empty cache starts, says so, and fills when something is indexed', async () => {
    const served = await serve(cache)
    expect(served.err).toMatch(/Der Index ist noch leer.*„index PFAD“/)
    expect(served.out).toMatch(/^Fundstelle antwortet auf http:\/\/127\.0\.0\.1:\d+\n$/)
    expect(await isReady(served)()).toBe(true)
    expect(await served.hits('Haus')).toBe(0)
    expect(await served.hits('')).toBe(0)
    files({ 'a.txt': 'Haus\n\nText' })
    await index(root)
    await poll(has(served, 'Haus', 1), DEADLINE_MS)
    const { code, out } = await served.end()
    expect(code).toBe(0)
    expect(out.split('\n')).toHaveLength(2)
  })

  test('takes over what another process indexes, few and many, and never answers wrongly meanwhile', async () => {
    files({ 'grund.jsonl': articles(300, 'grund', 'Grundwort erste'), 'mehr/leer.jsonl': '\n' })
    await index(root)
    const served = await serve(cache)
    /** Each query with the only totals it may have; loops until stopped. */
    const allowed = new Map<string, readonly number[]>([
      ['Grundwort', [300]],
      ['', [300, 301, 301 + DIRECT_CHANGES_MAX * 2]],
      ['Wasserkessel', [0, 1]],
      ['Massenwort', [0, DIRECT_CHANGES_MAX * 2]],
      ['erste zweite', [300]],
      ['zweite', [0, 300]],
    ])
    let asking = true
    let answers = 0
    const loop = (async () => {
      while (asking) {
        for (const [query, totals] of allowed) {
          expect(totals, query).toContain(await served.hits(query))
          answers += 1
        }
      }
    })()

    files({ 'einzeln.txt': 'Wasserkessel' })
    await index(join(root, 'einzeln.txt'))
    await poll(has(served, 'Wasserkessel', 1), DEADLINE_MS)
    files({ 'mehr/masse.jsonl': articles(DIRECT_CHANGES_MAX * 2, 'masse', 'Massenwort') })
    await index(join(root, 'mehr'))
    await poll(has(served, 'Massenwort', DIRECT_CHANGES_MAX * 2), DEADLINE_MS)
    files({ 'grund.jsonl': articles(300, 'grund', 'Grundwort zweite') })
    await index(join(root, 'grund.jsonl'))
    await poll(has(served, 'zweite', 300), DEADLINE_MS)
    expect(await served.hits('erste')).toBe(0)
    asking = false
    await loop
    expect(answers).toBeGreaterThan(50)
    expect(served.err).not.toMatch(/"level":(?:40|50|60)/)
  })

  test('with --watch: a file changed, added, removed is searchable or gone', async () => {
    files({ 'a.txt': 'Haus\n\nalt' })
    const served = await serve(cache, '--watch', root)
    await poll(has(served, 'Haus', 1), DEADLINE_MS)
    files({ 'a.txt': 'Haus\n\nfrisch' })
    await poll(has(served, 'frisch', 1), DEADLINE_MS)
    expect(await served.hits('alt')).toBe(0)
    files({ 'tief/neu.txt': 'Nachzügler' })
    await poll(has(served, 'Nachzügler', 1), DEADLINE_MS)
    rmSync(join(root, 'tief'), { recursive: true })
    await poll(has(served, 'Nachzügler', 0), DEADLINE_MS)
    files({ 'masse.jsonl': articles(DIRECT_CHANGES_MAX * 2, 'masse', 'Massenwort') })
    await poll(has(served, 'Massenwort', DIRECT_CHANGES_MAX * 2), DEADLINE_MS)
    expect(await served.end()).toMatchObject({ code: 0 })
    expect(await run(['check', '--cache', cache])).toMatchObject({ code: 0, err: '' })
  })

  test('started before a first index run that is killed gets ready all the same', async () => {
    files({ 'a.jsonl': articles(DIRECT_CHANGES_MAX + 50, 'a', 'Haus') })
    await index(root)
    // what a kill before the first snapshot leaves
    rmSync(join(cache, 'CURRENT'))
    for (const name of ['gen-1', 'seg-1']) rmSync(join(cache, name), { recursive: true })
    const served = await serve(cache)
    await poll(isReady(served), DEADLINE_MS)
    expect(await served.hits('Haus')).toBe(DIRECT_CHANGES_MAX + 50)
    await served.end()
    expect(existsSync(join(cache, 'gen-1', 'manifest.json'))).toBe(true)
  })
})

describe('a damaged snapshot', () => {
  test.each(['postings.bin', 'manifest.json'])(
    '(%s) is told by check, named and rebuilt by serve, sound again',
    async (name) => {
      files({ 'a.jsonl': articles(DIRECT_CHANGES_MAX + 50, 'a', 'Haus') })
      await index(root)
      const path = join(cache, 'seg-1', name)
      const bytes = readFileSync(path)
      const middle = bytes.length >> 1
      bytes[middle] = (bytes[middle] as number) ^ 1
      writeFileSync(path, bytes)

      const checked = await run(['check', '--cache', cache])
      expect(checked).toMatchObject({ code: 1, out: '' })
      expect(checked.err).toMatch(/^FEHLER .*seg-1/m)
      expect(checked.err).toContain(name)
      expect(checked.err).toMatch(/1 Fehler/)

      const served = await serve(cache)
      await poll(isReady(served), DEADLINE_MS)
      expect(await served.hits('Haus')).toBe(DIRECT_CHANGES_MAX + 50)
      expect(served.err).toContain('snapshot_unsound')
      expect(served.err).toContain(name)
      expect(readdirSync(cache)).toContain('gen-2')
      await served.end()
      expect(await run(['check', '--cache', cache])).toMatchObject({ code: 0, err: '' })
    },
  )

  test('does not keep `index` from its work', async () => {
    files({ 'a.txt': 'Haus' })
    await index(root)
    writeFileSync(join(cache, 'gen-1', 'manifest.json'), '{')
    const again = await run(['index', '--cache', cache, root])
    expect(again.code).toBe(0)
    expect(again.err).toMatch(/gen-1\/manifest\.json: nicht lesbar/)
    expect(await run(['check', '--cache', cache])).toMatchObject({ code: 0, err: '' })
  })
})
