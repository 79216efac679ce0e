// How much of real pages' text is read, and how much that is none; their dates, authors and titles; milliseconds a page.
// usage: node test/bench/extraction.mjs FOLDER [--pages even|odd|all] where FOLDER is `tests` of github.com/adbar/trafilatura;
// --pages lists what is wrong, page by page, of one half of the German pages or of all
import { htmlToText } from '../../dist/ingest/html-text.js'
import { readFile } from '../../dist/ingest/read-file.js'
import { figuresOf, scored } from './extraction/score.mjs'
import { pagesOf } from './extraction/set.mjs'

const [folder, option, listed] = process.argv.slice(2)
const isListing = option === '--pages' && ['even', 'odd', 'all', 'other'].includes(listed)
if (folder === undefined || (option !== undefined && !isListing)) {
  console.error('usage: node test/bench/extraction.mjs FOLDER [--pages even|odd|all|other]')
  process.exit(2)
}
/** The first pass lets the compiler finish. */
const PASSES = 2

/** What a page becomes, public or not. */
function articleOf({ name, bytes }) {
  const { kind, readings } = readFile(bytes, name)
  const reading =
    kind === 'read' ? [...readings].find((one) => one.kind === 'article' || one.kind === 'unpublished') : undefined
  return (reading?.kind === 'unpublished' ? reading.otherwise : reading)?.article
}

function measured(page) {
  const started = performance.now()
  const article = articleOf(page)
  return { page, ms: performance.now() - started, score: scored(page, article, htmlToText) }
}

const pages = pagesOf(folder)
let results = []
for (let pass = 0; pass < PASSES; pass++) results = pages.map(measured)

const german = results.filter(({ page }) => page.isGerman)
const other = results.filter(({ page }) => !page.isGerman)
const half = (name) => german.filter((one) => one.page.half === name)
console.table({
  German: figuresOf(german),
  'German, even': figuresOf(half('even')),
  'German, odd': figuresOf(half('odd')),
  'other languages': figuresOf(other),
})

const toList = listed === 'all' ? german : listed === 'other' ? other : half(listed)
for (const { page, score } of toList) {
  const lines = [
    ...score.lost.map((text) => `lost   ${text}`),
    ...score.left.map((text) => `left   ${text}`),
    ...['title', 'author', 'date']
      .filter((name) => score[name] !== null && score[name].kind !== 'equal')
      .map((name) => `${name.padEnd(6)} wanted ${score[name].wanted}, got ${score[name].got}`),
  ]
  if (lines.length > 0) console.log(`${page.name}\n  ${lines.join('\n  ')}`)
}
