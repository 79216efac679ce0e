// The built program as a server, asked by one client, and what its answers took.
import { spawn } from 'node:child_process'
import { Agent, request } from 'node:http'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export const program = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url))

/** Serves a cache until `stop`; resolves when it can answer. `ask` gives the status of the answer to a path. */
export async function serve(cache, ...words) {
  const child = spawn(process.execPath, [program, 'serve', '--cache', cache, '--port', '0', ...words], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const stop = async () => {
    agent.destroy()
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('exit', resolve))
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
  return { p50: percentile(sorted, 0.5), p95: percentile(sorted, 0.95), p99: percentile(sorted, 0.99) }
}

export const said = ({ p50, p95, p99 }) => [p50, p95, p99].map((ms) => ms.toFixed(2).padStart(7)).join(' ')
