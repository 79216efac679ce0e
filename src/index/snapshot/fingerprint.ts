import { lexiconDigest } from '../../analysis/lexicon-file.ts'
import { builtFingerprint, digestOf } from '../../fingerprint.ts'
import type { IndexRules } from '../../rules.ts'
import { NO_RULES } from '../../rules.ts'

/**
 * `ALL-CODE`: the fingerprint of everything an index of given articles depends on, and that of the code among it: what analyses
 * articles, indexes them and writes snapshots, the lexicon, Node's Unicode tables. An index with another one is of no use.
 * @param rules the site owner's, as far as they concern articles
 */
export function indexFingerprint({ words, unsplit }: IndexRules = NO_RULES): string {
  const code = digestOf(builtFingerprint('index'), lexiconDigest(), process.versions['unicode'] ?? '')
  return `${digestOf(code, JSON.stringify({ words, unsplit }))}-${code}`
}

/** Whether two different fingerprints come from the same program, so that only the site owner's rules can differ. */
export function differInRulesAlone(a: string, b: string): boolean {
  const [, codeOfA] = a.split('-')
  return codeOfA !== undefined && codeOfA === b.split('-')[1]
}
