// Started by ../analysis.mjs: holds the texts in memory, and analyses them all once for each line it reads.
// usage: node fundstelle.mjs LIST, a file with one path a line
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { createAnalyzer } from '../../../dist/analysis/analyzer.js'

const texts = readFileSync(process.argv[2], 'utf8')
  .split('\n')
  .map((path) => readFileSync(path, 'utf8'))
const analyzer = createAnalyzer()

function pass() {
  let tokens = 0
  let letters = 0
  for (const text of texts) {
    const { count, words } = analyzer.analyze(text)
    tokens += count
    // every term is looked at, as an index would
    for (const word of words) letters += word.term.length
  }
  return { tokens, letters }
}

const answer = (object) => console.log(JSON.stringify(object))
answer({ about: `Node ${process.version}` })
for await (const _ of createInterface({ input: process.stdin })) {
  const cpu = process.cpuUsage()
  const started = performance.now()
  const sums = pass()
  const ms = performance.now() - started
  const { user, system } = process.cpuUsage(cpu)
  answer({ ms, cpuMs: (user + system) / 1000, ...sums, read: sums.tokens })
}
