import { fold } from '../../analysis/german/fold.ts'
import type { AliasKind } from '../../analysis/word/word.ts'

/** How a word of an article matches a word of the query. */
export type MatchKind =
  | 'exact'
  | 'folded'
  | 'inflected'
  | 'part'
  | 'joined'
  | 'number'
  | 'prefix'
  | 'synonym'
  | 'phrase'
  | 'typo'
  | 'similar'

/** How a word that matches by an alias does. */
export const KIND_OF_ALIAS: Readonly<Record<AliasKind, MatchKind>> = {
  joined: 'joined',
  completed: 'joined',
  verb: 'inflected',
  verbLemma: 'inflected',
  number: 'number',
}

/** How two spellings of words with the same term differ: only by hyphens, only in what folding makes one, or in their form. */
export function kindOfSpelling(found: string, wanted: string): 'exact' | 'joined' | 'folded' | 'inflected' {
  if (found === wanted) return 'exact'
  const [plainFound, plainWanted] = [letters(found), letters(wanted)]
  if (plainFound === plainWanted) return 'joined'
  return fold(plainFound) === fold(plainWanted) ? 'folded' : 'inflected'
}

/** Nearly all keys are letters of German alone: these need not be made anew. */
const PLAIN = /^[a-zäöüß]*$/

const letters = (key: string): string => (PLAIN.test(key) ? key : key.replace(/[^\p{L}\p{N}]/gu, ''))
