import { z } from 'zod'
import { TASK_STATUSES, TASK_TYPES } from '../../registry/task.ts'
import { CREATE_KEY_SCHEMA } from '../meilisearch/key-schema.ts'
import { SETTINGS_SHAPE } from '../meilisearch/settings-schema.ts'

// What the routes answer with. Objects are strict: a member that is not named here is found by the test that holds real answers against this.

const count = z.int().min(0)
const text = z.string()
const moment = z.string().meta({ format: 'date-time' })
const document = z.record(z.string(), z.unknown())
const counts = z.record(z.string(), count)
const stats = z.record(z.string(), z.strictObject({ min: z.number(), max: z.number() }))
const distribution = z.record(z.string(), counts)

/** A problem of RFC 9457. */
export const PROBLEM = z.strictObject({
  type: text,
  title: text,
  status: z.int(),
  detail: text,
  code: text,
  errors: z.array(z.strictObject({ name: text, got: text, expected: text, detail: text })).optional(),
})

export const ERROR = z.strictObject({
  message: text,
  code: text,
  type: z.enum(['invalid_request', 'internal', 'auth', 'system']),
  link: text,
})

const explanationPart = z.looseObject({ kind: text, share: z.number() })

export const HIT = z.strictObject({
  id: text.optional(),
  title: text.optional(),
  text: text.optional(),
  url: text.nullable().optional(),
  date: text.nullable().optional(),
  author: text.nullable().optional(),
  tags: z.array(text).optional(),
  language: text.nullable().optional(),
  meta: document.optional(),
  score: z.number(),
  formatted: z.strictObject({ title: text, snippet: text }),
  matches: z.array(z.looseObject({ field: text, start: count.optional(), end: count.optional(), kind: text })),
  page: count.optional(),
  section: z.strictObject({ title: text, anchor: text.optional() }).optional(),
  duplicates: count.optional(),
  explanation: z.strictObject({ text, parts: z.array(explanationPart) }).optional(),
})

export const SEARCH_ANSWER = z.strictObject({
  query: text,
  hits: z.array(HIT),
  totalHits: count,
  limit: count,
  offset: count,
  page: count.optional(),
  hitsPerPage: count.optional(),
  totalPages: count.optional(),
  processingTimeMs: z.number(),
  facetDistribution: distribution,
  facetStats: stats,
  droppedWords: z.array(text),
  didYouMean: text.nullable(),
  explanation: z.looseObject({ text }).optional(),
  degraded: z.literal(true).optional(),
  degradation: z.strictObject({ text, cuts: z.array(text) }).optional(),
  indexVersion: text,
})

export const ARTICLE = z.strictObject({
  id: text,
  title: text,
  text,
  url: text.nullable(),
  date: text.nullable(),
  author: text.nullable(),
  tags: z.array(text),
  language: text.nullable(),
  meta: document,
})

const degraded = { degraded: z.literal(true).optional() }

export const SUGGESTIONS = z.strictObject({
  query: text,
  suggestions: z.array(z.strictObject({ text, kind: z.enum(['word', 'phrase', 'title']), count })),
  ...degraded,
})

export const FACET_VALUES = z.strictObject({
  facetQuery: text.nullable(),
  facetHits: z.array(z.strictObject({ value: text, count })),
  processingTimeMs: z.number().optional(),
})

export const ANALYSIS = z.strictObject({
  text,
  tokens: z.array(
    z.strictObject({
      surface: text,
      start: count,
      end: count,
      term: text,
      stop: z.literal(true).optional(),
      parts: z.array(z.strictObject({ start: count, end: count, term: text })).optional(),
      also: z.array(text).optional(),
      steps: z.array(text).optional(),
    }),
  ),
})

export const MARKS = z.strictObject({
  query: text,
  url: text,
  id: text.nullable(),
  words: z.array(text),
  best: text.nullable(),
  ...degraded,
})

export const READY = z.strictObject({
  status: z.literal('ready'),
  watching: z.enum(['starting', 'running', 'restarting', 'failed']).optional(),
})

export const HEALTH = z.strictObject({ status: z.literal('available') })

const page = { offset: count, limit: count, total: count }

export const INDEX = z.strictObject({ uid: text, createdAt: moment, updatedAt: moment, primaryKey: text.nullable() })
export const INDEXES = z.strictObject({ results: z.array(INDEX), ...page })

export const ENQUEUED = z.strictObject({
  taskUid: count,
  indexUid: text.nullable(),
  status: z.enum(TASK_STATUSES),
  type: z.enum(TASK_TYPES),
  enqueuedAt: moment,
})

export const TASK = z.strictObject({
  uid: count,
  batchUid: count.nullable(),
  indexUid: text.nullable(),
  status: z.enum(TASK_STATUSES),
  type: z.enum(TASK_TYPES),
  canceledBy: count.nullable(),
  details: document.optional(),
  error: ERROR.nullable(),
  duration: text.nullable(),
  enqueuedAt: moment,
  startedAt: moment.nullable(),
  finishedAt: moment.nullable(),
  customMetadata: text.optional(),
})
const stretch = { total: count, limit: count, from: count.nullable(), next: count.nullable() }
export const TASKS = z.strictObject({ results: z.array(TASK), ...stretch })

export const BATCH = z.strictObject({
  uid: count,
  progress: document.nullable(),
  details: document,
  stats: z.strictObject({
    totalNbTasks: count,
    status: counts,
    types: counts,
    indexUids: counts,
    progressTrace: document,
  }),
  duration: text.nullable(),
  startedAt: moment,
  finishedAt: moment.nullable(),
  batchStrategy: text,
})
export const BATCHES = z.strictObject({ results: z.array(BATCH), ...stretch })

export const DOCUMENT = document
export const DOCUMENTS = z.strictObject({ results: z.array(document), ...page })

const { actions, indexes, allowedOrigins, requestsPerMinute, searchParameters } = CREATE_KEY_SCHEMA.shape
export const KEY = z.strictObject({
  name: text.nullable(),
  description: text.nullable(),
  key: text,
  uid: text,
  actions,
  indexes,
  expiresAt: moment.nullable(),
  createdAt: moment,
  updatedAt: moment,
  allowedOrigins,
  requestsPerMinute,
  searchParameters,
})
export const KEYS = z.strictObject({ results: z.array(KEY), ...page })

/** Settings are shown as they can be set; one that is not set is null where it has no default. */
export const SETTINGS = z.strictObject(
  Object.fromEntries(Object.entries(SETTINGS_SHAPE).map(([name, schema]) => [name, schema.nullable().optional()])),
)

const performance = { performanceDetails: document.optional(), ...degraded, remoteErrors: document.optional() }
const counted = {
  limit: count.optional(),
  offset: count.optional(),
  estimatedTotalHits: count.optional(),
  page: count.optional(),
  hitsPerPage: count.optional(),
  totalPages: count.optional(),
  totalHits: count.optional(),
}
const facets = { facetDistribution: distribution.optional(), facetStats: stats.optional() }

/** Hits are documents, with members that begin with `_` beside their own. */
export const DOCUMENT_SEARCH = z.strictObject({
  indexUid: text.optional(),
  hits: z.array(document),
  query: text,
  processingTimeMs: z.number(),
  ...counted,
  ...facets,
  ...performance,
})

export const SIMILAR = z.strictObject({
  hits: z.array(document),
  id: text,
  processingTimeMs: z.number(),
  ...counted,
  ...performance,
})

export const MULTI_SEARCH = z.union([
  z.strictObject({ results: z.array(z.union([DOCUMENT_SEARCH, SEARCH_ANSWER])) }),
  z.strictObject({
    hits: z.array(document),
    processingTimeMs: z.number(),
    ...counted,
    ...facets,
    facetsByIndex: document.optional(),
    ...performance,
  }),
])

const enabled = z.looseObject({ enabled: z.boolean() })
export const FIELD_LIST = z.strictObject({
  results: z.array(
    z.strictObject({
      name: text,
      displayed: enabled,
      searchable: enabled,
      sortable: enabled,
      distinct: enabled,
      rankingRule: enabled,
      filterable: enabled,
      localized: z.strictObject({ locales: z.array(text) }),
    }),
  ),
  ...page,
})

export const INDEX_STATS = z.strictObject({
  numberOfDocuments: count,
  rawDocumentDbSize: count,
  avgDocumentSize: count,
  isIndexing: z.boolean(),
  numberOfEmbeddings: count,
  numberOfEmbeddedDocuments: count,
  fieldDistribution: counts,
})

export const STATS = z.strictObject({
  databaseSize: count,
  usedDatabaseSize: count,
  lastUpdate: moment.nullable(),
  indexes: z.record(z.string(), INDEX_STATS),
})

export const VERSION = z.strictObject({ commitSha: text, commitDate: text, pkgVersion: text })
export const FEATURES = z.record(z.string(), z.boolean())
