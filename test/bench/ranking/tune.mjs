// Looks for better weights of the second stage, on one half of the questions of every set, and reports them on the other half.
// Coordinate ascent: each weight in turn is tried smaller and larger, until nothing helps.
//
//   node test/bench/ranking/tune.mjs FOLDER...      folders in BEIR's layout; the misspelt words come by themselves
import { SIGNALS, secondStage, signalWeights } from '../../../dist/search/ranking/signals.js'
import { WEIGHTS } from '../../../dist/search/ranking/weights.js'
import { find } from './finding.mjs'
import { folderSet, mean, queryOf, reciprocalRank, typoSet } from './sets.mjs'

const folders = process.argv.slice(2)
const sets = []
for (const { name, index, reader, queries: asked } of [...folders.map(folderSet), typoSet()]) {
  const queries = []
  for (const query of asked) {
    const { resolved, ranked, collected } = await find(reader, queryOf(query.text))
    const candidates = collected.hits.flatMap(({ docId, score }) => {
      const features = ranked.features.get(docId)
      if (features === undefined) return []
      return [{ id: index.documents.ids.at(docId), firstStage: score - ranked.added.get(docId), features }]
    })
    queries.push({ ...query, candidates, isQuestion: resolved?.isQuestion ?? false })
  }
  sets.push({ name, queries })
}

function quality(set, half, weights) {
  const ranks = []
  for (const { half: own, candidates, relevant, isQuestion } of set.queries) {
    if (own !== half) continue
    const ownWeights = signalWeights(isQuestion, weights)
    const scored = candidates.map(({ id, firstStage, features }) => ({
      id,
      score: firstStage + secondStage(features, ownWeights),
    }))
    // what the first stage ranked first goes first among equals
    scored.sort((a, b) => b.score - a.score)
    ranks.push(
      reciprocalRank(
        scored.map(({ id }) => id),
        relevant,
      ),
    )
  }
  return mean(ranks)
}

// every set counts alike, however many questions it has
const overall = (half, weights) => mean(sets.map((set) => quality(set, half, weights)))
const report = (label, weights) => {
  const figures = sets.map(
    (set) => `${set.name} ${quality(set, 'tuned', weights).toFixed(4)} / ${quality(set, 'kept', weights).toFixed(4)}`,
  )
  console.log(`${label.padEnd(22)} ${figures.join('   ')}`)
}

console.log('mean reciprocal rank among ten, on the half tuned on / on the half kept aside')
let weights = { ...WEIGHTS }
report('as it is', weights)
for (const name of SIGNALS) report(`without ${name}`, { ...weights, [name]: 0 })

let best = overall('tuned', weights)
for (let step = 0.5; step > 0.05; step /= 2) {
  for (let improved = true; improved; ) {
    improved = false
    for (const name of SIGNALS) {
      for (const factor of [1 + step, 1 / (1 + step), 0]) {
        const tried = { ...weights, [name]: weights[name] === 0 ? factor * 0.05 : weights[name] * factor }
        const got = overall('tuned', tried)
        if (got <= best + 0.00005) continue
        best = got
        weights = tried
        improved = true
      }
    }
  }
}
report('tuned', weights)
console.log(Object.fromEntries(SIGNALS.map((name) => [name, Number(weights[name].toFixed(3))])))
