// Sends a running server hostile and ordinary requests, one after another, and tells how long they took. Bounded; loopback only.
// usage: node test/bench/fuzz-http.mjs [ADDRESS] [COUNT] [SEED]
import { request } from 'node:http'
import { requestsOf } from './fuzz-requests.mjs'

const [address = 'http://127.0.0.1:3000', count = '10000', seed = '1'] = process.argv.slice(2)
if (!/^http:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/.test(address)) {
  console.error(`only addresses of this machine are asked, not ${address}`)
  process.exit(2)
}

const next = requestsOf(Number(seed))

/** @param body posted as JSON where there is one */
function ask({ path, body }) {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const method = body === undefined ? 'GET' : 'POST'
    const asked = request(address + path, { method }, (response) => {
      response.resume()
      response.on('end', () => resolve({ status: response.statusCode, ms: performance.now() - started }))
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

const shown = ({ path, body = '' }) => `${path} ${body}`.slice(0, 300)

const times = []
const statuses = {}
const slow = []
for (let i = 0; i < Math.min(Number(count), 200_000); i++) {
  const target = next()
  const { status, ms } = await ask(target)
  times.push(ms)
  statuses[status] = (statuses[status] ?? 0) + 1
  if (ms > 100) slow.push({ target, ms })
  if (status >= 500) console.log(`${status}: ${shown(target)}`)
}
times.sort((a, b) => a - b)
const at = (share) => Number(times[Math.max(0, Math.ceil(times.length * share) - 1)]?.toFixed(2))
console.log(
  JSON.stringify({
    requests: times.length,
    statuses,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    p999Ms: at(0.999),
    maxMs: at(1),
  }),
)
for (const { target, ms } of slow) {
  const again = []
  for (let i = 0; i < 3; i++) again.push((await ask(target)).ms.toFixed(1))
  console.log(
    `over 100 ms: ${ms.toFixed(1)} ms, alone again ${again.join(', ')} ms: ${shown(target)} (${target.path.length} characters)`,
  )
}
process.exit(Object.keys(statuses).some((status) => Number(status) >= 500) ? 1 : 0)
