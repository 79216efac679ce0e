import type { ScoreShares } from '../engine/retrieval.ts'
import { type Features, SIGNALS, type SignalName } from '../ranking/signals.ts'
import type { Weights } from '../ranking/weights.ts'

/** What a hit's score is made of: its parts add up to it. */
export interface ScoreParts {
  /** For each word of the query what it gave by itself. */
  readonly words: readonly number[]
  readonly signals: readonly {
    readonly signal: SignalName | 'phrase' | 'recency' | 'language'
    readonly share: number
  }[]
}

/** Where nothing was asked for, nothing is scored. */
export const NO_PARTS: ScoreParts = { words: [], signals: [] }

/**
 * @param features undefined where the second stage did not read the hit
 * @param weights of its signals, for this query
 */
export function scorePartsOf(
  { words, phrases, dateFactor, languageFactor }: ScoreShares,
  features: Features | undefined,
  weights: Weights,
): ScoreParts {
  const signals: { signal: ScoreParts['signals'][number]['signal']; share: number }[] = SIGNALS.map((signal) => ({
    signal,
    share: features === undefined ? 0 : weights[signal] * features[signal],
  }))
  signals.push({ signal: 'phrase', share: phrases })
  const sum = [...words, ...signals.map(({ share }) => share)].reduce((total, share) => total + share, 0)
  signals.push({ signal: 'recency', share: sum * (dateFactor - 1) })
  // it takes away
  signals.push({ signal: 'language', share: sum * dateFactor * (languageFactor - 1) })
  return { words, signals }
}
