import type { ConstraintOf, FieldPhrase } from './resolved-query.ts'

export type { Constraint } from './resolved-query.ts'

/** The phrases that articles should have, not those they must not. */
export function phrasesWanted<Words>(constraint: ConstraintOf<Words> | null): FieldPhrase[] {
  switch (constraint?.kind) {
    case 'phrase':
      return [constraint]
    case 'and':
    case 'or':
      return constraint.nodes.flatMap((node) => phrasesWanted(node))
    default:
      return []
  }
}

/** Whether a field's tokens are kept in their order, so that phrases are found in it by position. */
export const hasPositions = (field: string | null): field is 'title' | 'text' | null =>
  field === null || field === 'title' || field === 'text'
