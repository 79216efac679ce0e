// How fast the index answers, beside MiniSearch and Lucene in the same run: passages of German laws, whole questions and pairs of
// words as queries. Each side is a process of its own; all are built first, then take turns, so that a slow moment of the machine
// hits each. Then the same over HTTP from a snapshot, with snippets; then filters, facets, suggestions and similar articles. Lucene is left out where java or its jars are missing.
// usage: node test/bench/search.mjs [PASSAGES,PASSAGES…] [PASSES]; LUCENE_JARS names another folder of jars
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomOf } from './random.mjs'
import { features } from './search/features.mjs'
import { commandsOfSides, residentBytes, start } from './search/processes.mjs'
import { numbers, program, said, serve } from './search/served.mjs'
import { data, passages } from './texts.mjs'

const [sizesGiven = '4000,10000,100000', passesGiven = '4'] = process.argv.slice(2)
const sizes = sizesGiven.split(',').map(Number)
const passes = Number(passesGiven)
if (!sizes.every((size) => size >= 100 && size <= 200_000) || !(passes >= 1 && passes <= 20)) {
  console.error(
    'usage: npm run bench:search -- [PASSAGES,… each 100 to 200000, else 4000,10000,100000] [PASSES up to 20, else 4]',
  )
  process.exit(2)
}
const PAIRS = 1000
const HTTP_QUERIES = 1000

/** Two words that stand next to each other somewhere, as people type them. */
function wordPairs(texts) {
  const random = randomOf(5)
  const pairs = []
  while (pairs.length < PAIRS) {
    const words = random.pick(texts).match(/\p{L}{4,}/gu) ?? []
    if (words.length < 2) continue
    const at = random.below(words.length - 1)
    pairs.push(`${words[at]} ${words[at + 1]}`.toLowerCase())
  }
  return pairs
}

const questions = () =>
  readFileSync(join(data, 'xquad-de', 'queries.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).text.replace(/\s+/g, ' ').trim())

const mb = (bytes) => `${Math.round(bytes / 1e6)} MB`
const whole = (number) => Math.round(number).toLocaleString('en')
async function inProcess(size, files, scratch) {
  const sides = []
  for (const [at, command] of commandsOfSides(scratch).entries())
    sides.push(await start([...command, files.passages, files.queries, join(scratch, `index-${size}-${at}`)]))
  const results = sides.map(() => [])
  for (let pass = 0; pass <= passes; pass++) {
    for (const [at, side] of sides.entries()) results[at].push((await side.pass()).ms)
  }
  console.log(
    `\n${whole(size)} passages; milliseconds p50, p95, p99; ${files.questionCount} questions, ${PAIRS} pairs of words`,
  )
  console.log(`${''.padEnd(34)}first pass: all          questions                 pairs                     all`)
  const all = []
  for (const [at, side] of sides.entries()) {
    const [first, ...warm] = results[at]
    const flat = (from, to) => numbers(warm.flatMap((ms) => ms.slice(from, to)))
    all.push(flat(0))
    const { questionCount } = files
    const cells = [numbers(first), flat(0, questionCount), flat(questionCount), flat(0)]
    console.log(`${side.about.slice(0, 32).padEnd(33)} ${cells.map(said).join('   ')}`)
  }
  for (const [at, side] of sides.entries()) {
    const { about, buildSeconds, heapBytes, diskBytes, prepareSeconds, ...counts } = side
    const more = Object.entries(counts).filter(([, value]) => typeof value === 'number')
    console.log(
      [
        `  ${about.split(',')[0]}: built in ${buildSeconds.toFixed(1)} s`,
        prepareSeconds === undefined ? '' : `and ${prepareSeconds.toFixed(1)} s for corrections`,
        `resident ${mb(side.residentBytes())}`,
        heapBytes === undefined ? '' : `of it heap ${mb(heapBytes)}`,
        diskBytes === undefined ? '' : `on disk ${mb(diskBytes)}`,
        more.map(([name, value]) => `${whole(value)} ${name}`).join(', '),
        at === 0
          ? ''
          : `ours takes ${ratio(all[0].p50, all[at].p50)} of its p50, ${ratio(all[0].p95, all[at].p95)} of its p95`,
      ]
        .filter((one) => one !== '')
        .join('; '),
    )
  }
  for (const side of sides) side.stop()
}

const ratio = (ours, theirs) => `${(ours / theirs).toFixed(2)} times`

/** From a file of passages to a server that has answered. */
async function overHttp(size, files, scratch) {
  const cache = join(scratch, `cache-${size}`)
  const lines = join(scratch, `passages-${size}.jsonl`)
  const texts = readFileSync(files.passages, 'utf8').trimEnd().split('\n')
  writeFileSync(lines, texts.map((text, id) => JSON.stringify({ id: String(id), title: '', text })).join('\n'))
  const begun = performance.now()
  execFileSync(process.execPath, [program, 'index', lines, '--cache', cache, '--max-file-mb', '500'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const indexSeconds = (performance.now() - begun) / 1000
  const started = performance.now()
  const { ask, child, stop } = await serve(cache)
  try {
    const readySeconds = (performance.now() - started) / 1000
    const queries = readFileSync(files.queries, 'utf8').trimEnd().split('\n')
    const step = queries.length / HTTP_QUERIES
    const chosen = Array.from({ length: HTTP_QUERIES }, (_, i) => queries[Math.floor(i * step)])
    const rounds = []
    for (let round = 0; round < 2; round++) {
      const ms = []
      for (const query of chosen) {
        const from = performance.now()
        const { status } = await ask(`/search?limit=10&q=${encodeURIComponent(query)}`)
        if (status !== 200) throw new Error(`${status} for ${query}`)
        ms.push(performance.now() - from)
      }
      rounds.push(numbers(ms))
    }
    const [snapshot, store] = bytesIn(cache)
    console.log(
      `  over HTTP, one client, ten hits with snippets: first ${HTTP_QUERIES} queries ${said(rounds[0])}; again ${said(rounds[1])}`,
    )
    console.log(
      `  fundstelle index: ${indexSeconds.toFixed(1)} s from JSON lines to the snapshot; ready ${readySeconds.toFixed(2)} s after start; ` +
        `resident after ${whole(2 * HTTP_QUERIES)} queries ${mb(residentBytes(child.pid))}; snapshots ${mb(snapshot)}, store ${mb(store)}`,
    )
  } finally {
    await stop()
  }
}

/** The bytes of the snapshots and of the store in a cache. */
function bytesIn(cache) {
  const sums = [0, 0]
  for (const entry of readdirSync(cache, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    sums[/sqlite|\.db/.test(entry.name) ? 1 : 0] += statSync(join(entry.parentPath, entry.name)).size
  }
  return sums
}

const scratch = mkdtempSync(join(tmpdir(), 'fundstelle-bench-'))
try {
  const asked = questions()
  for (const size of sizes) {
    const texts = passages(size)
    const files = {
      passages: join(scratch, `passages-${size}.txt`),
      queries: join(scratch, 'queries.txt'),
      questionCount: asked.length,
    }
    writeFileSync(files.passages, texts.join('\n'))
    writeFileSync(files.queries, [...asked, ...wordPairs(texts)].join('\n'))
    await inProcess(size, files, scratch)
    await overHttp(size, files, scratch)
    await features(texts, scratch)
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
