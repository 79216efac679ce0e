// Writes a test set of short queries, as people type them, in BEIR's layout. Every query asks for one article: it is made of two
// to four telling words that stand together in its title or in one sentence of its text, and then spoilt by a seeded rule.
// The sections of the laws and posts that are the articles have titles, which public test sets of passages lack.
//
//   node test/bench/ranking/short-queries.mjs FOLDER [ARTICLES] [QUERIES]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomOf } from '../random.mjs'
import { data, sections } from '../texts.mjs'

const [folder, articles = 10_000, queries = 2000] = process.argv.slice(2)
if (folder === undefined) {
  console.error('usage: node test/bench/ranking/short-queries.mjs FOLDER [ARTICLES] [QUERIES]')
  process.exit(2)
}

/** How often what is done to a query, or to a word of it. */
const SHARES = {
  fromTitle: 0.4,
  lowerCase: 0.8,
  inflected: 0.35,
  apart: 0.5,
  misspelt: 0.25,
  umlautsAsTwoLetters: 0.2,
  umlautsWithoutDots: 0.1,
}
/** A word that more articles have tells too little; one word of a query at least is rarer still. */
const COMMON_SHARE = 0.03
const RARE_SHARE = 0.003

const random = randomOf(20_241_123)
const corpus = sections(Number(articles)).map((article, i) => ({ _id: `a${i}`, ...article }))
const WORD = /\p{L}{4,}/gu
const wordsOf = (text) => text.match(WORD) ?? []

const documentFrequency = new Map()
for (const { title, text } of corpus) {
  for (const word of new Set(wordsOf(`${title} ${text}`).map((one) => one.toLowerCase()))) {
    documentFrequency.set(word, (documentFrequency.get(word) ?? 0) + 1)
  }
}
const frequencyOf = (word) => documentFrequency.get(word.toLowerCase()) ?? 0

/** Other forms of the same word, by form. */
const siblings = new Map()
for (const line of readFileSync(join(data, 'inflections.tsv'), 'utf8').split('\n').slice(1)) {
  const forms = line.split('\t')[3]?.split(',') ?? []
  for (const form of forms) if (forms.length > 1 && !siblings.has(form)) siblings.set(form, forms)
}

const NEIGHBOURS = ['qwertzuiopü', 'asdfghjklöä', 'yxcvbnm']

/** One slip of the fingers: two letters changed round, one left out, one doubled, or the key beside. Never the first letter. */
function misspelt(word) {
  const letters = [...word]
  const at = 1 + random.below(letters.length - 2)
  switch (random.below(4)) {
    case 0:
      ;[letters[at], letters[at + 1]] = [letters[at + 1], letters[at]]
      break
    case 1:
      letters.splice(at, 1)
      break
    case 2:
      letters.splice(at, 0, letters[at])
      break
    default: {
      const row = NEIGHBOURS.find((keys) => keys.includes(letters[at].toLowerCase()))
      const key = row === undefined ? -1 : row.indexOf(letters[at].toLowerCase())
      letters[at] = row?.[key === 0 ? 1 : key - 1] ?? letters[at]
    }
  }
  return letters.join('')
}

/** A long word as two that the texts have; the longer second one of several. */
function apart(word) {
  const lower = word.toLowerCase()
  for (let at = 4; at <= lower.length - 4; at++) {
    const [first, second] = [lower.slice(0, at), lower.slice(at)]
    const bare = first.endsWith('s') && frequencyOf(first.slice(0, -1)) > 0 ? first.slice(0, -1) : first
    if (frequencyOf(second) >= 3 && frequencyOf(bare) >= 3) return `${bare} ${second}`
  }
  return word
}

const TWO_LETTERS = { ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue', ß: 'ss' }
const WITHOUT_DOTS = { ä: 'a', ö: 'o', ü: 'u', Ä: 'A', Ö: 'O', Ü: 'U', ß: 's' }
const respelt = (text, letters) => text.replace(/[äöüÄÖÜß]/g, (letter) => letters[letter])

/** Two to four telling words of an article that stand near each other; null where it has none. */
function tellingWords({ title, text }) {
  const sentences = text.split(/(?<=[.;:])\s+/).filter((sentence) => sentence.length > 40)
  const source = random.chance(SHARES.fromTitle) || sentences.length === 0 ? title : random.pick(sentences)
  const telling = [...new Set(wordsOf(source))].filter((word) => frequencyOf(word) <= COMMON_SHARE * corpus.length)
  if (telling.length < 2) return null
  const count = Math.min(telling.length, 2 + random.below(3))
  const from = random.below(telling.length - count + 1)
  const words = telling.slice(from, from + count)
  return words.some((word) => frequencyOf(word) <= RARE_SHARE * corpus.length) ? words : null
}

function queryFor(article) {
  const words = tellingWords(article)
  if (words === null) return null
  const spoilt = words.map((word) => {
    const forms = siblings.get(word.toLowerCase())
    if (forms !== undefined && random.chance(SHARES.inflected)) {
      const form = random.pick(forms)
      return /^\p{Lu}/u.test(word) ? form.charAt(0).toUpperCase() + form.slice(1) : form
    }
    return word.length >= 10 && random.chance(SHARES.apart) ? apart(word) : word
  })
  if (random.chance(SHARES.misspelt)) {
    const at = random.below(spoilt.length)
    if (spoilt[at].length >= 5 && !spoilt[at].includes(' ')) spoilt[at] = misspelt(spoilt[at])
  }
  let query = spoilt.join(' ')
  if (random.chance(SHARES.umlautsAsTwoLetters)) query = respelt(query, TWO_LETTERS)
  else if (random.chance(SHARES.umlautsWithoutDots)) query = respelt(query, WITHOUT_DOTS)
  return random.chance(SHARES.lowerCase) ? query.toLowerCase() : query
}

const made = []
for (let tries = 0; made.length < Number(queries) && tries < 20 * Number(queries); tries++) {
  const article = random.pick(corpus)
  const text = queryFor(article)
  if (text !== null) made.push({ _id: `q${made.length}`, text, article: article._id })
}

const lines = (list) => `${list.map((one) => JSON.stringify(one)).join('\n')}\n`
mkdirSync(join(folder, 'qrels'), { recursive: true })
if (existsSync(join(folder, 'corpus.jsonl'))) console.error(`${folder} is written anew`)
writeFileSync(join(folder, 'corpus.jsonl'), lines(corpus))
writeFileSync(join(folder, 'queries.jsonl'), lines(made.map(({ _id, text }) => ({ _id, text }))))
writeFileSync(
  join(folder, 'qrels', 'test.tsv'),
  `query-id\tcorpus-id\tscore\n${made.map(({ _id, article }) => `${_id}\t${article}\t1`).join('\n')}\n`,
)
console.log(`${corpus.length} articles, ${made.length} queries`)
