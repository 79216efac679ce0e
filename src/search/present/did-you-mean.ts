import { fold } from '../../analysis/german/fold.ts'
import { editDistance } from '../../analysis/spelling/edit-distance.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import type { SearchHit, SearchResult } from '../rank/search-result.ts'

/** Farther apart two spellings are two words. */
const EDITS_MAX = 3

/**
 * The query as it was probably meant: every word that neither the articles nor the lexicon have as it was typed, and that was
 * read as another, is replaced by that, spelt as the articles spell it. Null where no word is.
 */
export function correctedQuery(query: string, { words, hits }: SearchResult, budget: WorkBudget): string | null {
  let corrected = query
  let spellings: ReadonlyMap<number, ReadonlySet<string>> | undefined
  for (const [index, { surface, word, expansions, isKnownWord }] of words.entries()) {
    const [meant] = expansions
    if (meant?.kind !== 'typo' || isKnownWord) continue
    if (budget.isSpent()) {
      budget.cut('matches')
      break
    }
    spellings ??= correctedSpellings(hits, budget)
    const spelling = nearestSpelling(fold(word.key), spellings.get(index) ?? [], budget)
    if (spelling === null || fold(spelling.toLowerCase()) === fold(word.key)) continue
    budget.spend(COST.character * corrected.length)
    corrected = corrected.replace(wholeWord(surface), () => inCaseOf(surface, spelling))
  }
  return corrected === query ? null : corrected
}

/** Of the spellings that a word of the query was read as, the one most like it; the first of several. */
function nearestSpelling(typed: string, spellings: Iterable<string>, budget: WorkBudget): string | null {
  let nearest: string | null = null
  let least = Number.POSITIVE_INFINITY
  for (const spelling of spellings) {
    budget.spend(COST.editDistance)
    const distance = editDistance(typed, fold(spelling.toLowerCase()), EDITS_MAX)
    if (distance < least) [least, nearest] = [distance, spelling]
  }
  return nearest
}

/** By word of the query the spellings in the hits that it was read as, in the order they come. */
function correctedSpellings(hits: readonly SearchHit[], budget: WorkBudget): Map<number, Set<string>> {
  const spellings = new Map<number, Set<string>>()
  for (const { article, title, text } of hits) {
    for (const [value, field] of [
      [article.title, title],
      [article.text, text],
    ] as const) {
      for (const [i, token] of field.matches.entries()) {
        if (field.matchedKinds[i] !== 'typo') continue
        budget.spend(COST.match)
        const word = field.matchedWords[i] as number
        const spelling = value.slice(field.startOf(token), field.endOf(token))
        const known = spellings.get(word)
        if (known === undefined) spellings.set(word, new Set([spelling]))
        else known.add(spelling)
      }
    }
  }
  return spellings
}

/** People who type without capitals are answered without. */
const inCaseOf = (typed: string, spelling: string): string =>
  typed === typed.toLowerCase() ? spelling.toLowerCase() : spelling

const SYNTAX = /[\\^$.*+?()[\]{}|/]/g

/** Every place where a word stands alone. */
const wholeWord = (word: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${word.replace(SYNTAX, '\\$&')}(?![\\p{L}\\p{M}\\p{N}])`, 'gu')
