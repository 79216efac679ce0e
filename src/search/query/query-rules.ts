import type { Analyzer } from '../../analysis/analyzer.ts'
import type { Word } from '../../analysis/word/word.ts'
import { digestOf } from '../../fingerprint.ts'
import type { CurationRule, Rules } from '../../rules.ts'
import { NO_RULES } from '../../rules.ts'
import type { Thesaurus } from '../../thesaurus.ts'
import { type Phrase, phraseOf } from './phrase.ts'
import { NO_OWN_WORDS, type QueryRuleWords } from './words.ts'

/** Where the site owner wants articles, for one query. */
export interface Curation {
  /** Article ids. */
  readonly pinned: readonly string[]
  readonly hidden: readonly string[]
}

/** What a site owner wants otherwise in queries; what concerns the analysis of articles is not among it. */
export interface QueryRules {
  /** Names these rules; empty where there are none. */
  readonly version: string
  readonly words: QueryRuleWords
  curationFor(query: string): Curation
}

const NO_CURATION: Curation = { pinned: [], hidden: [] }

export const NO_QUERY_RULES: QueryRules = { version: '', words: NO_OWN_WORDS, curationFor: () => NO_CURATION }

const VERSION_LENGTH = 8

/** What means the same as some words in a row, given by their terms. */
interface Entry {
  readonly terms: readonly string[]
  readonly others: readonly Phrase[]
}

/**
 * Rules made ready for reading queries. Words are compared by their terms: in any of their forms.
 * @param thesaurus the one that the rules name, read
 */
export function queryRules(rules: Rules, analyzer: Analyzer, thesaurus: Thesaurus | null = null): QueryRules {
  const { stopWords, synonyms, pinned, hidden } = rules
  const own = { stopWords, synonyms, thesaurus: thesaurus?.version ?? null, pinned, hidden }
  const { words, unsplit } = NO_RULES
  if (JSON.stringify({ words, unsplit, ...own }) === JSON.stringify(NO_RULES)) return NO_QUERY_RULES
  const stopTerms = new Set(stopWords.flatMap((word) => termsOf(word, analyzer)))
  const entries = entriesOf(synonyms, analyzer)
  const curations = { pinned: curationsOf(pinned, analyzer), hidden: curationsOf(hidden, analyzer) }
  return {
    version: digestOf(JSON.stringify(own)).slice(0, VERSION_LENGTH),
    words: {
      isStop: ({ term }) => stopTerms.has(term),
      relatedTo: ({ key, term }) => {
        const terms = thesaurus?.synonymsOf(key).map((synonym) => analyzer.word(synonym).term) ?? []
        return [...new Set(terms)].filter((other) => other !== term)
      },
      synonymsAt: (found, position) => {
        const begins = entries.get((found[position] as Word).term) ?? []
        return begins
          .filter(({ terms }) => terms.every((term, at) => found[position + at]?.term === term))
          .map(({ terms, others }) => ({ length: terms.length, others }))
      },
    },
    curationFor: (query) => {
      const name = termsOf(query, analyzer).join(' ')
      return { pinned: curations.pinned.get(name) ?? [], hidden: curations.hidden.get(name) ?? [] }
    },
  }
}

const termsOf = (text: string, analyzer: Analyzer): string[] => analyzer.analyze(text).words.map(({ term }) => term)

/** By the first term of what is replaced. */
function entriesOf(synonyms: Rules['synonyms'], analyzer: Analyzer): ReadonlyMap<string, readonly Entry[]> {
  const entries = new Map<string, Entry[]>()
  for (const { from, to } of synonyms) {
    const sides = to.map((side) => phraseOf(side, analyzer)).filter((phrase) => phrase.length > 0)
    for (const side of from) {
      const terms = termsOf(side, analyzer)
      const [first] = terms
      if (first === undefined) continue
      const name = terms.join(' ')
      const others = sides.filter((phrase) => phrase.map(({ term }) => term).join(' ') !== name)
      entries.set(first, [...(entries.get(first) ?? []), { terms, others }])
    }
  }
  return entries
}

function curationsOf(rules: readonly CurationRule[], analyzer: Analyzer): ReadonlyMap<string, readonly string[]> {
  const curations = new Map<string, readonly string[]>()
  for (const { query, ids } of rules) {
    const name = termsOf(query, analyzer).join(' ')
    curations.set(name, [...(curations.get(name) ?? []), ...ids])
  }
  return curations
}
