import { fold } from '../analysis/fold.ts'
import type { Word } from '../analysis/word.ts'

/** How a word of an article matches a word of the query. */
export type MatchKind = 'exact' | 'folded' | 'inflected' | 'part' | 'joined' | 'number'

export interface Match {
  readonly field: string
  /** Which element, where the field is a list. */
  readonly index?: number
  /** UTF-16 offsets in the stored field; the whole word, also where only a part of it matched. */
  readonly start: number
  readonly end: number
  readonly kind: MatchKind
  /** The part that matched, in the same offsets. */
  readonly part?: { readonly start: number; readonly end: number }
}

/** How `found`, a word of an article, matches `wanted`; null where it does not. `part` counts from the word's start. */
export function matchWords(
  found: Word,
  wanted: Word,
): { kind: MatchKind; part?: { start: number; end: number } } | null {
  if (found.term === wanted.term) return { kind: kindOfWhole(found, wanted) }
  const part = found.parts.find(({ term }) => term === wanted.term)
  if (part !== undefined) return { kind: 'part', part: { start: part.start, end: part.end } }
  const wantedTerms = new Set(wanted.parts.map(({ term }) => term))
  if (wantedTerms.has(found.term)) return { kind: 'part' }
  const shared = found.parts.find(({ term }) => wantedTerms.has(term))
  return shared === undefined ? null : { kind: 'part', part: { start: shared.start, end: shared.end } }
}

function kindOfWhole(found: Word, wanted: Word): MatchKind {
  if (found.key === wanted.key) return 'exact'
  if (found.numeric && wanted.numeric) return 'number'
  const [plainFound, plainWanted] = [letters(found.key), letters(wanted.key)]
  if (plainFound === plainWanted) return 'joined'
  return fold(plainFound) === fold(plainWanted) ? 'folded' : 'inflected'
}

const letters = (key: string): string => key.replace(/[-.\s']/g, '')
