import { COST, type WorkBudget } from '../../work-budget.ts'

/** UTF-16 units of a query that are read: of a pasted page its beginning is searched for. */
export const QUERY_LENGTH_MAX = 2800
/** The beginning of a word so long is as good as the whole: the index has no more of it. */
const WORD_LENGTH_READ = 1000
/** Reading a query may take so much of what is left of the budget. */
const QUERY_SHARE = 0.35
/** Signs and words by which a query leaves something out; see `parse`. */
const EXCLUSION = /(?:^|[\s(])(?:-[\p{L}\p{N}"(]|(?:NICHT|NOT)\s)/u

/**
 * The part of a query that is read, whole words of it; null where there is no room for one.
 * @throws FundstelleError `request_costly` where the rest leaves something out
 */
export function readPart(q: string, budget: WorkBudget): string | null {
  const affordable = Math.floor((budget.left * QUERY_SHARE) / COST.queryCharacter)
  const length = Math.min(QUERY_LENGTH_MAX, affordable)
  budget.spend(COST.queryCharacter * Math.min(q.length, length))
  if (q.length <= length) return q
  const part = q.slice(0, length + 1)
  const end = part.search(/\s\S*$/)
  if (EXCLUSION.test(q.slice(Math.max(0, end)))) budget.refuse('operators')
  budget.cut('query')
  const words = part.slice(0, Math.max(0, end))
  if (words.trim() !== '') return words
  return length >= WORD_LENGTH_READ ? part : null
}
