// MiniSearch's side of ../search.mjs, set up as one would for German: Snowball stems, stop words left out, its own BM25.
import MiniSearch from 'minisearch'
import snowball from 'snowball-stemmers'
import { createAnalyzer } from '../../../dist/analysis/analyzer.js'
import { answer } from './side.mjs'

await answer((passages) => {
  const stemmer = snowball.newStemmer('german')
  const analyzer = createAnalyzer()
  const terms = new Map()
  const termOf = (word) => {
    const form = word.toLowerCase()
    let term = terms.get(form)
    if (term === undefined) {
      term = analyzer.word(form).stop ? null : stemmer.stem(form)
      terms.set(form, term)
    }
    return term
  }
  const index = new MiniSearch({ fields: ['text'], processTerm: termOf })
  index.addAll(passages.map((text, id) => ({ id, text })))
  const search = (query) =>
    index
      .search(query)
      .slice(0, 10)
      .map(({ id }) => id)
  return { about: 'MiniSearch 7.2.0, Snowball stems', search, terms: index.termCount }
})
