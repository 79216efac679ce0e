// How many requests a second several processes answer, beside one with as many threads and one with one thread: in turn, several rounds, so that
// whatever else the machine does is the same for all. Loopback only; every part is bounded in time.
// usage: node test/bench/processes.mjs --cache DIR --queries FILE.json [--rounds N] [--seconds N] [--warm N] [--connections N]
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { inTurn } from './load/arrivals.mjs'
import { numbers, serve } from './search/served.mjs'
import { searchRequest } from './speed/client.mjs'

const USAGE =
  'usage: node test/bench/processes.mjs --cache DIR --queries FILE.json [--rounds N] [--seconds N] [--warm N] [--connections N]'
const text = { type: 'string' }
const { values } = parseArgs({
  options: {
    cache: text,
    queries: text,
    rounds: { ...text, default: '3' },
    seconds: { ...text, default: '8' },
    // seconds of the same load before: code is compiled for half a minute
    warm: { ...text, default: '4' },
    connections: { ...text, default: '32' },
  },
})
if (values.cache === undefined || values.queries === undefined) {
  console.error(USAGE)
  process.exit(2)
}
const [rounds, seconds, warm, connections] = ['rounds', 'seconds', 'warm', 'connections'].map((name) =>
  Number(values[name]),
)
const queries = JSON.parse(readFileSync(values.queries, 'utf8'))

const WAYS = [
  ['one process, one thread', ['--threads', '1']],
  ['one process, two threads', ['--threads', '2']],
  ['two processes, a thread each', ['--processes', '2', '--threads', '1']],
]

/** A queue that is long enough for all connections: what is measured is not what is refused. */
const QUEUE = ['--queue', String(connections * 2)]

const measured = new Map(WAYS.map(([name]) => [name, []]))
for (let round = 1; round <= rounds; round++)
  for (const [name, words] of WAYS) {
    const { address, stop } = await serve(values.cache, ...words, ...QUEUE)
    try {
      await inTurn(address, searchRequest, queries, { connections, seconds: warm })
      const { answers, perSecond } = await inTurn(address, searchRequest, queries, { connections, seconds })
      const failed = answers.filter(({ status }) => status !== 200).length
      const { p99 } = numbers(answers.map(({ ms }) => ms))
      measured.get(name).push(perSecond)
      console.log(
        `round ${round}, ${name}: ${perSecond.toFixed(0)} a second, p99 ${p99.toFixed(0)} ms, ${failed} failed`,
      )
    } finally {
      await stop()
    }
  }

const median = (list) => list.toSorted((one, other) => one - other)[Math.floor(list.length / 2)]
const [one, two, processes] = WAYS.map(([name]) => median(measured.get(name)))
console.log(
  `two processes with a thread each: ${(processes / one).toFixed(2)} times one process with one thread, ${(processes / two).toFixed(2)} times one with two`,
)
