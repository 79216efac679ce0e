// What writing over HTTP takes, from outside: many documents at once beside the command `index` on the same file, one document into many,
// searches while documents come, and many small indexes. Starts its servers itself, on loopback, and ends them. Bounded in time.
//
//   node test/bench/documents.mjs [--count 100000] [--seconds 60] [--indexes 1000] [--file ARTICLES.jsonl]
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { finished, launched, stopped } from './children.mjs'
import { randomOf } from './random.mjs'
import { program } from './search/served.mjs'
import { passages } from './speed/articles.mjs'

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? fallback : process.argv[at + 1]
}
const count = Number(option('count', '100000'))
const seconds = Math.min(600, Number(option('seconds', '60')))
const indexes = Number(option('indexes', '1000'))
const KEY = 'bench-master-key-0123456789'
const BATCH = 10_000
/** How often a task is asked for, as Meilisearch's own clients do: each time takes a millisecond of both processes. */
const POLL_MS = 50
const random = randomOf(7)

const scratch = mkdtempSync(join(tmpdir(), 'fundstelle-bench-'))
process.on('exit', () => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }))
setTimeout(() => {
  console.error('given up after an hour')
  process.exit(1)
}, 3_600_000).unref()

const file = option('file', join(scratch, 'articles.jsonl'))
if (option('file') === undefined)
  writeFileSync(file, [...passages(count, 1)].map((one, id) => JSON.stringify({ id, ...one })).join('\n'))
const lines = []
for await (const line of createInterface({ input: createReadStream(file) })) if (lines.length < count) lines.push(line)

/** Of Linux, for whoever reads `/proc`. */
const TICKS_A_SECOND = 100

/** A server with a master key. */
async function serve(cache) {
  const child = launched([program, 'serve', '--cache', cache, '--port', '0'], ['ignore', 'pipe', 'ignore'], {
    FUNDSTELLE_MASTER_KEY: KEY,
  })
  const address = await new Promise((resolve) => {
    let out = ''
    child.stdout.on('data', (text) => {
      out += text
      const found = /http:\/\/\S+/.exec(out)
      if (found) resolve(found[0])
    })
  })
  const call = async (method, path, body, type = 'application/json') => {
    const headers = { authorization: `Bearer ${KEY}`, ...(body !== undefined && { 'content-type': type }) }
    const answer = await fetch(address + path, { method, headers, body })
    return { status: answer.status, body: await answer.json() }
  }
  const whenDone = async ({ body: { taskUid } }) => {
    for (;;) {
      const { body } = await call('GET', `/tasks/${taskUid}`)
      if (body.status === 'succeeded') return
      if (body.status === 'failed' || body.status === 'canceled') throw new Error(JSON.stringify(body))
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
  }
  return { child, call, whenDone }
}

/** Seconds of processor time that a process has taken so far, of all its threads; NaN where the system does not tell. */
function processorSeconds({ pid }) {
  try {
    const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ').slice(11, 13)
    return (Number(user) + Number(system)) / TICKS_A_SECOND
  } catch {
    return Number.NaN
  }
}

const memoryMb = ({ pid }) =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
const at = (sorted, share) => sorted[Math.floor(share * (sorted.length - 1))]
const spread = (ms) => {
  const sorted = ms.toSorted((a, b) => a - b)
  return [0.5, 0.95, 0.99, 1].map((share) => at(sorted, share).toFixed(1)).join(' / ')
}
const told = (what, value) => console.log(`${what.padEnd(70)} ${value}`)

// the command beside which writing over HTTP is held
const byCommand = await finished([program, 'index', file, '--cache', join(scratch, 'command')])
told(`index of ${lines.length} articles from a file, s`, byCommand.seconds.toFixed(1))

const server = await serve(join(scratch, 'http'))
const { call, whenDone } = server
let started = performance.now()
const processorBefore = processorSeconds(server.child)
let last
for (let from = 0; from < lines.length; from += BATCH)
  last = await call(
    'POST',
    '/indexes/many/documents?primaryKey=id',
    lines.slice(from, from + BATCH).join('\n'),
    'application/x-ndjson',
  )
told(
  'the same over HTTP, ten thousand a request: until all are acknowledged, s',
  ((performance.now() - started) / 1000).toFixed(1),
)
await whenDone(last)
told('  until all are searchable, s', ((performance.now() - started) / 1000).toFixed(1))
told('  processor time of the server for it, s', (processorSeconds(server.child) - processorBefore).toFixed(1))
told('  memory, MB', memoryMb(server.child))

const single = []
const acknowledged = []
for (let i = 0; i < 50; i++) {
  const word = Array.from({ length: 14 }, () => random.pick([...'bcdfghjklmnpqrstvwxz'])).join('')
  started = performance.now()
  await call('POST', '/indexes/many/documents', JSON.stringify([{ id: 1, title: 'Neu', text: `${word} steht hier` }]))
  acknowledged.push(performance.now() - started)
  for (;;) {
    const { body } = await call('POST', '/indexes/many/search', JSON.stringify({ q: `"${word}"`, limit: 1 }))
    if (body.hits.length > 0) break
  }
  single.push(performance.now() - started)
}
told('one document into them, acknowledged, ms: p50 / p95 / p99 / max', spread(acknowledged))
told('  searchable, ms', spread(single))

const queries = Array.from({ length: 500 }, () => {
  const words = JSON.parse(random.pick(lines)).text.match(/\p{L}{5,}/gu) ?? ['nichts']
  return words.slice(0, 3).join(' ')
})
const ask = async (ms) => {
  const began = performance.now()
  const { status } = await call('POST', '/indexes/many/search', JSON.stringify({ q: random.pick(queries) }))
  ms.push(performance.now() - began)
  if (status !== 200) throw new Error(`a search was answered with ${status}`)
}
const end = performance.now() + seconds * 1000
const [ms, memory] = [[], []]
let written = 0
const writing = (async () => {
  while (performance.now() < end) {
    const began = performance.now()
    const documents = Array.from({ length: 10 }, () => ({
      ...JSON.parse(random.pick(lines)),
      id: 1_000_000 + written++,
    }))
    const { status } = await call('POST', '/indexes/many/documents', JSON.stringify(documents))
    if (status !== 202) throw new Error(`documents were answered with ${status}`)
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, 100 - (performance.now() - began))))
  }
})()
const watching = setInterval(() => memory.push(memoryMb(server.child)), seconds * 100)
await Promise.all([
  writing,
  ...Array.from({ length: 64 }, async () => {
    while (performance.now() < end) await ask(ms)
  }),
])
clearInterval(watching)
told(`64 connections search for ${seconds} s while documents come: searches a second`, (ms.length / seconds).toFixed(0))
told('  documents a second', (written / seconds).toFixed(0))
told('  an answer, ms: p50 / p95 / p99 / max', spread(ms))
told('  memory every tenth of it, MB', memory.join(' '))

started = performance.now()
for (let i = 0; i < indexes; i++)
  last = await call(
    'POST',
    `/indexes/klein-${i}/documents`,
    JSON.stringify([{ id: i, title: `Index ${i}`, text: 'Ein Haus am See' }]),
  )
await whenDone(last)
told(`${indexes} small indexes, s`, ((performance.now() - started) / 1000).toFixed(1))
const first = []
for (let i = 0; i < Math.min(indexes, 300); i++) {
  const began = performance.now()
  const { body } = await call('POST', `/indexes/klein-${i}/search`, JSON.stringify({ q: 'Häuser' }))
  if (body.hits.length !== 1) throw new Error(`index ${i}: ${JSON.stringify(body)}`)
  first.push(performance.now() - began)
}
told('  the first search of one, ms: p50 / p95 / p99 / max', spread(first))
told('  memory, MB', memoryMb(server.child))
await stopped(server.child)
