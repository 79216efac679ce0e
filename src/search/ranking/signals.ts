import { QUESTION_FACTORS, WEIGHTS, type Weights } from './weights.ts'

/**
 * What the second stage reads out of one candidate. Weights are sums of inverse document frequencies: of what was found, so
 * that a rare word tells more than a common one in every signal.
 */
export interface Features {
  /** What the words are worth, each by how closely it is spelt as in the query. */
  spelling: number
  /** BM25 over the 4-grams of the query's words, see bm25.ts. */
  grams: number
  /** What the sentence that has most of the query is worth. */
  sentence: number
  /** What the pairs of the query that stand next to each other are worth. */
  pairs: number
  /** The share of the query's worth that the candidate has at all, from 0 to 1. */
  coverage: number
  /** What the words in the title are worth, times the share of the title they are. */
  title: number
  /** Where the query has every word of the title, what they are worth among titles, times the share of the query they are, see `wholeTitle`. */
  wholeTitle: number
  /** What the words in the best heading are worth, times the shares of the query and of the heading that they are, see `headingWorth`. */
  heading: number
  /** What the words near the beginning of a long article are worth, see lead.ts. */
  lead: number
  /** The same as `title` for the article as a whole. */
  focus: number
}

/** A signal of the second stage: it adds `weights[name]` times what its feature says. */
export type SignalName = keyof Features & keyof Weights

/** All of them. The second stage adds them to what the first stage found, in this order. */
export const SIGNALS: readonly SignalName[] = [
  'spelling',
  'grams',
  'sentence',
  'pairs',
  'coverage',
  'title',
  'wholeTitle',
  'heading',
  'lead',
  'focus',
]

/** How steeply the worth of a title, or of a heading, falls with the share of the query that it is. */
const SHARE_POWER = 2

/**
 * What a title is worth of which the query has every word.
 * @param found what the words of the title are worth, by how they are spelt
 * @param share of the query that they are, by weight
 */
export const wholeTitle = (found: number, share: number): number => found * share ** SHARE_POWER

/**
 * What a heading is worth.
 * @param found what the query's words in it are worth
 * @param ofQuery the share of the query that they are, by weight
 * @param ofHeading the share of its words that they are
 */
export const headingWorth = (found: number, ofQuery: number, ofHeading: number): number =>
  found * ofQuery ** SHARE_POWER * ofHeading

/**
 * What each signal counts for a query of this kind.
 * @param titleFactor how much more words in titles count than they do by themselves
 */
export function signalWeights(isQuestion: boolean, weights: Weights = WEIGHTS, titleFactor = 1): Weights {
  if (!isQuestion && titleFactor === 1) return weights
  const changed = { ...weights }
  if (isQuestion) for (const name of SIGNALS) changed[name] *= QUESTION_FACTORS[name] ?? 1
  changed.title *= titleFactor
  return changed
}

/** What the second stage adds to a candidate's score; never below 0. */
export function secondStage(features: Features, weights: Weights): number {
  // spelt out, in the order of SIGNALS: a loop over names looks each of them up, twice, for every candidate
  return (
    weights.spelling * features.spelling +
    weights.grams * features.grams +
    weights.sentence * features.sentence +
    weights.pairs * features.pairs +
    weights.coverage * features.coverage +
    weights.title * features.title +
    weights.wholeTitle * features.wholeTitle +
    weights.heading * features.heading +
    weights.lead * features.lead +
    weights.focus * features.focus
  )
}
