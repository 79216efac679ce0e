import type { ArticleText } from '../../article/article-text.ts'
import type { LocatedField } from '../match/locate.ts'

/** Signs between clauses. */
const CLAUSE = new Set([...',;:–—()'].map((sign) => sign.charCodeAt(0)))
/** So much between two tokens is looked at. */
const GAP_MAX = 40

/** Whether what stands between two tokens parts clauses. */
export function partsClauses(gap: string): boolean {
  for (let at = 0; at < gap.length; at++) if (CLAUSE.has(gap.charCodeAt(at))) return true
  return false
}

/** Whether a sentence or a clause ends before a token. */
export function endsClause(text: ArticleText, field: LocatedField, end: number): boolean {
  if (end === field.count || field.beginsSentence(end)) return true
  const start = field.endOf(end - 1)
  return partsClauses(text.slice(start, Math.min(field.startOf(end), start + GAP_MAX)))
}
