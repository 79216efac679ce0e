// What one changed article costs while the server runs: the command that indexes it, the time until the server finds it, and the search
// after that beside the same search before.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { finished } from '../children.mjs'
import { randomOf } from '../random.mjs'
import { program } from '../search/served.mjs'
import { passages } from './articles.mjs'
import { clientOf, searchRequest } from './client.mjs'

const ID = 'changed-article'
const FOUND_MS_MAX = 60_000
const LOOK_EVERY_MS = 2
const CONSONANTS = 'bcdfghjklmnpqrstvwxz'.split('')

/** @returns medians in milliseconds of `count` changes */
export async function changesOf({ address, cache, scratch, queries, count, seed }) {
  const random = randomOf(seed)
  const file = join(scratch, 'changed.jsonl')
  const [{ title, text }] = passages(1, seed + 1)
  const client = clientOf(address, 1)
  const searched = async (query) => (await client.ask(searchRequest(query))).ms

  /** Changes the article by a word that nothing else has. */
  const changed = async () => {
    const word = Array.from({ length: 14 }, () => random.pick(CONSONANTS)).join('')
    writeFileSync(file, `${JSON.stringify({ id: ID, title, text: `${word} ${text}` })}\n`)
    const { seconds } = await finished([program, 'index', file, '--cache', cache])
    return { indexMs: seconds * 1000, foundMs: await untilFound(client, word) }
  }

  await changed()
  const all = []
  for (let at = 0; at < count; at++) {
    const query = queries[at % queries.length]
    // twice, as it is remembered after the first time
    await searched(query)
    const beforeMs = await searched(query)
    const { indexMs, foundMs } = await changed()
    all.push({ indexMs, foundMs, beforeMs, nextMs: await searched(query) })
  }
  client.close()
  const median = (name) => all.map((one) => one[name]).sort((a, b) => a - b)[Math.floor((count - 1) / 2)]
  return {
    changeIndexMs: median('indexMs'),
    changeFoundMs: median('foundMs'),
    changeNextMs: median('nextMs'),
    changeBeforeMs: median('beforeMs'),
  }
}

async function untilFound(client, word) {
  const started = performance.now()
  for (;;) {
    const { status, text } = await client.ask(searchRequest(`"${word}"`), true)
    if (status !== 200) throw new Error(`status ${status} for a search for the changed article`)
    const [hit] = JSON.parse(text).hits
    if (hit?.id === ID && hit.formatted.snippet.includes(word)) return performance.now() - started
    if (performance.now() - started > FOUND_MS_MAX) throw new Error('the changed article is not found')
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}
