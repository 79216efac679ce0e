// Sends a running server hostile and ordinary requests, one after another, and tells how long they took. Bounded; loopback only.
// usage: node test/bench/fuzz-http.mjs [ADDRESS] [COUNT] [SEED]
import { get } from 'node:http'

const [address = 'http://127.0.0.1:3000', count = '10000', seed = '1'] = process.argv.slice(2)
if (!/^http:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/.test(address)) {
  console.error(`only addresses of this machine are asked, not ${address}`)
  process.exit(2)
}

// mulberry32: small, seeded, the same everywhere
let state = Number(seed) >>> 0
function random() {
  state = (state + 0x6d2b79f5) >>> 0
  let t = Math.imul(state ^ (state >>> 15), state | 1)
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const below = (n) => Math.floor(random() * n)
const pick = (list) => list[below(list.length)]

const WORDS =
  `Drohnen Gesetz Straße strasse Verordnung der die und Kündigung Mietvertrag § 5 Abs. 2 2024 4.700 1,7 z. B. SA-22
  Bundesverfassungsgericht Europäischen Boden-Luft-Raketen Müller's Öl-Produzent Inkrafttreten Artikel Satz nach von im`.split(
    /\s+/,
  )
const ODD = [
  '%',
  '%00',
  '%ff%fe',
  '%C3',
  '%F0%9F%98%80',
  '"',
  "'",
  '<script>',
  '%0A',
  '&',
  '=',
  '#',
  '?',
  ';',
  '\\',
  '-',
  '*',
  '😀',
  'a\u0301',
]
const PARAMETERS = [
  'limit',
  'offset',
  'page',
  'hitsPerPage',
  'cropLength',
  'cropMarker',
  'highlightPreTag',
  'lang',
  'filter',
  'unbekannt',
]
const VALUES = [
  '0',
  '1',
  '10',
  '100',
  '101',
  '-1',
  '1e9',
  '99999999999999999999',
  'NaN',
  '',
  '%ff',
  'de',
  'true',
  '1.5',
]

function query() {
  const kind = below(10)
  if (kind < 5) return Array.from({ length: 1 + below(6) }, () => encodeURIComponent(pick(WORDS))).join('+')
  if (kind < 6) return Array.from({ length: 300 }, () => encodeURIComponent(pick(WORDS))).join('+')
  if (kind < 8)
    return Array.from({ length: 1 + below(20) }, () =>
      random() < 0.5 ? pick(ODD) : encodeURIComponent(pick(WORDS)),
    ).join('')
  if (kind < 9) return encodeURIComponent('ä'.repeat(below(2000)))
  return 'x'.repeat(below(15_000))
}

function path() {
  const more = Array.from({ length: below(4) }, () => `&${pick(PARAMETERS)}=${pick(VALUES)}`).join('')
  return encodeURI(`/search?q=${query()}${more}`).replace(/%25/g, '%')
}

function ask(target) {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    get(address + target, (response) => {
      response.resume()
      response.on('end', () => resolve({ status: response.statusCode, ms: performance.now() - started }))
    }).on('error', reject)
  })
}

const times = []
const statuses = {}
const slow = []
for (let i = 0; i < Math.min(Number(count), 200_000); i++) {
  const target = path()
  const { status, ms } = await ask(target)
  times.push(ms)
  statuses[status] = (statuses[status] ?? 0) + 1
  if (ms > 100) slow.push({ target, ms })
  if (status >= 500) console.log(`${status}: ${target.slice(0, 300)}`)
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
    `over 100 ms: ${ms.toFixed(1)} ms, alone again ${again.join(', ')} ms: ${target.slice(0, 160)} (${target.length} characters)`,
  )
}
process.exit(Object.keys(statuses).some((status) => Number(status) >= 500) ? 1 : 0)
