// The sets of articles that are measured, each a file of JSON lines and a list of searches: made ones, or the user's own.
import { closeSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { basename, join } from 'node:path'
import { randomOf } from '../random.mjs'
import { fewWords, longArticles, passages, question } from './articles.mjs'

const BATCH = 1000

/** @returns name, file, megabytes, how many articles where known, and searches of each set */
export function setsOf(options, scratch) {
  if (options.file !== undefined) return [ownSet(options)]
  const sets = []
  // passages are asked for in questions and in few words, long articles in questions
  const inTurn = (text, random, at) => (at % 2 === 0 ? question(text, random) : fewWords(text, random))
  if (options.passages > 0) sets.push(madeSet('passages', options.passages, passages, inTurn, options, scratch))
  if (options.long > 0) sets.push(madeSet('long', options.long, longArticles, question, options, scratch))
  return sets
}

function madeSet(name, count, make, search, { searches, seed }, scratch) {
  const file = join(scratch, `${name}.jsonl`)
  const queries = []
  const random = randomOf(seed)
  const out = openSync(file, 'w')
  try {
    let [lines, at] = ['', 0]
    for (const article of make(count, seed)) {
      lines += `${JSON.stringify(article)}\n`
      at += 1
      // spread evenly over all articles
      while (queries.length < Math.floor((at / count) * searches))
        queries.push(search(article.text, random, queries.length))
      if (at % BATCH !== 0 && at !== count) continue
      writeSync(out, lines)
      lines = ''
    }
  } finally {
    closeSync(out)
  }
  return { name, file, megabytes: statSync(file).size / 1e6, articles: count, queries: mixed(queries, random) }
}

/** In another order, so that searches for neighbours do not follow each other. */
function mixed(list, random) {
  const all = [...list]
  for (let last = all.length - 1; last > 0; last--) {
    const at = random.below(last + 1)
    ;[all[last], all[at]] = [all[at], all[last]]
  }
  return all
}

function ownSet({ file, queries: queriesFile }) {
  const queries = JSON.parse(readFileSync(queriesFile, 'utf8'))
  if (!Array.isArray(queries) || queries.length === 0 || !queries.every((one) => typeof one === 'string'))
    throw new Error(`${queriesFile}: a JSON array of strings is wanted`)
  return { name: basename(file), file, megabytes: statSync(file).size / 1e6, articles: Number.NaN, queries }
}
