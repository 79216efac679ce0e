import type { DocumentMapping } from '../documents/document-article.ts'
import { type IndexSettings, isSortRule, patternsOf } from '../registry/index-settings.ts'

/** Which attributes are searched and kept as values by an index's settings. */
export function mappingOf(settings: IndexSettings, primaryKey: string): DocumentMapping {
  const { rankingRules, searchableAttributes, filterableAttributes, sortableAttributes, distinctAttribute } = settings
  return {
    primaryKey,
    searchable: searchableAttributes.includes('*') ? null : searchableAttributes,
    valued: [
      ...filterableAttributes.flatMap(patternsOf),
      ...sortableAttributes,
      ...rankingRules.filter(isSortRule).map((rule) => rule.slice(0, rule.lastIndexOf(':'))),
      ...(distinctAttribute === null ? [] : [distinctAttribute]),
    ],
  }
}
