import { fromMarkdown } from 'mdast-util-from-markdown'
import { type Block, blocksOf } from './markdown-text.ts'

/** What reaches beyond a blank line at top level: fences, HTML with an end of its own, definitions, byte-order marks. */
const REACHING = /```|~~~|<[!?]|<(?:script|pre|style|textarea)|\]:|[\ufeff\r]/i

/** What begins something else than a paragraph, or ends one, at the start of a line. */
const NOT_PROSE = /^(?:[#>*+\-_=`~<]|\d+[.)])/

/** Characters that may mean something inside of a paragraph, and the two blanks of a hard line break. */
const INLINE = /[\\`*_[\]<&\t\0]| {2}\n/

const HEADING = /^(#{1,6}) +([^#\s][^#\n]*)$/

/**
 * The blocks of a Markdown document, as `wholeBlocks` gives them, several times faster: a paragraph or heading of
 * nothing but words is taken as it stands and only the rest is parsed.
 *
 * Why that is the same (CommonMark 0.31): after an empty line a line that is not indented and begins no list, quote,
 * heading or fence closes every open container, since only an open paragraph can be continued lazily (5.1, 5.2). So the
 * document falls apart there, unless it has what `REACHING` finds. Such a paragraph, having no character of `INLINE`
 * and no line that could interrupt it, is its lines without the blanks around them (4.8, 6.8).
 */
export function markdownBlocks(body: string): Block[] {
  if (REACHING.test(body)) return wholeBlocks(body)
  const blocks: Block[] = []
  let pending = 0
  let at = 0
  for (const chunk of chunksOf(body)) {
    const start = at
    at += chunk.length
    const block = plainBlock(chunk)
    if (block === null) continue
    if (pending < start) blocks.push(...wholeBlocks(body.slice(pending, start)))
    blocks.push(block)
    pending = at
  }
  if (pending < body.length) blocks.push(...wholeBlocks(body.slice(pending)))
  return blocks
}

/** The blocks of a Markdown document, all of it parsed. */
export function wholeBlocks(body: string): Block[] {
  return body.trim() === '' ? [] : blocksOf(fromMarkdown(body))
}

/** The document cut after its empty lines, nothing left out. */
function* chunksOf(body: string): Generator<string> {
  let from = 0
  let blank = false
  for (let start = 0; start < body.length; ) {
    const end = body.indexOf('\n', start)
    const next = end < 0 ? body.length : end + 1
    const wasBlank = blank
    blank = /^[ \t]*\n?$/.test(body.slice(start, next))
    if (wasBlank && !blank) {
      yield body.slice(from, start)
      from = start
    }
    start = next
  }
  yield body.slice(from)
}

function plainBlock(chunk: string): Block | null {
  // An indented line may belong to a list further up: that is for the parser
  if (/^\s/.test(chunk) || INLINE.test(chunk)) return null
  const lines = chunk.split('\n').map(withoutBlanks)
  while (lines.at(-1) === '') lines.pop()
  const first = lines[0] ?? ''
  const heading = lines.length === 1 ? HEADING.exec(first) : null
  if (heading !== null) return { text: heading[2] ?? '', heading: levelOf(heading[1] ?? '') }
  return lines.length === 0 || lines.some((line) => NOT_PROSE.test(line))
    ? null
    : { text: lines.join(' '), heading: null }
}

/** Not `trim`: other white space, such as a non-breaking space, is text to Markdown. */
function withoutBlanks(line: string): string {
  let start = 0
  let end = line.length
  while (start < end && isBlank(line.charCodeAt(start))) start++
  while (end > start && isBlank(line.charCodeAt(end - 1))) end--
  return line.slice(start, end)
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09
}

function levelOf(marks: string): Exclude<Block['heading'], null> {
  return Math.min(6, Math.max(1, marks.length)) as Exclude<Block['heading'], null>
}
