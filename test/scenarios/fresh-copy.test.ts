import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { copyProject, projectRoot } from '../support/clean-copy.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { freePort, untilOk } from '../support/http.ts'
import { jsonOf } from '../support/json.ts'
import { start } from '../support/program.ts'

/** Compiling SQLite takes a minute where no ready program can be fetched. */
const INSTALL_MS = 400_000

it("start gives the seeds' place to the owner's articles", async () => {
  const folder = temporaryFolder()
  writeFiles(folder, { 'eigene/a.txt': 'Ein eigener Artikel' })
  const cache = join(folder, 'cache')
  for (const [articles, ids] of [
    [join(projectRoot, 'seeds'), ['nordkoreanische-soldaten.txt']],
    [join(folder, 'eigene'), []],
  ] as const) {
    const env = { FUNDSTELLE_ARTICLES: articles, FUNDSTELLE_CACHE: cache, FUNDSTELLE_PORT: '0' }
    const server = start(['start'], env)
    const [, port] = await server.until('out', /:(\d+)\n/)
    const { hits } = await jsonOf(fetch(`http://127.0.0.1:${port}/search?q=Drohnen`))
    expect(hits.map(({ id }: { id: string }) => id)).toEqual(ids)
    expect((await server.end()).code).toBe(0)
  }
})

it('start on a port that is used changes nothing of what is there', async () => {
  const folder = temporaryFolder()
  writeFiles(folder, { 'eigene/a.txt': 'Haus am Ufer', 'andere/b.txt': 'Boot am Steg' })
  const env = { FUNDSTELLE_CACHE: join(folder, 'cache'), FUNDSTELLE_ARTICLES: join(folder, 'eigene') }
  const server = start(['start'], { ...env, FUNDSTELLE_PORT: '0' })
  const [, port = ''] = await server.until('out', /:(\d+)\n/)
  const other = start(['start'], { ...env, FUNDSTELLE_PORT: port, FUNDSTELLE_ARTICLES: join(folder, 'andere') })
  const { code, err } = await other.finished
  expect(code).toBe(1)
  expect(err).toMatch(/schon belegt/)
  expect((await server.end()).code).toBe(0)
  const again = start(['start'], { ...env, FUNDSTELLE_PORT: '0' })
  const [, address] = await again.until('out', /:(\d+)\n/)
  const { hits } = await jsonOf(fetch(`http://127.0.0.1:${address}/search?q=`))
  expect(hits.map(({ id }: { id: string }) => id)).toEqual(['a.txt'])
  await again.end()
})

it('start serves what it has of a folder that is missing now', async () => {
  const folder = temporaryFolder()
  writeFiles(folder, { 'eigene/a.txt': 'Haus am Ufer' })
  const env = {
    FUNDSTELLE_ARTICLES: join(folder, 'eigene'),
    FUNDSTELLE_CACHE: join(folder, 'cache'),
    FUNDSTELLE_PORT: '0',
  }
  for (const told of [/^/, /eigene“ gibt es nicht mehr; die Artikel daraus bleiben/]) {
    const server = start(['start'], env)
    const [, port] = await server.until('out', /:(\d+)\n/)
    expect((await jsonOf(fetch(`http://127.0.0.1:${port}/search?q=Haus`))).totalHits).toBe(1)
    expect((await server.end()).err).toMatch(told)
    rmSync(join(folder, 'eigene'), { recursive: true, force: true })
  }
})

it('npm start alone installs, builds, indexes the seeds and serves', { timeout: INSTALL_MS }, async () => {
  const folder = join(temporaryFolder(), 'fundstelle')
  mkdirSync(folder)
  copyProject(folder)
  const port = await freePort()
  const child = spawn('npm', ['start'], {
    cwd: folder,
    env: { ...process.env, FUNDSTELLE_PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  let log = ''
  child.stderr.on('data', (data) => {
    log += data
  })
  const exited = once(child, 'exit')
  try {
    const ready = untilOk(`http://127.0.0.1:${port}/ready`, INSTALL_MS - 20_000)
    await Promise.race([
      ready,
      exited.then(([code]) => Promise.reject(new Error(`npm start ended with ${code}: ${log}`))),
    ])
    const answer = await jsonOf(fetch(`http://127.0.0.1:${port}/search?q=Drohnen`))
    expect(answer.hits[0].id).toBe('nordkoreanische-soldaten.txt')
    expect(answer.hits[0].formatted.snippet).toContain('<mark>Drohnen</mark>')
    expect(answer.hits[0].meta.verletzte).toBe(4700)
  } finally {
    // the whole group: npm, its shell and the server
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
    await exited
  }
})
