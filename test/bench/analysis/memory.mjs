// Started by ../analysis.mjs: what the analyser keeps in memory, in a process that holds nothing else.
// usage: node --expose-gc memory.mjs FORMS, a file of different forms with a NUL between them
import { readFileSync, statSync } from 'node:fs'
import { readLexicon } from '../../../dist/analysis/lexicon-file.js'

function memory() {
  globalThis.gc()
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage()
  return { rss, heap: heapUsed, buffers: arrayBuffers }
}

function timed(what) {
  const started = performance.now()
  what()
  return performance.now() - started
}

const forms = readFileSync(process.argv[2], 'utf8')
const before = memory()
const lexiconMs = timed(readLexicon)
const { createAnalyzer } = await import('../../../dist/analysis/analyzer.js')
const analyzer = createAnalyzer()
const loaded = memory()

let count = 0
const formsMs = timed(() => {
  for (let start = 0; start < forms.length; count++) {
    const end = forms.indexOf('\0', start)
    analyzer.word(forms.slice(start, end))
    start = end + 1
  }
})
const warm = memory()
const lexiconBytes = statSync(new URL('../../../dist/analysis/lexicon.bin', import.meta.url)).size
console.log(JSON.stringify({ lexiconBytes, lexiconMs, before, loaded, warm, forms: count, formsMs }))
