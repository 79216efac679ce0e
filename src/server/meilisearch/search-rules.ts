/** A filter as Meilisearch has it: a text, or a list of which all must hold; of a list within it any. */
export type FilterValue = string | readonly (string | readonly string[])[]

/** What holds for every search of an index, whatever the request says. */
export interface SearchRules {
  /** Must hold beside the request's own; undefined for none. */
  readonly filter?: FilterValue
  /** Take the place of the request's own. */
  readonly forced: Readonly<Record<string, unknown>>
}

export const NO_SEARCH_RULES: SearchRules = { forced: {} }

/** Whether a value of JSON has the shape of a filter. */
export const isFilterValue = (value: unknown): value is FilterValue =>
  typeof value === 'string' ||
  (Array.isArray(value) &&
    value.every(
      (one) => typeof one === 'string' || (Array.isArray(one) && one.every((part) => typeof part === 'string')),
    ))

/** A filter that holds where all of these do; undefined where there is none. */
export function allFilters(...filters: readonly (FilterValue | undefined)[]): FilterValue | undefined {
  const some = filters.filter((filter): filter is FilterValue => filter !== undefined && filter.length > 0)
  // one alone stays as it came, for the words of errors
  if (some.length < 2) return some[0]
  return some.flatMap((filter): FilterValue => (typeof filter === 'string' ? [filter] : filter))
}
