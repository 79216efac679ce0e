import type { Block } from './blocks.ts'
import { plainRst } from './rst-text.ts'

const SIGN = /[!-/:-@[-`{-~]/
/** A shorter line of one sign is none that parts anything. */
const RULER_LENGTH_MIN = 3
const TABLE_RULER = /^(?:={2,}(?: +=+)+|\+(?:[-=]+\+)+|\|?[-=]+(?:\+[-=]+)+\|?)\s*$/
/** `:name: value`. */
export const FIELD = /^:([^:\n]{1,60}):(?:\s(.*))?$/
/** `.. name:: words`, also as what a substitution stands for. */
export const DIRECTIVE = /^\.\. (?:\|[^|\n]{1,80}\| )?([\w:+-]{1,60})::(?:[ \t](.*))?$/
export const FOOTNOTE = /^\.\. \[[^\]\n]{1,40}\][ \t](.*)$/
/** Code begins within so many lines behind the line that announces it. */
const BLANK_LINES_MAX = 50
const ITEM = /^([-*+•]|(?:\d{1,4}|#|[a-zA-Z])[.)]|\((?:\d{1,4}|[a-zA-Z])\))[ \t](.*)$/
const LINE_BLOCK = /^\|(?:[ \t](.*))?$/

/** Directives whose content is text, and whose words behind their name are too. */
const TITLED =
  /^(?:admonition|topic|sidebar|rubric|figure-title|epigraph|versionadded|versionchanged|deprecated|details|dropdown|card|tab-item|glossary|note|warning|tip|important|caution|attention|danger|error|hint|seealso)$/
/** Those whose content is text, but no words behind their name. */
const WRAPPING =
  /^(?:figure|container|compound|class|highlights|pull-quote|table|list-table|csv-table|rst-class|centered|block-quote|line-block|tab-set|grid|grid-item-card|tabs|tab)$/
/** Those whose content is code, which is kept as it is. */
const CODE = /^(?:code|code-block|sourcecode|parsed-literal|prompt|console|highlight-block|listing)$/

/** Whether a line is one sign, again and again: below a heading, around a table, between paragraphs. */
function isRuler(line: string): boolean {
  const signs = line.trimEnd()
  const sign = signs[0] ?? ''
  return signs.length >= RULER_LENGTH_MIN && SIGN.test(sign) && signs === sign.repeat(signs.length)
}

export interface Heading {
  readonly text: string
  /** The signs around it: of all headings of a level the same. */
  readonly style: string
  /** The line behind it. */
  readonly end: number
}

/** A heading: a line with a ruler below it, or between two of them. */
export function headingAt(lines: readonly string[], at: number): Heading | null {
  const isOver = isRuler(lines[at] ?? '')
  const text = (lines[isOver ? at + 1 : at] ?? '').trim()
  const ruler = (lines[isOver ? at + 2 : at + 1] ?? '').trimEnd()
  if (text === '' || !isRuler(ruler) || isRuler(text)) return null
  if (isOver && ruler[0] !== (lines[at] ?? '')[0]) return null
  // shorter ones are no rulers of it
  if (ruler.length * 2 < text.length) return null
  return { text, style: `${ruler[0]}${isOver ? 'over' : ''}`, end: at + (isOver ? 3 : 2) }
}

/** Directives in directives are read so far; what is deeper stays as it is. */
const DEPTH_MAX = 20

/** What Sphinx is when it makes pages of the web: `.. only:: html`. Other names are those of other formats, or given on its command line. */
const WEB = /^(?:(?:format_|builder_)?html|(?:builder_)?dirhtml)$/

/** Whether pages of the web show what stands below `.. only::`. What brackets join is taken as not shown. */
function isShown(condition: string): boolean {
  return condition.split(/ or /).some((alternative) =>
    alternative.split(/ and /).every((term) => {
      const [first = '', second, ...more] = term.trim().split(/ +/)
      if (more.length > 0 || !/^\w+$/.test(second ?? first)) return false
      return second === undefined ? WEB.test(first) : first === 'not' && !WEB.test(second)
    }),
  )
}

/** The level of the document's title. */
const TITLE_LEVEL = 1
const LEVEL_MAX = 6

/** The blocks of a document's text. Linear in its length. Levels of headings are those of their styles, in the order in which they come. */
export function rstBlocks(lines: readonly string[], depth = 0): Block[] {
  if (depth > DEPTH_MAX) return [{ kind: 'paragraph', text: lines.join(' ') }]
  const blocks: Block[] = []
  const styles: string[] = []
  let list: { readonly isOrdered: boolean } | null = null
  let open: string[] = []
  const close = (): void => {
    const text = plainRst(open.join('\n'))
    const item = list
    open = []
    list = null
    if (text.trim() === '') return
    const words = text.replace(/[ \n]+/g, ' ')
    blocks.push(item === null ? { kind: 'paragraph', text: words } : { kind: 'item', text: words, depth: 1, ...item })
  }
  for (let at = 0; at < lines.length; at++) {
    const given = lines[at] ?? ''
    const line = given.trim()
    const indent = given.length - given.trimStart().length
    if (line === '') {
      close()
      continue
    }
    const heading: Heading | null = open.length === 0 && indent === 0 ? headingAt(lines, at) : null
    if (heading !== null) {
      if (!styles.includes(heading.style) && styles.length < LEVEL_MAX) styles.push(heading.style)
      const place = styles.indexOf(heading.style)
      const level = Math.min(LEVEL_MAX, TITLE_LEVEL + 1 + (place < 0 ? LEVEL_MAX : place))
      blocks.push({ kind: 'heading', text: plainRst(heading.text), level })
      at = heading.end - 1
      continue
    }
    if (line.startsWith('.. ') || line === '..') {
      close()
      at = afterMarkup(lines, at, { indent, depth }, blocks)
      continue
    }
    if (isRuler(line) || TABLE_RULER.test(line)) {
      close()
      continue
    }
    const item = ITEM.exec(line) ?? (line.startsWith('|') ? null : FIELD.exec(line))
    if (item !== null) {
      close()
      open.push((item[2] ?? '').trim())
      if (!line.startsWith(':')) list = { isOrdered: !/^[-*+•]/.test(line) }
    } else if (line.startsWith('|')) {
      close()
      const cells = LINE_BLOCK.exec(line)?.[1] ?? ''
      open.push(
        cells
          .split('|')
          .map((cell) => cell.trim())
          .join(' '),
      )
      close()
    } else open.push(line)
    // what is set in below such a line is code
    if (line.endsWith('::') && (lines[at + 1] ?? '').trim() === '') {
      open[open.length - 1] = line === '::' ? '' : `${(open.at(-1) ?? '').slice(0, -1)}`
      close()
      at = codeBelow(lines, at + 1, outerIndent(lines, at, indent), blocks)
    }
  }
  close()
  return blocks
}

/**
 * How far text is set in beside which the code below a line stands. In an item of a list it is that of the item's words: what stands below
 * its mark is the item's next paragraph. Code that is set in no deeper than these words is taken as its author meant it.
 */
function outerIndent(lines: readonly string[], at: number, indent: number): number {
  const line = lines[at] ?? ''
  const words = ITEM.exec(line.trim())?.[2]
  if (words === undefined) return indent
  const wordsIndent = line.trimEnd().length - words.trim().length
  const first = lines.slice(at + 1, at + 1 + BLANK_LINES_MAX).find((one) => one.trim() !== '') ?? ''
  return first.length - first.trimStart().length > wordsIndent ? wordsIndent : indent
}

/** Puts lines that are set in as code; returns the last of them. */
function codeBelow(lines: readonly string[], from: number, indent: number, blocks: Block[]): number {
  const end = endOfIndented(lines, from, indent)
  const code = lines.slice(from, end).map((line) => line.slice(indent))
  if (code.some((line) => line.trim() !== '')) blocks.push({ kind: 'code', text: dedented(code).join('\n') })
  return end - 1
}

/** Passes over explicit markup; what of it is text is put among the blocks. Returns its last line. */
function afterMarkup(
  lines: readonly string[],
  at: number,
  { indent, depth }: { readonly indent: number; readonly depth: number },
  blocks: Block[],
): number {
  const line = (lines[at] ?? '').trim()
  const end = endOfIndented(lines, at + 1, indent)
  const footnote = FOOTNOTE.exec(line)
  const body = dedented(lines.slice(at + 1, end))
  if (footnote !== null) {
    for (const block of rstBlocks([footnote[1] ?? '', ...body], depth + 1)) blocks.push(block)
    return end - 1
  }
  const [, name = '', given = ''] = DIRECTIVE.exec(line) ?? []
  const words = given.trim()
  const kind = name.toLowerCase()
  const options = body.findIndex((one) => one.trim() !== '' && !FIELD.test(one.trim()))
  const content = options < 0 ? [] : body.slice(options)
  const isText = TITLED.test(kind)
  if (CODE.test(kind)) blocks.push({ kind: 'code', text: content.join('\n') })
  if (isText && words !== '') blocks.push({ kind: 'paragraph', text: plainRst(words) })
  if (kind === 'table' && words !== '') blocks.push({ kind: 'paragraph', text: plainRst(words) })
  // content is read as a document of its own
  if (isText || WRAPPING.test(kind) || (kind === 'only' && isShown(words)))
    for (const block of rstBlocks(content, depth + 1))
      blocks.push(block.kind === 'heading' ? { kind: 'paragraph', text: block.text } : block)
  return end - 1
}

/** Where lines that are set in deeper end; empty lines at their end are not theirs. */
export function endOfIndented(lines: readonly string[], from: number, indent: number): number {
  let end = from
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (line.trim() === '') continue
    if (line.length - line.trimStart().length <= indent) break
    end = at + 1
  }
  return end
}

function dedented(lines: readonly string[]): string[] {
  let least = Number.POSITIVE_INFINITY
  for (const line of lines) if (line.trim() !== '') least = Math.min(least, line.length - line.trimStart().length)
  return Number.isFinite(least) ? lines.map((line) => line.slice(least)) : [...lines]
}
