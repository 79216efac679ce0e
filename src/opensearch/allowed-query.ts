import type { RetrievalPlan } from '../search/engine/retrieval.ts'
import { documentId } from './article-document.ts'
import type { ConstraintQueries } from './constraint-query.ts'
import { contentName } from './field-values.ts'
import { filterQuery, noneOf, type Query } from './filter-query.ts'
import type { FoundDocuments } from './found-documents.ts'

/**
 * What articles must be like to be hits, whatever words they have: the filter, the operators, and what the owner hides.
 * @throws FundstelleError `request_costly`
 */
export async function allowedQueries(
  { filter, constraint, hidden, excludeLike }: RetrievalPlan,
  constraints: ConstraintQueries,
  documents: FoundDocuments,
): Promise<Query[]> {
  const queries: Query[] = []
  if (filter !== null) queries.push(filterQuery(filter))
  if (constraint !== null) queries.push(await constraints.query(constraint))
  if (hidden.length > 0) queries.push(noneOf([{ ids: { values: hidden.map(documentId) } }]))
  if (excludeLike !== null) {
    const content = await contentOf(excludeLike, documents)
    if (content !== undefined) queries.push(noneOf([{ term: { content } }]))
  }
  return queries
}

async function contentOf(id: string, documents: FoundDocuments): Promise<string | undefined> {
  const docId = await documents.find(id)
  if (docId === undefined) return undefined
  await documents.readArticles([docId])
  const article = documents.article(docId)
  return article && contentName(article)
}
