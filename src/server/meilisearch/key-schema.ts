import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { ApiKey } from '../../registry/key-table.ts'
import { ACTIONS } from './actions.ts'
import { ApiError } from './api-error.ts'
import { checked } from './checked.ts'
import { isIndexPattern } from './index-names.ts'
import { isFilterValue } from './search-rules.ts'
import { SEARCH_SCHEMA } from './search-schema.ts'

const TEXT_MAX = 1000
const INDEXES_MAX = 1000
const ORIGINS_MAX = 100
const PER_MINUTE_MAX = 1_000_000
/** Of the JSON of all forced parameters, in UTF-16 units. */
const FORCED_MAX = 10_000

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const optionalText = z.string().max(TEXT_MAX).nullable().optional()

const uid = z
  .string()
  .transform((text) => text.toLowerCase())
  .refine((text) => UUID.test(text), 'a UUID such as `01b4bc42-eb33-4041-b481-254d00cce834` was expected')

const pattern = z.string().superRefine((name, problems) => {
  if (isIndexPattern(name)) return
  const message =
    `\`${name.slice(0, 200)}\` is not a valid index uid pattern. Index uid patterns can be an integer or a string containing only ` +
    'alphanumeric characters, hyphens (-), underscores (_), and optionally end with a star (*).'
  problems.addIssue({ code: 'custom', message })
})

const origin = z
  .string()
  .refine(
    (text) =>
      text === '*' || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text),
    'the beginning of an address such as `https://www.example.org`, or `*` alone, was expected',
  )

/** Parameters of a search that a key can say for whoever uses it. */
const forced = SEARCH_SCHEMA.pick({
  filter: true,
  limit: true,
  hitsPerPage: true,
  attributesToRetrieve: true,
  attributesToCrop: true,
  cropLength: true,
  cropMarker: true,
  attributesToHighlight: true,
  highlightPreTag: true,
  highlightPostTag: true,
  showMatchesPosition: true,
  sort: true,
  matchingStrategy: true,
  showRankingScore: true,
  showRankingScoreDetails: true,
  rankingScoreThreshold: true,
  attributesToSearchOn: true,
  locales: true,
}).superRefine((parameters, problems) => {
  if (parameters.filter !== undefined && !isFilterValue(parameters.filter)) {
    const message = 'expected a text, or a list of texts and lists of texts'
    problems.addIssue({ code: 'custom', path: ['filter'], message })
  }
  if (parameters.limit != null && parameters.hitsPerPage != null)
    problems.addIssue({ code: 'custom', message: 'of `limit` and `hitsPerPage` one can be said' })
  if (JSON.stringify(parameters).length > FORCED_MAX)
    problems.addIssue({ code: 'custom', message: `at most \`${FORCED_MAX}\` characters of JSON are allowed` })
})

/** The body of `POST /keys`; the last three members are Fundstelle's own. */
export const CREATE_KEY_SCHEMA = z.strictObject({
  description: optionalText,
  name: optionalText,
  uid: uid.nullable().optional(),
  actions: z.array(z.enum(ACTIONS)).max(ACTIONS.length),
  indexes: z.array(pattern).max(INDEXES_MAX),
  expiresAt: z.string().nullable(),
  allowedOrigins: z.array(origin).min(1).max(ORIGINS_MAX).nullable().optional(),
  requestsPerMinute: z.int().min(1).max(PER_MINUTE_MAX).nullable().optional(),
  searchParameters: forced.nullable().optional(),
})

/** The body of `PATCH /keys/:key`. */
export const PATCH_KEY_SCHEMA = z.strictObject({ description: optionalText, name: optionalText })

const CODES: Readonly<Record<string, string>> = {
  description: 'invalid_api_key_description',
  name: 'invalid_api_key_name',
  uid: 'invalid_api_key_uid',
  actions: 'invalid_api_key_actions',
  indexes: 'invalid_api_key_indexes',
  expiresAt: 'invalid_api_key_expires_at',
  allowedOrigins: 'invalid_api_key_allowed_origins',
  requestsPerMinute: 'invalid_api_key_requests_per_minute',
  searchParameters: 'invalid_api_key_search_parameters',
}

const MISSING: Readonly<Record<string, string>> = {
  actions: 'missing_api_key_actions',
  indexes: 'missing_api_key_indexes',
  expiresAt: 'missing_api_key_expires_at',
}

const IMMUTABLE: Readonly<Record<string, string>> = {
  uid: 'immutable_api_key_uid',
  key: 'immutable_api_key_key',
  actions: 'immutable_api_key_actions',
  indexes: 'immutable_api_key_indexes',
  expiresAt: 'immutable_api_key_expires_at',
  createdAt: 'immutable_api_key_created_at',
  updatedAt: 'immutable_api_key_updated_at',
  allowedOrigins: 'immutable_api_key_allowed_origins',
  requestsPerMinute: 'immutable_api_key_requests_per_minute',
  searchParameters: 'immutable_api_key_search_parameters',
}

const codeIn =
  (table: Readonly<Record<string, string>>) =>
  ([name]: readonly PropertyKey[]): string =>
    (Object.hasOwn(table, String(name)) ? table[String(name)] : undefined) ?? 'bad_request'

/**
 * A key as a body asks for it.
 * @throws ApiError in Meilisearch's words
 */
export function keyOfBody(body: unknown, now: Date): ApiKey {
  const read = checked(CREATE_KEY_SCHEMA, body, codeIn(CODES), codeIn(MISSING))
  // a key that reads documents otherwise would be a way around what its searches are tied to
  if (read.searchParameters != null && read.actions.some((action) => action !== 'search'))
    throw new ApiError(
      CODES['searchParameters'] as string,
      '`searchParameters` need a key whose only action is `search`.',
    )
  const moment = now.toISOString()
  return {
    uid: read.uid ?? randomUUID(),
    name: read.name ?? null,
    description: read.description ?? null,
    actions: [...new Set(read.actions)],
    indexes: [...new Set(read.indexes)],
    expiresAt: read.expiresAt === null ? null : expiryOf(read.expiresAt, now),
    origins: read.allowedOrigins ?? null,
    perMinute: read.requestsPerMinute ?? null,
    forced: read.searchParameters ?? null,
    createdAt: moment,
    updatedAt: moment,
  }
}

/**
 * What a body changes of a key.
 * @throws ApiError in Meilisearch's words
 */
export function keyChangeOf(body: unknown): { readonly name?: string | null; readonly description?: string | null } {
  if (typeof body === 'object' && body !== null) {
    const immutable = Object.keys(body).find((name) => Object.hasOwn(IMMUTABLE, name))
    if (immutable !== undefined) {
      const words = `Immutable field \`${immutable}\`: expected one of \`description\`, \`name\``
      throw new ApiError(IMMUTABLE[immutable] as string, words)
    }
  }
  const { name, description } = checked(PATCH_KEY_SCHEMA, body, codeIn(CODES))
  return { ...(name !== undefined && { name }), ...(description !== undefined && { description }) }
}

const DAY = /^(\d{4}-\d{2}-\d{2})$/
const TIME = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})?$/

/** RFC 3339, or a day, or a time without a zone, which is UTC's; to the second where it says no more. */
function expiryOf(text: string, now: Date): string {
  const [, day, time, fraction = '', zone = 'Z'] = TIME.exec(text) ?? DAY.exec(text) ?? []
  const iso = day === undefined ? '' : `${day}T${time ?? '00:00:00'}${fraction.slice(0, 4)}${zone.toUpperCase()}`
  const moment = Date.parse(iso)
  // a 30th of February rolls over in silence
  const isReal = !Number.isNaN(moment) && day !== undefined && isDay(day)
  if (!isReal || moment <= now.getTime()) {
    const words =
      `Invalid value at \`.expiresAt\`: \`${text.slice(0, 200)}\` is not a valid date. It should follow the RFC 3339 format to represents a ` +
      "date or datetime in the future or specified as a null value. e.g. 'YYYY-MM-DD' or 'YYYY-MM-DD HH:MM:SS'.\n"
    throw new ApiError('invalid_api_key_expires_at', words)
  }
  return new Date(moment).toISOString().replace('.000Z', 'Z')
}

const isDay = (day: string): boolean => new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
