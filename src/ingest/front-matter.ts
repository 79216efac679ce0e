import { FundstelleError } from '../errors.ts'
import type { Head } from './head.ts'
import { parseToml } from './toml.ts'
import { parseYaml } from './yaml.ts'

/** A Markdown file, cut in two. */
export interface FrontMatter {
  /** The pairs of the head; empty where there is none. */
  readonly entries: readonly (readonly [string, unknown])[]
  /** What follows the head. */
  readonly body: string
  /** Where what looks like a head is none, because nothing ends it. */
  readonly warning?: FundstelleError
}

interface Format {
  readonly name: string
  readonly mark: string
  readonly open: RegExp
  readonly close: RegExp
  readonly parse: (head: string) => Head
}

const FORMATS: readonly Format[] = [
  // all JSON is YAML
  {
    name: 'YAML',
    mark: '---',
    open: /^---[ \t]*(?:(?:json|ya?ml)[ \t]*)?\n/i,
    close: /^(?:---|\.\.\.)[ \t]*$/m,
    parse: parseYaml,
  },
  { name: 'TOML', mark: '+++', open: /^\+\+\+[ \t]*\n/, close: /^\+\+\+[ \t]*$/m, parse: parseToml },
  { name: 'TOML', mark: '---', open: /^---[ \t]*toml[ \t]*\n/i, close: /^---[ \t]*$/m, parse: parseToml },
]

/** What the first line of a head looks like. */
const KEY = /^[\p{L}_"][\p{L}\p{N}_."-]*(?: [\p{L}\p{N}]+)? ?[:=](?:\s|$)/u

/**
 * Parts the head at the very beginning, YAML between two lines `---` or TOML between two lines `+++`, from the body. The first
 * line may name the language, as gray-matter has it: `---json`.
 * What stands between two rules without being `key: value` is no head but text.
 * @throws FundstelleError `front_matter_broken` with the parameter `line`, counted in the file
 */
export function splitFrontMatter(text: string): FrontMatter {
  const format = FORMATS.find(({ open }) => open.test(text))
  if (format === undefined) return { entries: [], body: text }
  const start = text.indexOf('\n') + 1
  const close = format.close.exec(text.slice(start))
  if (close === null) {
    // A rule may be the first line of a text; only before something like `key: value` it was meant for more
    if (!KEY.test(text.slice(start))) return { entries: [], body: text }
    return { entries: [], body: text, warning: new FundstelleError('front_matter_open', { mark: format.mark }) }
  }
  const body = text.slice(start + close.index + close[0].length)
  const head = format.parse(text.slice(start, start + close.index))
  if ('fault' in head) {
    const { reason, line, column } = head.fault
    // The head begins on the second line of the file
    throw new FundstelleError('front_matter_broken', {
      ...{ format: format.name, mark: format.mark, reason },
      ...{ line: line + 1, column },
    })
  }
  const { value } = head
  if (value === null || value === undefined) return { entries: [], body }
  if (typeof value !== 'object' || Array.isArray(value)) return { entries: [], body: text }
  return { entries: Object.entries(value), body }
}
