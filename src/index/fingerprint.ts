import { analysisFingerprint } from '../analysis/fingerprint.ts'
import { fingerprintOf } from '../fingerprint.ts'

/** What decides, beside the terms, what of an article stands in the index: weights of fields, lengths, dates. */
const PLACES = ['./article-index', '../search/bm25', '../search/extras', '../article']

/** The fingerprint of everything an index of given articles depends on: one made by other rules is of no use. */
export function indexFingerprint(): string {
  return fingerprintOf(
    PLACES.map((place) => new URL(place, import.meta.url)),
    analysisFingerprint(),
  )
}
