import { analysisFingerprint } from '../analysis/fingerprint.ts'
import { fingerprintOf } from '../fingerprint.ts'
import { NO_RULES, type Rules } from '../rules.ts'

/** What decides, beside the terms, what of an article stands in the index: weights of fields, lengths, dates. */
const PLACES = ['./article-index', './vocabulary', '../search/ranking/weights', '../search/extras', '../article']

/**
 * The fingerprint of everything an index of given articles depends on: one made by other rules is of no use.
 * @param rules the site owner's
 */
export function indexFingerprint(rules: Rules = NO_RULES): string {
  return fingerprintOf(
    PLACES.map((place) => new URL(place, import.meta.url)),
    analysisFingerprint(),
    JSON.stringify(rules),
  )
}
