/** An attribute that can be filtered and counted by, as Meilisearch has it: a name, or patterns with what they allow. */
export type FilterableAttribute =
  | string
  | {
      readonly attributePatterns: readonly string[]
      readonly features?: {
        readonly facetSearch?: boolean
        readonly filter?: { readonly equality?: boolean; readonly comparison?: boolean }
      }
    }

/** The names, or the patterns of names, that it says something of. */
export const patternsOf = (attribute: FilterableAttribute): readonly string[] =>
  typeof attribute === 'string' ? [attribute] : attribute.attributePatterns

export interface TypoTolerance {
  readonly enabled: boolean
  readonly minWordSizeForTypos: { readonly oneTypo: number; readonly twoTypos: number }
  readonly disableOnWords: readonly string[]
  readonly disableOnAttributes: readonly string[]
  readonly disableOnNumbers: boolean
}

/** Everything that can be set for one index, by Meilisearch's names and with its meaning unless docs/MEILISEARCH.md says otherwise. */
export interface IndexSettings {
  /** Attributes that answers show; `*` alone for all. */
  readonly displayedAttributes: readonly string[]
  /** Attributes that plain words find, the most important first; `*` alone for all, in the order in which they come. */
  readonly searchableAttributes: readonly string[]
  readonly filterableAttributes: readonly FilterableAttribute[]
  readonly sortableAttributes: readonly string[]
  readonly foreignKeys: readonly { readonly fieldName: string; readonly foreignIndexUid: string }[]
  readonly rankingRules: readonly string[]
  readonly stopWords: readonly string[]
  readonly nonSeparatorTokens: readonly string[]
  readonly separatorTokens: readonly string[]
  readonly dictionary: readonly string[]
  readonly synonyms: Readonly<Record<string, readonly string[]>>
  readonly distinctAttribute: string | null
  readonly proximityPrecision: 'byWord' | 'byAttribute'
  readonly typoTolerance: TypoTolerance
  readonly faceting: {
    readonly maxValuesPerFacet: number
    readonly sortFacetValuesBy: Readonly<Record<string, 'alpha' | 'count'>>
  }
  readonly pagination: { readonly maxTotalHits: number }
  /** Milliseconds; null for the time limit of every search. */
  readonly searchCutoffMs: number | null
  readonly localizedAttributes:
    | readonly { readonly attributePatterns: readonly string[]; readonly locales: readonly string[] }[]
    | null
  readonly facetSearch: boolean
  readonly prefixSearch: 'indexingTime' | 'disabled'
}

/** What an index has whose settings nobody has changed. */
export const DEFAULT_SETTINGS: IndexSettings = {
  displayedAttributes: ['*'],
  searchableAttributes: ['*'],
  filterableAttributes: [],
  sortableAttributes: [],
  foreignKeys: [],
  rankingRules: ['words', 'typo', 'proximity', 'attributeRank', 'sort', 'wordPosition', 'exactness'],
  stopWords: [],
  nonSeparatorTokens: [],
  separatorTokens: [],
  dictionary: [],
  synonyms: {},
  distinctAttribute: null,
  proximityPrecision: 'byWord',
  typoTolerance: {
    enabled: true,
    minWordSizeForTypos: { oneTypo: 5, twoTypos: 9 },
    disableOnWords: [],
    disableOnAttributes: [],
    disableOnNumbers: false,
  },
  faceting: { maxValuesPerFacet: 100, sortFacetValuesBy: { '*': 'alpha' } },
  pagination: { maxTotalHits: 1000 },
  searchCutoffMs: null,
  localizedAttributes: null,
  facetSearch: true,
  prefixSearch: 'indexingTime',
}

/** Settings that are objects are changed part by part. */
type InParts = 'typoTolerance' | 'faceting' | 'pagination'

type Parts<T> = { readonly [Name in keyof T]?: T[Name] | null }

/** A change of settings: others stay as they are, and `null` takes one, or a part of one, back to its default. */
export type SettingsChange = {
  readonly [Name in Exclude<keyof IndexSettings, InParts>]?: IndexSettings[Name] | null
} & {
  readonly typoTolerance?:
    | (Parts<Omit<TypoTolerance, 'minWordSizeForTypos'>> & {
        readonly minWordSizeForTypos?: Parts<TypoTolerance['minWordSizeForTypos']> | null
      })
    | null
  readonly faceting?: Parts<IndexSettings['faceting']> | null
  readonly pagination?: Parts<IndexSettings['pagination']> | null
}

/** Whether a ranking rule sorts by an attribute: `preis:asc`. */
export const isSortRule = (rule: string): boolean => /.:(?:asc|desc)$/.test(rule)
