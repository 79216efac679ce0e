// Processes that a benchmark starts: none outlives it, whichever way it ends. Only those started here are ever ended.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

const PEAK_EVERY_MS = 20
const STOP_MS = 30_000
const SAID_MAX = 2000

const running = new Set()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Starts Node with these words. @param env further variables */
export function launched(words, stdio, env = {}) {
  const child = spawn(process.execPath, words, { stdio, env: { ...process.env, ...env } })
  running.add(child)
  for (const event of ['exit', 'error']) child.once(event, () => running.delete(child))
  return child
}

/** Asks a process to end and waits until it has; it is killed where that takes too long. */
export async function stopped(child) {
  if (!running.has(child)) return
  const over = new Promise((resolve) => child.once('exit', resolve))
  const killing = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  child.kill('SIGTERM')
  await over
  clearTimeout(killing)
}

/**
 * Runs Node with these words to its end; fails where that is no 0.
 * @returns what it printed, the seconds it took, and the most memory it had in use at once (NaN where the system does not tell)
 */
export async function finished(words) {
  const started = performance.now()
  const child = launched(words, ['ignore', 'pipe', 'pipe'])
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'])
    child[name].setEncoding('utf8').on('data', (text) => {
      said[name] = (said[name] + text).slice(-SAID_MAX)
    })
  let peakMb = Number.NaN
  const looking = setInterval(() => {
    const now = memoryMb(child.pid, 'VmHWM')
    if (!Number.isNaN(now)) peakMb = now
  }, PEAK_EVERY_MS)
  let seconds = 0
  child.once('exit', () => {
    seconds = (performance.now() - started) / 1000
    clearInterval(looking)
  })
  const [code, signal] = await new Promise((resolve) => child.once('close', (...end) => resolve(end)))
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code ?? signal}: ${said.stderr.trim().slice(-500)}`)
  return { out: said.stdout, seconds, peakMb }
}

/** Memory of a process in MB of 2 ** 20 bytes, `VmRSS` (now) or `VmHWM` (at most so far); NaN where the system does not tell. */
export function memoryMb(pid, name) {
  try {
    const [, kb] = new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return Number(kb) / 1024
  } catch {
    return Number.NaN
  }
}
