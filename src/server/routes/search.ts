import { Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { FundstelleError } from '../../errors.ts'
import type { SearchAnswer } from '../../search/answer.ts'
import { SUGGEST_WORK_MAX, WorkBudget } from '../../work-budget.ts'
import { readLookup } from '../http/lookup-parameters.ts'
import { readSearchBodies, readSearchBody, readSearchRequest } from '../http/search-parameters.ts'
import { readText } from '../http/text-parameter.ts'
import { bodyOf, budgetFor, languageFor, queryOf, type RouteContext } from './context.ts'

/** Of a request's body; as long as an address may be, six times over. */
const BODY_BYTES_MAX = 100_000

const limited = bodyLimit({
  maxSize: BODY_BYTES_MAX,
  onError: () => {
    throw new FundstelleError('body_large', { max: BODY_BYTES_MAX })
  },
})

/** Of `/multi-search` the body may have been read already, to tell whose it is. */
const limitedOnce: MiddlewareHandler = async (c, next) => {
  if (!c.req.raw.bodyUsed) return limited(c, next)
  if (Buffer.byteLength(await c.req.text()) > BODY_BYTES_MAX)
    throw new FundstelleError('body_large', { max: BODY_BYTES_MAX })
  return next()
}

/** What programs ask: searches, suggestions, values of fields, analyses. */
export function searchRoutes({ serviceOf, mustBeReady }: RouteContext): Hono {
  const app = new Hono()
  app.get('/search', async (c) => {
    const request = readSearchRequest(queryOf(c), languageFor(c))
    mustBeReady()
    return c.json(await serviceOf(c).search(request, budgetFor(c)))
  })
  app.post('/search', limited, async (c) => {
    const body = await bodyOf(c)
    const request = readSearchBody(body, languageFor(c))
    mustBeReady()
    return c.json(await serviceOf(c).search(request, budgetFor(c)))
  })
  app.post('/multi-search', limitedOnce, async (c) => {
    const body = await bodyOf(c)
    const requests = readSearchBodies(body, languageFor(c))
    mustBeReady()
    const budget = budgetFor(c)
    const results: SearchAnswer[] = []
    for (const [at, request] of requests.entries()) {
      const part = budget.part(requests.length - at - 1)
      results.push(await serviceOf(c).search(request, part))
      budget.settle(part)
      if (budget.isHolding) await budget.giveWay()
    }
    return c.json({ results })
  })
  app.get('/suggest', async (c) => {
    const { q, limit, isOpenSearch } = readLookup(queryOf(c))
    mustBeReady()
    const budget = new WorkBudget(SUGGEST_WORK_MAX)
    const suggestions = await serviceOf(c).suggest(q, limit, budget)
    budgetFor(c).settle(budget)
    if (!isOpenSearch) return c.json({ query: q, suggestions, ...(budget.isDegraded && { degraded: true }) })
    const body = JSON.stringify([q, suggestions.map(({ text }) => text)])
    return c.body(body, 200, { 'content-type': 'application/x-suggestions+json; charset=utf-8' })
  })
  app.get('/facets/:name', async (c) => {
    const { q, limit, filter } = readLookup(queryOf(c))
    mustBeReady()
    const field = c.req.param('name')
    const facetHits = await serviceOf(c).facetValues({ field, text: q, filter, most: limit }, budgetFor(c))
    return c.json({ facetQuery: q, facetHits })
  })
  app.get('/analyze', async (c) => {
    const text = readText(queryOf(c))
    return c.json({ text, tokens: await serviceOf(c).analyze(text, languageFor(c)) })
  })
  app.get('/marks', async (c) => {
    const query = queryOf(c)
    const [q, url] = [query.get('q') ?? '', query.get('url') ?? '']
    mustBeReady()
    const budget = budgetFor(c)
    const marks = await serviceOf(c).pageMarks(q, url, budget)
    return c.json({ query: q, url, ...marks, ...(budget.isDegraded && { degraded: true }) })
  })
  return app
}
