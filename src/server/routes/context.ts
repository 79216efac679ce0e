// The room `server/routes`: one file for each group of routes, from a request to the search service to an answer. It imports `search`,
// `server/http` and `server/pages`; it knows no engine.

import type { Context } from 'hono'
import { FundstelleError, type Language } from '../../errors.ts'
import type { SearchService } from '../../search/service.ts'
import { WorkBudget } from '../../work-budget.ts'
import { inUtf8 } from '../http/escaped-latin.ts'
import { languageOf } from '../http/negotiate.ts'
import type { Carried } from '../pages/html.ts'

/** Searching in one index. */
export type IndexSearch = Omit<SearchService, 'version'>

/** What every route works with. */
export interface RouteContext {
  /** Searches in the index that a request names (`index`), else in the one in use. */
  readonly serviceOf: (c: Context) => IndexSearch
  /** @throws FundstelleError `not_ready` where searches cannot be answered yet */
  readonly mustBeReady: () => void
}

/** The index that a request names; null where it names none. */
export const indexNameOf = (c: Context): string | null => queryOf(c).get('index') || null

/** Parameters as WHATWG reads them; escapes that are no UTF-8 are read as ISO-8859-1. Nobody changes them. */
export function queryOf(c: Context): URLSearchParams {
  let query = queries.get(c)
  if (query === undefined) {
    const mark = c.req.url.indexOf('?')
    query = new URLSearchParams(mark < 0 ? '' : inUtf8(c.req.url.slice(mark + 1)))
    queries.set(c, query)
  }
  return query
}

/** Each request is asked for its parameters by several. */
const queries = new WeakMap<Context, URLSearchParams>()

/** What a request may cost, all the searches that it takes together. */
export function budgetFor(c: Context): WorkBudget {
  let budget = budgets.get(c)
  if (budget === undefined) {
    // who has gone away needs no answer
    budget = new WorkBudget(undefined, undefined, c.req.raw.signal)
    budgets.set(c, budget)
  }
  return budget
}

/** The budget of a request that caused work; undefined for any other. */
export const spentBudget = (c: Context): WorkBudget | undefined => budgets.get(c)

const budgets = new WeakMap<Context, WorkBudget>()

/** Of messages: what a body asked for, or the address, or the client's settings. */
export const languageFor = (c: Context): Language =>
  bodyLanguages.get(c) ?? languageOf(queryOf(c).get('lang'), c.req.header('accept-language'))

/** What the body of a request asks for. */
const bodyLanguages = new WeakMap<Context, Language>()

/** Of an address what its links carry too: the language it asks for, the index it is about. */
export function carriedBy(query: URLSearchParams): Carried {
  const lang = query.get('lang')
  const index = query.get('index')
  return [
    ...(lang === 'de' || lang === 'en' ? [['lang', lang] as const] : []),
    ...(index ? [['index', index] as const] : []),
  ]
}

/** @throws FundstelleError `body_wrong` where it is no JSON */
export async function bodyOf(c: Context): Promise<unknown> {
  const text = await c.req.text()
  try {
    const body: unknown = JSON.parse(text)
    const lang = (body as { lang?: unknown } | null)?.lang
    if (lang === 'de' || lang === 'en') bodyLanguages.set(c, lang)
    return body
  } catch (error) {
    const got = text === '' ? { de: 'nichts', en: 'nothing' } : `„${text.slice(0, SHOWN_MAX)}“`
    throw new FundstelleError('body_wrong', { got, expected: 'JSON' }, { cause: error })
  }
}

const SHOWN_MAX = 100
