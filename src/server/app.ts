import { setImmediate } from 'node:timers/promises'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import { FundstelleError } from '../errors.ts'
import { DEFAULT_REQUEST } from '../search/request.ts'
import type { SearchAnswer, SearchService } from '../search/service.ts'
import { PAGE_CSS, renderPage } from './page.ts'
import { languageOf, readLookup, readSearchBodies, readSearchBody, readSearchRequest, readText } from './parameters.ts'
import { problemResponse } from './problem.ts'

export interface AppDependencies {
  readonly service: SearchService
  /** Whether searches can be answered. */
  readonly ready: () => boolean
  readonly onError: (error: unknown, request: Request) => void
}

/** The HTTP side: routes over a search service. Listens to nothing and reads nothing by itself. */
export function createApp({ service, ready, onError }: AppDependencies): Hono {
  const app = new Hono()
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      crossOriginResourcePolicy: 'cross-origin',
      // Fundstelle speaks plain HTTP; what a proxy in front promises about HTTPS is for the proxy to say
      strictTransportSecurity: false,
    }),
  )

  app.get('/search', async (c) => {
    const request = readSearchRequest(queryOf(c), languageFor(c))
    mustBeReady()
    return c.json(await service.search(request))
  })
  app.post('/search', limited, async (c) => {
    const request = readSearchBody(await bodyOf(c), languageFor(c))
    mustBeReady()
    return c.json(await service.search(request))
  })
  app.post('/multi-search', limited, async (c) => {
    const requests = readSearchBodies(await bodyOf(c), languageFor(c))
    mustBeReady()
    const results: SearchAnswer[] = []
    for (const request of requests) {
      results.push(await service.search(request))
      // other requests are not kept waiting for a long list
      await setImmediate()
    }
    return c.json({ results })
  })
  app.get('/suggest', (c) => {
    const { q, limit, isOpenSearch } = readLookup(queryOf(c))
    mustBeReady()
    const suggestions = service.suggest(q, limit)
    if (!isOpenSearch) return c.json({ query: q, suggestions })
    const body = JSON.stringify([q, suggestions.map(({ text }) => text)])
    return c.body(body, 200, { 'content-type': 'application/x-suggestions+json; charset=utf-8' })
  })
  app.get('/facets/:name', (c) => {
    const { q, limit, filter } = readLookup(queryOf(c))
    mustBeReady()
    const field = c.req.param('name')
    return c.json({ facetQuery: q, facetHits: service.facetValues({ field, text: q, filter, most: limit }) })
  })
  app.get('/analyze', (c) => {
    const text = readText(queryOf(c))
    return c.json({ text, tokens: service.analyze(text, languageFor(c)) }, 200, { vary: 'accept-language' })
  })
  app.get('/articles/:id', async (c) => {
    mustBeReady()
    const id = c.req.param('id')
    const article = await service.article(id)
    if (article === undefined) throw new FundstelleError('article_not_found', { id })
    return c.json(article)
  })
  app.get('/articles/:id/similar', async (c) => {
    const request = readSearchRequest(queryOf(c), languageFor(c))
    mustBeReady()
    const id = c.req.param('id')
    const answer = await service.similar(id, request)
    if (answer === undefined) throw new FundstelleError('article_not_found', { id })
    return c.json(answer)
  })
  app.get('/health', (c) => c.json({ status: 'ok' }))
  app.get('/ready', (c) => {
    mustBeReady()
    return c.json({ status: 'ready' })
  })
  app.get('/', async (c) => {
    const language = languageFor(c)
    // the page's tags are its own: those of an address could carry a script
    const { highlight, cropMarker, attributesToRetrieve } = DEFAULT_REQUEST
    const request = { ...readSearchRequest(queryOf(c), language), highlight, cropMarker, attributesToRetrieve }
    mustBeReady()
    const asked = queryOf(c).has('lang')
    return c.html(renderPage(await service.search(request), request, language, asked), 200, { vary: 'accept-language' })
  })
  app.get('/page.css', (c) =>
    c.body(PAGE_CSS, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=3600' }),
  )

  app.notFound((c) => problemResponse(new FundstelleError('not_found', { path: c.req.path }), languageFor(c)))
  app.onError((error, c) => {
    if (error instanceof FundstelleError && error.status < 500) return problemResponse(error, languageFor(c))
    if (error instanceof FundstelleError && error.code === 'not_ready') return problemResponse(error, languageFor(c))
    onError(error, c.req.raw)
    return problemResponse(new FundstelleError('internal'), languageFor(c))
  })
  return app

  function mustBeReady(): void {
    if (!ready()) throw new FundstelleError('not_ready')
  }
}

/** @throws FundstelleError `body_wrong` where it is no JSON */
async function bodyOf(c: Context): Promise<unknown> {
  const text = await c.req.text()
  try {
    return JSON.parse(text)
  } catch (error) {
    const got = text === '' ? { de: 'nichts', en: 'nothing' } : `„${text.slice(0, SHOWN_MAX)}“`
    throw new FundstelleError('body_wrong', { got, expected: 'JSON' }, { cause: error })
  }
}

const SHOWN_MAX = 100
/** Of a request's body; as long as an address may be, six times over. */
const BODY_BYTES_MAX = 100_000

const limited = bodyLimit({
  maxSize: BODY_BYTES_MAX,
  onError: () => {
    throw new FundstelleError('body_large', { max: BODY_BYTES_MAX })
  },
})

/** Parameters as WHATWG reads them: escapes that are no UTF-8 become U+FFFD instead of an error. */
function queryOf(c: Context): URLSearchParams {
  const mark = c.req.url.indexOf('?')
  return new URLSearchParams(mark < 0 ? '' : c.req.url.slice(mark + 1))
}

const languageFor = (c: Context) => languageOf(queryOf(c), c.req.header('accept-language'))
