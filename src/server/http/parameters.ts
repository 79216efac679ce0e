import { z } from 'zod'
import { FundstelleError, type Language, type Localized } from '../../errors.ts'
import { FILTER_CONDITIONS_MAX, parseFilter } from '../../search/filter/parse.ts'
import type { FilterNode } from '../../search/filter/tree.ts'
import { DEFAULT_REQUEST, LIMIT_DEFAULT, LIMIT_MAX, type SearchRequest } from '../../search/query/request.ts'
import { parseSortKey } from '../../search/query/sorting.ts'

const CROP_LENGTH_MAX = 1000
const TAG_LENGTH_MAX = 200
const NAMES_MAX = 100
const SORT_MAX = 20
const FACET_VALUES_MAX = 10_000
const SUGGESTIONS_MAX = 100

/** What a wrong value of each parameter should have been. */
const EXPECTED = {
  q: { de: 'ein Text', en: 'a text' },
  limit: wholeNumberWords(0, LIMIT_MAX),
  offset: wholeNumberWords(0, Number.MAX_SAFE_INTEGER),
  page: wholeNumberWords(1, Number.MAX_SAFE_INTEGER),
  hitsPerPage: wholeNumberWords(1, LIMIT_MAX),
  cropLength: wholeNumberWords(1, CROP_LENGTH_MAX),
  cropMarker: shortText(),
  highlightPreTag: shortText(),
  highlightPostTag: shortText(),
  matchingStrategy: { de: '„last“ oder „all“', en: '“last” or “all”' },
  attributesToRetrieve: namesWords(),
  filter: {
    de: 'ein Filter wie ort = Kursk AND date >= 2025-01-01',
    en: 'a filter such as ort = Kursk AND date >= 2025-01-01',
  },
  facets: namesWords(),
  maxValuesPerFacet: wholeNumberWords(1, FACET_VALUES_MAX),
  sort: {
    de: `höchstens ${SORT_MAX} Felder mit Richtung wie date:desc,verletzte:asc`,
    en: `at most ${SORT_MAX} fields with a direction such as date:desc,verletzte:asc`,
  },
  typing: { de: '„true“ oder „false“', en: '“true” or “false”' },
  explain: { de: '„true“ oder „false“', en: '“true” or “false”' },
  foldDuplicates: { de: '„exact“, „near“ oder „none“', en: '“exact”, “near” or “none”' },
  distinct: { de: 'der Name eines Feldes', en: 'the name of a field' },
  text: { de: 'ein Text wie in /analyze?text=Häuser', en: 'a text as in /analyze?text=Häuser' },
  format: { de: '„opensearch“ oder nichts', en: '“opensearch” or nothing' },
  lang: { de: '„de“ oder „en“', en: '“de” or “en”' },
} as const satisfies Record<string, Localized>

function wholeNumberWords(least: number, most: number): Localized {
  return most === Number.MAX_SAFE_INTEGER
    ? { de: `eine ganze Zahl ab ${least}`, en: `a whole number from ${least} on` }
    : { de: `eine ganze Zahl von ${least} bis ${most}`, en: `a whole number from ${least} to ${most}` }
}

function shortText(): Localized {
  return {
    de: `ein Text von höchstens ${TAG_LENGTH_MAX} Zeichen`,
    en: `a text of at most ${TAG_LENGTH_MAX} characters`,
  }
}

function namesWords(): Localized {
  return { de: `höchstens ${NAMES_MAX} Namen von Feldern`, en: `at most ${NAMES_MAX} names of fields` }
}

const wholeNumber = (least: number, most: number) =>
  z
    .union([z.string().regex(/^\d+$/), z.number().int().min(0)])
    // beyond that numbers are not exact, and there is nothing there
    .transform((number) => Math.min(Number(number), Number.MAX_SAFE_INTEGER))
    .pipe(z.number().int().min(least).max(most))
    .optional()
const text = z.string().max(TAG_LENGTH_MAX).optional()
/** Names parted by commas, or as a list. */
const names = (most: number) =>
  z
    .union([z.string().transform((list) => list.split(',')), z.array(z.string())])
    .transform((list) => list.map((name) => name.trim()).filter((name) => name !== ''))
    .pipe(z.array(z.string()).max(most))
    .optional()

/** The parameters of `/search`, as texts from an address or as values of JSON. Unknown ones are ignored. */
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]).optional()

const SCHEMA = z.object({
  q: z.string().default(''),
  limit: wholeNumber(0, LIMIT_MAX),
  offset: wholeNumber(0, Number.MAX_SAFE_INTEGER),
  page: wholeNumber(1, Number.MAX_SAFE_INTEGER),
  hitsPerPage: wholeNumber(1, LIMIT_MAX),
  cropLength: wholeNumber(1, CROP_LENGTH_MAX),
  cropMarker: text,
  highlightPreTag: text,
  highlightPostTag: text,
  matchingStrategy: z.enum(['last', 'all']).optional(),
  attributesToRetrieve: names(NAMES_MAX),
  // as in Meilisearch a list means all of it, a list within the list any of it
  filter: z.union([z.string(), z.array(z.union([z.string(), z.array(z.string())]))]).optional(),
  facets: names(NAMES_MAX),
  maxValuesPerFacet: wholeNumber(1, FACET_VALUES_MAX),
  sort: names(SORT_MAX)
    .transform((keys) => keys?.map(parseSortKey))
    .pipe(z.array(z.object({ field: z.string(), descending: z.boolean() })).optional()),
  typing: flag,
  explain: flag,
  foldDuplicates: z.enum(['exact', 'near', 'none']).optional(),
  distinct: z.string().optional(),
  lang: z.enum(['de', 'en']).optional(),
})

/** One wrong parameter, for `errors[]` of a problem. */
export interface WrongParameter {
  readonly name: string
  readonly got: string
  readonly expected: Localized
}

/** The parameters were wrong; names each. */
export class WrongParameters extends FundstelleError {
  readonly wrong: readonly WrongParameter[]

  constructor(wrong: readonly WrongParameter[]) {
    super('bad_parameters', { names: wrong.map(({ name }) => name).join(', ') })
    this.wrong = wrong
  }
}

const GOT_MAX = 100

/**
 * Reads a search from an address. Of a repeated parameter the first counts.
 * @throws WrongParameters naming every wrong one, what it got and what it takes; FundstelleError where the filter is wrong
 */
export function readSearchRequest(query: URLSearchParams, language: Language): SearchRequest {
  const given: Record<string, string> = {}
  for (const name of Object.keys(SCHEMA.shape)) {
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

const OBJECT = { de: 'ein Objekt wie {"q": "Drohnen"}', en: 'an object such as {"q": "Drohnen"}' }

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

const QUERIES_MAX = 50

function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? 'undefined'
  return json.length > GOT_MAX ? `${json.slice(0, GOT_MAX)}…` : json
}

function readGiven(given: Readonly<Record<string, unknown>>, asked: Language): SearchRequest {
  const read = SCHEMA.safeParse(given)
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

function filterOf(filter: string | readonly (string | readonly string[])[] | undefined): FilterNode | null {
  if (filter === undefined) return null
  if (typeof filter === 'string') return parseFilter(filter)
  // the limit is that of one filter, however many pieces it comes in
  let conditions = 0
  const read = (text: string): FilterNode | null => {
    const node = parseFilter(text)
    conditions += conditionsIn(node)
    if (conditions > FILTER_CONDITIONS_MAX) throw new FundstelleError('filter_long', { max: FILTER_CONDITIONS_MAX })
    return node
  }
  return together(
    'and',
    filter.map((one) =>
      typeof one === 'string'
        ? read(one)
        : together(
            'or',
            one.map((piece) => read(piece)),
          ),
    ),
  )
}

function conditionsIn(node: FilterNode | null): number {
  if (node === null) return 0
  if (node.kind === 'not') return conditionsIn(node.node)
  return node.kind === 'and' || node.kind === 'or' ? node.nodes.reduce((sum, one) => sum + conditionsIn(one), 0) : 1
}

function together(kind: 'and' | 'or', nodes: readonly (FilterNode | null)[]): FilterNode | null {
  const some = nodes.filter((node) => node !== null)
  return some.length > 1 ? { kind, nodes: some } : (some[0] ?? null)
}

/** What `/suggest` and `/facets/:name` take. */
const LOOKUP_SCHEMA = z.object({
  q: z.string().default(''),
  limit: wholeNumber(0, SUGGESTIONS_MAX),
  filter: z.string().optional(),
  format: z.enum(['opensearch']).optional(),
  lang: z.enum(['de', 'en']).optional(),
})

export interface LookupRequest {
  readonly q: string
  readonly limit: number
  readonly filter: FilterNode | null
  /** What browsers' search bars read. */
  readonly isOpenSearch: boolean
}

const SUGGESTIONS_DEFAULT = 10

/** @throws WrongParameters, FundstelleError where the filter is wrong */
export function readLookup(query: URLSearchParams): LookupRequest {
  const given = Object.fromEntries(
    Object.keys(LOOKUP_SCHEMA.shape).flatMap((name) => {
      const value = query.get(name)
      return value === null || (value === '' && name !== 'q') ? [] : [[name, value]]
    }),
  )
  const read = LOOKUP_SCHEMA.safeParse(given)
  if (!read.success) {
    const wrong = [...new Set(read.error.issues.map((issue) => String(issue.path[0])))]
    throw new WrongParameters(
      wrong.map((name) => ({
        name,
        got: (given[name] ?? '').slice(0, GOT_MAX),
        expected: name === 'limit' ? wholeNumberWords(0, SUGGESTIONS_MAX) : EXPECTED[name as keyof typeof EXPECTED],
      })),
    )
  }
  const { q, limit, filter, format } = read.data
  return { q, limit: limit ?? SUGGESTIONS_DEFAULT, filter: filterOf(filter), isOpenSearch: format !== undefined }
}

/**
 * The text to analyse.
 * @throws WrongParameters where there is none, or `lang` is no language
 */
export function readText(query: URLSearchParams): string {
  const text = query.get('text')
  const lang = query.get('lang')
  const wrong: WrongParameter[] = []
  if (text === null) wrong.push({ name: 'text', got: '', expected: EXPECTED.text })
  if (lang !== null && lang !== '' && lang !== 'de' && lang !== 'en')
    wrong.push({ name: 'lang', got: lang.slice(0, GOT_MAX), expected: EXPECTED.lang })
  if (wrong.length > 0) throw new WrongParameters(wrong)
  return text ?? ''
}

const TEXTS = { cropMarker: true, highlightPreTag: true, highlightPostTag: true }
