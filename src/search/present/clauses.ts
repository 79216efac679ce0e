import type { ArticleText } from '../../article/article-text.ts'
import type { LocatedField } from '../match/locate.ts'
import { LEADING } from './leading-words.ts'
import type { Sentence } from './sentence.ts'

/** Signs between clauses. */
const CLAUSE = new Set([...',;:–—()'].map((sign) => sign.charCodeAt(0)))
/** So much between two tokens is looked at. */
const GAP_MAX = 40

/** Whether what stands between two tokens parts clauses. */
function partsClauses(gap: string): boolean {
  for (let at = 0; at < gap.length; at++) if (CLAUSE.has(gap.charCodeAt(at))) return true
  return false
}

/** Whether a sentence or a clause ends before a token. */
export function endsClause(text: ArticleText, field: LocatedField, end: number): boolean {
  if (end === field.count || field.beginsSentence(end)) return true
  const start = field.endOf(end - 1)
  return partsClauses(text.slice(start, Math.min(field.startOf(end), start + GAP_MAX)))
}

/**
 * What a stretch of a sentence may do at a place: begin there as a clause does, end there as one does; at a sentence's own ends, both. Some words
 * wait for the next one (im | Sinne, notwendigen | Austausch), so that nothing ends or begins well between the two; others only hang on the one before
 * (Zeitungen | aus Rom). Before a word that joins what follows (und, oder) a stretch ends better than behind some words more.
 */
export const BORDER = { begins: 1, ends: 2, sentence: 4, hangs: 8, waits: 16, joins: 32 } as const

/** Parts of a reference: the comma before them stands in a list, not between clauses. */
const LISTED =
  /^(?:Abs|Absatz|Absätze|Art|Artikel|Nr|Nummern?|Satz|Sätze|S|Buchst|Buchstaben?|lit|Anm|Anlagen?)(?!\p{L})/u

/** What begins a clause that hangs on the one before: shown without that, it is half a sentence. */
const DEPENDENT: ReadonlySet<string> = new Set(
  `um ohne anstatt dass weil wenn falls ob als wie damit sodass indem nachdem bevor ehe während obwohl sofern soweit solange wobei wodurch womit
  wofür woran worauf woraus worin welche welcher welches welchem welchen deren dessen denen`.split(/\s+/),
)

/** As many characters as the longest of them has. */
const LISTED_LENGTH = 12

const JOINING: ReadonlySet<string> = new Set(['und', 'oder', 'sowie'])

/** Between the last two of several things: Begründung, Durchführung oder Beendigung. */
const ENUMERATING = /^\s*\p{Lu}[\p{L}\p{M}-]*(?:,| (?:und|oder|sowie|bzw\.|beziehungsweise) )/u
/** As many characters of it are looked at. */
const ENUMERATING_LENGTH = 60

/** What stands between an article or a preposition and its noun, as far as its ending tells; verbs that end so are taken for it. */
const ATTRIBUTE = /^[\p{Ll}\p{Nd}][\p{Ll}\p{Nd}-]*e[nmrs]?$/u
const CAPITAL = /^\p{Lu}/u

/**
 * The borders of a sentence's clauses by token from its first on, with one behind its last; flags of `BORDER`. What stands in brackets has
 * none, for it is understood with what stands around it; a stretch may end before a bracket opens, and end or begin behind one that closes.
 * @param borders what they are written into: zeros, one more than the sentence has tokens
 */
export function clauseBorders(
  text: ArticleText,
  field: LocatedField,
  { first, end }: Sentence,
  borders: Float64Array,
): Float64Array {
  const all = BORDER.sentence | BORDER.begins | BORDER.ends
  const start = field.startOf(first)
  const stretch = text.slice(start, field.endOf(end - 1))
  /** The token behind the outermost bracket that is open, and how many are; nothing in it counts if it closes again. */
  let opened = 0
  let depth = 0
  let before = field.endOf(first)
  let wordBefore = stretch.slice(0, before - start)
  for (let token = first + 1; token < end; token++) {
    const stop = field.startOf(token)
    const at = token - first
    const gap = stretch.slice(before - start, stop - start)
    let parts = false
    for (const sign of gap) {
      if (!CLAUSE.has(sign.charCodeAt(0))) continue
      if (sign === '(') {
        if (depth === 0) opened = at
        depth += 1
      } else if (sign === ')') {
        if (depth === 1) borders.fill(0, opened + 1, at)
        depth = Math.max(0, depth - 1)
        parts = true
      } else if (!gap.includes('§') && !LISTED.test(stretch.slice(stop - start, stop - start + LISTED_LENGTH)))
        parts = true
      else continue
      borders[at] = (borders[at] as number) | BORDER.ends
    }
    const word = stretch.slice(stop - start, field.endOf(token) - start)
    const rest = stretch.slice(stop - start, stop - start + ENUMERATING_LENGTH)
    if (JOINING.has(word)) borders[at] = (borders[at] as number) | BORDER.joins
    if (parts) {
      const hangs = DEPENDENT.has(word) || isEnumerated(wordBefore, gap, rest)
      borders[at] = (borders[at] as number) | (hangs ? BORDER.hangs : BORDER.begins)
    } else if (waitsFor(wordBefore, word)) borders[at] = (borders[at] as number) | BORDER.hangs | BORDER.waits
    else if (CAPITAL.test(wordBefore) && LEADING.has(word)) borders[at] = (borders[at] as number) | BORDER.hangs
    before = field.endOf(token)
    wordBefore = word
  }
  borders[0] = first === 0 || field.beginsSentence(first) ? all : 0
  borders[end - first] = end === field.count || field.beginsSentence(end) ? all : 0
  return borders
}

/** Whether a word waits for the next: an article, a preposition or a conjunction, an attribute for its noun, a name for the rest of it. */
const waitsFor = (before: string, word: string): boolean =>
  LEADING.has(before.toLowerCase()) || (CAPITAL.test(word) && (ATTRIBUTE.test(before) || CAPITAL.test(before)))

/** Whether behind a comma there is the next of several things. */
const isEnumerated = (before: string, gap: string, rest: string): boolean =>
  gap === ', ' && CAPITAL.test(before) && ENUMERATING.test(rest)
