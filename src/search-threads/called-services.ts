import type { DocumentSearch } from '../search/document-search.ts'
import type { SearchService } from '../search/service.ts'
import type { WorkBudget } from '../work-budget.ts'
import type { Method } from './messages.ts'

/** Makes one call somewhere else. */
export type Call = (method: Method, args: readonly unknown[], budget: WorkBudget | null) => Promise<unknown>

/** What can be asked of an index that lies in a thread. */
export type CalledServices = Omit<SearchService, 'version'> & DocumentSearch

/** Makes a call on a service. */
export function callOn(
  service: CalledServices,
  method: Method,
  args: readonly unknown[],
  budget: WorkBudget | null,
): Promise<unknown> {
  const call = service[method as keyof CalledServices] as (...values: readonly unknown[]) => Promise<unknown>
  return call(...args, ...(budget === null ? [] : [budget]))
}

/** The services whose methods are called by `call`. */
export function servicesBy(call: Call): CalledServices {
  const ask = async <T>(method: Method, args: readonly unknown[], budget: WorkBudget | null = null): Promise<T> =>
    (await call(method, args, budget)) as T
  return {
    search: (request, budget) => ask('search', [request], budget),
    similar: (id, request, budget) => ask('similar', [id, request], budget),
    suggest: (typed, most, budget) => ask('suggest', [typed, most], budget),
    facetValues: (wanted, budget) => ask('facetValues', [wanted], budget),
    article: (id, budget) => ask('article', [id], budget),
    marked: (id, q, budget) => ask('marked', [id, q], budget),
    pageMarks: (q, address, budget) => ask('pageMarks', [q, address], budget),
    analyze: (text, language) => ask('analyze', [text, language]),
    searchDocuments: (request, budget) => ask('searchDocuments', [request], budget),
    similarDocuments: (id, request, budget) => ask('similarDocuments', [id, request], budget),
    documents: (request, budget) => ask('documents', [request], budget),
    documentIds: (filter, budget) => ask('documentIds', [filter], budget),
    document: (id, fields) => ask('document', [id, fields]),
  }
}
