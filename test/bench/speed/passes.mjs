// How fast a server answers that nobody has asked before: all searches once, once more, then many at a time.
import { numbers } from '../search/served.mjs'
import { clientOf } from './client.mjs'

const CONNECTIONS = 32

/**
 * @param requestOf what to send for a query
 * @returns milliseconds of both passes, requests a second and p99 under load, and how many answers were no 200
 */
export async function passesOf(address, requestOf, queries, seconds) {
  const figures = {}
  let failed = 0
  const one = clientOf(address, 1)
  for (const pass of ['first', 'second']) {
    const times = []
    for (const query of queries) {
      const { status, ms } = await one.ask(requestOf(query))
      times.push(ms)
      if (status !== 200) failed += 1
    }
    const { p50, p95, max } = numbers(times)
    Object.assign(figures, { [`${pass}P50Ms`]: p50, [`${pass}P95Ms`]: p95, [`${pass}MaxMs`]: max })
  }
  one.close()

  const many = clientOf(address, CONNECTIONS)
  const times = []
  const started = performance.now()
  const end = started + seconds * 1000
  let next = 0
  let answered = 0
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() < end) {
        const { status, ms } = await many.ask(requestOf(queries[next++ % queries.length]))
        times.push(ms)
        if (status === 200) answered += 1
        else failed += 1
      }
    }),
  )
  // the last answers come a little after the end
  const perSecond = answered / ((performance.now() - started) / 1000)
  many.close()
  return { ...figures, perSecond, loadP99Ms: numbers(times).p99, failed }
}
