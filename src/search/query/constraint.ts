import type { Phrase } from './phrase.ts'
import type { QueryToken } from './words.ts'

/**
 * What an article must be like, by the operators of a query. `field` is a canonical name, or null where any field will do. Within a
 * `not` words mean themselves in any of their forms, but neither parts of longer words nor what they may have been meant to be.
 */
export type Constraint =
  /** All of these words. */
  | { readonly kind: 'words'; readonly tokens: readonly QueryToken[]; readonly field: string | null }
  | { readonly kind: 'phrase'; readonly phrase: Phrase; readonly field: string | null }
  | { readonly kind: 'not'; readonly node: Constraint }
  | { readonly kind: 'and' | 'or'; readonly nodes: readonly Constraint[] }

/** The phrases that articles should have, not those they must not. */
export function phrasesWanted(constraint: Constraint | null): { phrase: Phrase; field: string | null }[] {
  switch (constraint?.kind) {
    case 'phrase':
      return [constraint]
    case 'and':
    case 'or':
      return constraint.nodes.flatMap(phrasesWanted)
    default:
      return []
  }
}
