import { FundstelleError, type Language } from '../../errors.ts'
import { SHARE, type WorkBudget } from '../../work-budget.ts'
import type { AnalyzedQuery } from '../query/analyzed-query.ts'
import type { ExpandedWord } from '../query/resolved-query.ts'

/** Why a search has no hits, and what would help. */
export interface NoHits {
  readonly text: string
  readonly words: readonly {
    readonly word: string
    /** How many articles have it, by any match. */
    readonly articles: number
    /** Words of the index that are spelt most like it, where no article has it. */
    readonly nearest: readonly string[]
    /** How many hits there were without it. */
    readonly hitsWithout: number
  }[]
  /** How many hits there were without the filter, and without the operators of the query; null where there are none. */
  readonly hitsWithoutFilter: number | null
  readonly hitsWithoutOperators: number | null
}

/** So many words of a query are looked into. */
const WORDS_MAX = 10
const NEAREST_MAX = 5

/** What finding reasons asks of the state of the index that had no hits. */
export interface Retry {
  /** How many hits a changed query has. */
  count(query: AnalyzedQuery, budget: WorkBudget): Promise<number>
  /** The words of the index that are spelt most like one that is not in it, as articles spell them. */
  nearestWords(word: ExpandedWord, most: number, budget: WorkBudget): Promise<readonly string[]>
}

export async function whyNoHits(
  retry: Retry,
  query: AnalyzedQuery,
  words: readonly ExpandedWord[],
  language: Language,
  budget: WorkBudget,
): Promise<NoHits> {
  // each is a search of its own, and one that finds more than the first one costs more; null where it cannot be made whole
  const count = async (changes: Partial<AnalyzedQuery>): Promise<number | null> => {
    const wanted = { ...query, offset: 0, limit: 0, facets: [], explain: false, ...changes }
    const own = budget.rest()
    const total = await retry.count(wanted, own).catch((error: unknown) => {
      if (error instanceof FundstelleError && error.code === 'request_costly') return null
      throw error
    })
    budget.spend(own.spent)
    if (total !== null && !own.isDegraded) return total
    budget.cut('reasons')
    return null
  }
  const isOf = (surface: string) => (token: { readonly surface: string }) => token.surface === surface
  const reasons: NoHits['words'][number][] = []
  for (const word of words.slice(0, WORDS_MAX)) {
    if (budget.isSpent(SHARE.words)) {
      budget.cut('reasons')
      break
    }
    const { surface } = word
    const own = query.tokens
      .filter(isOf(surface))
      .map((token) => ({ ...token, compoundReadings: [], isConstrained: false }))
    const others = query.tokens
      .filter((token) => !isOf(surface)(token))
      .map((token) => ({ ...token, compoundReadings: [] }))
    const articles = await count({ tokens: own, constraint: null, filter: null })
    const hitsWithout = others.length === 0 ? 0 : await count({ tokens: others })
    if (articles === null || hitsWithout === null) continue
    const nearest = articles === 0 ? await retry.nearestWords(word, NEAREST_MAX, budget) : []
    reasons.push({ word: surface, articles, nearest, hitsWithout })
  }
  const isSpent = budget.isSpent(SHARE.words)
  if (isSpent && (query.filter !== null || query.constraint !== null)) budget.cut('reasons')
  const hitsWithoutFilter = query.filter === null || isSpent ? null : await count({ filter: null })
  const hitsWithoutOperators =
    query.constraint === null || isSpent
      ? null
      : await count({ constraint: null, tokens: query.tokens.map((token) => ({ ...token, isConstrained: false })) })
  const reason = { words: reasons, hitsWithoutFilter, hitsWithoutOperators }
  return { text: textOf(reason, language), ...reason }
}

function textOf({ words, hitsWithoutFilter, hitsWithoutOperators }: Omit<NoHits, 'text'>, language: Language): string {
  const sentences: string[] = []
  const quoted = (word: string): string => (language === 'de' ? `„${word}“` : `“${word}”`)
  const hits = (number: number): string =>
    language === 'de' ? (number === 1 ? '1 Treffer' : `${number} Treffer`) : number === 1 ? '1 hit' : `${number} hits`
  for (const { word, articles, nearest, hitsWithout } of words) {
    if (articles === 0) {
      const near = nearest.map(quoted).join(', ')
      const nearby = { de: `; ähnlich sind ${near}`, en: `; similar are ${near}` }[language]
      const fails = { de: `${quoted(word)} steht in keinem Artikel`, en: `no article has ${quoted(word)}` }[language]
      sentences.push(fails + (near === '' ? '' : nearby))
    }
    if (hitsWithout > 0)
      sentences.push(
        { de: `ohne ${quoted(word)}: ${hits(hitsWithout)}`, en: `without ${quoted(word)}: ${hits(hitsWithout)}` }[
          language
        ],
      )
  }
  if (hitsWithoutFilter !== null && hitsWithoutFilter > 0)
    sentences.push(
      { de: `ohne den Filter: ${hits(hitsWithoutFilter)}`, en: `without the filter: ${hits(hitsWithoutFilter)}` }[
        language
      ],
    )
  if (hitsWithoutOperators !== null && hitsWithoutOperators > 0) {
    sentences.push(
      {
        de: `mit denselben Wörtern, aber ohne Operatoren: ${hits(hitsWithoutOperators)}`,
        en: `with the same words, but without operators: ${hits(hitsWithoutOperators)}`,
      }[language],
    )
  }
  return sentences.join('; ')
}
