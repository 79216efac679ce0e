/** A filter as Meilisearch has it: a text, or a list of which all must hold; of a list within it any. */
export type FilterValue = string | readonly (string | readonly string[])[]

/** What holds for every search of an index, whatever the request says. */
export interface SearchRules {
  /** Must hold beside the request's own; undefined for none. */
  readonly filter?: FilterValue
  /** Take the place of the request's own. */
  readonly forced: Readonly<Record<string, unknown>>
  /** Of the attributes that the index shows only these are there, in whatever part of the answer; undefined for all. */
  readonly displayed?: readonly string[]
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

/**
 * The parameters of a request with those that are forced, as far as its route knows them. A forced number of hits leaves no other way of
 * saying how many.
 * @param known the names of the route's parameters
 */
export function withForced(given: unknown, { forced }: SearchRules, known: readonly string[]): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given
  const { hitsPerPage, ...others } = forced
  // a route that counts no pages has a limit
  const size = hitsPerPage === undefined ? {} : known.includes('hitsPerPage') ? { hitsPerPage } : { limit: hitsPerPage }
  const applied = Object.entries({ ...others, ...size }).filter(([name]) => known.includes(name))
  const names = applied.map(([name]) => name)
  const excluded = names.includes('hitsPerPage')
    ? ['limit', 'offset']
    : names.includes('limit')
      ? ['page', 'hitsPerPage']
      : []
  const own = Object.entries(given).filter(([name]) => !excluded.includes(name))
  return Object.fromEntries([...own, ...applied])
}

/** Whether values of an attribute may be told. */
export const isShown = (attribute: string, { displayed }: Pick<SearchRules, 'displayed'>): boolean =>
  displayed === undefined || displayed.some((outer) => attribute === outer || attribute.startsWith(`${outer}.`))

/** What two lists of attributes both show; null stands for all. A name stands for whatever lies within it. */
export function shownByBoth(one: readonly string[] | null, other: readonly string[] | null): readonly string[] | null {
  if (one === null || other === null) return one ?? other
  const within = (name: string, names: readonly string[]): boolean =>
    names.some((outer) => name === outer || name.startsWith(`${outer}.`))
  return [...new Set([...one.filter((name) => within(name, other)), ...other.filter((name) => within(name, one))])]
}
