// What each signal of the ranking is worth: the mean reciprocal rank among ten with everything, and what it loses without one.
// Prints a table in Markdown, row by row. Where the ids of a folder's queries tell several kinds (title7, nouns1), each is a column.
// Signals of the second stage are left out of sums of what one search read, everything else is searched for anew.
//
//   node test/bench/ranking/ablation.mjs [--without-typos] FOLDER...      folders in BEIR's layout; the misspelt words come by themselves
import { SIGNALS, secondStage, signalWeights } from '../../../dist/search/ranking/signals.js'
import { WEIGHTS } from '../../../dist/search/ranking/weights.js'
import { find } from './finding.mjs'
import { folderSet, mean, queryOf, reciprocalRank, typoSet } from './sets.mjs'

const folders = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const withoutTypos = process.argv.includes('--without-typos')
if (folders.length === 0) {
  console.error('usage: node test/bench/ranking/ablation.mjs [--without-typos] FOLDER...  (folders in BEIR layout)')
  process.exit(2)
}

/** An occurrence that counts 0 would be taken for none that was read: so little changes no rank. */
const NEXT_TO_NOTHING = 1e-9
const NO_PARTS = { part: NEXT_TO_NOTHING, scattered: 0 }
const NO_STANDS = { neighbour: 0, correction: 0 }
const NO_SECOND_STAGE = Object.fromEntries(SIGNALS.map((name) => [name, 0]))

/** Rows of the second stage, which need no search: what the weights are, and whether questions have weights of their own. */
const RANKED_ROWS = [
  ...SIGNALS.map((name) => [`without ${name}`, { [name]: 0 }]),
  ['questions like other queries', {}, false],
  ['without the second stage', NO_SECOND_STAGE],
]
// WEIGHTS.extra and TITLE_WEIGHT are missing: the index is built with them
const SEARCHED_ROWS = [
  ['without nouns', { nouns: 0 }],
  ['words that frame a question like others', { framing: 1 }],
  ['without neighbours', { neighbour: 0 }],
  ['without corrections', { correction: 0 }],
  ['without either', NO_STANDS],
  ['without parts', NO_PARTS],
  ['BM25 with parts', { ...NO_SECOND_STAGE, ...NO_STANDS, nouns: 0 }],
  ['BM25 alone', { ...NO_SECOND_STAGE, ...NO_STANDS, ...NO_PARTS, nouns: 0 }],
]

const sets = folders.map(folderSet)
if (!withoutTypos) sets.push(typoSet())
const own = { ...WEIGHTS }

/** What a query is one of: the letters of its id tell it where a folder has several kinds. */
const kindOf = ({ id = '' }) => id.replace(/\d+$/, '')
/** A column of the table: the queries of one kind. */
const columns = sets.flatMap((set) => {
  const kinds = [...new Set(set.queries.map(kindOf))].sort()
  return kinds.map((kind) => ({
    set,
    kind,
    name: kinds.length > 1 ? `${set.name} ${kind}` : set.name,
    count: set.queries.filter((query) => kindOf(query) === kind).length,
  }))
})

/** The figure of every column, by what ranks a query of a set. */
async function measured(ranked) {
  const ranks = new Map(columns.map((column) => [column, []]))
  for (const set of sets) {
    for (const query of set.queries) {
      const column = columns.find((one) => one.set === set && one.kind === kindOf(query))
      ranks.get(column).push(reciprocalRank(await ranked(set, query), query.relevant))
    }
  }
  return columns.map((column) => mean(ranks.get(column)))
}

/** By query what the first stage and the signals say of the candidates. */
const read = new Map()

/** Ranks by a search, and keeps what it read where that is wanted. */
const searched = (others, keep = false) => {
  Object.assign(WEIGHTS, own, others)
  return async ({ index, reader }, query) => {
    const { resolved, ranked, collected } = await find(reader, queryOf(query.text))
    const idOf = (docId) => index.documents.ids.at(docId)
    if (keep) {
      const candidates = collected.hits.flatMap(({ docId, score }) => {
        const features = ranked.features.get(docId)
        if (features === undefined) return []
        return [{ id: idOf(docId), firstStage: score - ranked.added.get(docId), features }]
      })
      read.set(query, { candidates, isQuestion: resolved?.isQuestion ?? false })
    }
    return collected.hits.map(({ docId }) => idOf(docId))
  }
}

/** What was added and taken away again is no longer the same to the last digit. */
const rounded = (score) => Math.round(score * 1e9) / 1e9

/** Ranks what was read. */
const summed =
  (others, withQuestions = true) =>
  (_, query) => {
    const { candidates, isQuestion } = read.get(query)
    const weights = signalWeights(isQuestion && withQuestions, { ...own, ...others })
    const scored = candidates.map(({ id, firstStage, features }) => ({
      id,
      score: rounded(firstStage + secondStage(features, weights)),
    }))
    // equals go by id, as in a search: none of them has a date
    return scored.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).map(({ id }) => id)
  }

const row = (cells) => console.log(`| ${cells.join(' | ')} |`)
const digits = (number) => number.toFixed(4).replace(/^0/, '')
const change = (number) => {
  const shown = digits(Math.abs(number))
  return shown === '.0000' ? '0' : `${number < 0 ? '−' : '+'}${shown}`
}

row(['', ...columns.map(({ name, count }) => `${name} (${count})`)])
row(['---', ...columns.map(() => '---')])
const everything = await measured(searched({}, true))
const lost = (label, figures) => row([label, ...figures.map((figure, i) => change(figure - everything[i]))])
row(['everything', ...everything.map(digits)])
for (const [label, others, withQuestions] of RANKED_ROWS) lost(label, await measured(summed(others, withQuestions)))
for (const [label, others] of SEARCHED_ROWS) lost(label, await measured(searched(others)))
