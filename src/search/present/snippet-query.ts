import type { ResolvedWord } from '../query/resolved-query.ts'
import { type Question, questionOf } from './question.ts'
import { SNIPPET } from './snippet-weights.ts'

/** What of a query decides what of its hits is shown. */
export interface SnippetQuery {
  /** By word how much it tells. */
  readonly weights: readonly number[]
  readonly question: Question | null
}

/** Rare words tell more than frequent ones, but not as much more as in ranking: all hits have most of them. */
export function snippetQueryOf(words: readonly Pick<ResolvedWord, 'count' | 'termWeight'>[], q: string): SnippetQuery {
  return {
    weights: words.map(({ count, termWeight }) => (count * Math.max(0, termWeight)) ** SNIPPET.idfPower),
    question: questionOf(q),
  }
}
