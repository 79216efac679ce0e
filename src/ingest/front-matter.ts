import { FundstelleError } from '../errors.ts'
import { fieldOf } from './fields.ts'
import type { Head, HeadFault } from './head.ts'
import { closingBracket, JSON_LENGTH_MAX } from './json-head.ts'
import { parseToml } from './toml.ts'
import { parseYaml } from './yaml.ts'

/** A Markdown file, cut in two. */
export interface FrontMatter {
  /** The pairs of the head; empty where there is none. */
  readonly entries: readonly (readonly [string, unknown])[]
  /** What follows the head. */
  readonly body: string
  /** Pairs that later ones of the same name stand for, or that a text left open took in; what is not public by one of them stays so. */
  readonly overridden?: readonly (readonly [string, unknown])[]
  /** Where what looks like a head is none, because nothing ends it, or where it was read although it is not sound. */
  readonly warning?: FundstelleError
}

interface Format {
  readonly name: string
  readonly mark: string
  readonly open: RegExp
  readonly close: RegExp
  /** What ends a head that nothing else does: somebody's longer line. */
  readonly longClose?: RegExp
  readonly parse: (head: string) => Head
}

const FORMATS: readonly Format[] = [
  // all JSON is YAML
  {
    name: 'YAML',
    mark: '---',
    open: /^---[ \t]*(?:(?:json|ya?ml)[ \t]*)?\n/i,
    close: /^(?:---|\.\.\.)[ \t]*$/m,
    longClose: /^-{4,}[ \t]*$/m,
    parse: parseYaml,
  },
  { name: 'TOML', mark: '+++', open: /^\+\+\+[ \t]*\n/, close: /^\+\+\+[ \t]*$/m, parse: parseToml },
  { name: 'TOML', mark: '---', open: /^---[ \t]*toml[ \t]*\n/i, close: /^---[ \t]*$/m, parse: parseToml },
]

/** What the first line of a head looks like. */
const KEY = /^[\p{L}_"][\p{L}\p{N}_."-]*(?: [\p{L}\p{N}]+)? ?[:=](?:\s|$)/u

/**
 * Parts the head at the very beginning, YAML between two lines `---`, TOML between two lines `+++` or JSON in brackets, from the body.
 * The first line may name the language, as gray-matter has it: `---json`.
 * What stands between two rules without being `key: value` is no head but text.
 * @throws FundstelleError `front_matter_broken` with the parameter `line`, counted in the file
 */
export function splitFrontMatter(text: string): FrontMatter {
  const format = FORMATS.find(({ open }) => open.test(text))
  if (format === undefined) return jsonFrontMatter(text) ?? { entries: [], body: text }
  const start = text.indexOf('\n') + 1
  const rest = text.slice(start)
  // A rule may be the first line of a text; only before something like `key: value` it was meant for more
  const close = format.close.exec(rest) ?? longClose(format, rest)
  if (close === null) {
    if (!KEY.test(rest)) return { entries: [], body: text }
    return { entries: [], body: text, warning: new FundstelleError('front_matter_open', { mark: format.mark }) }
  }
  const body = text.slice(start + close.index + close[0].length)
  const head = format.parse(text.slice(start, start + close.index))
  const faultOf = (code: 'front_matter_broken' | 'front_matter_mended', { reason, line, column }: HeadFault) =>
    // The head begins on the second line of the file
    new FundstelleError(code, { format: format.name, mark: format.mark, reason, line: line + 1, column })
  if ('fault' in head) throw faultOf('front_matter_broken', head.fault)
  const { value, note, overridden } = head
  if (value === null || value === undefined) return { entries: [], body }
  if (typeof value !== 'object' || Array.isArray(value)) return { entries: [], body: text }
  const warning = note === undefined ? null : faultOf('front_matter_mended', note)
  return { entries: Object.entries(value), body, ...(overridden && { overridden }), ...(warning && { warning }) }
}

/** A longer line that closes a head: without an empty line or a heading before it, or it is a rule or underlines a heading far below. */
function longClose(format: (typeof FORMATS)[number], rest: string): RegExpExecArray | null {
  const close = KEY.test(rest) ? (format.longClose?.exec(rest) ?? null) : null
  return close === null || /(?:^|\n)(?:[ \t]*\n|#)/.test(rest.slice(0, close.index)) ? null : close
}

/** A head in JSON at the very beginning, as Hugo has it: it ends where its bracket is closed, and the text begins on another line. */
function jsonFrontMatter(text: string): FrontMatter | null {
  if (!/^\{\s*"/.test(text)) return null
  const end = closingBracket(text.slice(0, JSON_LENGTH_MAX))
  if (!/^[ \t]*(?:\n|$)/.test(text.slice(end, end + 100))) return null
  try {
    const value: unknown = JSON.parse(text.slice(0, end))
    const entries = Object.entries(value as object)
    return entries.some(([key]) => fieldOf(key) !== null) ? { entries, body: text.slice(end) } : null
  } catch {
    return null
  }
}
