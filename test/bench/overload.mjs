// What a server does with twice as many searches as it can answer: how many it refuses, how long the others take, whether it stays alive
// meanwhile, and how soon it is itself again. Loopback only; every part is bounded in time.
// usage: node test/bench/overload.mjs --cache DIR --queries FILE.json [--seconds N] [--over N] [--json] [-- words for serve]
// --over: seconds of the overload, else as long as every other part
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { memoryMb } from './children.mjs'
import { arrivals, inTurn } from './load/arrivals.mjs'
import { randomOf } from './random.mjs'
import { numbers, serve } from './search/served.mjs'
import { clientOf, searchRequest } from './speed/client.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cache: { type: 'string' },
    queries: { type: 'string' },
    seconds: { type: 'string', default: '10' },
    over: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
if (values.cache === undefined || values.queries === undefined) {
  console.error(
    'usage: node test/bench/overload.mjs --cache DIR --queries FILE.json [--seconds N] [--over N] [--json] [-- words for serve]',
  )
  process.exit(2)
}
const seconds = Math.min(60, Math.max(2, Number(values.seconds)))
const overSeconds = Math.min(300, Math.max(2, Number(values.over ?? seconds)))
setTimeout(
  () => {
    console.error('given up')
    process.exit(1)
  },
  (seconds * 5 + overSeconds + 60) * 1000,
).unref()

const queries = JSON.parse(readFileSync(values.queries, 'utf8'))
const random = randomOf(1)
const taken = (answers) => answers.filter(({ status }) => status === 200).map(({ ms }) => ms)
const share = (answers, status) => answers.filter((answer) => answer.status === status).length / answers.length
/** The most that `/health` took while `work` went on. */
async function beside(address, work) {
  const client = clientOf(address, 1)
  const times = []
  let isOver = false
  const asking = (async () => {
    while (!isOver) {
      times.push((await client.ask({ path: '/health' })).ms)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  })()
  const result = await work
  isOver = true
  await asking
  client.close()
  return { result, health: numbers(times) }
}

const { address, child, stop } = await serve(values.cache, ...positionals)
try {
  // the code is warm before anything is measured
  await inTurn(address, searchRequest, queries, { connections: 4, seconds })
  // enough for all threads to be busy, and no more than a short queue takes
  const bearable = await inTurn(address, searchRequest, queries, { connections: 8, seconds })
  const alone = await inTurn(address, searchRequest, queries, { connections: 1, seconds })
  const half = await arrivals(address, searchRequest, queries, { perSecond: bearable.perSecond / 2, seconds, random })
  const memoryBefore = memoryMb(child.pid, 'VmRSS')
  const twice = { perSecond: bearable.perSecond * 2, seconds: overSeconds, random }
  const { result: over, health } = await beside(address, arrivals(address, searchRequest, queries, twice))
  const after = await arrivals(address, searchRequest, queries, {
    perSecond: bearable.perSecond / 2,
    seconds: 8,
    random,
  })
  const refusedAfter = Array.from({ length: 8 }, (_, at) =>
    share(
      after.filter(({ second }) => second === at),
      503,
    ),
  )
  const p99Alone = numbers(taken(alone.answers)).p99
  const p99Half = numbers(taken(half)).p99
  const p99 = numbers(taken(over)).p99
  const figures = {
    bearablePerSecond: bearable.perSecond,
    p99AloneMs: p99Alone,
    p99HalfMs: p99Half,
    askedPerSecond: over.length / overSeconds,
    takenPerSecond: taken(over).length / overSeconds,
    refused: share(over, 503),
    failed: over.filter(({ status }) => status !== 200 && status !== 503).length,
    p99Ms: p99,
    timesAlone: p99 / p99Alone,
    // until the queue is full for the first time those that fill it wait
    p99LaterMs: numbers(taken(over.filter(({ second }) => second >= 2))).p99,
    timesHalf: p99 / p99Half,
    refusedP99Ms: numbers(over.filter(({ status }) => status === 503).map(({ ms }) => ms)).p99,
    healthP99Ms: health.p99,
    healthMaxMs: health.max,
    refusedAfter,
    p99AfterMs: numbers(taken(after.filter(({ second }) => second >= 5))).p99,
    memoryMb: [memoryBefore, memoryMb(child.pid, 'VmRSS')],
  }
  if (values.json) console.log(JSON.stringify(figures))
  else
    for (const [name, value] of Object.entries(figures))
      console.log(
        name.padEnd(20),
        [value]
          .flat()
          .map((one) => one.toFixed(2))
          .join(' '),
      )
} finally {
  await stop()
}
