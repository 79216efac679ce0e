import type { Word } from '../../analysis/word/word.ts'
import type { ExpandedWord, Expansion } from '../query/resolved-query.ts'
import { KIND_OF_ALIAS, kindOfSpelling, type MatchKind } from './match-kind.ts'

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

/** Finds for a word of an article the query words that it may match. */
export class Matcher {
  readonly #words: readonly ExpandedWord[]
  /** For each term of the query, whole words', parts' and those that stand for them, the words that have it, ascending. */
  readonly #byTerm = new Map<string, number[]>()

  constructor(words: readonly ExpandedWord[]) {
    this.#words = words
    for (const [index, { word, alternatives, expansions }] of words.entries()) {
      for (const one of [word, ...word.parts, ...expansions].map(({ term }) => term).concat(alternatives)) {
        const known = this.#byTerm.get(one)
        if (known === undefined) this.#byTerm.set(one, [index])
        else if (known.at(-1) !== index) known.push(index)
      }
    }
  }

  /** The words of the query that share a term with a word of an article, ascending. Takes time in proportion to their number. */
  wordsLike(found: Word): number[] {
    const words = new Set<number>()
    for (const { term } of [found, ...found.aliases, ...found.parts, ...found.subCompounds])
      for (const word of this.#byTerm.get(term) ?? NO_WORDS) words.add(word)
    return [...words].sort((a, b) => a - b)
  }

  /** How a word of an article matches the first query word that it may match. */
  match(found: Word): WordMatch | null {
    const [first] = this.wordsLike(found)
    return first === undefined ? null : matchWords(found, this.#words[first] as ExpandedWord)
  }
}

const NO_WORDS: readonly number[] = []

export interface WordMatch {
  readonly kind: MatchKind
  readonly part?: { readonly start: number; readonly end: number }
}

/** How `found`, a word of an article, matches `wanted`; null where it does not. `part` counts from the word's start. */
export function matchWords(found: Word, lookedUp: ExpandedWord): WordMatch | null {
  const { word: wanted, alternatives } = lookedUp
  if (found.term === wanted.term) return { kind: kindOfWhole(found, wanted) }
  const alias = found.aliases.find(({ term }) => term === wanted.term)
  if (alias !== undefined) return { kind: KIND_OF_ALIAS[alias.kind] }
  if (alternatives.includes(found.term)) return { kind: 'inflected' }
  const stretches = [...found.parts, ...found.subCompounds]
  const part = stretches.find(({ term }) => term === wanted.term || alternatives.includes(term))
  if (part !== undefined) return { kind: 'part', part: { start: part.start, end: part.end } }
  const { parts, kinds } = termsOf(lookedUp)
  if (parts.has(found.term)) return { kind: 'part' }
  const shared = stretches.find(({ term }) => parts.has(term))
  if (shared !== undefined) return { kind: 'part', part: { start: shared.start, end: shared.end } }
  const kind = kinds.get(found.term)
  return kind === undefined ? null : { kind }
}

/** The terms of a query word's parts, and by term how it stands for the word. */
interface WantedTerms {
  readonly parts: ReadonlySet<string>
  readonly kinds: ReadonlyMap<string, Expansion['kind']>
}

/** Each query word is compared with many words of articles: its terms, thousands where it is a beginning, are gathered once. */
const wantedTerms = new WeakMap<ExpandedWord, WantedTerms>()

function termsOf(lookedUp: ExpandedWord): WantedTerms {
  let terms = wantedTerms.get(lookedUp)
  if (terms === undefined) {
    const kinds = new Map<string, Expansion['kind']>()
    for (const { term, kind } of lookedUp.expansions) if (!kinds.has(term)) kinds.set(term, kind)
    terms = { parts: new Set(lookedUp.word.parts.map(({ term }) => term)), kinds }
    wantedTerms.set(lookedUp, terms)
  }
  return terms
}

function kindOfWhole(found: Word, wanted: Word): MatchKind {
  if (found.key === wanted.key) return 'exact'
  if (found.numeric && wanted.numeric) return 'number'
  return kindOfSpelling(found.key, wanted.key)
}
