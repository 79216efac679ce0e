// The room `server/http`: what HTTP asks of every route alike: parameters, problems, caching, compression, origins. It imports `src`, and
// of `search` only the filter's language and what a request is: no engine and no pages. It and `server/meilisearch` know zod.

import { type ErrorParam, FundstelleError, type Language } from '../../errors.ts'
import { WrongParameters } from './wrong-parameters.ts'

/** Problem details (RFC 9457) with the error's code, and in `errors` each wrong parameter. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly errors?: readonly {
    readonly name: string
    readonly got: string
    readonly expected: string
    readonly detail: string
  }[]
}

/** Of filters that are too long or too deep. */
const TOO_MUCH = {
  got: (max: ErrorParam) => ({ de: `mehr als ${max}`, en: `more than ${max}` }),
  expected: (max: ErrorParam) => ({ de: `höchstens ${max}`, en: `at most ${max}` }),
}

export function problemOf(error: FundstelleError, language: Language): Problem {
  const problem = {
    type: `urn:fundstelle:error:${error.code}`,
    title: error.title(language),
    status: error.status,
    detail: error.detail(language),
    code: error.code,
  }
  if (error.code.startsWith('filter_')) {
    const { max = '' } = error.params
    const { got = TOO_MUCH.got(max), expected = TOO_MUCH.expected(max) } = error.params
    const say = (param: ErrorParam): string => (typeof param === 'object' ? param[language] : String(param))
    return { ...problem, errors: [{ name: 'filter', got: say(got), expected: say(expected), detail: problem.detail }] }
  }
  if (!(error instanceof WrongParameters)) return problem
  const errors = error.wrong.map(({ name, got, expected }) => ({
    name,
    got,
    expected: expected[language],
    detail: new FundstelleError('bad_value', { name, got, expected }).detail(language),
  }))
  return { ...problem, detail: errors.map(({ detail }) => detail).join(' '), errors }
}

export function problemResponse(error: FundstelleError, language: Language): Response {
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
  }
  if (error.status === 503) headers['retry-after'] = '1'
  if (error.code === 'too_many_requests') headers['retry-after'] = String(error.params['seconds'])
  if (error.status === 401) headers['www-authenticate'] = 'Bearer'
  return new Response(JSON.stringify(problemOf(error, language)), { status: error.status, headers })
}
