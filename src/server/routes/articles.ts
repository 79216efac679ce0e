import { type Context, Hono } from 'hono'
import { FundstelleError } from '../../errors.ts'
import { degradationOf } from '../../search/present/degradation.ts'
import { DEFAULT_REQUEST } from '../../search/query/request.ts'
import { wantsHtml } from '../http/negotiate.ts'
import { readSearchRequest } from '../http/search-parameters.ts'
import { articlePage } from '../pages/article-page.ts'
import { CROP_MARKER } from '../pages/hits.ts'
import type { Shell } from '../pages/html.ts'
import { budgetFor, carriedBy, languageFor, queryOf, type RouteContext } from './context.ts'

const SIMILAR = '/similar'
/** Articles shown below one. */
const SIMILAR_SHOWN = 5
/** What they have in common with it nobody asked for. */
const UNMARKED = { pre: '', post: '' }

/** Single articles: data for programs, a page for people. */
export function articleRoutes({ serviceOf, mustBeReady }: RouteContext, shell: Omit<Shell, 'language' | 'root'>): Hono {
  const app = new Hono()
  // an id is one segment, its slashes escaped; proxies that undo that are no reason not to find it
  app.get(`/articles/:path{.+${SIMILAR}}`, async (c) => {
    const request = readSearchRequest(queryOf(c), languageFor(c))
    mustBeReady()
    const id = (c.req.param('path') ?? '').slice(0, -SIMILAR.length)
    const answer = await serviceOf(c).similar(id, request, budgetFor(c))
    if (answer === undefined) throw new FundstelleError('article_not_found', { id })
    return c.json(answer)
  })
  app.get('/articles/:id{.+}', async (c) => {
    mustBeReady()
    const id = c.req.param('id')
    if (!wantsHtml(c.req.header('accept'))) {
      const found = await serviceOf(c).article(id)
      if (found === undefined) throw new FundstelleError('article_not_found', { id })
      // the document that it was made of, and what that is filtered by, are for those who may get documents
      const { document, values, ...article } = found
      return c.json(article)
    }
    const query = queryOf(c)
    const q = query.get('q') ?? ''
    const budget = budgetFor(c)
    const found = await serviceOf(c).marked(id, q, budget)
    if (found === undefined) throw new FundstelleError('article_not_found', { id })
    const language = languageFor(c)
    const wanted = { ...DEFAULT_REQUEST, limit: SIMILAR_SHOWN, language, highlight: UNMARKED, cropMarker: CROP_MARKER }
    const similar = await serviceOf(c).similar(id, wanted, budget)
    const root = rootFrom(c)
    const degradation = degradationOf(budget, language)
    if (budget.isHolding) await budget.giveWay()
    const links = { root, query: q, carried: carriedBy(query), level: 'h3' as const, explains: false }
    return c.html(articlePage({ ...shell, language, root }, { ...found, degradation }, similar?.hits ?? [], links))
  })
  return app
}

/**
 * From an article's page to the root. With slashes in its address they count, unless a proxy tells of itself: then it has put them
 * there, and the browser's own address has them escaped.
 */
const rootFrom = (c: Context): string =>
  c.req.header('x-forwarded-prefix') === undefined ? '../'.repeat(c.req.path.split('/').length - 2) : '../'

/** Whether a path is that of an article itself. */
export const isArticle = (path: string): boolean =>
  /^\/articles\/./.test(path) && !/^\/articles\/.+\/similar$/.test(path)
