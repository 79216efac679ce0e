import { Hono } from 'hono'
import { FundstelleError, type Language } from '../../errors.ts'
import { type SearchAnswer, unsearched } from '../../search/answer.ts'
import { DEFAULT_REQUEST, type SearchRequest } from '../../search/query/request.ts'
import { SHARE, type WorkBudget } from '../../work-budget.ts'
import { problemOf } from '../http/problem.ts'
import { readSearchRequest } from '../http/search-parameters.ts'
import { PageAddress } from '../pages/address.ts'
import { chosenFacets, VALUES_MAX, withoutBox } from '../pages/facets.ts'
import { CROP_MARKER } from '../pages/hits.ts'
import type { Shell } from '../pages/html.ts'
import { type Narrowing, narrowed, readNarrowing } from '../pages/narrowing.ts'
import { searchPage } from '../pages/search-page.ts'
import type { IndexSearch } from './context.ts'
import { budgetFor, carriedBy, languageFor, queryOf, type RouteContext } from './context.ts'

/** Values of a field that are counted, so that it shows whether they repeat. */
const COUNTED_VALUES = VALUES_MAX + 1

/** The search page. */
export function pageRoutes({ serviceOf, mustBeReady }: RouteContext, shell: Omit<Shell, 'language' | 'root'>): Hono {
  const app = new Hono()
  app.get('/', async (c) => {
    const query = queryOf(c)
    const language = languageFor(c)
    const { request, problem, explains } = readRequest(query, language)
    mustBeReady()
    const narrowing = readNarrowing(query)
    const wanted = { ...request, filter: narrowed(request.filter, narrowing) }
    const budget = budgetFor(c)
    const service = serviceOf(c)
    const answer = problem === null ? await searched(service, wanted, budget) : unsearched(request)
    const counted = await withOthers(service, answer, request, narrowing, budget)
    const facets = chosenFacets(counted, query.get('facets') ? request.facets : [], narrowing)
    const address = new PageAddress(query, request)
    const page = {
      shell: { ...shell, language, root: './' },
      answer,
      request,
      narrowing,
      problem,
      address,
      facets,
      filter: request.filter === null ? null : query.get('filter'),
      kept: [...address.kept, ...withoutBox(narrowing, facets)],
      hasDates: [narrowing.from, narrowing.to, ...Object.keys(counted.facetDistribution['date'] ?? {})].some(Boolean),
      links: { root: './', query: request.q, carried: carriedBy(query), level: 'h2' as const, explains },
    }
    return c.html(searchPage(page), problem === null ? 200 : 400)
  })
  return app
}

/** On a page the hits matter more than what they can be narrowed down by. */
async function searched(service: IndexSearch, request: SearchRequest, budget: WorkBudget): Promise<SearchAnswer> {
  try {
    return await service.search(request, budget)
  } catch (error) {
    const isRefused = error instanceof FundstelleError && error.code === 'request_costly'
    if (!isRefused || request.facets.length === 0) throw error
    budget.cut('facets')
    return service.search({ ...request, facets: [] }, budget)
  }
}

interface ReadRequest {
  readonly request: SearchRequest
  readonly problem: string | null
  /** Whether the address asks for it; the page asks for explanations in any case, to tell what was read differently. */
  readonly explains: boolean
}

/** What the address asks for, as a page shows it; what is wrong with it is told on the page. */
function readRequest(query: URLSearchParams, language: Language): ReadRequest {
  // the page's tags are its own: those of an address could carry a script
  const { highlight, attributesToRetrieve } = DEFAULT_REQUEST
  const own = {
    highlight,
    cropMarker: CROP_MARKER,
    attributesToRetrieve,
    explain: true,
    maxValuesPerFacet: COUNTED_VALUES,
  }
  try {
    const request = readSearchRequest(query, language)
    const facets = request.facets.length === 0 ? ['*'] : [...request.facets, 'date']
    return { request: { ...request, ...own, facets, language }, problem: null, explains: request.explain }
  } catch (error) {
    if (!(error instanceof FundstelleError) || error.status !== 400) throw error
    const request = { ...DEFAULT_REQUEST, ...own, q: query.get('q') ?? '', language }
    return { request, problem: problemOf(error, language).detail, explains: false }
  }
}

/** With the values of fields that have ticked boxes counted as if they had none. */
async function withOthers(
  service: IndexSearch,
  answer: SearchAnswer,
  request: SearchRequest,
  narrowing: Narrowing,
  budget: WorkBudget,
): Promise<Pick<SearchAnswer, 'facetDistribution' | 'facetStats'>> {
  const facetDistribution = { ...answer.facetDistribution }
  for (const field of [...narrowing.ticked.keys()].slice(0, FIELDS_MAX)) {
    if (budget.isSpent(SHARE.words)) {
      budget.cut('searches')
      break
    }
    const filter = narrowed(request.filter, narrowing, field)
    const others = await service.search(
      { ...request, filter, facets: [field], limit: 0, offset: 0, explain: false },
      budget,
    )
    facetDistribution[field] = others.facetDistribution[field] ?? {}
  }
  return { facetDistribution, facetStats: answer.facetStats }
}

/** Each costs a search; a page shows no more. */
const FIELDS_MAX = 10
