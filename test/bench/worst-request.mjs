// Looks for the request that costs a server most: makes requests of every route, operator and limit out of the index's own words, and
// goes on from those that took longest. Starts the server itself, on loopback, and ends it. Bounded in time.
//
//   node test/bench/worst-request.mjs --cache DIR [--project DIR] [--minutes 10] [--seed 1]
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { randomOf } from './random.mjs'
import { requests } from './worst/requests.mjs'
import { wordsOf } from './worst/words.mjs'

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? fallback : process.argv[at + 1]
}
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const project = option('project', root)
const cache = option('cache')
const minutes = Math.min(60, Number(option('minutes', '10')))
const seed = Number(option('seed', '1'))
if (cache === undefined) {
  console.error('which index? --cache DIR')
  process.exit(2)
}

/** Genes that later ones are made of, and what of each round is made from scratch. */
const KEPT = 24
const FRESH_SHARE = 0.25
const SHOWN = 12
const HEALTH_EVERY_MS = 5

const port = 20_000 + (process.pid % 30_000)
const server = spawn('node', [join(project, 'dist/cli/main.js'), 'serve', '--cache', cache, '--port', String(port)], {
  stdio: ['ignore', 'pipe', 'ignore'],
  env: { ...process.env, FUNDSTELLE_RATE_LIMIT: '0' },
})
process.on('exit', () => server.kill('SIGTERM'))
await new Promise((resolve, reject) => {
  server.stdout.once('data', resolve)
  server.once('exit', () => reject(new Error('the server ended before it was ready')))
})

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
function askOnce({ path, headers = {}, body }, through, isAgain) {
  return new Promise((resolve) => {
    const started = performance.now()
    const method = body === undefined ? 'GET' : 'POST'
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const asked = http.request(
      { host: '127.0.0.1', port, agent: through, method, path, headers: { ...type, ...headers } },
      (response) => {
        const chunks = []
        response.on('data', (chunk) => chunks.push(chunk))
        response.on('end', () => {
          const { statusCode: status, headers: told } = response
          resolve({ status, ms: performance.now() - started, work: Number(told['x-fundstelle-work'] ?? 0), chunks })
        })
      },
    )
    // a server that was busy for so long has closed connections that wait: tried once more, else it is told as status 0
    asked.on('error', () =>
      resolve(isAgain ? { status: 0, ms: performance.now() - started, work: 0, chunks: [] } : null),
    )
    asked.end(body)
  })
}
const ask = async (target, through = agent) => (await askOnce(target, through, false)) ?? askOnce(target, through, true)
const json = async (path) => JSON.parse(Buffer.concat((await ask({ path })).chunks).toString())

const words = await wordsOf(json)
const random = randomOf(seed)
const { fresh, changed, mixed, request } = requests(random, words)

// another client looks meanwhile how long the simplest of all answers takes
const healthAgent = new http.Agent({ keepAlive: true, maxSockets: 1 })
let isOver = false
let health = 0
const watching = (async () => {
  while (!isOver) {
    const { ms } = await ask({ path: '/health' }, healthAgent)
    health = Math.max(health, ms)
    await new Promise((resolve) => setTimeout(resolve, HEALTH_EVERY_MS))
  }
})()

/** Milliseconds that the server has computed so far, all its threads together; where the system does not tell, those on the clock. */
function computed() {
  try {
    const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1].split(' ')
    // user and system time in hundredths of a second
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return performance.now()
  }
}

const statuses = {}
let asked = 0
let best = []
let worstHealth = 0
const end = performance.now() + minutes * 60_000
while (performance.now() < end) {
  const isFresh = best.length < KEPT / 2 || random.next() < FRESH_SHARE
  const parent = () => random.pick(best).gene
  const gene = isFresh ? fresh() : random.next() < 0.3 ? mixed(parent(), parent()) : changed(parent())
  const target = request(gene)
  health = 0
  const before = computed()
  const { status, ms, work } = await ask(target)
  const cpu = computed() - before
  asked += 1
  statuses[status] = (statuses[status] ?? 0) + 1
  worstHealth = Math.max(worstHealth, health)
  if (server.exitCode !== null) {
    console.log(`the server ended: ${shown(target)}`)
    break
  }
  if (status >= 500 || status === 0) console.log(`${status}: ${shown(target)}`)
  best.push({ gene, target, status, ms, cpu, work, health })
  // one of a kind: else all are children of the same one
  best.sort((a, b) => b.cpu - a.cpu || b.ms - a.ms)
  const seen = new Map()
  best = best.filter(({ gene: { route, pool } }) => {
    const count = (seen.get(route + pool) ?? 0) + 1
    seen.set(route + pool, count)
    return count <= 3
  })
  best.length = Math.min(best.length, KEPT)
}
isOver = true
await watching

function shown({ path, body = '' }) {
  const text = `${path} ${body}`
  return `${decodeURIComponent(
    text
      .replace(/\+/g, ' ')
      .slice(0, 400)
      .replace(/%[^%]{0,1}$/, '')
      .replace(/(?:%[\dA-F]{2})+$/i, ''),
  )} (${text.length} characters)`
}

/** Asking them again must end, too. */
const lastAsked = performance.now() + 60_000
console.log(
  JSON.stringify({
    asked,
    statuses,
    minutes,
    worstMs: Math.round(Math.max(...best.map(({ ms }) => ms))),
    worstCpuMs: best[0].cpu,
    worstHealthMs: Math.round(worstHealth),
  }),
)
for (const { target, status, ms, cpu, work } of best.slice(0, SHOWN)) {
  const again = []
  for (let n = 0; n < 3 && performance.now() < lastAsked; n++) again.push((await ask(target)).ms.toFixed(0))
  console.log(
    `${ms.toFixed(0)} ms, ${cpu} ms of computing (again ${again.join(', ')}), ${status}, ${(work / 1e6).toFixed(1)} million units: ${shown(target)}`,
  )
}
server.kill('SIGTERM')
process.exit(0)
