// The same texts and searches to an OpenSearch that somebody runs, with its German analyser. Makes an index of its own there and removes it.
import { articlesIn } from './lines.mjs'
import { passesOf } from './passes.mjs'

const BATCH_LETTERS = 4_000_000
const GERMAN = { type: 'text', analyzer: 'german' }
const INDEX = {
  settings: { index: { number_of_shards: 1, number_of_replicas: 0 } },
  mappings: { dynamic: false, properties: { title: GERMAN, text: GERMAN } },
}

export async function openSearchFigures(url, { file, queries }, seconds) {
  const name = `fundstelle-bench-${process.pid}`
  const address = url.replace(/\/+$/, '')
  const send = async (method, path, body, type = 'application/json') => {
    const answer = await fetch(`${address}/${name}${path}`, { method, body, headers: body && { 'content-type': type } })
    const told = await answer.json()
    if (!answer.ok || told.errors === true) throw new Error(`OpenSearch, ${method} ${path}: ${answer.status}`)
    return told
  }
  await send('PUT', '', JSON.stringify(INDEX))
  try {
    const started = performance.now()
    const bulk = (lines) => send('POST', '/_bulk', lines, 'application/x-ndjson')
    let lines = ''
    for await (const { id, title, text } of articlesIn(file)) {
      lines += `${JSON.stringify({ index: { _id: id } })}\n${JSON.stringify({ title, text })}\n`
      if (lines.length < BATCH_LETTERS) continue
      await bulk(lines)
      lines = ''
    }
    if (lines !== '') await bulk(lines)
    await send('POST', '/_refresh')
    await send('POST', '/_flush')
    const indexSeconds = (performance.now() - started) / 1000
    const stats = await send('GET', '/_stats/store')
    return {
      indexSeconds,
      diskMb: stats._all.primaries.store.size_in_bytes / 2 ** 20,
      ...(await passesOf(address, (query) => searchIn(name, query), queries, seconds)),
    }
  } finally {
    await send('DELETE', '')
  }
}

/** Ten hits with a snippet each, words in title or text. */
const searchIn = (name, query) => ({
  method: 'POST',
  path: `/${name}/_search`,
  body: JSON.stringify({
    size: 10,
    query: { multi_match: { query, type: 'cross_fields', fields: ['title^3', 'text'] } },
    highlight: { fields: { text: { number_of_fragments: 1, fragment_size: 200 } } },
  }),
})
