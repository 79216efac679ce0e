// How many tokens a second the analyser makes of a folder of texts on one core, beside Lucene's GermanAnalyzer in the same run.
// Both are processes of their own that hold the same texts in memory and take turns, so that a slow moment of the machine
// hits both. Lucene is left out where java or its jars are missing (Debian: liblucene8-java, a JDK).
// usage: node test/bench/analysis.mjs FOLDER [MEGABYTES] [PASSES]; LUCENE_JARS names another folder of jars
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const [folder, megabytes = '40', passes = '7'] = process.argv.slice(2)
const bytesMax = Number(megabytes) * 1e6
const rounds = Number(passes)
if (folder === undefined || !(bytesMax > 0 && bytesMax <= 200e6) || !(rounds >= 1 && rounds <= 50)) {
  console.error('usage: npm run bench:analysis -- FOLDER [MEGABYTES up to 200, else 40] [PASSES up to 50, else 7]')
  process.exit(2)
}
/** Passes before those that count: the first, cold one is told apart, the second lets the compilers finish. */
const WARM_UPS = 2
/** So many forms fill the memo (MEMO_FORMS_MAX of the analyser). */
const MEMO_FORMS = 2 ** 19
const JARS = process.env.LUCENE_JARS ?? '/usr/share/java'
const part = (name) => fileURLToPath(new URL(`analysis/${name}`, import.meta.url))

/** The .md files of a folder; of more than `bytesMax` about that much, spread evenly over all. */
function chosenTexts() {
  const all = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => ({ path: join(folder, name), bytes: statSync(join(folder, name)).size }))
  const share = Math.min(1, bytesMax / sumOf(all, 'bytes'))
  // the i-th is taken where the share of i reaches the next whole number: large and small alike
  return all.filter((_, i) => Math.floor((i + 1) * share) > Math.floor(i * share))
}

/** All forms of the texts, in the order they first come. */
async function differentForms(texts) {
  const { createAnalyzer } = await import('../../dist/analysis/analyzer.js')
  const analyzer = createAnalyzer()
  const forms = new Set()
  for (const { path } of texts) {
    const text = readFileSync(path, 'utf8')
    const { count, starts, ends } = analyzer.analyze(text)
    for (let i = 0; i < count; i++) forms.add(text.slice(starts[i], ends[i]))
  }
  return forms
}

/** The command that keeps a process and its threads on one core, and what to say of it. */
function pinning() {
  if (spawnSync('taskset', ['-V']).status !== 0) return { prefix: [], said: 'not pinned: taskset is missing' }
  const allowed = /Cpus_allowed_list:.*?(\d+)\s*$/m.exec(readFileSync('/proc/self/status', 'utf8'))
  if (allowed === null) return { prefix: [], said: 'not pinned: no list of allowed cores' }
  return {
    prefix: ['taskset', '-c', allowed[1]],
    said: `both processes pinned to core ${allowed[1]}, with the threads of their compilers and collectors`,
  }
}

/** The command that runs Lucene's side, or why there is none. */
function luceneCommand(scratch) {
  let jars = []
  try {
    jars = readdirSync(JARS).filter((name) => /^lucene-(core|analyzers-common)-8[\d.]*\.jar$/.test(name))
  } catch {
    // said below: no jars
  }
  if (jars.length < 2) return { missing: `no lucene-core and lucene-analyzers-common 8 in ${JARS}` }
  const absent = ['java', 'javac'].find((program) => spawnSync(program, ['-version']).error !== undefined)
  if (absent !== undefined) return { missing: `no ${absent} on the path` }
  const classes = [...jars.map((name) => join(JARS, name)), scratch].join(':')
  const compiled = spawnSync('javac', ['-cp', classes, '-d', scratch, part('GermanTokens.java')], { encoding: 'utf8' })
  if (compiled.status !== 0) throw new Error(`javac: ${compiled.stderr}`)
  return { command: ['java', '-cp', classes, 'GermanTokens'] }
}

/** A process that answers each line with one line of JSON; its first line says what it is. */
async function start([program, ...args]) {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error(`${program} ${args.join(' ')} ended before it answered`)
    return JSON.parse(value)
  }
  const { about } = await next()
  const times = []
  return {
    about,
    times,
    async pass() {
      child.stdin.write('pass\n')
      times.push(await next())
    },
    stop: () => child.stdin.end(),
  }
}

const sumOf = (list, field) => list.reduce((sum, one) => sum + one[field], 0)
function median(list) {
  const sorted = list.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
const whole = (number) => Math.round(number).toLocaleString('en')
const mb = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`

function report(name, { about, times }, bytes) {
  const warm = times.slice(WARM_UPS)
  const { tokens, read, letters } = warm[0]
  const rates = (field, list) => {
    const seconds = median(list.map((time) => time[field])) / 1000
    return `${whole(read / seconds)} tokens/s, ${mb(bytes / seconds)}/s`
  }
  const ms = warm.map((time) => time.ms)
  console.log(`\n${name} (${about})
  tokens       ${whole(tokens)} given, ${whole(read)} read with stop words; ${whole(letters)} letters of terms
  cold         ${rates('ms', times.slice(0, 1))}: the first pass
  warm, wall   ${rates('ms', warm)}: median of ${warm.length} passes, ${whole(Math.min(...ms))} to ${whole(Math.max(...ms))} ms
  warm, CPU    ${rates('cpuMs', warm)}: the same by the process's own CPU time`)
}

function compare(ours, theirs) {
  const ratio = (field, of) =>
    median(
      ours.times
        .slice(WARM_UPS)
        .map((our, i) => of(our) / our[field] / (of(theirs.times[WARM_UPS + i]) / theirs.times[WARM_UPS + i][field])),
    ).toFixed(2)
  const perToken = ({ read }) => read
  const perByte = () => 1
  console.log(`\nours / Lucene, median of pairs (above 1: ours is faster)
  a token read    ${ratio('ms', perToken)} by wall, ${ratio('cpuMs', perToken)} by CPU time
  a byte of text  ${ratio('ms', perByte)} by wall, ${ratio('cpuMs', perByte)} by CPU time`)
}

function reportMemory(forms, formsPath) {
  const args = ['--expose-gc', part('memory.mjs'), formsPath]
  const kept = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
  const line = ({ rss, heap, buffers }) => `RSS ${mb(rss)}, heap ${mb(heap)}, buffers ${mb(buffers)}`
  console.log(`\nours, memory (a process of its own, after collecting garbage)
  lexicon         ${mb(kept.lexiconBytes)} on disk, read in ${kept.lexiconMs.toFixed(1)} ms
  before loading  ${line(kept.before)}
  loaded          ${line(kept.loaded)}
  memo filled     ${line(kept.warm)}: ${whole(kept.forms)} of the texts' ${whole(forms)} different forms
  a form          ${whole((kept.warm.heap - kept.loaded.heap) / kept.forms)} bytes of heap, ${((kept.formsMs / kept.forms) * 1000).toFixed(1)} µs to analyse anew`)
}

const texts = chosenTexts()
if (texts.length === 0) {
  console.error(`no .md files in ${folder}`)
  process.exit(2)
}
const bytes = sumOf(texts, 'bytes')
const scratch = mkdtempSync(join(tmpdir(), 'fundstelle-bench-'))
try {
  const list = join(scratch, 'texts')
  writeFileSync(list, texts.map(({ path }) => path).join('\n'))
  const { prefix, said } = pinning()
  console.log(`${whole(texts.length)} texts, ${mb(bytes)}; ${said}`)

  const ours = await start([...prefix, process.execPath, part('fundstelle.mjs'), list])
  const lucene = luceneCommand(scratch)
  const theirs = lucene.command && (await start([...prefix, ...lucene.command, list]))
  for (let round = 0; round < WARM_UPS + rounds; round++) {
    await ours.pass()
    await theirs?.pass()
  }
  ours.stop()
  theirs?.stop()

  report('ours', ours, bytes)
  if (theirs) {
    report('Lucene', theirs, bytes)
    compare(ours, theirs)
  } else console.log(`\nLucene is not measured: ${lucene.missing}`)

  const forms = await differentForms(texts)
  const formsPath = join(scratch, 'forms')
  writeFileSync(
    formsPath,
    [...forms]
      .slice(0, MEMO_FORMS)
      .map((form) => `${form}\0`)
      .join(''),
  )
  reportMemory(forms.size, formsPath)
} finally {
  rmSync(scratch, { recursive: true })
}
