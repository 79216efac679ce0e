import { DIRECTIVE, endOfIndented, FIELD, FOOTNOTE, headingAt } from './rst-blocks.ts'

/** Not a target, `.. _name:`. */
const COMMENT_FIELD = /^\.\. ([a-z\d][\w-]{0,39}):(?:[ \t](.*))?$/i
/** The name of what a page says to programs may have more about it: `:name=robots:`, `:robots lang=de:`. */
const META_NAME = /^(?:name=)?"?([\w.:-]{1,60})/

type Pairs = readonly (readonly [string, string])[]

/** The beginning of a document in reStructuredText. */
export interface RstHead {
  readonly title: string | null
  /** The fields above or below the title, or in comments. */
  readonly entries: Pairs
  /** Fields below a second heading, a subtitle or a section: they may say whether the document is public, and are text. */
  readonly below: Pairs
  /** The lines without it. Comments go, too. */
  readonly body: readonly string[]
}

/**
 * The head of a document. Comments, targets and directives may stand before the title and the fields, as licences and `.. contents::` do;
 * what is no comment of them stays in the text.
 */
export function rstHead(lines: readonly string[]): RstHead {
  const entries: [string, string][] = []
  const below: [string, string][] = []
  const kept: string[] = []
  const keep = (from: number, end: number): void => {
    for (const line of lines.slice(from, end)) kept.push(line)
  }
  let title: string | null = null
  let isBelow = false
  let rest = 0
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const field = FIELD.exec(line) ?? COMMENT_FIELD.exec(line)
    let end = at + 1
    if (field !== null) {
      const value = [(field[2] ?? '').trim()]
      while (/^[ \t]+\S/.test(lines[end] ?? '')) value.push((lines[end++] ?? '').trim())
      const pair: [string, string] = [(field[1] ?? '').trim(), value.join(' ').trim()]
      ;(isBelow ? below : entries).push(pair)
      if (isBelow) keep(at, end)
    } else if (line.startsWith('.. ') || line.trim() === '..') {
      end = endOfIndented(lines, at + 1, 0)
      const isMarkup = DIRECTIVE.test(line) || FOOTNOTE.test(line)
      if (isMarkup) keep(at, end)
    } else if (line.trim() === '') {
      if (kept.length > 0) kept.push('')
    } else {
      const heading = headingAt(lines, at)
      if (heading === null) break
      end = heading.end
      if (title === null) title = heading.text
      else {
        isBelow = true
        keep(at, end)
      }
    }
    at = end - 1
    rest = end
  }
  return { title, entries, below, body: [...kept, ...lines.slice(rest)] }
}

/** What the directives `.. meta::` of a document say to programs. They may stand anywhere in it. */
export function rstMeta(lines: readonly string[]): Pairs {
  const pairs: [string, string][] = []
  for (let at = 0; at < lines.length; at++) {
    if (!/^\.\. meta::/i.test(lines[at] ?? '')) continue
    const end = endOfIndented(lines, at + 1, 0)
    for (const line of lines.slice(at + 1, end)) {
      const [, name = '', value = ''] = FIELD.exec(line.trim()) ?? []
      const key = META_NAME.exec(name)?.[1]
      if (key !== undefined) pairs.push([key, value.trim()])
    }
    at = end - 1
  }
  return pairs
}
