// How many letters somebody types before the wanted article is among the first five and stays there, as a share of the query's letters, and how long answers take
// while typing beside those to whole queries. Asks a server that it starts itself, one request after another.
//
//   node test/bench/ranking/typing.mjs FOLDER [--kind title] [--count 400]      a folder in BEIR's layout
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from '../children.mjs'
import { program, serve } from '../search/served.mjs'
import { readFolder } from './sets.mjs'

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? fallback : process.argv[at + 1]
}
const folder = process.argv[2]
if (folder === undefined || folder.startsWith('--')) {
  console.error(
    'usage: node test/bench/ranking/typing.mjs FOLDER [--kind title] [--count 400]  (a folder in BEIR layout)',
  )
  process.exit(2)
}
const kind = option('kind', 'title')
const count = Number(option('count', '400'))
const PLACES = 5

const { articles, queries } = readFolder(folder)
const some = queries.filter(({ id }) => id.startsWith(kind))
const step = Math.max(1, Math.floor(some.length / count))
const asked = some.filter((_, i) => i % step === 0).slice(0, count)

const scratch = mkdtempSync(join(tmpdir(), 'typing-'))
try {
  const file = join(scratch, 'articles.jsonl')
  const line = ({ _id, title = '', text }) => `${JSON.stringify({ id: _id, title, text })}\n`
  writeFileSync(file, articles.map(line).join(''))
  const cache = join(scratch, 'cache')
  await finished([program, 'index', file, '--cache', cache])
  const { address, stop } = await serve(cache)
  try {
    const times = { typing: [], whole: [] }
    const ask = async (query, relevant, isTyping) => {
      const parameters = new URLSearchParams({ q: query, limit: String(PLACES), ...(isTyping && { typing: 'true' }) })
      const started = performance.now()
      const { hits } = await (await fetch(`${address}/search?${parameters}`)).json()
      times[isTyping ? 'typing' : 'whole'].push(performance.now() - started)
      return hits.some(({ id }) => relevant.has(id))
    }
    let shares = 0
    let never = 0
    for (const { text, relevant } of asked) {
      const letters = [...text]
      /** The letters after which it is there, and was at every letter since. */
      let since = null
      for (let typed = 1; typed <= letters.length; typed++) {
        const isThere = await ask(letters.slice(0, typed).join(''), relevant, true)
        since = isThere ? (since ?? typed) : null
      }
      if (since === null) never += 1
      shares += (since ?? letters.length) / letters.length
    }
    for (const { text, relevant } of asked) await ask(text, relevant, false)
    const p95 = (values) => values.sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1].toFixed(1)
    console.log(
      `${asked.length} queries: among the first ${PLACES} and staying there after ${(shares / asked.length).toFixed(4)} of the letters; never: ${never}`,
    )
    console.log(`p95 of an answer: ${p95(times.typing)} ms while typing, ${p95(times.whole)} ms for whole queries`)
  } finally {
    await stop()
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
