// What each signal of the ranking is worth: the mean reciprocal rank among ten with everything, and what it loses without one.
// Prints a table in Markdown. In each cell the half of the questions that no weight was tuned on, then all of them.
//
//   node test/bench/ranking/ablation.mjs FOLDER...      folders in BEIR's layout; the misspelt words come by themselves
import { SIGNALS } from '../../../dist/search/ranking/signals.js'
import { WEIGHTS } from '../../../dist/search/ranking/weights.js'
import { find } from './finding.mjs'
import { folderSet, mean, queryOf, reciprocalRank, typoSet } from './sets.mjs'

const folders = process.argv.slice(2)
if (folders.length === 0) {
  console.error('usage: node test/bench/ranking/ablation.mjs FOLDER...  (folders in BEIR layout)')
  process.exit(2)
}

/** An occurrence that counts 0 would be taken for none that was read: so little changes no rank. */
const NEXT_TO_NOTHING = 1e-9
const NO_PARTS = { part: NEXT_TO_NOTHING, scattered: 0 }
const NO_STANDS = { neighbour: 0, correction: 0 }
const NO_SECOND_STAGE = Object.fromEntries(SIGNALS.map((name) => [name, 0]))

// WEIGHTS.extra and TITLE_WEIGHT are missing: the index is built with them
const ROWS = [
  ...SIGNALS.map((name) => [`without ${name}`, { [name]: 0 }]),
  ['without nouns', { nouns: 0 }],
  ['without neighbours', { neighbour: 0 }],
  ['without corrections', { correction: 0 }],
  ['without either', NO_STANDS],
  ['without parts', NO_PARTS],
  ['without the second stage', NO_SECOND_STAGE],
  ['BM25 with parts', { ...NO_SECOND_STAGE, ...NO_STANDS, nouns: 0 }],
  ['BM25 alone', { ...NO_SECOND_STAGE, ...NO_STANDS, ...NO_PARTS, nouns: 0 }],
]

const sets = [...folders.map(folderSet), typoSet()]
const own = { ...WEIGHTS }

/** For every set: the figure of the half kept aside, and of the whole. */
async function measured(others) {
  Object.assign(WEIGHTS, own, others)
  const figures = []
  for (const { index, reader, queries } of sets) {
    const ranks = []
    for (const { text, relevant } of queries) {
      const { hits } = (await find(reader, queryOf(text))).collected
      ranks.push(
        reciprocalRank(
          hits.map(({ docId }) => index.documents.ids.at(docId)),
          relevant,
        ),
      )
    }
    figures.push({ kept: mean(ranks.filter((_, i) => queries[i].half === 'kept')), whole: mean(ranks) })
  }
  return figures
}

const row = (cells) => console.log(`| ${cells.join(' | ')} |`)
const digits = (number) => number.toFixed(4).replace(/^0/, '')
const change = (number) => {
  const shown = digits(Math.abs(number))
  return shown === '.0000' ? '0' : `${number < 0 ? '−' : '+'}${shown}`
}

row(['', ...sets.map(({ name, queries }) => `${name} (${queries.length})`)])
row(['---', ...sets.map(() => '---')])
const everything = await measured({})
row(['everything', ...everything.map(({ kept, whole }) => `${digits(kept)} / ${digits(whole)}`)])
for (const [label, others] of ROWS) {
  const cells = (await measured(others)).map(
    ({ kept, whole }, i) => `${change(kept - everything[i].kept)} / ${change(whole - everything[i].whole)}`,
  )
  row([label, ...cells])
}
