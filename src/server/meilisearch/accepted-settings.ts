import type { FilterableAttribute, IndexSettings, SettingsChange } from '../../registry/index-settings.ts'
import { unsupported } from './api-error.ts'

/** Names of attributes that mean places on the earth. */
const GEO = /^_geo(?:json|Point|Distance|Radius|BoundingBox|Polygon)?(?:\(.*\))?(?::(?:asc|desc))?$/s

/**
 * A change as it is kept: lists that are sets in order and without repetitions, a star in the place of a list that has one, everything
 * said that goes without saying.
 * @param given has been checked against the schema
 * @throws ApiError `unsupported_feature` where it asks for what Fundstelle has not
 */
export function acceptedSettings(given: Readonly<Record<string, unknown>>): SettingsChange {
  const change: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue
    const refuse = REFUSED[name]
    if (refuse !== undefined) refuse(value)
    if (name in NOT_KEPT) continue
    change[name] = value === null ? null : (KEPT[name as keyof IndexSettings]?.(value) ?? value)
  }
  return change as SettingsChange
}

/** Those that can only be empty. */
const NOT_KEPT: Readonly<Record<string, true>> = { embedders: true, chat: true, foreignKeys: true }

/** Each refuses what it cannot honour. */
const REFUSED: Readonly<Record<string, (value: unknown) => void>> = {
  embedders(value) {
    if (Object.values(value ?? {}).some((embedder) => embedder !== null))
      throw unsupported('Search by vectors (`embedders`)')
  },
  chat(value) {
    if (value !== null) throw unsupported('Conversational search (`chat`)')
  },
  foreignKeys(value) {
    if (Array.isArray(value) && value.length > 0) throw unsupported('Joining indexes (`foreignKeys`)')
  },
  filterableAttributes: refuseGeo,
  sortableAttributes: refuseGeo,
  rankingRules: refuseGeo,
}

function refuseGeo(value: unknown): void {
  const names = ((value ?? []) as readonly FilterableAttribute[]).flatMap((one) =>
    typeof one === 'string' ? [one] : one.attributePatterns,
  )
  const geo = names.find((name) => GEO.test(name))
  if (geo !== undefined) throw unsupported(`Search by places on the earth (\`${geo}\`)`)
}

type Kept = { readonly [Name in keyof IndexSettings]?: (value: unknown) => unknown }

const asSet = (value: unknown): string[] => [...new Set(value as readonly string[])].sort()

const starred = (value: unknown): readonly string[] => {
  const names = value as readonly string[]
  return names.includes('*') ? ['*'] : [...new Set(names)]
}

const KEPT: Kept = {
  displayedAttributes: starred,
  searchableAttributes: starred,
  filterableAttributes: (value) => {
    const seen = new Set<string>()
    return (value as readonly FilterableAttribute[]).flatMap((one) => {
      if (typeof one !== 'string') return [withFeatures(one)]
      if (seen.has(one)) return []
      seen.add(one)
      return [one]
    })
  },
  sortableAttributes: asSet,
  stopWords: asSet,
  nonSeparatorTokens: asSet,
  separatorTokens: asSet,
  dictionary: asSet,
  typoTolerance: (value) => {
    const { disableOnWords: words, disableOnAttributes: attributes, ...rest } = value as Record<string, unknown>
    return {
      ...rest,
      ...(words !== undefined && { disableOnWords: words && asSet(words) }),
      ...(attributes !== undefined && { disableOnAttributes: attributes && asSet(attributes) }),
    }
  },
}

/** What is not said of a pattern is as in Meilisearch: its values can be compared for equality, and nothing more. */
function withFeatures({ attributePatterns, features = {} }: Exclude<FilterableAttribute, string>): FilterableAttribute {
  const { facetSearch = false, filter: { equality = true, comparison = false } = {} } = features
  return { attributePatterns, features: { facetSearch, filter: { equality, comparison } } }
}
