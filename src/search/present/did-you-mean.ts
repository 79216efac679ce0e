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
    corrected = withWord(corrected, surface, inCaseOf(surface, spelling))
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

const WORDY = /[\p{L}\p{M}\p{N}]/u

/** A text with another word at every place where a word stands alone. An expression made for the word would take longer than all else here. */
function withWord(text: string, word: string, other: string): string {
  if (word === '') return text
  let replaced = ''
  let done = 0
  for (let at = text.indexOf(word); at >= 0; ) {
    const end = at + word.length
    const isAlone = !WORDY.test(characterBefore(text, at)) && !WORDY.test(characterAt(text, end))
    if (isAlone) {
      replaced += text.slice(done, at) + other
      done = end
    }
    at = text.indexOf(word, isAlone ? end : at + 1)
  }
  return replaced + text.slice(done)
}

const characterAt = (text: string, at: number): string => {
  const code = text.codePointAt(at)
  return code === undefined ? '' : String.fromCodePoint(code)
}

const characterBefore = (text: string, at: number): string => {
  const pair = at >= 2 ? characterAt(text, at - 2) : ''
  return pair.length === 2 ? pair : text.slice(Math.max(0, at - 1), at)
}
