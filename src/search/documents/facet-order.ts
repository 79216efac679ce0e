import type { FacetDistribution } from '../engine/facets.ts'
import type { DocumentSearchRequest } from './document-request.ts'

/** Values of one attribute that are counted at most where they are wanted by name: the first by name may be those of the fewest hits. */
const COUNTED_MAX = 10_000

type FacetsAsked = Pick<DocumentSearchRequest, 'facets' | 'facetOrder' | 'maxValuesPerFacet'>

const orderOf = (attribute: string, { facetOrder }: FacetsAsked): 'alpha' | 'count' =>
  facetOrder[attribute] ?? facetOrder['*'] ?? 'alpha'

/** How many values of each attribute the engine is asked for. */
export function valuesCounted(asked: FacetsAsked): number {
  const isByName = asked.facets.some((attribute) => attribute === '*' || orderOf(attribute, asked) === 'alpha')
  return isByName ? Math.max(COUNTED_MAX, asked.maxValuesPerFacet) : asked.maxValuesPerFacet
}

/** The values that are wanted, in the order that is wanted. */
export function orderedFacets(distribution: FacetDistribution, asked: FacetsAsked): FacetDistribution {
  return Object.fromEntries(
    Object.entries(distribution).map(([attribute, counts]) => {
      // whole numbers stand first in an object, whatever their order was
      const values = Object.entries(counts)
      if (orderOf(attribute, asked) === 'alpha') values.sort(([one], [other]) => byName(one, other))
      else values.sort(([, one], [, other]) => other - one)
      return [attribute, Object.fromEntries(values.slice(0, asked.maxValuesPerFacet))]
    }),
  )
}

const byName = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
