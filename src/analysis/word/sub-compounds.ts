import type { CompoundPart } from '../german/compounds.ts'

/** Longer stretches, and those of words of more parts, are not indexed by themselves. */
const STRETCH_MAX = 4
const WORD_PARTS_MAX = 8

/** Several parts of a compound as one; the link of the last is left out. */
export function stretch(key: string, parts: readonly CompoundPart[], first: number, last: number): CompoundPart {
  const { start } = parts[first] as CompoundPart
  const end = parts[last] as CompoundPart
  return { start, end: end.end, key: key.slice(start, end.start) + end.key }
}

/** First and last of every stretch of at least two, but not all, of so many parts. */
export function stretches(parts: number): [first: number, last: number][] {
  const found: [number, number][] = []
  if (parts > WORD_PARTS_MAX) return found
  for (let first = 0; first < parts; first++)
    for (let last = first + 1; last < Math.min(parts, first + STRETCH_MAX); last++)
      if (last - first + 1 < parts) found.push([first, last])
  return found
}
