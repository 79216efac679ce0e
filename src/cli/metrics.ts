/** The ranking of one query: ids of articles, best first, and which are relevant. */
export interface Ranking {
  readonly ids: readonly string[]
  readonly relevance: ReadonlyMap<string, number>
}

export interface Metrics {
  /** Mean reciprocal rank of the first relevant article among ten (0 where there is none). */
  readonly mrr10: number
  /** Normalised discounted cumulative gain among ten, gains as judged (Järvelin and Kekäläinen 2002). */
  readonly ndcg10: number
  /** Share of queries with a relevant article among the first one, five, ten. */
  readonly success1: number
  readonly success5: number
  readonly success10: number
  /** Mean share of the relevant articles that are among the first hundred. */
  readonly recall100: number
}

export const RANKING_METRICS: readonly (keyof Metrics)[] = [
  'mrr10',
  'ndcg10',
  'success1',
  'success5',
  'success10',
  'recall100',
]

export function metricsOf(rankings: readonly Ranking[]): Metrics {
  const mean = (measure: (ranking: Ranking) => number): number =>
    rankings.length === 0 ? 0 : rankings.reduce((sum, ranking) => sum + measure(ranking), 0) / rankings.length
  const success = (depth: number) => mean((ranking) => (firstRank(ranking) <= depth ? 1 : 0))
  return {
    mrr10: mean((ranking) => (firstRank(ranking) <= 10 ? 1 / firstRank(ranking) : 0)),
    ndcg10: mean((ranking) => gain(gainsOf(ranking).slice(0, 10)) / gain(idealGains(ranking).slice(0, 10))),
    success1: success(1),
    success5: success(5),
    success10: success(10),
    recall100: mean(
      ({ ids, relevance }) => ids.slice(0, 100).filter((id) => relevance.has(id)).length / relevance.size,
    ),
  }
}

/** The rank of the first relevant article, from 1; Infinity where there is none. */
function firstRank({ ids, relevance }: Ranking): number {
  const index = ids.findIndex((id) => relevance.has(id))
  return index < 0 ? Number.POSITIVE_INFINITY : index + 1
}

const gainsOf = ({ ids, relevance }: Ranking): number[] => ids.map((id) => relevance.get(id) ?? 0)
const idealGains = ({ relevance }: Ranking): number[] => [...relevance.values()].sort((a, b) => b - a)
const gain = (gains: readonly number[]): number => gains.reduce((sum, one, i) => sum + one / Math.log2(i + 2), 0)

/** The value that a share of all values does not exceed (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}
