import { WEIGHTS } from '../../search/ranking/weights.ts'

const MS_A_DAY = 86_400_000

/** How much newer articles are preferred. */
export interface Recency {
  /** After so many days the preference is half of what it is for an article of today. */
  readonly halfLifeDays: number
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** By docId what a score is multiplied by: 1 for very old articles and those without a date, up to 1 + `WEIGHTS.recency` for those of today. */
export function recencyFactor(times: ArrayLike<number>, { halfLifeDays, now }: Recency): (docId: number) => number {
  // whole days, so that answers of one day are the same
  const today = Math.floor(now() / MS_A_DAY)
  return (docId) => {
    const age = Math.max(0, today - Math.floor((times[docId] as number) / MS_A_DAY))
    return 1 + WEIGHTS.recency * 2 ** (-age / halfLifeDays)
  }
}
