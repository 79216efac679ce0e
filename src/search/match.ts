import { fold } from '../analysis/fold.ts'
import type { AliasKind, Word } from '../analysis/word.ts'
import type { LookedUpWord } from './engine.ts'

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

/** Finds for a word of an article the first query word it matches. */
export class Matcher {
  readonly #words: readonly LookedUpWord[]
  /** For each term of the query, whole words', parts' and those that stand for them, the first word that has it. */
  readonly #byTerm = new Map<string, number>()

  constructor(words: readonly LookedUpWord[]) {
    this.#words = words
    for (const [index, { word, alternatives, stands }] of words.entries()) {
      for (const one of [word, ...word.parts, ...stands].map(({ term }) => term).concat(alternatives)) {
        if (!this.#byTerm.has(one)) this.#byTerm.set(one, index)
      }
    }
  }

  match(found: Word): WordMatch | null {
    let first = Number.POSITIVE_INFINITY
    for (const term of [found, ...found.aliases, ...found.parts, ...found.inner].map((one) => one.term))
      first = Math.min(first, this.#byTerm.get(term) ?? Number.POSITIVE_INFINITY)
    const wanted = this.#words[first]
    return wanted === undefined ? null : matchWords(found, wanted)
  }
}

interface WordMatch {
  readonly kind: MatchKind
  readonly part?: { readonly start: number; readonly end: number }
}

/** How a word that matches by an alias does. */
export const KIND_OF_ALIAS: Readonly<Record<AliasKind, MatchKind>> = {
  joined: 'joined',
  completed: 'joined',
  verb: 'inflected',
  relative: 'inflected',
  number: 'number',
}

/** How `found`, a word of an article, matches `wanted`; null where it does not. `part` counts from the word's start. */
export function matchWords(found: Word, { word: wanted, alternatives, stands }: LookedUpWord): WordMatch | null {
  if (found.term === wanted.term) return { kind: kindOfWhole(found, wanted) }
  const alias = found.aliases.find(({ term }) => term === wanted.term)
  if (alias !== undefined) return { kind: KIND_OF_ALIAS[alias.kind] }
  if (alternatives.includes(found.term)) return { kind: 'inflected' }
  const stretches = [...found.parts, ...found.inner]
  const part = stretches.find(({ term }) => term === wanted.term || alternatives.includes(term))
  if (part !== undefined) return { kind: 'part', part: { start: part.start, end: part.end } }
  const wantedTerms = new Set(wanted.parts.map(({ term }) => term))
  if (wantedTerms.has(found.term)) return { kind: 'part' }
  const shared = stretches.find(({ term }) => wantedTerms.has(term))
  if (shared !== undefined) return { kind: 'part', part: { start: shared.start, end: shared.end } }
  const stand = stands.find(({ term }) => term === found.term)
  return stand === undefined ? null : { kind: stand.kind }
}

function kindOfWhole(found: Word, wanted: Word): MatchKind {
  if (found.key === wanted.key) return 'exact'
  if (found.numeric && wanted.numeric) return 'number'
  return kindOfSpelling(found.key, wanted.key)
}

/** How two spellings of words with the same term differ: only by hyphens, only in what folding makes one, or in their form. */
export function kindOfSpelling(found: string, wanted: string): 'exact' | 'joined' | 'folded' | 'inflected' {
  if (found === wanted) return 'exact'
  const [plainFound, plainWanted] = [letters(found), letters(wanted)]
  if (plainFound === plainWanted) return 'joined'
  return fold(plainFound) === fold(plainWanted) ? 'folded' : 'inflected'
}

const letters = (key: string): string => key.replace(/[^\p{L}\p{N}]/gu, '')
