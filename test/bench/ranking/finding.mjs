// Searching an index in memory without reading articles: what ranking is measured by.
import { EmbeddedReader } from '../../../dist/index/embedded-reader.js'
import { SurfaceForms } from '../../../dist/index/suggest/surface-forms.js'
import { Searcher } from '../../../dist/search/searcher.js'
import { WorkBudget } from '../../../dist/work-budget.js'

const noArticle = () => undefined

/** A reader of an index whose articles nobody reads. */
export const readerOf = (index, analyzer) =>
  new EmbeddedReader(index, analyzer, new SurfaceForms(index, noArticle), noArticle, () => 'measured')

const searcher = new Searcher()

/** What a query finds, see `Searcher.find`. */
export function find(reader, query) {
  const budget = new WorkBudget(Number.POSITIVE_INFINITY)
  return searcher.find(query, reader.withBudget(budget), budget)
}
