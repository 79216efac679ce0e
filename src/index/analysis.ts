import { type Analyzer, createAnalyzer } from '../analysis/analyzer.ts'
import { readRules } from '../rules.ts'
import { indexFingerprint } from './fingerprint.ts'

/** How articles and queries are analysed, and the fingerprint of indexes that are made so. */
export interface Analysed {
  readonly analyzer: Analyzer
  readonly fingerprint: string
}

/**
 * @param rules the site owner's file, or null
 * @throws FundstelleError `rules_unreadable`, `rules_encoding` or `rules_wrong`
 */
export function openAnalysis(rules: string | null): Analysed {
  const own = readRules(rules)
  return { analyzer: createAnalyzer(own), fingerprint: indexFingerprint(own) }
}
