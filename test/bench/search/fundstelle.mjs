// Our side of ../search.mjs: the index in memory, every signal on, without reading articles or making snippets.
import { createAnalyzer } from '../../../dist/analysis/analyzer.js'
import { ArticleIndex } from '../../../dist/index/segment/segment.js'
import { analyzeQuery } from '../../../dist/search/query/analyze.js'
import { find, readerOf } from '../ranking/finding.mjs'
import { answer } from './side.mjs'

const PAGE = { limit: 10 }

await answer((passages) => {
  const analyzer = createAnalyzer()
  const index = new ArticleIndex()
  for (const [number, text] of passages.entries()) {
    const article = { id: String(number), title: '', text, url: null, date: null, author: null, tags: [], meta: {} }
    index.add(number + 1, { ...article, language: null }, analyzer)
  }
  const reader = readerOf(index, analyzer)
  const search = async (query) => (await find(reader, analyzeQuery(query, analyzer, PAGE))).collected.hits
  const started = performance.now()
  for (const _ of reader.warmUp()) {
    // everything, in one go
  }
  const { terms, forms } = index.vocabulary
  return {
    about: 'Fundstelle, both stages',
    search,
    prepareSeconds: (performance.now() - started) / 1000,
    terms: terms.length,
    forms: forms.length,
    grams: index.grams.count,
  }
})
