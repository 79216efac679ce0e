// What the queue of searches does with more than can be answered, in a model: one thread, arrivals of a Poisson process, times of a search drawn beforehand.
// It tells of rules what a busy machine cannot: no clock is asked. usage: node test/bench/queue-model.mjs [--dist DIR] [--queue N]
import { parseArgs } from 'node:util'
import { randomOf } from './random.mjs'

const { values } = parseArgs({
  options: {
    dist: { type: 'string', default: new URL('../../dist', import.meta.url).pathname },
    queue: { type: 'string', default: '64' },
  },
})
const { SearchQueue } = await import(`${values.dist}/search-threads/search-queue.js`)

/** Milliseconds of a search: mostly 4 to 12, 8 on average, some more; like those of 100,000 passages. */
const serviceMs = (random) => 4 + 4 * -Math.log(1 - random.next() * 0.9999)
const MEAN_MS = 8

const percentile = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN

/** @param times when calls come, ascending; a stall in which nothing is answered may be given */
function run(queue, clock, times, random, stall = [0, 0]) {
  const ends = []
  let first = 0
  const taken = []
  const refused = []
  for (const at of times) {
    clock.ms = at
    while (first < ends.length && ends[first] <= at) first++
    const load = ends.length - first
    try {
      queue.admit(load)
    } catch {
      refused.push(at)
      continue
    }
    let begins = Math.max(at, ends.at(-1) ?? 0)
    if (begins >= stall[0] && begins < stall[1]) begins = stall[1]
    ends.push(begins + serviceMs(random))
    taken.push({ at, ms: ends.at(-1) - at })
  }
  return { taken, refused }
}

function poisson(rate, fromMs, toMs, random) {
  const times = []
  for (let at = fromMs; ; ) {
    at += (-Math.log(1 - random.next()) / rate) * MEAN_MS
    if (at >= toMs) return times
    times.push(at)
  }
}

const fresh = () => {
  const clock = { ms: 0, now: () => clock.ms }
  return [new SearchQueue(Number(values.queue), clock), clock]
}
const p99 = (taken) =>
  percentile(
    taken.map(({ ms }) => ms).sort((a, b) => a - b),
    0.99,
  )

const random = randomOf(7)
const alone = Array.from({ length: 100_000 }, () => serviceMs(random)).sort((a, b) => a - b)
const alone99 = percentile(alone, 0.99)
console.log(`alone: p99 ${alone99.toFixed(1)} ms`)
for (const rate of [0.5, 0.8, 0.9, 1.1, 1.5, 2, 4])
  for (const seconds of rate === 2 ? [15, 60, 180] : [180]) {
    const [queue, clock] = fresh()
    const { taken, refused } = run(queue, clock, poisson(rate, 0, seconds * 1000, random), random)
    const later = taken.filter(({ at }) => at > 2000)
    console.log(
      `${rate} times what can be answered, ${seconds} s: p99 ${(p99(taken) / alone99).toFixed(1)} times, from the third second on ${(p99(later) / alone99).toFixed(1)}; refused ${((100 * refused.length) / (refused.length + taken.length)).toFixed(1)} %; answered ${((100 * taken.length * MEAN_MS) / (seconds * 1000)).toFixed(0)} % of what can be`,
    )
  }
{
  const [queue, clock] = fresh()
  const times = [...poisson(2, 0, 20_000, random), ...poisson(0.5, 20_000, 40_000, random)]
  const { refused } = run(queue, clock, times, random)
  const bySecond = Array.from(
    { length: 8 },
    (_, at) => refused.filter((ms) => Math.floor(ms / 1000) === 20 + at).length,
  )
  console.log(`refused in each second of half the load after an overload: ${bySecond.join(' ')}`)
}
{
  const [queue, clock] = fresh()
  const { refused } = run(queue, clock, poisson(0.6, 0, 30_000, random), random, [5000, 6500])
  const bySecond = Array.from({ length: 8 }, (_, at) => refused.filter((ms) => Math.floor(ms / 1000) === 5 + at).length)
  console.log(`refused in each second from a stall of 1.5 s on, 0.6 of what can be answered: ${bySecond.join(' ')}`)
}
{
  // each of 64 asks again as soon as it is answered; once nothing is answered for two seconds
  const [queue, clock] = fresh()
  let refused = 0
  let free = 0
  const next = new Array(Number(values.queue)).fill(0)
  const ends = []
  let head = 0
  for (let call = 0; call < 20_000; call++) {
    const who = next.indexOf(Math.min(...next))
    clock.ms = next[who]
    while (head < ends.length && ends[head] <= clock.ms) head++
    try {
      queue.admit(ends.length - head)
    } catch {
      refused++
      next[who] += 1
      continue
    }
    free = Math.max(free, clock.ms) + serviceMs(random) + (call === 5000 ? 2000 : 0)
    ends.push(free)
    next[who] = free
  }
  console.log(`as many clients as the queue is long, each waiting for its answer: refused ${refused} of 20000`)
}
