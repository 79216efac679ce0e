/** For each field that was asked for, by the name it was asked for, how many hits have each of its values. */
export type FacetDistribution = Readonly<Record<string, Readonly<Record<string, number>>>>

/** For each such field that holds numbers, the least and the greatest among the hits. */
export type FacetStats = Readonly<Record<string, { readonly min: number; readonly max: number }>>

export interface Facets {
  readonly distribution: FacetDistribution
  readonly stats: FacetStats
}

export const NO_FACETS: Facets = { distribution: {}, stats: {} }

/** What a value is counted under: a date under its year and its month. */
export const dateFacets = (date: string): string[] => [date.slice(0, 4), date.slice(0, 7)]
