import type { Context, Hono } from 'hono'
import type { NamedIndex } from '../../registry/index-table.ts'
import { WorkBudget } from '../../work-budget.ts'
import { apiApp } from './api-app.ts'
import { type CodeOf, checked } from './checked.ts'
import { type ApiContext, indexNamed } from './context.ts'
import { facetSearchAnswer } from './facet-search.ts'
import { jsonBody } from './json-body.ts'
import { parametersOf } from './query-parameters.ts'
import { type ApiEnv, accessOf, requireAction } from './require-action.ts'
import { searchAnswer } from './search-answer.ts'
import { facetSearchCodes, searchCodes, similarCodes } from './search-codes.ts'
import { metadataMembers } from './search-metadata.ts'
import { readSearch } from './search-request.ts'
import { type SearchRules, withForced } from './search-rules.ts'
import {
  FACET_SEARCH_SCHEMA,
  SEARCH_SCHEMA,
  type SearchParameters,
  SIMILAR_SCHEMA,
  type SimilarParameters,
} from './search-schema.ts'
import { similarAnswer } from './similar-search.ts'

const SEARCH_NAMES = Object.keys(SEARCH_SCHEMA.shape)
const SIMILAR_NAMES = Object.keys(SIMILAR_SCHEMA.shape)
const FACET_NAMES = Object.keys(FACET_SEARCH_SCHEMA.shape)

const ofSearch = searchCodes(SEARCH_NAMES)
const ofSimilar = similarCodes(SIMILAR_NAMES)
const ofFacets = facetSearchCodes(FACET_NAMES)

/** Searching one index: hits, values of attributes, what is like a document. */
export function searchRoutes(context: ApiContext): Hono<ApiEnv> {
  const app = apiApp()
  const maySearch = requireAction(context, 'search')

  const search = async (c: Context, given: SearchParameters): Promise<Response> => {
    const { index, rules } = askedIndex(context, c)
    const read = readSearch(given, index, rules)
    const answer = await context.searchIn(index).searchDocuments(read.request, budgetOf(c))
    const last = metadataMembers(c, index, context.now())
    return json(c, searchAnswer(answer, read, given.showPerformanceDetails === true, { last }))
  }
  app.get('/indexes/:indexUid/search', maySearch, (c) =>
    search(c, checked(SEARCH_SCHEMA, forcedInto(fromAddress(c, SEARCH_NAMES, ofSearch), c, SEARCH_NAMES), ofSearch)),
  )
  app.post('/indexes/:indexUid/search', maySearch, async (c) =>
    search(c, checked(SEARCH_SCHEMA, forcedInto(await jsonBody(c, BODY_BYTES_MAX), c, SEARCH_NAMES), ofSearch)),
  )

  const similar = async (c: Context, given: SimilarParameters): Promise<Response> => {
    const { index, rules } = askedIndex(context, c)
    return json(c, await similarAnswer(context, index, rules, given, budgetOf(c)))
  }
  const missingOfSimilar: CodeOf = ([name]) => `missing_similar_${String(name)}`
  app.get('/indexes/:indexUid/similar', maySearch, (c) =>
    similar(
      c,
      checked(
        SIMILAR_SCHEMA,
        forcedInto(fromAddress(c, SIMILAR_NAMES, ofSimilar), c, SIMILAR_NAMES),
        ofSimilar,
        missingOfSimilar,
      ),
    ),
  )
  app.post('/indexes/:indexUid/similar', maySearch, async (c) =>
    similar(
      c,
      checked(
        SIMILAR_SCHEMA,
        forcedInto(await jsonBody(c, BODY_BYTES_MAX), c, SIMILAR_NAMES),
        ofSimilar,
        missingOfSimilar,
      ),
    ),
  )

  app.post('/indexes/:indexUid/facet-search', maySearch, async (c) => {
    const given = checked(
      FACET_SEARCH_SCHEMA,
      forcedInto(await jsonBody(c, BODY_BYTES_MAX), c, FACET_NAMES),
      ofFacets,
      () => 'missing_facet_search_facet_name',
    )
    const { index, rules } = askedIndex(context, c)
    return json(c, await facetSearchAnswer(context, index, rules, given, budgetOf(c)))
  })
  return app
}

/** Of bodies of searches: long filters name many ids. */
export const BODY_BYTES_MAX = 4 * 1024 * 1024

/** What a request may cost; who has gone away needs no answer. */
export const budgetOf = (c: Context): WorkBudget => new WorkBudget(undefined, undefined, c.req.raw.signal)

export const json = (c: Context, body: string): Response =>
  c.body(body, 200, { 'content-type': 'application/json; charset=utf-8' })

function askedIndex(context: ApiContext, c: Context): { readonly index: NamedIndex; readonly rules: SearchRules } {
  const uid = c.req.param('indexUid') as string
  return { rules: accessOf(c).searchRulesFor(uid), index: indexNamed(context, uid) }
}

const fromAddress = (c: Context, known: readonly string[], codeOf: CodeOf): Record<string, unknown> =>
  parametersOf(c.req.queries(), known, codeOf)

/** Parameters that the bearer's key says take the place of those of the request. */
function forcedInto(given: unknown, c: Context, known: readonly string[]): unknown {
  return withForced(given, accessOf(c).searchRulesFor(c.req.param('indexUid') as string), known)
}
