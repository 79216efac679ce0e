import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { WorkBudget } from '../../work-budget.ts'
import { apiApp } from './api-app.ts'
import { ApiError } from './api-error.ts'
import { contentTypeOf } from './body-stream.ts'
import { checked } from './checked.ts'
import { type ApiContext, indexNamed } from './context.ts'
import { federatedAnswer } from './federated-search.ts'
import { checkIndexUid } from './index-names.ts'
import { jsonBody, parsedJson } from './json-body.ts'
import { inside } from './multi-search-errors.ts'
import { type ApiEnv, accessOf, requireAction } from './require-action.ts'
import { searchAnswer } from './search-answer.ts'
import { multiSearchCodes } from './search-codes.ts'
import { metadataMembers } from './search-metadata.ts'
import { readSearch } from './search-request.ts'
import { BODY_BYTES_MAX, budgetOf, json } from './search-routes.ts'
import { type SearchRules, withForced } from './search-rules.ts'
import { MULTI_SEARCH_SCHEMA, type MultiSearchParameters, SEARCH_SCHEMA } from './search-schema.ts'

const SEARCH_NAMES = Object.keys(SEARCH_SCHEMA.shape)

const codeOf = multiSearchCodes(SEARCH_NAMES)

const limited = bodyLimit({
  maxSize: BODY_BYTES_MAX,
  onError: () => {
    throw new ApiError('payload_too_large', `The provided payload reached the size limit of ${BODY_BYTES_MAX} B.`)
  },
})

/** Several searches in one request, each answered by itself or all as one. Bodies in the server's own shape are left to the route behind. */
export function multiSearchRoutes(context: ApiContext): Hono<ApiEnv> {
  const app = apiApp()
  const door = requireAction(context, 'search')
  app.post('/multi-search', limited, async (c, next) => {
    const isPlain = c.req.header('content-encoding') === undefined
    if (isPlain && !isMultiSearch(await c.req.text())) return next()
    let response: Response | undefined
    await door(c, async () => {
      response = json(c, await answerOf(context, c, isPlain ? await plainBody(c) : await jsonBody(c, BODY_BYTES_MAX)))
    })
    return response
  })
  return app
}

/** What was read to tell whose body it is cannot be read from the connection again. */
async function plainBody(c: Context): Promise<unknown> {
  contentTypeOf(c, ['application/json'])
  return parsedJson(Buffer.from(await c.req.text()))
}

async function answerOf(context: ApiContext, c: Context, body: unknown): Promise<string> {
  const asked = checked(MULTI_SEARCH_SCHEMA, withForcedQueries(body, c), codeOf, missingCodeOf)
  const budget = budgetOf(c)
  if (asked.federation === null || asked.federation === undefined) return eachAnswer(context, c, asked.queries, budget)
  const rulesFor = (uid: string): SearchRules => accessOf(c).searchRulesFor(uid)
  return federatedAnswer(context, asked.queries, asked.federation, rulesFor, budget)
}

const missingCodeOf = (path: readonly PropertyKey[]): string =>
  path.at(-1) === 'indexUid'
    ? 'missing_index_uid'
    : path.at(-1) === 'queries'
      ? 'missing_multi_search_queries'
      : codeOf(path)

/** Whether a body is one of Meilisearch's: it names an index, or has a part that only such bodies have. */
function isMultiSearch(text: string): boolean {
  try {
    const body = JSON.parse(text) as { queries?: unknown; federation?: unknown } | null
    if (typeof body !== 'object' || body === null || !Array.isArray(body.queries)) return false
    if (body.queries.length === 0 || 'federation' in body) return true
    return body.queries.some((query) => typeof query === 'object' && query !== null && 'indexUid' in query)
  } catch {
    return false
  }
}

/** What the bearer's key says takes the place of what a query says. */
function withForcedQueries(body: unknown, c: Context): unknown {
  const { queries } = (body ?? {}) as { queries?: unknown }
  if (!Array.isArray(queries)) return body
  const forced = queries.map((query, at) => {
    const uid = (query as { indexUid?: unknown } | null)?.indexUid
    if (typeof uid !== 'string') return query
    return inside(at, () => {
      checkIndexUid(uid)
      return withForced(query, accessOf(c).searchRulesFor(uid), SEARCH_NAMES)
    })
  })
  return { ...(body as object), queries: forced }
}

async function eachAnswer(
  context: ApiContext,
  c: Context,
  queries: MultiSearchParameters['queries'],
  budget: WorkBudget,
): Promise<string> {
  // what is wrong with any of them is told before the first is searched
  const read = queries.map(({ indexUid, federationOptions, ...parameters }, at) =>
    inside(at, () => {
      if (federationOptions !== null && federationOptions !== undefined)
        throw new ApiError(
          'invalid_multi_search_federation_options',
          `Using \`federationOptions\` is not allowed in a non-federated search.\n - Hint: remove \`federationOptions\` from query #${at} or add \`federation\` to the request.`,
        )
      const index = indexNamed(context, indexUid)
      const search = readSearch(parameters, index, accessOf(c).searchRulesFor(indexUid))
      return { index, search, hasPerformance: parameters.showPerformanceDetails === true }
    }),
  )
  const results: string[] = []
  for (const [at, { index, search, hasPerformance }] of read.entries()) {
    const part = budget.part(read.length - at - 1)
    const answer = await context.searchIn(index).searchDocuments(search.request, part)
    budget.settle(part)
    const first = [['indexUid', JSON.stringify(index.uid)] as const]
    const last = metadataMembers(c, index, context.now())
    results.push(searchAnswer(answer, search, hasPerformance, { first, last }))
  }
  return `{"results":[${results.join(',')}]}`
}
