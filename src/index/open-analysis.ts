import { type Analyzer, createAnalyzer } from '../analysis/analyzer.ts'
import type { IndexRules, Rules } from '../rules.ts'
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

/**
 * The same by rules that were read.
 * @param remembered how many forms the analyser remembers, where that is not as many as indexing has use for
 * @throws FundstelleError `thesaurus_unreadable` or `thesaurus_unusable`
 */
export function analysedBy(own: Rules, remembered?: number): Analysed {
  const analyzer = analyzerBy(own, remembered)
  const thesaurus = own.thesaurus === null ? null : readThesaurus(own.thesaurus)
  return { analyzer, fingerprint: indexFingerprint(own), rules: queryRules(own, analyzer, thesaurus), own }
}

/** The analysers of this thread by what they are made of, as long as somebody has them. */
const analyzers = new Map<string, WeakRef<Analyzer>>()

/** Indexes whose articles are analysed alike share what the analyser remembers: some hundred bytes for each form. */
function analyzerBy({ words, unsplit }: IndexRules, remembered: number | undefined): Analyzer {
  const key = JSON.stringify([words, unsplit, remembered])
  const known = analyzers.get(key)?.deref()
  if (known !== undefined) return known
  for (const [other, reference] of analyzers) if (reference.deref() === undefined) analyzers.delete(other)
  const analyzer = createAnalyzer({ words, unsplit }, remembered)
  analyzers.set(key, new WeakRef(analyzer))
  return analyzer
}
