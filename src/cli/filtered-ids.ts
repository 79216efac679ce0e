import type { NamedIndex } from '../registry/index-table.ts'
import type { DocumentSearch } from '../search/document-search.ts'
import { ApiError } from '../server/meilisearch/api-error.ts'
import { documentFilter } from '../server/meilisearch/document-filter.ts'
import type { FoundIds } from '../tasks/document-tasks.ts'

/** The ids of the documents that a filter, as it came in a request, allows; or why it is none. */
export async function filteredIds(
  search: Pick<DocumentSearch, 'documentIds'>,
  index: NamedIndex,
  filter: unknown,
): Promise<FoundIds> {
  try {
    return { ids: await search.documentIds(documentFilter(filter, index)) }
  } catch (error) {
    if (error instanceof ApiError) return { error: error.body }
    throw error
  }
}
