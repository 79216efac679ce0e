import { z } from 'zod'
import { LIMIT_MAX } from '../../search/query/request.ts'
import { parseSortKey } from '../../search/query/sorting.ts'
import {
  CROP_LENGTH_MAX,
  FACET_VALUES_MAX,
  NAMES_MAX,
  SORT_MAX,
  SUGGESTIONS_MAX,
  TAG_LENGTH_MAX,
} from './expected-values.ts'

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
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]).optional()

/** The parameters of `/search`, as texts from an address or as values of JSON. Unknown ones are ignored. */
export const SEARCH_SCHEMA = z.object({
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

/** What `/suggest` and `/facets/:name` take. */
export const LOOKUP_SCHEMA = z.object({
  q: z.string().default(''),
  limit: wholeNumber(0, SUGGESTIONS_MAX),
  filter: z.string().optional(),
  format: z.enum(['opensearch']).optional(),
  lang: z.enum(['de', 'en']).optional(),
})
