import { DEFAULT_SETTINGS, type IndexSettings, type SettingsChange, type TypoTolerance } from './index-settings.ts'

type ParsedParts<T> = { readonly [Name in keyof T]?: T[Name] | null }

/**
 * The settings that are set after a change; those it does not name stay as they are. Whether the result fits together is asked of
 * `typoLengthsFault`.
 */
export function withChange(set: Partial<IndexSettings>, change: SettingsChange): Partial<IndexSettings> {
  const { typoTolerance, faceting, pagination, ...plain } = change
  const result: Record<string, unknown> = { ...set }
  const put = (name: keyof IndexSettings, value: unknown): void => {
    if (value === null) delete result[name]
    else if (value !== undefined) result[name] = value
  }
  for (const name of Object.keys(plain) as (keyof typeof plain)[]) put(name, plain[name])
  put('typoTolerance', typoTolerance && typosWith(set.typoTolerance ?? DEFAULT_SETTINGS.typoTolerance, typoTolerance))
  put('faceting', faceting && facetingWith(set.faceting ?? DEFAULT_SETTINGS.faceting, faceting))
  put(
    'pagination',
    pagination && inParts(set.pagination ?? DEFAULT_SETTINGS.pagination, DEFAULT_SETTINGS.pagination, pagination),
  )
  return result as Partial<IndexSettings>
}

/** What is wrong with the lengths of words from which on slips are forgiven, in Meilisearch's words; null where nothing is. */
export function typoLengthsFault({ oneTypo, twoTypos }: TypoTolerance['minWordSizeForTypos']): string | null {
  if (oneTypo <= twoTypos) return null
  return (
    '`minWordSizeForTypos` setting is invalid. `oneTypo` and `twoTypos` fields should be between `0` and `255`, and `twoTypos` should be ' +
    `greater or equals to \`oneTypo\` but found \`oneTypo: ${oneTypo}\` and twoTypos: ${twoTypos}\`.`
  )
}

function typosWith(before: TypoTolerance, change: NonNullable<SettingsChange['typoTolerance']>): TypoTolerance {
  const { minWordSizeForTypos: lengths, ...parts } = change
  const defaults = DEFAULT_SETTINGS.typoTolerance
  const merged = inParts(before, defaults, parts)
  if (lengths === undefined) return merged
  if (lengths === null) return { ...merged, minWordSizeForTypos: defaults.minWordSizeForTypos }
  return { ...merged, minWordSizeForTypos: inParts(before.minWordSizeForTypos, defaults.minWordSizeForTypos, lengths) }
}

function facetingWith(
  before: IndexSettings['faceting'],
  change: NonNullable<SettingsChange['faceting']>,
): IndexSettings['faceting'] {
  const merged = inParts(before, DEFAULT_SETTINGS.faceting, change)
  // the order of facets that are not named is always said
  const sortFacetValuesBy = { ...DEFAULT_SETTINGS.faceting.sortFacetValuesBy, ...merged.sortFacetValuesBy }
  return { ...merged, sortFacetValuesBy }
}

function inParts<T extends object>(before: T, defaults: T, change: ParsedParts<T>): T {
  const result = { ...before }
  for (const name of Object.keys(change) as (keyof T)[]) {
    const value = change[name]
    if (value !== undefined) result[name] = value === null ? defaults[name] : value
  }
  return result
}
