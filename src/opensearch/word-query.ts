import type { QueryWord } from '../search/query/words.ts'
import { carriedWeight } from '../search/ranking/hit-rule.ts'
import { allOf, anyOf, NONE, numbered, type Query } from './filter-query.ts'
import { POSTINGS } from './index-mappings.ts'
import type { LookedUpWord } from './scored-word.ts'
import { storedTerm } from './stored-terms.ts'

/** That an article has one of some terms at any place. */
export const hasAnyTerm = (terms: readonly string[]): Query =>
  terms.length === 0 ? NONE : { terms: { [POSTINGS.weighted]: terms.map(storedTerm) } }

/** That it has a word whole: its term, or what stands for it. */
export const hasWhole = ({ word, alternatives }: QueryWord): Query => hasAnyTerm([word.term, ...alternatives])

const partsOf = ({ word }: QueryWord): string[] => word.parts.map(({ term }) => term)

export const hasAnyPart = (word: QueryWord): Query => hasAnyTerm(partsOf(word))

export const hasAllParts = (word: QueryWord): Query => {
  const parts = partsOf(word)
  return parts.length === 0 ? NONE : allOf(parts.map((term) => hasAnyTerm([term])))
}

/** That it has a word or anything that counts as it. */
function isKnownBy({ word, named }: LookedUpWord): Query {
  const { meant, prefixTerms } = word
  const terms = [word.word.term, ...word.alternatives, ...[...meant, ...prefixTerms].map(({ term }) => term)]
  const query = hasAnyTerm(terms)
  return named.size === 0 ? query : anyOf([query, numbered([...named])])
}

/** The articles that have all of a word, by whatever stands for it. */
export const hasAllOf = (scored: LookedUpWord): Query => anyOf([isKnownBy(scored), hasAllParts(scored.word)])

/** The articles that have anything of a word. */
export const hasSomeOf = (scored: LookedUpWord): Query =>
  anyOf([isKnownBy(scored), scored.isEach ? hasAnyPart(scored.word) : hasAllParts(scored.word)])

/** Finds the articles that have anything of these words; the score is the weight of what they have. */
export function weightQuery(words: readonly LookedUpWord[]): Query {
  const weighted = words.flatMap((scored) => {
    const weight = carriedWeight(scored.word)
    return weight > 0 ? [weighedWord(scored, weight)] : []
  })
  return weighted.length === 0 ? NONE : { bool: { should: weighted, minimum_should_match: 1 } }
}

const constant = (filter: Query, boost: number): Query => ({ constant_score: { filter, boost } })

function weighedWord(scored: LookedUpWord, weight: number): Query {
  const whole = constant(isKnownBy(scored), weight)
  const { parts, partWeight, isEach } = scored
  if (parts.length === 0) return whole
  const apart = isEach
    ? {
        bool: {
          should: parts.map(({ term, idf }) => constant(hasAnyTerm([term]), (weight * idf) / partWeight)),
          minimum_should_match: 1,
        },
      }
    : constant(hasAllParts(scored.word), weight)
  return { dis_max: { queries: [whole, apart], tie_breaker: 0 } }
}

/** Those of the articles of a query whose score is not less. */
export const scoringAtLeast = (query: Query, least: number): Query => ({ function_score: { query, min_score: least } })
