// How well we rank beside MiniSearch and Lucene: the same passages and questions for all, alone and among passages of laws that no
// question asks for. Every side indexes title and text as one field. Lucene is left out where java or its jars are missing.
//
//   node test/bench/ranking/peers.mjs FOLDER [STRANGERS,STRANGERS...]      a folder in BEIR's layout, else 0 and 20000 strangers
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandsOfSides, start } from '../search/processes.mjs'
import { passages } from '../texts.mjs'
import { mean, readFolder, reciprocalRank } from './sets.mjs'

const [folder, strangersGiven = '0,20000'] = process.argv.slice(2)
const counts = strangersGiven.split(',').map(Number)
if (folder === undefined || !counts.every((count) => count >= 0)) {
  console.error('usage: node test/bench/ranking/peers.mjs FOLDER [STRANGERS,STRANGERS...]')
  process.exit(2)
}

const oneLine = (text) => text.replace(/\s+/g, ' ').trim()
const { articles, queries } = readFolder(folder)
const own = articles.map(({ title, text }) => oneLine(`${title ?? ''} ${text}`))
const scratch = mkdtempSync(join(tmpdir(), 'fundstelle-peers-'))

/** What one side found among the passages in a file. */
async function report(command, place, files) {
  mkdirSync(place)
  const side = await start([...command, files.passages, files.queries, place])
  const { hits } = await side.pass()
  side.stop()
  // strangers stand behind the set's own articles and are nobody's answer
  const found = hits.map((numbers) => numbers.map((number) => articles[number]?._id))
  const mrr10 = mean(found.map((ids, i) => reciprocalRank(ids, queries[i].relevant)))
  const success10 = mean(found.map((ids, i) => (ids.some((id) => queries[i].relevant.has(id)) ? 1 : 0)))
  console.log(`  ${side.about.padEnd(50)} mrr10 ${mrr10.toFixed(4)}   success10 ${success10.toFixed(4)}`)
}

try {
  const commands = commandsOfSides(scratch)
  for (const count of counts) {
    const files = { passages: join(scratch, `passages-${count}.txt`), queries: join(scratch, 'queries.txt') }
    writeFileSync(files.passages, [...own, ...(count > 0 ? passages(count).map(oneLine) : [])].join('\n'))
    writeFileSync(files.queries, queries.map(({ text }) => oneLine(text)).join('\n'))
    console.log(`${queries.length} questions, ${own.length} articles, ${count} strangers`)
    for (const [at, command] of commands.entries()) await report(command, join(scratch, `index-${count}-${at}`), files)
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
