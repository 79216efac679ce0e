// Writes a test set of articles with headings, in BEIR's layout; a line of corpus.jsonl has the `structure` of its article, too. Every query asks for one article,
// and its id tells its kind:
//   heading   one to three telling words in a row of one of its headings
//   section   one of these, and two that stand together in a sentence below it
//   titled    one of these, and one of the title
//   text      two to four words that stand together in a sentence; headings have no part in it
// Half of the words that have other forms take one, and most queries are in small letters.
//
//   node test/bench/ranking/heading-queries.mjs FOLDER [PATH...]     files and folders that the readers know; without them the laws
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readFile } from '../../../dist/ingest/read-file.js'
import { walk } from '../../../dist/ingest/walk.js'
import { randomOf } from '../random.mjs'
import { data, evenly, unpacked } from '../texts.mjs'

const [folder, ...paths] = process.argv.slice(2)
if (folder === undefined) {
  console.error('usage: node test/bench/ranking/heading-queries.mjs FOLDER [PATH...]')
  process.exit(2)
}

const ARTICLES_MAX = 1200
const QUERIES_OF_KIND = 800
/** So long, in UTF-16 units, with so many headings. */
const LENGTHS = { min: 300, max: 60_000 }
const HEADINGS_MIN = 2
const INFLECTED = 0.5
const LOWER_CASE = 0.8
/** A word that more articles have tells too little; one word of a query at least is rarer still. */
const COMMON_SHARE = 0.1
const RARE_SHARE = 0.02

const random = randomOf(20_261_129)
const WORD = /\p{L}{4,}/gu
const wordsOf = (text) => text.match(WORD) ?? []

function* articlesBelow(path) {
  for (const entry of walk(path, { maxFileBytes: 5_000_000 })) {
    if (entry.kind !== 'file') continue
    const { kind, readings } = readFile(readFileSync(entry.absolutePath), entry.path, entry.absolutePath)
    if (kind !== 'read') continue
    for (const reading of readings) if (reading.kind === 'article') yield reading.article
  }
}

const headingsOf = ({ structure = [] }) => structure.filter(({ kind }) => kind === 'heading')
const fits = (article) =>
  article.text.length >= LENGTHS.min &&
  article.text.length <= LENGTHS.max &&
  headingsOf(article).length >= HEADINGS_MIN &&
  (article.language ?? 'de') === 'de'

const all =
  paths.length === 0
    ? unpacked('gesetze.tar.xz', (laws) => [...articlesBelow(laws)])
    : paths.flatMap((path) => [...articlesBelow(path)])
const corpus = evenly(all.filter(fits), ARTICLES_MAX).map(({ title, text, structure }, i) => ({
  _id: `a${i}`,
  title,
  text,
  structure,
}))

const documentFrequency = new Map()
for (const { title, text } of corpus)
  for (const word of new Set(wordsOf(`${title} ${text}`).map((one) => one.toLowerCase())))
    documentFrequency.set(word, (documentFrequency.get(word) ?? 0) + 1)
const frequencyOf = (word) => documentFrequency.get(word.toLowerCase()) ?? 0

/** Other forms of the same word, by form. */
const siblings = new Map()
for (const line of readFileSync(join(data, 'inflections.tsv'), 'utf8').split('\n').slice(1)) {
  const forms = line.split('\t')[3]?.split(',') ?? []
  for (const form of forms) if (forms.length > 1 && !siblings.has(form)) siblings.set(form, forms)
}

function inflected(word) {
  const forms = siblings.get(word.toLowerCase())
  if (forms === undefined || !random.chance(INFLECTED)) return word
  const form = random.pick(forms)
  return /^\p{Lu}/u.test(word) ? form.charAt(0).toUpperCase() + form.slice(1) : form
}

/** So many telling words in a row of a piece of text, or as many as it has. */
function tellingWords(text, count) {
  const telling = [...new Set(wordsOf(text))].filter((word) => frequencyOf(word) <= COMMON_SHARE * corpus.length)
  const from = random.below(Math.max(1, telling.length - count + 1))
  return telling.slice(from, from + count)
}

/** Each section as its heading and the sentences below it, and what stands before the first one. */
function sectionsOf(article) {
  const headings = headingsOf(article)
  const sentencesIn = (start, end) =>
    article.text
      .slice(start, end)
      .split(/(?<=[.;:])\s+|\n\n/)
      .filter((sentence) => sentence.length > 40)
  return headings.map(({ start, end }, at) => ({
    heading: article.text.slice(start, end),
    sentences: sentencesIn(end, headings[at + 1]?.start),
  }))
}

/** By kind the words of a query for an article and one of its sections; too few where it has no others. */
const KINDS = {
  heading: { least: 1, wordsFor: (_, { heading }) => tellingWords(heading, 1 + random.below(3)) },
  section: {
    least: 2,
    wordsFor: (_, { heading, sentences }) =>
      sentences.length === 0 ? [] : [...tellingWords(heading, 1), ...tellingWords(random.pick(sentences), 2)],
  },
  titled: { least: 2, wordsFor: ({ title }, { heading }) => [...tellingWords(title, 1), ...tellingWords(heading, 1)] },
  text: {
    least: 2,
    wordsFor: (_, { sentences }) =>
      sentences.length === 0 ? [] : tellingWords(random.pick(sentences), 2 + random.below(3)),
  },
}

const made = []
for (const [kind, { least, wordsFor }] of Object.entries(KINDS)) {
  let count = 0
  for (let tries = 0; count < QUERIES_OF_KIND && tries < 20 * QUERIES_OF_KIND; tries++) {
    const article = random.pick(corpus)
    const words = [...new Set(wordsFor(article, random.pick(sectionsOf(article))))]
    if (words.length < least || !words.some((word) => frequencyOf(word) <= RARE_SHARE * corpus.length)) continue
    const query = words.map(inflected).join(' ')
    made.push({
      _id: `${kind}${count++}`,
      text: random.chance(LOWER_CASE) ? query.toLowerCase() : query,
      article: article._id,
    })
  }
}

const lines = (list) => `${list.map((one) => JSON.stringify(one)).join('\n')}\n`
mkdirSync(join(folder, 'qrels'), { recursive: true })
writeFileSync(join(folder, 'corpus.jsonl'), lines(corpus))
writeFileSync(join(folder, 'queries.jsonl'), lines(made.map(({ _id, text }) => ({ _id, text }))))
writeFileSync(
  join(folder, 'qrels', 'test.tsv'),
  `query-id\tcorpus-id\tscore\n${made.map(({ _id, article }) => `${_id}\t${article}\t1`).join('\n')}\n`,
)
console.log(`${corpus.length} of ${all.length} articles, ${made.length} queries`)
