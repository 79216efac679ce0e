import { FundstelleError } from '../errors.ts'
import { fieldOf } from './fields.ts'
import { splitFrontMatter } from './front-matter.ts'

/** A head is looked for in so many lines. */
const LINES_MAX = 60
const PAIR = /^(?:\.\. )?"?(\p{L}[\p{L}\p{N}_. -]{0,40}?)"?\s*[:=]\s*(.*)$/u

/** What may stand before a head by mistake: empty lines, spaces, comments. */
const BEFORE_LENGTH_MAX = 10_000
const BEFORE = /^\s*(?:<!--(?:(?!-->)[\s\S])*-->\s*){0,3}(?=(?:---|\+\+\+)[ \t]*\n)/

/**
 * What the beginning of a Markdown file says about it where it has no head of YAML or TOML that can be read: one that nothing
 * ends, that something stands before or that has a mistake, one in JSON as Hugo takes it, and lines `Status: draft` as Pelican, MultiMarkdown and Nikola (`.. status: draft`, in a
 * comment) have them. Only told so that no draft is taken for an article; the text stays as it is.
 */
export function looseHead(text: string): readonly (readonly [string, unknown])[] {
  if (/^\{\s*\n/.test(text)) return jsonHead(text)
  const before = BEFORE.exec(text.slice(0, BEFORE_LENGTH_MAX))?.[0].length ?? 0
  const entries = before > 0 ? entriesOf(text.slice(before)) : []
  if (entries.length > 0) return entries
  const pairs: [string, unknown][] = []
  const lines = text.slice(before).split('\n', LINES_MAX)
  const [first = ''] = lines
  const isMarked = /^(?:---|\+\+\+|<!--)\s*$/.test(first)
  const end = isMarked ? lines.slice(1).findIndex((line) => line.trim() === first.trim()) : -1
  for (const line of isMarked ? lines.slice(1, end < 0 ? undefined : end + 1) : lines) {
    const pair = PAIR.exec(line.trim())
    // within a head there are lists and texts of several lines
    if (pair === null && end >= 0) continue
    if (pair === null) break
    const [, key = '', value = ''] = pair
    pairs.push([key, value.trim().replace(/^(["'])(.*)\1$/, '$2')])
  }
  // a text may begin with a word and a colon
  return isMarked || pairs.some(([key]) => fieldOf(key) !== null) ? pairs : []
}

function entriesOf(text: string): readonly (readonly [string, unknown])[] {
  try {
    return splitFrontMatter(text).entries
  } catch (error) {
    if (error instanceof FundstelleError) return []
    throw error
  }
}

function jsonHead(text: string): readonly (readonly [string, unknown])[] {
  const end = /^\}[ \t]*$/m.exec(text)
  if (end === null) return []
  try {
    return Object.entries(JSON.parse(text.slice(0, end.index + 1)) as object)
  } catch {
    return []
  }
}
