import { z } from 'zod'
import { typoLengthsFault } from '../../registry/settings-change.ts'
import { wholeMessage } from './checked.ts'
import { LOCALES } from './locales.ts'

/** Entries of one list, and characters of one entry. */
const ENTRIES_MAX = 10_000
const TEXT_MAX = 1000
/** Values of a facet that an answer can have. */
const FACET_VALUES_MAX = 10_000
/** Letters of a word; Meilisearch keeps them in one byte. */
const WORD_LENGTH_MAX = 255

const text = z.string().max(TEXT_MAX)
const texts = z.array(text).max(ENTRIES_MAX)
const whole = z.int().min(0)
const part = <Schema extends z.ZodType>(schema: Schema) => schema.nullable().optional()

const filterable = z.union([
  text,
  z.strictObject({
    attributePatterns: texts,
    features: z
      .strictObject({
        facetSearch: z.boolean().optional(),
        filter: z.strictObject({ equality: z.boolean().optional(), comparison: z.boolean().optional() }).optional(),
      })
      .optional(),
  }),
])

/** Rules of ranking by name; `attribute` is the older name of two together. */
const RULES = ['words', 'typo', 'proximity', 'attribute', 'attributeRank', 'sort', 'wordPosition', 'exactness']

const rankingRules = z
  .array(
    text.superRefine((rule, problems) => {
      if (RULES.includes(rule) || /^.+:(?:asc|desc)$/s.test(rule)) return
      const message = `\`${rule}\` ranking rule is invalid. Valid ranking rules are ${RULES.join(', ')} and custom ranking rules.`
      problems.addIssue({ code: 'custom', message })
    }),
  )
  .max(ENTRIES_MAX)
  .refine(
    (rules) => !rules.includes('attribute') || !(rules.includes('attributeRank') || rules.includes('wordPosition')),
    wholeMessage(
      'Mixed usage of the attribute, attributeRank, and wordPosition ranking rules. You must either use the attribute ranking rule ' +
        'alone or the attributeRank and wordPosition ranking rules.',
    ),
  )

const typoLengths = z
  .strictObject({ oneTypo: part(whole.max(WORD_LENGTH_MAX)), twoTypos: part(whole.max(WORD_LENGTH_MAX)) })
  .superRefine(({ oneTypo, twoTypos }, problems) => {
    const fault = oneTypo == null || twoTypos == null ? null : typoLengthsFault({ oneTypo, twoTypos })
    if (fault !== null) problems.addIssue({ code: 'custom', message: fault })
  })

/** What each setting may be set to, by its name, in the order in which Meilisearch names them in its errors. */
export const SETTINGS_SHAPE = {
  displayedAttributes: texts,
  searchableAttributes: texts,
  filterableAttributes: z.array(filterable).max(ENTRIES_MAX),
  sortableAttributes: texts,
  foreignKeys: z.array(z.strictObject({ foreignIndexUid: text, fieldName: text })).max(ENTRIES_MAX),
  rankingRules,
  stopWords: texts,
  nonSeparatorTokens: texts,
  separatorTokens: texts,
  dictionary: texts,
  synonyms: z
    .record(z.string(), z.array(text).max(ENTRIES_MAX))
    .refine(
      (synonyms) => Object.keys(synonyms).length <= ENTRIES_MAX,
      `at most \`${ENTRIES_MAX}\` entries are allowed`,
    ),
  distinctAttribute: text,
  proximityPrecision: z.enum(['byWord', 'byAttribute']),
  typoTolerance: z.strictObject({
    enabled: part(z.boolean()),
    minWordSizeForTypos: part(typoLengths),
    disableOnWords: part(texts),
    disableOnAttributes: part(texts),
    disableOnNumbers: part(z.boolean()),
  }),
  faceting: z.strictObject({
    maxValuesPerFacet: part(whole.max(FACET_VALUES_MAX)),
    sortFacetValuesBy: part(z.record(z.string(), z.enum(['alpha', 'count']))),
  }),
  pagination: z.strictObject({ maxTotalHits: part(z.int().min(1)) }),
  embedders: z.record(z.string(), z.unknown()),
  searchCutoffMs: whole,
  localizedAttributes: z
    .array(z.strictObject({ attributePatterns: texts, locales: z.array(z.enum(LOCALES)) }))
    .max(ENTRIES_MAX),
  facetSearch: z.boolean(),
  prefixSearch: z.enum(['indexingTime', 'disabled']),
  chat: z.record(z.string(), z.unknown()),
} as const

export type SettingName = keyof typeof SETTINGS_SHAPE

/** The body of `PATCH /indexes/:uid/settings`: any of them, or null for its default. */
export const SETTINGS_SCHEMA = z.strictObject(
  Object.fromEntries(Object.entries(SETTINGS_SHAPE).map(([name, schema]) => [name, part(schema)])),
)
