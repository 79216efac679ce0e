import type { ScoreParts } from '../../search/engine/engine.ts'
import { type Features, SIGNALS } from '../../search/ranking/signals.ts'
import { WEIGHTS } from '../../search/ranking/weights.ts'

/**
 * What a hit's score is made of.
 * @param features undefined where the second stage did not read it
 * @param phrase what phrases gave it
 * @param factor what its date makes of all that
 */
export function scorePartsOf(
  words: readonly number[],
  features: Features | undefined,
  phrase = 0,
  factor = 1,
): ScoreParts {
  const signals: { signal: ScoreParts['signals'][number]['signal']; share: number }[] = SIGNALS.map((signal) => ({
    signal,
    share: features === undefined ? 0 : WEIGHTS[signal] * features[signal],
  }))
  signals.push({ signal: 'phrase', share: phrase })
  const sum = [...words, ...signals.map(({ share }) => share)].reduce((total, share) => total + share, 0)
  signals.push({ signal: 'recency', share: sum * (factor - 1) })
  return { words, signals }
}
