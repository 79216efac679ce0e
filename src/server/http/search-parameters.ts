import { FundstelleError, type Language } from '../../errors.ts'
import { DEFAULT_REQUEST, LIMIT_DEFAULT, type SearchRequest } from '../../search/query/request.ts'
import { EXPECTED } from './expected-values.ts'
import { filterOf } from './filter-parameter.ts'
import { SEARCH_SCHEMA } from './parameter-schemas.ts'
import { GOT_MAX, shown, WrongParameters } from './wrong-parameters.ts'

const QUERIES_MAX = 50
const OBJECT = { de: 'ein Objekt wie {"q": "Drohnen"}', en: 'an object such as {"q": "Drohnen"}' }
/** Texts that may be empty. */
const TEXTS = { cropMarker: true, highlightPreTag: true, highlightPostTag: true }

/**
 * Reads a search from an address. Of a repeated parameter the first counts.
 * @throws WrongParameters naming every wrong one, what it got and what it takes; FundstelleError where the filter is wrong
 */
export function readSearchRequest(query: URLSearchParams, language: Language): SearchRequest {
  const given: Record<string, string> = {}
  for (const name of Object.keys(SEARCH_SCHEMA.shape)) {
    const value = query.get(name)
    // an empty number is as good as none: forms send their empty fields too
    if (value !== null && (value !== '' || name === 'q' || name in TEXTS)) given[name] = value
  }
  return readGiven(given, language)
}

/**
 * The same from JSON.
 * @throws WrongParameters, FundstelleError as above; `body_wrong` where the value is no object
 */
export function readSearchBody(body: unknown, language: Language): SearchRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new FundstelleError('body_wrong', { got: shown(body), expected: OBJECT })
  const given = Object.entries(body).filter(([, value]) => value !== null && value !== undefined)
  return readGiven(Object.fromEntries(given), language)
}

/**
 * A list of searches, plain or as `queries` of an object.
 * @throws as `readSearchBody`
 */
export function readSearchBodies(body: unknown, language: Language): SearchRequest[] {
  const list = Array.isArray(body) ? body : (body as { queries?: unknown } | null)?.queries
  if (!Array.isArray(list) || list.length > QUERIES_MAX) {
    const expected = {
      de: `eine Liste von höchstens ${QUERIES_MAX} Suchen: {"queries": [{"q": "Drohnen"}]}`,
      en: `a list of at most ${QUERIES_MAX} searches: {"queries": [{"q": "Drohnen"}]}`,
    }
    throw new FundstelleError('body_wrong', { got: shown(body), expected })
  }
  return list.map((one) => readSearchBody(one, language))
}

function readGiven(given: Readonly<Record<string, unknown>>, asked: Language): SearchRequest {
  const read = SEARCH_SCHEMA.safeParse(given)
  if (!read.success) {
    const wrong = [...new Set(read.error.issues.map((issue) => String(issue.path[0])))]
    throw new WrongParameters(
      wrong.map((name) => {
        const value = given[name]
        const got = typeof value === 'string' ? value.slice(0, GOT_MAX) : shown(value)
        return { name, got, expected: EXPECTED[name as keyof typeof EXPECTED] }
      }),
    )
  }
  const { filter, highlightPreTag, highlightPostTag, limit, offset, page, hitsPerPage, lang, ...rest } = read.data
  const common = {
    ...DEFAULT_REQUEST,
    ...onlyGiven(rest),
    filter: filterOf(filter),
    highlight: {
      pre: highlightPreTag ?? DEFAULT_REQUEST.highlight.pre,
      post: highlightPostTag ?? DEFAULT_REQUEST.highlight.post,
    },
    language: lang ?? asked,
  }
  if (page === undefined && hitsPerPage === undefined) {
    return { ...common, limit: limit ?? LIMIT_DEFAULT, offset: offset ?? 0, page: null }
  }
  const [number, size] = [page ?? 1, hitsPerPage ?? LIMIT_DEFAULT]
  return { ...common, limit: size, offset: Math.min((number - 1) * size, Number.MAX_SAFE_INTEGER), page: number }
}

type Given<T> = { [Name in keyof T]: Exclude<T[Name], undefined> }

/** Without what was not given. */
const onlyGiven = <T extends object>(values: T): Partial<Given<T>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<Given<T>>
