import type { Phrase } from './phrase.ts'
import type { QueryToken, QueryWord } from './words.ts'

/** A term of the index that stands for a query word it is not. */
export interface Expansion {
  readonly term: string
  /** Of what the word itself would count, from 0 to 1. */
  readonly weight: number
  /** How many articles have it. */
  readonly documents: number
  /**
   * An unknown word was probably meant to be this one (`typo`), it begins so (`prefix`), the site owner says it means the same
   * (`synonym`), it is the same letters with or without capitals (`inflected`), or they share most of their letters (`similar`).
   */
  readonly kind: 'typo' | 'prefix' | 'synonym' | 'inflected' | 'similar'
}

/** A word of the query with everything that matches it. */
export interface ExpandedWord extends QueryWord {
  /** By kind, in the order above; the nearest first. */
  readonly expansions: readonly Expansion[]
  /** Names of several words that mean the same. */
  readonly phrases: readonly Phrase[]
}

/** A word of the query with everything that an engine needs to score it. */
export interface ResolvedWord extends ExpandedWord {
  /** Its inverse document frequency, raised for nouns where the query tells them apart: how much a match tells. */
  readonly termWeight: number
  /** How much a match near the beginning of a long article tells; 0 where articles are short. */
  readonly leadWeight: number
  /** Whether some article has anything of it. */
  readonly isFound: boolean
  /** The expansions that count as the word itself, and those that only begin with it. */
  readonly meant: readonly Expansion[]
  readonly prefixTerms: readonly Expansion[]
}

/** A term that stands for a word of the query in titles. */
export interface TitleTerm {
  readonly term: string
  /** How well, from 0 to 1. */
  readonly strength: number
  /** In lower case as it was typed; null where spelling does not matter. */
  readonly key: string | null
}

/** A word of the query as titles are looked through for it: as it was typed, not joined with its neighbours. */
export interface TitleWord {
  /** What stands for it: itself, a compound that it was joined to, what was probably meant; each term once. */
  readonly terms: readonly TitleTerm[]
  /** How often the query has it, times its inverse document frequency among titles. */
  readonly weight: number
}

/** A phrase, and the field it must stand in; null for any. */
export interface FieldPhrase {
  readonly phrase: Phrase
  readonly field: string | null
}

/**
 * What an article must be like, by the operators of a query. `field` is a canonical name, or null where any field will do.
 * @typeParam Words how the words of a leaf are held: as they were typed, or resolved
 */
export type ConstraintOf<Words> =
  /** All of these words. */
  | ({ readonly kind: 'words'; readonly field: string | null } & Words)
  | ({ readonly kind: 'phrase' } & FieldPhrase)
  | { readonly kind: 'not'; readonly node: ConstraintOf<Words> }
  | { readonly kind: 'and' | 'or'; readonly nodes: readonly ConstraintOf<Words>[] }

/** As it was typed. Within a `not` words mean themselves in any form, but neither parts of longer words nor what they may have been meant to be. */
export type Constraint = ConstraintOf<{ readonly tokens: readonly QueryToken[] }>

/** Resolved: `strict` words match by inflection only. Of the others, those that are words of the query too are the same objects. */
export type ResolvedConstraint = ConstraintOf<
  { readonly words: readonly ResolvedWord[] } | { readonly strict: readonly QueryWord[] }
>
