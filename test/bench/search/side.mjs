// What both JavaScript sides of ../search.mjs share: they build an index, then answer all queries once for each line they read.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** @param make gets the passages and gives a name and a search: query in, numbers of ten passages out */
export async function answer(make) {
  const [passagesFile, queriesFile] = process.argv.slice(2)
  const linesOf = (file) => readFileSync(file, 'utf8').trimEnd().split('\n')
  let passages = linesOf(passagesFile)
  const queries = linesOf(queriesFile)
  const started = performance.now()
  const { about, search, ...more } = await make(passages)
  passages = undefined
  const buildSeconds = (performance.now() - started) / 1000
  global.gc?.()
  console.log(JSON.stringify({ about, buildSeconds, heapBytes: process.memoryUsage().heapUsed, ...more }))
  for await (const _ of createInterface({ input: process.stdin })) {
    const ms = []
    const hits = []
    for (const query of queries) {
      const begun = performance.now()
      const found = await search(query)
      ms.push(performance.now() - begun)
      hits.push(found)
    }
    console.log(JSON.stringify({ ms, hits }))
  }
}
