import { analysisFingerprint } from '../analysis/fingerprint.ts'
import { fingerprintOf } from '../fingerprint.ts'
import { type IndexRules, NO_RULES } from '../rules.ts'

/** What decides, beside the terms, what of an article stands in the index: weights of fields, lengths, dates. */
const PLACES = [
  './article-index',
  './vocabulary',
  '../search/ranking/weights',
  '../search/extras',
  '../search/fields',
  './content',
  './forward',
  '../article',
]

/**
 * `ALL-CODE`: the fingerprint of everything an index of given articles depends on, and that of the code among it. An
 * index with another one is of no use.
 * @param rules the site owner's, as far as they concern articles
 */
export function indexFingerprint({ words, unsplit }: IndexRules = NO_RULES): string {
  const code = fingerprintOf(
    PLACES.map((place) => new URL(place, import.meta.url)),
    analysisFingerprint(),
  )
  return `${fingerprintOf([], code, JSON.stringify({ words, unsplit }))}-${code}`
}

/** Whether two different fingerprints come from the same program, so that only the site owner's rules can differ. */
export function differInRulesAlone(a: string, b: string): boolean {
  const [, codeOfA] = a.split('-')
  return codeOfA !== undefined && codeOfA === b.split('-')[1]
}
