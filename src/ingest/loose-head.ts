import { FundstelleError } from '../errors.ts'
import { fieldOf } from './fields.ts'
import { splitFrontMatter } from './front-matter.ts'
import { closingBracket, JSON_LENGTH_MAX } from './json-head.ts'
import { looseMoment } from './loose-moment.ts'
import { plainKey } from './plain-key.ts'
import { momentOf } from './publication-values.ts'
import { EMBARGO_FIELDS, isPublicationField } from './publication-words.ts'

type Pairs = readonly (readonly [string, unknown])[]

/** A head is looked for in so many lines. */
const LINES_MAX = 60
const PAIR = /^(?:\.\. )?"?(\p{L}[\p{L}\p{N}_. -]{0,40}?)"?\s*[:=]\s*(.*)$/u
/** The same at the beginning of a line, its name of one word as those of fields are. */
const LINE_PAIR = /^(?:\.\. )?[A-Za-zÄÖÜäöü][\wäöüß-]{0,40}:[ \t]/
/** The line that begins a head. */
const MARK = /^(---|\+\+\+|<!--)(?:[ \t]*(?:json|ya?ml|toml))?\s*$/i
/** What stands between the pairs of a head: nothing, comments, items of lists, tables of TOML, lines set in, brackets of JSON. */
const BETWEEN = /^(?:$|#|-(?: |$)|\[{1,2}[^[\]]*\]{1,2}$|\s|[{}[\]],?$)/

const BEFORE_LENGTH_MAX = 10_000
/** What may stand before a head by mistake: empty lines, spaces, comments. */
const BEFORE =
  /^\s*(?:<!--(?:(?!-->)[\s\S])*-->\s*){0,3}(?=(?:---|\+\+\+)[ \t]*(?:(?:json|ya?ml|toml)[ \t]*)?\n|\{\s*["}])/i

/** Names of fields that announcements have as well: `Von: 10 Uhr`. */
const ANNOUNCING = new Set(['von', 'by', 'name', 'adresse', 'link'])

/** Whether a text begins as one with a head does, in YAML, TOML or JSON. */
export function beginsWithHead(text: string): boolean {
  return BEFORE.test(text.slice(0, BEFORE_LENGTH_MAX))
}

/** Where a head begins that empty lines or comments stand before; 0 where none does. */
export function startOfHead(text: string): number {
  return BEFORE.exec(text.slice(0, BEFORE_LENGTH_MAX))?.[0].length ?? 0
}

/**
 * A head of lines alone, `Title: …`, or `.. title: …` in a comment, and what follows it: at least two of them, one the title, and
 * then an empty line.
 * @returns null where a text begins otherwise
 */
export function lineHead(text: string): { readonly entries: Pairs; readonly body: string } | null {
  const lines = text.split('\n', LINES_MAX)
  const isComment = lines[0]?.trim() === '<!--'
  const from = isComment ? 1 : 0
  const end = lines.findIndex(
    (line, index) => index >= from && (isComment ? line.trim() === '-->' : !LINE_PAIR.test(line)),
  )
  if (end < from + 2 || (!isComment && (lines[end] ?? '').trim() !== '')) return null
  const entries = pairsOf(lines.slice(from, end))
  if (entries.length < 2 || !entries.some(([key]) => fieldOf(key) === 'title')) return null
  return { entries, body: lines.slice(end + 1).join('\n') + text.slice(lines.join('\n').length) }
}

/**
 * What the beginning of a Markdown file says about it where it has no head of YAML or TOML that can be read: one that nothing
 * ends, that something stands before or that has a mistake, one in JSON as Hugo takes it, and lines `Status: draft` as Pelican,
 * MultiMarkdown and Nikola (`.. status: draft`, in a comment) have them. Only told so that no draft is taken for an article; the
 * text stays as it is.
 */
export function looseHead(text: string): Pairs {
  const before = startOfHead(text)
  const rest = text.slice(before)
  if (rest.startsWith('{')) return jsonHead(rest)
  const entries = before > 0 ? entriesOf(rest) : []
  return entries.length > 0 ? entries : linesHead(rest.split('\n', LINES_MAX))
}

/** What a head says, whether it can be read or not. */
export function anyHead(text: string): Pairs {
  const entries = entriesOf(text)
  return entries.length > 0 ? entries : looseHead(text)
}

function linesHead(lines: readonly string[]): Pairs {
  const [first = ''] = lines
  const mark = MARK.exec(first)?.[1]
  if (mark === undefined) {
    const end = lines.findIndex((line) => !PAIR.test(line.trim()))
    const pairs = pairsOf(end < 0 ? lines : lines.slice(0, end))
    return isHead(pairs) ? pairs : []
  }
  const inside = lines.slice(1)
  const closed = inside.findIndex((line) => line.trim() === mark)
  // within a head there are lists and texts of several lines
  if (closed >= 0) return pairsOf(inside.slice(0, closed))
  const end = inside.findIndex((line) => !PAIR.test(line.trim()) && !BETWEEN.test(line))
  const pairs = pairsOf(end < 0 ? inside : inside.slice(0, end))
  // a text may begin with a rule, too
  return PAIR.test(inside[0]?.trim() ?? '') || isHead(pairs) ? pairs : []
}

function pairsOf(lines: readonly string[]): Pairs {
  const pairs: [string, unknown][] = []
  for (const line of lines) {
    const pair = PAIR.exec(line.trim())
    if (pair === null) continue
    const [, key = '', value = ''] = pair
    // in JSON a comma ends it
    const said = line.trim().startsWith('"') ? value.replace(/,\s*$/, '') : value
    pairs.push([key, said.trim().replace(/^(["'])(.*)\1$/, '$2')])
  }
  return pairs
}

/** A text may begin with a word and a colon, or with the day, hour and place of what it announces. */
function isHead(pairs: Pairs): boolean {
  if (pairs.some(([key, value]) => EMBARGO_FIELDS.has(plainKey(key)) && isMoment(value))) return true
  if (!pairs.some(([key]) => fieldOf(key) !== null)) return false
  return pairs.some(([name]) => {
    const key = plainKey(name)
    return isPublicationField(key) || (![null, 'date'].includes(fieldOf(name)) && !ANNOUNCING.has(key))
  })
}

/** What a press release begins with, `Sperrfrist: 24.12.2031, 10 Uhr`; in `Embargo: Streit geht weiter` it is a headline. */
const isMoment = (value: unknown): boolean => momentOf(value) !== null || looseMoment(value) !== null

function entriesOf(text: string): Pairs {
  try {
    return splitFrontMatter(text).entries
  } catch (error) {
    if (error instanceof FundstelleError) return []
    throw error
  }
}

/** A head in JSON at the beginning, up to the bracket that closes it; with a mistake what its lines say. */
function jsonHead(text: string): Pairs {
  const head = text.slice(0, JSON_LENGTH_MAX)
  const end = closingBracket(head)
  try {
    return Object.entries(JSON.parse(head.slice(0, end)) as object)
  } catch {
    const lines = head.slice(0, end).split(/\n|,(?=\s*")|[{}]/, LINES_MAX)
    return pairsOf(lines.filter((line) => line.trim().startsWith('"')))
  }
}
