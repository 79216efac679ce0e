import { NO_STRUCTURE, type Structure, type StructureRange } from '../article/structure.ts'

/**
 * The structure of an article as the store keeps it: JSON, a list for each range, with a letter for its kind and then what that has,
 * in this order: `["p", start, number]` for a page.
 */
export function packStructure(structure: Structure = NO_STRUCTURE): string | null {
  if (structure.length === 0) return null
  return JSON.stringify(structure.map(({ start, number }) => [PAGE, start, number]))
}

export function unpackStructure(packed: string | null): Structure {
  if (packed === null) return NO_STRUCTURE
  return (JSON.parse(packed) as PackedRange[]).map(
    ([, start, number]): StructureRange => ({ kind: 'page', start, number }),
  )
}

const PAGE = 'p'

type PackedRange = readonly [kind: typeof PAGE, start: number, number: number]
