// The built program as a server, asked by one client, and what its answers took.
import { Agent, request } from 'node:http'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { launched, stopped } from '../children.mjs'

export const program = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url))

/** Serves a cache until `stop`; resolves when it can answer. `ask` gives the status of the answer to a path. */
export async function serve(cache, ...words) {
  const child = launched([program, 'serve', '--cache', cache, '--port', '0', ...words], ['ignore', 'pipe', 'ignore'])
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const stop = async () => {
    agent.destroy()
    await stopped(child)
  }
  try {
    const address = await addressIn(child.stdout)
    const ask = (path) => answerOf(agent, new URL(path, address))
    while ((await ask('/ready')).status !== 200) await new Promise((resolve) => setTimeout(resolve, 10))
    return { address, ask, child, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function addressIn(stream) {
  for await (const line of createInterface({ input: stream })) {
    const address = /http:\/\/\S+/.exec(line)
    if (address !== null) return address[0]
  }
  throw new Error('the server ended before it told its address')
}

const answerOf = (agent, url) =>
  new Promise((resolve, reject) => {
    const asked = request(url, { agent }, (answer) => {
      answer.resume()
      answer.once('end', () => resolve({ status: answer.statusCode }))
    })
    asked.once('error', reject)
    asked.end()
  })

const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]

export const numbers = (ms) => {
  const sorted = ms.toSorted((a, b) => a - b)
  return {
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
    max: sorted.at(-1),
  }
}

export const said = ({ p50, p95, p99 }) => [p50, p95, p99].map((ms) => ms.toFixed(2).padStart(7)).join(' ')
