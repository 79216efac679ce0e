import { z } from 'zod'
import { wrongValue } from './checked.ts'
import { LOCALES } from './locales.ts'

/** Names of one list; the answer grows with what is asked for. */
const NAMES_MAX = 1000
/** UTF-16 units of tags and markers. */
const TAG_MAX = 1000

const wholeNumber = z.int().min(0).max(Number.MAX_SAFE_INTEGER)
const names = z.array(z.string()).max(NAMES_MAX)
const tag = z.string().max(TAG_MAX)
const ratio = z.unknown().refine((value) => value === null || (typeof value === 'number' && value >= 0 && value <= 1), {
  ...wrongValue('the value of `rankingScoreThreshold` is invalid, expected a float between `0.0` and `1.0`.'),
})

/** What a search is refused with, rather than that it were passed over. */
const unsupportedShape = {
  vector: z.unknown().optional(),
  hybrid: z.unknown().optional(),
  media: z.unknown().optional(),
  personalize: z.unknown().optional(),
  useNetwork: z.boolean().nullish(),
}

const askedShape = {
  q: z.string().nullish(),
  filter: z.unknown().optional(),
  matchingStrategy: z.enum(['last', 'all', 'frequency']).nullish(),
  attributesToSearchOn: names.nullish(),
  rankingScoreThreshold: ratio.optional(),
  locales: z
    .array(z.enum(LOCALES as [string, ...string[]]))
    .max(NAMES_MAX)
    .nullish(),
}

const shownShape = {
  attributesToRetrieve: names.nullish(),
  retrieveVectors: z.boolean().nullish(),
  showRankingScore: z.boolean().nullish(),
  showRankingScoreDetails: z.boolean().nullish(),
  showPerformanceDetails: z.boolean().nullish(),
}

const SEARCH_SHAPE = {
  ...askedShape,
  ...unsupportedShape,
  ...shownShape,
  offset: wholeNumber.nullish(),
  limit: wholeNumber.nullish(),
  page: wholeNumber.nullish(),
  hitsPerPage: wholeNumber.nullish(),
  attributesToCrop: names.nullish(),
  cropLength: wholeNumber.nullish(),
  cropMarker: tag.nullish(),
  attributesToHighlight: names.nullish(),
  highlightPreTag: tag.nullish(),
  highlightPostTag: tag.nullish(),
  showMatchesPosition: z.boolean().nullish(),
  sort: names.nullish(),
  distinct: z.string().nullish(),
  facets: names.nullish(),
}

export const SEARCH_SCHEMA = z.strictObject(SEARCH_SHAPE)
export type SearchParameters = z.output<typeof SEARCH_SCHEMA>

export const FACET_SEARCH_SCHEMA = z.strictObject({
  facetQuery: z.string().nullish(),
  facetName: z.string(),
  exhaustiveFacetCount: z.boolean().nullish(),
  ...askedShape,
  ...unsupportedShape,
})
export type FacetSearchParameters = z.output<typeof FACET_SEARCH_SCHEMA>

export const SIMILAR_SCHEMA = z.strictObject({
  id: z.preprocess((id) => (typeof id === 'number' ? String(id) : id), z.string()),
  embedder: z.string().nullish(),
  offset: wholeNumber.nullish(),
  limit: wholeNumber.nullish(),
  filter: z.unknown().optional(),
  rankingScoreThreshold: ratio.optional(),
  ...shownShape,
})
export type SimilarParameters = z.output<typeof SIMILAR_SCHEMA>

/** Searches of one request. */
const QUERIES_MAX = 100

const weight = z.number().refine((value) => value >= 0, {
  ...wrongValue('the value of `weight` is invalid, expected a positive float (>= 0.0).'),
})

const FEDERATION_SCHEMA = z.strictObject({
  limit: wholeNumber.nullish(),
  offset: wholeNumber.nullish(),
  page: wholeNumber.nullish(),
  hitsPerPage: wholeNumber.nullish(),
  facetsByIndex: z.record(z.string(), names.nullable()).nullish(),
  mergeFacets: z.strictObject({ maxValuesPerFacet: wholeNumber.nullish() }).nullish(),
  distinct: z.string().nullish(),
  showPerformanceDetails: z.boolean().nullish(),
  personalize: z.unknown().optional(),
})
export type FederationParameters = z.output<typeof FEDERATION_SCHEMA>

export const MULTI_SEARCH_SCHEMA = z.strictObject({
  queries: z
    .array(
      z.strictObject({
        indexUid: z.string(),
        ...SEARCH_SHAPE,
        federationOptions: z
          .strictObject({
            weight: weight.nullish(),
            remote: z.string().nullish(),
            queryPosition: wholeNumber.nullish(),
          })
          .nullish(),
      }),
    )
    .max(QUERIES_MAX),
  federation: FEDERATION_SCHEMA.nullish(),
})
export type MultiSearchParameters = z.output<typeof MULTI_SEARCH_SCHEMA>
export type QueryParameters = MultiSearchParameters['queries'][number]
