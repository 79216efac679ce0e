// Asks a server whether it keeps up or not: requests begin at moments drawn beforehand, as those of many people do, not when the one before has ended.
import { clientOf } from '../speed/client.mjs'

/** More at a time are not asked: whoever does not answer that many is not measured any more. */
const CONNECTIONS = 2000

/**
 * @param perSecond how many begin in a second on average, at moments of a Poisson process
 * @returns of each request its status, its milliseconds and the second that it began in
 */
export async function arrivals(address, requestOf, queries, { perSecond, seconds, random }) {
  const client = clientOf(address, CONNECTIONS)
  const answers = []
  const asked = []
  const started = performance.now()
  let next = 0
  let dueMs = 0
  while (dueMs < seconds * 1000) {
    const waitMs = started + dueMs - performance.now()
    if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs))
    else await new Promise(setImmediate)
    while (dueMs < seconds * 1000 && started + dueMs <= performance.now()) {
      const second = Math.floor(dueMs / 1000)
      const query = queries[next++ % queries.length]
      asked.push(client.ask(requestOf(query)).then(({ status, ms }) => answers.push({ status, ms, second })))
      dueMs += (-Math.log(1 - random.next()) / perSecond) * 1000
    }
  }
  await Promise.all(asked)
  client.close()
  return answers
}

/** As many connections as are said, each with its next request as soon as the one before is answered. */
export async function inTurn(address, requestOf, queries, { connections, seconds }) {
  const client = clientOf(address, connections)
  const answers = []
  const started = performance.now()
  const endMs = started + seconds * 1000
  let next = 0
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < endMs) {
        const { status, ms } = await client.ask(requestOf(queries[next++ % queries.length]))
        answers.push({ status, ms, second: Math.floor((performance.now() - started) / 1000) })
      }
    }),
  )
  const passedSeconds = (performance.now() - started) / 1000
  client.close()
  return { answers, perSecond: answers.filter(({ status }) => status === 200).length / passedSeconds }
}
