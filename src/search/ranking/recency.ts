import { WEIGHTS } from './weights.ts'

const MS_A_DAY = 86_400_000

/** How much newer articles are preferred. */
export interface Recency {
  /** After so many days the preference is half of what it is for an article of today. */
  readonly halfLifeDays: number
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** The same at one moment, in whole days since 1970, so that answers of one day are the same. */
export interface DateBoost {
  readonly halfLifeDays: number
  readonly today: number
}

export const dateBoostOf = ({ halfLifeDays, now }: Recency): DateBoost => ({
  halfLifeDays,
  today: Math.floor(now() / MS_A_DAY),
})

/** What a score is multiplied by: 1 for very old articles and those without a date, up to 1 + `WEIGHTS.recency` for those of today. */
export function dateFactor(timeMs: number, { halfLifeDays, today }: DateBoost): number {
  const age = Math.max(0, today - Math.floor(timeMs / MS_A_DAY))
  return 1 + WEIGHTS.recency * 2 ** (-age / halfLifeDays)
}
