import { z } from 'zod'
import { FundstelleError, type Language } from '../errors.ts'
import {
  CROP_LENGTH_DEFAULT,
  DEFAULT_REQUEST,
  LIMIT_DEFAULT,
  LIMIT_MAX,
  type SearchRequest,
} from '../search/request.ts'

type Words = Readonly<Record<Language, string>>

const CROP_LENGTH_MAX = 1000
const TAG_LENGTH_MAX = 200

/** What a wrong value of each parameter should have been. */
const EXPECTED = {
  limit: wholeNumberWords(0, LIMIT_MAX),
  offset: wholeNumberWords(0, Number.MAX_SAFE_INTEGER),
  page: wholeNumberWords(1, Number.MAX_SAFE_INTEGER),
  hitsPerPage: wholeNumberWords(1, LIMIT_MAX),
  cropLength: wholeNumberWords(1, CROP_LENGTH_MAX),
  cropMarker: shortText(),
  highlightPreTag: shortText(),
  highlightPostTag: shortText(),
  matchingStrategy: { de: '„last“ oder „all“', en: '“last” or “all”' },
  text: { de: 'ein Text wie in /analyze?text=Häuser', en: 'a text as in /analyze?text=Häuser' },
  lang: { de: '„de“ oder „en“', en: '“de” or “en”' },
} as const satisfies Record<string, Words>

function wholeNumberWords(least: number, most: number): Words {
  return most === Number.MAX_SAFE_INTEGER
    ? { de: `eine ganze Zahl ab ${least}`, en: `a whole number from ${least} on` }
    : { de: `eine ganze Zahl von ${least} bis ${most}`, en: `a whole number from ${least} to ${most}` }
}

function shortText(): Words {
  return {
    de: `ein Text von höchstens ${TAG_LENGTH_MAX} Zeichen`,
    en: `a text of at most ${TAG_LENGTH_MAX} characters`,
  }
}

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/)
    // beyond that numbers are not exact, and there is nothing there
    .transform((digits) => Math.min(Number(digits), Number.MAX_SAFE_INTEGER))
    .pipe(z.number().int().min(least).max(most))
    .optional()
const text = z.string().max(TAG_LENGTH_MAX).optional()

/** The parameters of `/search` as they stand in an address. Unknown ones are ignored. */
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
  attributesToRetrieve: z.string().optional(),
  lang: z.enum(['de', 'en']).optional(),
})

/** One wrong parameter, for `errors[]` of a problem. */
export interface WrongParameter {
  readonly name: string
  readonly got: string
  readonly expected: Words
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
 * @throws WrongParameters naming every wrong one, what it got and what it takes
 */
export function readSearchRequest(query: URLSearchParams): SearchRequest {
  const given: Record<string, string> = {}
  for (const name of Object.keys(SCHEMA.shape)) {
    const value = query.get(name)
    // an empty number is as good as none: forms send their empty fields too
    if (value !== null && (value !== '' || name === 'q' || name in TEXTS)) given[name] = value
  }
  const read = SCHEMA.safeParse(given)
  if (!read.success) {
    const names = [...new Set(read.error.issues.map((issue) => String(issue.path[0])))]
    throw new WrongParameters(
      names.map((name) => {
        const got = (given[name] ?? '').slice(0, GOT_MAX)
        return { name, got, expected: EXPECTED[name as keyof typeof EXPECTED] }
      }),
    )
  }
  const { q, limit, offset, page, hitsPerPage, cropLength, cropMarker, attributesToRetrieve, matchingStrategy } =
    read.data
  const common = {
    q,
    cropLength: cropLength ?? CROP_LENGTH_DEFAULT,
    cropMarker: cropMarker ?? DEFAULT_REQUEST.cropMarker,
    highlight: {
      pre: read.data.highlightPreTag ?? DEFAULT_REQUEST.highlight.pre,
      post: read.data.highlightPostTag ?? DEFAULT_REQUEST.highlight.post,
    },
    matchingStrategy: matchingStrategy ?? DEFAULT_REQUEST.matchingStrategy,
    attributesToRetrieve: attributesToRetrieve?.split(',').map((name) => name.trim()) ?? null,
  }
  if (page === undefined && hitsPerPage === undefined) {
    return { ...common, limit: limit ?? LIMIT_DEFAULT, offset: offset ?? 0, page: null }
  }
  const [number, size] = [page ?? 1, hitsPerPage ?? LIMIT_DEFAULT]
  return { ...common, limit: size, offset: Math.min((number - 1) * size, Number.MAX_SAFE_INTEGER), page: number }
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

/** The language of messages: `lang` beats Accept-Language, which beats German. Never fails. */
export function languageOf(query: URLSearchParams, acceptLanguage: string | undefined): Language {
  const lang = query.get('lang')
  if (lang === 'de' || lang === 'en') return lang
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((entry, order) => {
      const [tag = '', ...rest] = entry.trim().split(';')
      const quality = Number(/^\s*q=([\d.]+)\s*$/.exec(rest[0] ?? '')?.[1] ?? 1)
      return { language: tag.toLowerCase().split('-')[0], quality: Number.isNaN(quality) ? 0 : quality, order }
    })
    .filter(({ language, quality }) => (language === 'de' || language === 'en') && quality > 0)
    .sort((a, b) => b.quality - a.quality || a.order - b.order)
  return wanted[0]?.language === 'en' ? 'en' : 'de'
}
