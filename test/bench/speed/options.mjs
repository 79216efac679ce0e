// What a run of ../speed.mjs is to measure, from its command line. Wrong usage ends it with 2.
import { parseArgs } from 'node:util'

const USAGE = `usage: npm run bench -- [options]
  --passages N     short articles to make (100000; 0 leaves them out)
  --long N         long articles to make (1500; 0 leaves them out)
  --searches N     different searches to make for each set (1000)
  --seed N         other texts (1)
  --file F         instead of made texts: JSON lines with id, title and text …
  --queries Q      … and what to search for in them: a JSON array of strings
  --runs N         runs; the table has their median, the least and the greatest (3)
  --seconds N      how long 32 connections ask (8)
  --changes N      how often one article is changed while the server runs (50; 0 leaves it out)
  --opensearch URL the same texts and searches to an OpenSearch that is running, as http://127.0.0.1:9200
  --no-peer        leaves MiniSearch out
  --json           JSON lines, one for each run, set and engine, instead of the table
  --minutes N      after so many minutes everything is ended (60)
  --help           prints this`

/** Name, what it is by itself, the least and the most. */
const NUMBERS = [
  ['passages', 100_000, 0, 2_000_000],
  ['long', 1500, 0, 100_000],
  ['searches', 1000, 1, 100_000],
  ['seed', 1, 0, 1_000_000],
  ['runs', 3, 1, 25],
  ['seconds', 8, 1, 600],
  ['changes', 50, 0, 1000],
  ['minutes', 60, 1, 1440],
]

/** @param words as they were typed */
export function optionsOf(words) {
  if (words.includes('--help')) {
    console.log(USAGE)
    process.exit(0)
  }
  try {
    return read(words)
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`)
    process.exit(2)
  }
}

function read(words) {
  const text = { type: 'string' }
  const { values } = parseArgs({
    args: words,
    options: {
      ...Object.fromEntries(NUMBERS.map(([name]) => [name, text])),
      file: text,
      queries: text,
      opensearch: text,
      'no-peer': { type: 'boolean' },
      json: { type: 'boolean' },
    },
  })
  const numbers = NUMBERS.map(([name, fallback, least, most]) => {
    const value = Number(values[name] ?? fallback)
    if (!Number.isInteger(value) || value < least || value > most)
      throw new Error(`--${name} ${values[name]}: a whole number from ${least} to ${most}`)
    return [name, value]
  })
  if ((values.file === undefined) !== (values.queries === undefined))
    throw new Error('--file and --queries belong together')
  const { file, queries, opensearch, json = false } = values
  if (opensearch !== undefined && (!URL.canParse(opensearch) || new URL(opensearch).protocol !== 'http:'))
    throw new Error(`--opensearch ${opensearch}: an address that begins with http://`)
  const options = { ...Object.fromEntries(numbers), file, queries, opensearch, json, peer: values['no-peer'] !== true }
  if (file === undefined && options.passages === 0 && options.long === 0) throw new Error('nothing to measure')
  return options
}
