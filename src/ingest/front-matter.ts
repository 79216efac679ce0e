import { LineCounter, parseDocument } from 'yaml'
import { FundstelleError, reasonOf } from '../errors.ts'

/** A Markdown file, cut in two. */
export interface FrontMatter {
  /** The pairs of the YAML head; empty where there is none. */
  readonly entries: readonly (readonly [string, unknown])[]
  /** What follows the head. */
  readonly body: string
}

/**
 * Parts the YAML head, between two lines `---` at the very beginning, from the body. What stands between two rules
 * without being `key: value` is no head but text.
 * @throws FundstelleError `front_matter_broken` with the parameter `line`, counted in the file
 */
export function splitFrontMatter(text: string): FrontMatter {
  const open = /^---[ \t]*\n/.exec(text)
  if (open === null) return { entries: [], body: text }
  const close = /^(?:---|\.\.\.)[ \t]*$/m.exec(text.slice(open[0].length))
  if (close === null) return { entries: [], body: text }
  const yaml = text.slice(open[0].length, open[0].length + close.index)
  const body = text.slice(open[0].length + close.index + close[0].length)
  const value = parsed(yaml)
  if (value === null || value === undefined) return { entries: [], body }
  if (typeof value !== 'object' || Array.isArray(value)) return { entries: [], body: text }
  return { entries: Object.entries(value), body }
}

function parsed(yaml: string): unknown {
  const lines = new LineCounter()
  let reason: string
  let offset = 0
  try {
    // YAML 1.2: `no` and `2021-03-04` stay the strings they look like
    const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' })
    const error = document.errors[0]
    if (error === undefined) return document.toJS()
    reason = error.message
    offset = error.pos[0]
  } catch (error) {
    // Aliases that multiply, nesting without end
    reason = reasonOf(error)
  }
  // The head begins on the second line of the file
  throw new FundstelleError('front_matter_broken', { reason, line: 1 + Math.max(1, lines.linePos(offset).line) })
}
