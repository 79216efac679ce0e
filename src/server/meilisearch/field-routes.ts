import type { Hono } from 'hono'
import { z } from 'zod'
import { isMeant } from '../../documents/attributes.ts'
import { type FilterableAttribute, type IndexSettings, patternsOf } from '../../registry/index-settings.ts'
import { settingsOf } from '../../registry/index-table.ts'
import { apiApp } from './api-app.ts'
import { checked } from './checked.ts'
import { type ApiContext, indexNamed } from './context.ts'
import { jsonBody } from './json-body.ts'
import { type ApiEnv, requireAction } from './require-action.ts'

const LIMIT_DEFAULT = 20

const FLAG = z.boolean().nullish()
/** The body of the request. */
export const FIELDS = z.strictObject({
  offset: z.number().int().min(0).nullish(),
  limit: z.number().int().min(0).nullish(),
  filter: z
    .strictObject({
      attributePatterns: z.array(z.string()).max(1000).nullish(),
      ...{ displayed: FLAG, searchable: FLAG, sortable: FLAG, distinct: FLAG, rankingRule: FLAG, filterable: FLAG },
    })
    .nullish(),
})

/** What can be done with each attribute of an index's documents. */
export function fieldRoutes(context: ApiContext): Hono<ApiEnv> {
  const app = apiApp()
  app.post('/indexes/:indexUid/fields', requireAction(context, 'fields.post'), async (c) => {
    const index = indexNamed(context, c.req.param('indexUid'))
    const { offset, limit, filter } = checked(FIELDS, await jsonBody(c), () => 'bad_request')
    const settings = settingsOf(index)
    const { attributePatterns, ...flags } = filter ?? {}
    const wanted = Object.entries(flags).filter(([, value]) => typeof value === 'boolean')
    const fields = Object.keys((await context.factsOf(index)).attributes)
      .filter((name) => attributePatterns?.some((pattern) => isMeant(name, pattern)) ?? true)
      .map((name) => fieldView(name, settings))
      .filter((field) => wanted.every(([name, value]) => field[name as keyof typeof flags].enabled === value))
    const [start, count] = [offset ?? 0, limit ?? LIMIT_DEFAULT]
    return c.json({ results: fields.slice(start, start + count), offset: start, limit: count, total: fields.length })
  })
  return app
}

function fieldView(name: string, settings: IndexSettings) {
  const among = (names: readonly string[]): boolean => names.some((one) => isMeant(name, one))
  const rule = settings.rankingRules.find(
    (one) => /:(?:asc|desc)$/.test(one) && one.slice(0, one.lastIndexOf(':')) === name,
  )
  const { sortFacetValuesBy } = settings.faceting
  const locales = settings.localizedAttributes?.find(({ attributePatterns }) => among(attributePatterns))?.locales ?? []
  return {
    name,
    displayed: { enabled: among(settings.displayedAttributes) },
    searchable: { enabled: among(settings.searchableAttributes) },
    sortable: { enabled: among(settings.sortableAttributes) },
    distinct: { enabled: settings.distinctAttribute === name },
    rankingRule: {
      enabled: rule !== undefined,
      ...(rule !== undefined && { order: rule.slice(rule.lastIndexOf(':') + 1) }),
    },
    filterable: {
      ...filterableView(settings.filterableAttributes.find((attribute) => among(patternsOf(attribute)))),
      sortBy: sortFacetValuesBy[name] ?? sortFacetValuesBy['*'] ?? 'alpha',
    },
    localized: { locales },
  }
}

function filterableView(attribute: FilterableAttribute | undefined) {
  if (attribute === undefined) return { enabled: false, facetSearch: false, equality: false, comparison: false }
  if (typeof attribute === 'string') return { enabled: true, facetSearch: true, equality: true, comparison: true }
  const { facetSearch = false, filter = {} } = attribute.features ?? {}
  return { enabled: true, facetSearch, equality: filter.equality ?? true, comparison: filter.comparison ?? false }
}
