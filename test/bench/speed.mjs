// Makes the table of docs/PERFORMANCE.md, from outside and cold as a user meets it: indexing, starting, searching over HTTP, many at a time,
// memory, disk, a changed article; beside a yardstick of the machine and MiniSearch in the same run. Loopback only, but for --opensearch.
// usage: npm run bench -- [options]; speed/options.mjs has them
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { finished } from './children.mjs'
import { fundstelleFigures } from './speed/fundstelle.mjs'
import { openSearchFigures } from './speed/opensearch.mjs'
import { optionsOf } from './speed/options.mjs'
import { setsOf } from './speed/sets.mjs'
import { tableOf } from './speed/table.mjs'

const options = optionsOf(process.argv.slice(2))
const PEER = 'MiniSearch, asked within its process: no German analysis, snippets, HTTP or disk'
const CHANGES = ['changeIndexMs', 'changeFoundMs', 'changeNextMs']

// what is measured are the defaults, whatever is set where this runs
for (const name of Object.keys(process.env)) if (/^(?:FUNDSTELLE_|PORT$)/.test(name)) delete process.env[name]

const scratch = mkdtempSync(join(tmpdir(), 'fundstelle-bench-'))
process.on('exit', () => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }))
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])
  process.on(signal, () => process.exit(code))
setTimeout(() => {
  console.error(`given up after ${options.minutes} minutes: --minutes allows more`)
  process.exit(1)
}, options.minutes * 60_000).unref()

const part = (name) => fileURLToPath(new URL(`speed/${name}`, import.meta.url))
const told = (text) => console.error(text)

async function peerFigures(set) {
  const queries = join(scratch, 'queries.json')
  writeFileSync(queries, JSON.stringify(set.queries))
  try {
    const { out, peakMb } = await finished([part('minisearch.mjs'), set.file, queries])
    return { ...JSON.parse(out), indexPeakMb: peakMb }
  } catch (error) {
    // much text does not fit into its heap; the others go on
    told(`MiniSearch: ${error.message}`)
    return {}
  }
}

/** One run over a set: the figures of each engine, all beside the same yardstick. */
async function measured(set, run) {
  const { seconds: yardstickSeconds, articles } = JSON.parse((await finished([part('yardstick.mjs'), set.file])).out)
  const known = { run, set: set.name, megabytes: set.megabytes, articles, queries: set.queries.length }
  const sides = [['Fundstelle', () => fundstelleFigures(set, options, scratch)]]
  if (options.peer) sides.push([PEER, () => peerFigures(set)])
  if (options.opensearch !== undefined)
    sides.push(['OpenSearch', () => openSearchFigures(options.opensearch, set, options.seconds)])
  const results = []
  for (const [engine, figuresOf] of sides) {
    const figures = await figuresOf()
    const indexYardsticks = figures.indexSeconds / yardstickSeconds
    results.push({ ...known, engine, ...figures, yardstickSeconds, indexYardsticks })
    told(
      `run ${run} of ${options.runs}, ${set.name}, ${engine.split(',')[0]}: index ${figures.indexSeconds?.toFixed(1)} s`,
    )
  }
  return results
}

told('making the texts …')
const sets = setsOf(options, scratch)
const results = []
for (let run = 1; run <= options.runs; run++)
  for (const set of sets) {
    for (const result of await measured(set, run)) {
      results.push(result)
      if (options.json) console.log(JSON.stringify(result))
    }
  }

if (!options.json) {
  const { model, length = cpus().length } = cpus()[0] ?? { model: 'unknown processor' }
  console.log(
    `${length} cores (${model}), Node ${process.versions.node}; median of ${options.runs} runs (least to greatest)`,
  )
  for (const { name, megabytes, queries } of sets)
    console.log(
      `- ${name}: ${results.find(({ set }) => set === name).articles} articles, ${megabytes.toFixed(1)} MB, ${queries.length} searches`,
    )
  console.log(`\n${tableOf(results, options.changes === 0 ? CHANGES : [])}`)
}
