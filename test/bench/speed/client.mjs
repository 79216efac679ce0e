// Asks a server over connections that stay open, and takes the time until the whole answer is there.
import { Agent, request } from 'node:http'

const ANSWER_MS_MAX = 60_000

/** @param connections how many at most */
export function clientOf(address, connections) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const { hostname, port } = new URL(address)
  /**
   * Never fails: without an answer the status is 0. `keepsText` makes the answer's text part of what it gives. What is sent on a connection that the
   * server closes at the same moment, as nothing had come on it for long, is sent once more: HTTP has it so, and Node leaves it to whoever asks.
   */
  const ask = ({ method = 'GET', path, body }, keepsText = false, isSecondTry = false) =>
    new Promise((resolve) => {
      const started = performance.now()
      const done = (status, text) => resolve({ status, text, ms: performance.now() - started })
      const headers = body === undefined ? {} : { 'content-type': 'application/json' }
      const asked = request({ hostname, port, agent, method, path, headers, timeout: ANSWER_MS_MAX }, (answer) => {
        let text = ''
        if (keepsText) answer.setEncoding('utf8').on('data', (more) => (text += more))
        else answer.resume()
        answer.once('end', () => done(answer.statusCode, text))
        answer.once('error', () => done(0, ''))
      })
      asked.once('timeout', () => asked.destroy(new Error('no answer')))
      asked.once('error', ({ code }) => {
        if (code !== 'ECONNRESET' || !asked.reusedSocket || isSecondTry) done(0, '')
        else ask({ method, path, body }, keepsText, true).then(({ status, text }) => done(status, text))
      })
      asked.end(body)
    })
  return { ask, close: () => agent.destroy() }
}

/** The request of a search for ten hits, as Fundstelle takes it. */
export const searchRequest = (query) => ({ path: `/search?${new URLSearchParams({ q: query, limit: '10' })}` })
