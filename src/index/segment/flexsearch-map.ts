import type { Index } from 'flexsearch'

/** By name the posting lists of an entry, one a slot; a slot that was never used is empty. */
export type PostingMap = ReadonlyMap<string, readonly (readonly number[] | undefined)[]>

/**
 * The posting lists as FlexSearch keeps them, live. A search of FlexSearch's own gives the same lists, but makes several objects
 * for each: with hundreds of look-ups a query that was a tenth of its time.
 * @throws Error where this version of FlexSearch keeps them otherwise
 */
export function postingMapOf(index: Index): PostingMap {
  const { map } = index as unknown as { map: unknown }
  if (!(map instanceof Map)) throw new Error('FlexSearch has no map of posting lists: this version cannot be used')
  return map as PostingMap
}
