import { type Analyzer, createAnalyzer } from '../analysis/analyzer.ts'
import type { Rules } from '../rules.ts'
import { readRules } from '../rules-file.ts'
import { type QueryRules, queryRules } from '../search/query/query-rules.ts'
import { readThesaurus } from '../thesaurus.ts'
import { indexFingerprint } from './snapshot/fingerprint.ts'

/** How articles and queries are analysed, the fingerprint of indexes that are made so, and the owner's rules for queries. */
export interface Analysed {
  readonly analyzer: Analyzer
  readonly fingerprint: string
  readonly rules: QueryRules
  /** The owner's rules themselves. */
  readonly own: Rules
}

/**
 * @param rules the site owner's file, or null
 * @throws FundstelleError `rules_unreadable`, `rules_encoding` or `rules_wrong`
 */
export const openAnalysis = (rules: string | null): Analysed => analysedBy(readRules(rules))

/** The owner's rules, and the fingerprint of indexes that are made by them, for a thread that analyses nothing. */
export function openRules(rules: string | null): Pick<Analysed, 'own' | 'fingerprint'> {
  const own = readRules(rules)
  return { own, fingerprint: indexFingerprint(own) }
}

/**
 * The same by rules that were read.
 * @throws FundstelleError `thesaurus_unreadable` or `thesaurus_unusable`
 */
export function analysedBy(own: Rules): Analysed {
  const analyzer = createAnalyzer(own)
  const thesaurus = own.thesaurus === null ? null : readThesaurus(own.thesaurus)
  return { analyzer, fingerprint: indexFingerprint(own), rules: queryRules(own, analyzer, thesaurus), own }
}
