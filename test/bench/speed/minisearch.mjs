// A peer for scale: MiniSearch as it comes, in a process of its own that is asked from within. It keeps everything in memory and has no
// German analysis, no snippets, no HTTP and nothing on the disk. Prints its figures.
// usage: node test/bench/speed/minisearch.mjs FILE QUERIES
import { readFileSync } from 'node:fs'
import MiniSearch from 'minisearch'
import { memoryMb } from '../children.mjs'
import { numbers } from '../search/served.mjs'
import { articlesIn } from './lines.mjs'

const HITS = 10

const [file, queriesFile] = process.argv.slice(2)
const queries = JSON.parse(readFileSync(queriesFile, 'utf8'))
const started = performance.now()
const index = new MiniSearch({ fields: ['title', 'text'], searchOptions: { boost: { title: 3 } } })
for await (const article of articlesIn(file)) index.add(article)
const indexSeconds = (performance.now() - started) / 1000
const passes = ['first', 'second'].map((name) => {
  const ms = queries.map((query) => {
    const begun = performance.now()
    index.search(query).slice(0, HITS)
    return performance.now() - begun
  })
  const { p50, p95, max } = numbers(ms)
  return { [`${name}P50Ms`]: p50, [`${name}P95Ms`]: p95, [`${name}MaxMs`]: max }
})
console.log(JSON.stringify({ indexSeconds, rssMb: memoryMb(process.pid, 'VmRSS'), ...Object.assign({}, ...passes) }))
