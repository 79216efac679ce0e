import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { poll, run, start } from '../support/program.ts'
import { jsonl } from '../support/updating.ts'

const BENCH = fileURLToPath(new URL('../bench/speed.mjs', import.meta.url))
/** As little as can be measured. */
const TINY = ['--runs', '1', '--searches', '5', '--seconds', '1', '--changes', '2']
const ROWS = 15

/** Says yes to whatever an OpenSearch is asked; keeps what it was. */
async function obligingServer() {
  const asked: { what: string; body: string }[] = []
  const server = createServer(async (request, response) => {
    asked.push({ what: `${request.method} ${request.url}`, body: await textOf(request) })
    response.setHeader('content-type', 'application/json')
    response.end('{"errors":false,"_all":{"primaries":{"store":{"size_in_bytes":3145728}}}}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** Processes that have the name of a folder among their words. */
const processesOf = (folder: string): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => {
      try {
        return readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(folder)
      } catch {
        // it has ended meanwhile
        return false
      }
    })

test('the table has every row with numbers, for made texts of both kinds, and nothing is left behind', async () => {
  const folder = temporaryFolder()
  const { asked, url } = await obligingServer()
  const words = ['--passages', '60', '--long', '2', ...TINY, '--opensearch', url]
  const { code, out, err } = await run(words, { env: { TMPDIR: folder }, main: BENCH })
  expect({ code }, err).toEqual({ code: 0 })
  const rows = out
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))
  const [head, ...figures] = rows
  expect(head?.[1]).toBe('Fundstelle')
  expect(head?.[3]).toBe('OpenSearch')
  expect(figures).toHaveLength(2 * ROWS)
  for (const [label, ours, peer, openSearch] of figures) {
    expect(ours, label).toMatch(/^\d+(\.\d+)?( \/ \d+(\.\d+)?)*( (s|ms|MB))?$/)
    for (const other of [peer, openSearch]) expect(other, label).toMatch(/^(–|\d.*)$/)
  }
  expect(out).not.toMatch(/NaN|undefined|null/)
  const bulks = asked.filter(({ what }) => what.endsWith('/_bulk'))
  expect(bulks.map(({ body }) => body.trimEnd().split('\n').length)).toEqual([2 * 60, 2 * 2])
  expect(asked.at(-1)?.what).toMatch(/^DELETE \/fundstelle-bench-\d+$/)
  expect(readdirSync(folder)).toEqual([])
})

test('own articles and searches, as JSON lines', async () => {
  const folder = temporaryFolder()
  writeFiles(folder, {
    'a.jsonl': jsonl({ a: 'Das Haus am See', b: 'Die Häuser am Ufer' }),
    'q.json': '["Haus", "Ufer"]',
    't/.keep': '',
  })
  const words = ['--file', join(folder, 'a.jsonl'), '--queries', join(folder, 'q.json'), ...TINY, '--json', '--no-peer']
  const { code, out, err } = await run(words, { env: { TMPDIR: join(folder, 't') }, main: BENCH })
  expect({ code }, err).toEqual({ code: 0 })
  const lines = out.trimEnd().split('\n')
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ engine: 'Fundstelle', set: 'a.jsonl', articles: 2, failed: 0 })
  expect(readdirSync(join(folder, 't'))).toEqual(['.keep'])
})

test('ended by a signal it takes its processes and its folder along', async () => {
  const folder = temporaryFolder()
  const bench = start(['--long', '0', '--passages', '60', '--seconds', '600', '--no-peer'], { TMPDIR: folder }, BENCH)
  await bench.until('err', /making/)
  await poll(async () => processesOf(folder).length > 0, 60_000)
  expect(await bench.end()).toMatchObject({ code: 143 })
  await poll(async () => processesOf(folder).length === 0, 10_000)
  expect(readdirSync(folder)).toEqual([])
})

test.each([
  [['--passages', 'many'], /--passages many: a whole number/],
  [['--file', 'a.jsonl'], /--file and --queries belong together/],
  [['--passages', '0', '--long', '0'], /nothing to measure/],
  [['--opensearch', 'ftp:x'], /http:\/\//],
])('%j is wrong usage', async (words, complaint) => {
  const { code, err } = await run(words, { main: BENCH })
  expect(code).toBe(2)
  expect(err).toMatch(complaint)
})
