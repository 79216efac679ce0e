import { existsSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeEach, describe, expect, test } from 'vitest'
import { FILES_PER_STEP } from '../../src/update/read-files.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { poll, run, type Served, serve, start } from '../support/program.ts'
import { articlesIn } from '../support/updating.ts'

let root = ''
let articles = ''
let cache = ''
/** One byte for each article file that was read. */
let reads = ''
beforeEach(() => {
  root = temporaryFolder()
  articles = join(root, 'artikel')
  cache = join(root, 'cache')
  reads = join(root, 'gelesen')
  writeFileSync(reads, '')
})

/** Far above what is promised, so that a busy machine fails nothing. */
const DEADLINE_MS = 60_000

const numbered = (count: number, folder = ''): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`artikel/${folder}${i}.txt`, `Haus\n\nText ${i}`]))
const readCount = (): number => readFileSync(reads).length

/** An environment in which a script runs first in the program and in each of its threads. */
function preloaded(source: string): NodeJS.ProcessEnv {
  const path = join(root, 'zuerst.mjs')
  writeFileSync(path, source)
  return { NODE_OPTIONS: `--import ${pathToFileURL(path).href}` }
}

/** Calls `then` after each article that is read, with how many there were. */
const afterEachRead = (then: string): string => `
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
const read = fs.readFileSync
let count = 0
fs.readFileSync = (path, ...more) => {
  const bytes = read(path, ...more)
  if (String(path).startsWith(${JSON.stringify(`${articles}/`)})) {
    count += 1
    fs.appendFileSync(${JSON.stringify(reads)}, '.')
    ;${then}
  }
  return bytes
}
syncBuiltinESMExports()
`

/** The signal comes while the fiftieth file is being read. */
const STOPPED_AT = 50
const stopsItself = (): string => afterEachRead(`if (count === ${STOPPED_AT}) process.kill(process.pid, 'SIGTERM')`)

/** A turn of the event loop or two may pass before a signal is heard, each with so many files. */
const LATER_MAX = 3 * FILES_PER_STEP

function expectStoppedThere(): void {
  expect(readCount()).toBeGreaterThanOrEqual(STOPPED_AT)
  expect(readCount()).toBeLessThanOrEqual(STOPPED_AT + LATER_MAX)
  expect(Object.keys(articlesIn(cache))).toHaveLength(readCount())
}

describe('SIGTERM while files are being read', () => {
  test('ends `index` after the one it is at, with 1 and with what stays; the next run reads the rest', async () => {
    writeFiles(root, numbered(1500))
    const program = start(['index', '--cache', cache, articles], preloaded(stopsItself()))
    expect(await program.finished).toMatchObject({ code: 1, signal: null, out: '' })
    expectStoppedThere()
    expect(program.err).toContain(
      `fundstelle: Angehalten: ${readCount()} von 1500 Dateien sind gelesen, ihre Artikel bleiben; die übrigen werden beim nächsten Mal gelesen.\n`,
    )
    const again = await run(['index', '--cache', cache, articles])
    expect(again.out).toContain(`Dateien: ${1500 - readCount()} gelesen, ${readCount()} unverändert`)
    expect(await run(['check', '--cache', cache])).toMatchObject({ code: 0, err: '' })
  })

  test.each([
    ['index --watch', (): string[] => ['index', '--watch', '--cache', cache, articles]],
    ['start', (): string[] => ['start', '--cache', cache, '--port', '0']],
  ])('ends `%s` likewise, with 0: that was asked for', async (_name, words) => {
    writeFiles(root, numbered(1500))
    const program = start(words(), { ...preloaded(stopsItself()), FUNDSTELLE_ARTICLES: articles })
    expect(await program.finished).toMatchObject({ code: 0, signal: null, out: '' })
    expectStoppedThere()
    expect(program.err).toContain(`Angehalten: ${readCount()} von 1500 Dateien`)
    const served = await serve(cache)
    await poll(async () => (await served.hits('Haus')) === readCount(), DEADLINE_MS)
  })

  test('ends `index --watch` also in a later update, though a file has changed with each one that was read', async () => {
    writeFiles(root, { 'artikel/laufend.txt': 'Haus' })
    const changing = `if (count > 1) fs.writeFileSync(${JSON.stringify(join(articles, 'laufend.txt'))}, 'Haus ' + count)
      if (count === 1 + ${STOPPED_AT}) process.kill(process.pid, 'SIGTERM')`
    const program = start(['index', '--watch', '--cache', cache, articles], preloaded(afterEachRead(changing)))
    await program.until('out', /1 im Index/)
    // in one step, so that one update finds them all
    writeFiles(root, Object.fromEntries(Object.entries(numbered(1500)).map(([path, text]) => [`neu/${path}`, text])))
    renameSync(join(root, 'neu', 'artikel'), join(articles, 'neu'))
    expect(await program.finished).toMatchObject({ code: 0, signal: null })
    expect(readCount()).toBeLessThanOrEqual(STOPPED_AT + 1 + LATER_MAX)
    // no update was finished any more, and none begun
    expect(program.out.match(/^Dateien:/gm)).toHaveLength(1)
    const checked = await run(['check', '--cache', cache])
    expect(checked).toMatchObject({ code: 0, err: '' })
    const again = await run(['index', '--cache', cache, articles])
    expect(again.out).toContain('1501 im Index')
  })

  test('ends `serve --watch`, whose thread reads them, with 0 long before they are read', async () => {
    writeFiles(root, numbered(1500))
    const slow = afterEachRead('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 40)')
    const program = start(['serve', '--port', '0', '--cache', cache, '--watch', articles], preloaded(slow))
    await program.until('out', /http:/)
    await poll(async () => readCount() >= STOPPED_AT, DEADLINE_MS)
    expect(await program.end()).toMatchObject({ code: 0, signal: null })
    expect(readCount()).toBeLessThan(1500)
    const again = await run(['index', '--cache', cache, articles])
    expect(again).toMatchObject({ code: 0 })
    expect(again.out).toContain('1500 im Index')
  })
})

interface Ready {
  readonly status: number
  readonly body: unknown
}

async function ready({ url }: Served): Promise<Ready> {
  const response = await fetch(`${url}/ready`)
  return { status: response.status, body: await response.json() }
}

describe('serve --watch', () => {
  test('goes on where the folder becomes a link to itself and comes back: what is put into it then is found', async () => {
    writeFiles(root, { 'artikel/a.txt': 'Haus' })
    const served = await serve(cache, '--watch', articles)
    await poll(async () => (await served.hits('Haus')) === 1, DEADLINE_MS)
    renameSync(articles, join(root, 'weg'))
    symlinkSync(articles, articles)
    await served.until('err', /"code":"watch_path_unreadable"/)
    expect(served.err).toMatch(/artikel“ ist gerade nicht lesbar \(Verknüpfungen, die im Kreis führen, ELOOP\)/)
    expect(await served.hits('Haus')).toBe(1)
    rmSync(articles)
    renameSync(join(root, 'weg'), articles)
    writeFiles(root, { 'artikel/b.txt': 'Wasserkessel' })
    await poll(async () => (await served.hits('Wasserkessel')) === 1, DEADLINE_MS)
    writeFiles(root, { 'artikel/c.txt': 'Nachzügler' })
    await poll(async () => (await served.hits('Nachzügler')) === 1, DEADLINE_MS)
    expect(served.err.match(/watch_path_unreadable/g)).toHaveLength(1)
    expect((await served.end()).code).toBe(0)
  })

  test('starts its thread again when it ends, says so, and takes in what came meanwhile', async () => {
    writeFiles(root, { 'artikel/a.txt': 'Haus' })
    const marker = join(root, 'stirb')
    const dying = `
import { existsSync, rmSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
if (workerData?.kind === 'watch') setInterval(() => {
  if (!existsSync(${JSON.stringify(marker)})) return
  rmSync(${JSON.stringify(marker)})
  throw new Error('out of luck')
}, 5).unref()
`
    const program = start(['serve', '--port', '0', '--cache', cache, '--watch', articles], preloaded(dying))
    const [url] = await program.until('out', /http:\/\/\S+/)
    const served = Object.assign(Object.create(program), { url }) as Served
    const hits = async (query: string): Promise<number> =>
      ((await (await fetch(`${url}/search?q=${query}`)).json()) as { totalHits: number }).totalHits
    await poll(async () => (await hits('Haus')) === 1, DEADLINE_MS)
    await poll(async () => JSON.stringify((await ready(served)).body).includes('running'), DEADLINE_MS)
    for (const word of ['Wasserkessel', 'Nachzügler']) {
      writeFileSync(marker, '')
      await poll(async () => !existsSync(marker), DEADLINE_MS)
      writeFiles(root, { [`artikel/${word}.txt`]: word })
      await poll(async () => (await hits(word)) === 1, DEADLINE_MS)
    }
    expect(program.err.match(/watching ended unexpectedly and is started again/g)).toHaveLength(2)
    expect(program.err).toContain('out of luck')
    expect((await program.end()).code).toBe(0)
  })

  test('whose thread ends again and again answers searches, and says in log and /ready that nothing is taken in', async () => {
    writeFiles(root, { 'artikel/a.txt': 'Haus' })
    await run(['index', '--cache', cache, articles])
    const dead = `
import { workerData } from 'node:worker_threads'
if (workerData?.kind === 'watch') throw new Error('no thread today')
`
    const program = start(['serve', '--port', '0', '--cache', cache, '--watch', articles], preloaded(dead))
    const [url] = await program.until('out', /http:\/\/\S+/)
    const served = Object.assign(Object.create(program), { url }) as Served
    await program.until('err', /new and changed files are NOT taken in/)
    expect(await ready(served)).toEqual({ status: 200, body: { status: 'ready', watching: 'failed' } })
    expect((await fetch(`${url}/search?q=Haus`)).status).toBe(200)
    expect(program.err.match(/started again"/g)).toHaveLength(4)
    expect((await program.end()).code).toBe(0)
  })

  test('without --watch /ready has nothing to say of it', async () => {
    expect(await ready(await serve(cache))).toEqual({ status: 200, body: { status: 'ready' } })
  })
})
