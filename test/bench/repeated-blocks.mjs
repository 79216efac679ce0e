// How much of what is read of a site's pages stands on many of them, paragraph by paragraph: would leaving that out be a gain?
// Prints for each folder what stands on at least three and on at least 30 % of its pages, with the number of pages.
//
//   node test/bench/repeated-blocks.mjs FOLDER...      each with the built HTML pages of one site
import { readFileSync } from 'node:fs'
import { readFile } from '../../dist/ingest/read-file.js'
import { walk } from '../../dist/ingest/walk.js'

const PAGES_MIN = 3
const SHARE_MIN = 0.3
const SHOWN_MAX = 20
const MAX_FILE_BYTES = 5_000_000

const folders = process.argv.slice(2)
if (folders.length === 0) {
  console.error('usage: node test/bench/repeated-blocks.mjs FOLDER...')
  process.exit(2)
}

function* textsBelow(folder) {
  for (const entry of walk(folder, { maxFileBytes: MAX_FILE_BYTES })) {
    if (entry.kind !== 'file' || !/\.html?$/i.test(entry.path)) continue
    const { kind, readings } = readFile(readFileSync(entry.absolutePath), entry.path, entry.absolutePath)
    if (kind === 'read') for (const reading of readings) if (reading.kind === 'article') yield reading.article.text
  }
}

for (const folder of folders) {
  const texts = [...textsBelow(folder)]
  const pagesWith = new Map()
  for (const text of texts)
    for (const block of new Set(text.split('\n\n')))
      if (block !== '') pagesWith.set(block, (pagesWith.get(block) ?? 0) + 1)
  const repeated = [...pagesWith].filter(([, pages]) => pages >= PAGES_MIN && pages >= SHARE_MIN * texts.length)
  const length = texts.reduce((sum, text) => sum + text.length, 0)
  const gone = repeated.reduce((sum, [block, pages]) => sum + pages * block.length, 0)
  console.log(
    `${folder}: ${texts.length} pages, ${gone} of ${length} characters (${((100 * gone) / length).toFixed(2)} %)`,
  )
  repeated.sort(([a, pagesA], [b, pagesB]) => pagesB * b.length - pagesA * a.length)
  for (const [block, pages] of repeated.slice(0, SHOWN_MAX))
    console.log(`  ${pages} × ${JSON.stringify(block.slice(0, 120))}`)
}
