import { gridTableAt } from './grid-table.ts'

/** What stands before code in a quote or a list. */
const CONTAINERS = /^[ \t>]*(?:[-*+][ \t]|\d{1,9}[.)][ \t])?[ \t]*/

/** MkDocs: `!!! note "Title"`, `??? tip`, `=== "Tab"`; what belongs to it is indented. */
const BLOCK = /^([ \t]*)(?:!!!|\?\?\?\+?|===[!+]?)[ \t](.*)$/
const BLOCK_WORDS = /^[\w \t-]*$/
const BLOCK_INDENT = 4
/** Boxes of Grav and Datenstrom Yellow: `! Hinweis`, `!!! Warnung`, each of their lines. */
const NOTICE = /^ {0,3}(?:(?:!{1,4} ?){1,8}$|(?:!{1,4} ){1,8}(?=\S))/
/** The kind of one of MkDocs and its classes; more words are a notice's. */
const BLOCK_WORDS_MAX = 3
/** A directive of one line: `::youtube{#id}`. */
const LEAF = /^[ \t]*::[a-z][\w-]*(?:\[([^\]\n]*)\])?(?:\{[^{}\n]*\})?[ \t]*$/i
/** GitHub and Obsidian: `> [!NOTE]- Title`. */
const CALLOUT = /^\[![\w-]+(?:\|[^\]\n]*)?\][+-]?[ \t]*/
/** Microsoft's includes and boxes. */
const INCLUDE = /^[ \t>]*\[!(?:include|div|code)/i
/** A line that is no text: table of contents, inclusion of a file, page break, and a picture of Datenstrom Yellow. */
const NO_TEXT =
  /^(?:@?\[(?:toc|_toc_)\]|\[\[_?toc_?\]\]$|\$\{toc\}$|;?-{1,2}8<-|<<< ?[@.{/]|@import "|\[(?:image|gallery|slider|youtube|vimeo) [^\]\n]*\]$|\\(?:newpage|pagebreak|clearpage|tableofcontents|toc)$)/i
/** kramdown's table of contents takes the place of a list before it. */
const TOC_MARK = /^[ \t]*\{:[ \t]*toc\b[^{}\n]*\}[ \t]*$/i
const TOC_ITEM = /^[ \t]*(?:[-*+]|\d+[.)])[ \t]/
/** Meanings of abbreviations, shown only to who points at them. */
const ABBREVIATION = /^\*\[[^\]\n]{1,80}\]:[ \t]/
const DEFINITION = /^([ \t]{0,3}):[ \t]+(?=\S)/
/** Obsidian's name for a block. */
const BLOCK_NAME = /[ \t]\^[a-z0-9-]{2,40}$/i
/** Options of code that is run (Quarto, knitr), and of MyST's directives, which are written as code. */
const DIRECTIVE = /^\{[\w:-]+(?:[ ,][^{}]{0,300})?\}/
const OPTION = /^[ \t]*(?::[\w-]+:|(?:#|\/\/|--|%%)\|)/

/** The end of an element that stands alone, or a picture: what follows is text again, also without an empty line between. */
const ELEMENT_END =
  /^ {0,3}<(?:\/(?:div|p|table|ul|ol|dl|figure|section|article|aside|details|center|blockquote|header|footer|nav|form)|(?:img|br|hr)(?:[ \t][^<>]*)?)>[ \t]*$/i
const FENCE_AT_MARGIN = /^ {0,3}(?:`{3}|~{3})/
/** Their code is theirs, and ends with them. */
const QUOTE_OR_ITEM = /^[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])/
const NAMED_FENCE = /^`{3,}[a-z][\w+-]*$/i
/** A heading without a blank behind its mark, as kramdown and its elders take it. */
const TIGHT_HEADING = /^( {0,3}#{1,6})(?=[\p{L}\p{N}"„“»«'*_([])/u
/** One sign alone may be a hashtag: it begins a heading only where others are written so. */
const TIGHT_LOWER_HEADING = /^ {0,3}#{2,6}[\p{L}\p{N}"„“»«'*_([]/mu
const TIGHT_CLOSE = /(?<!#)#{2,}$/
/** A row of a table; kramdown's may begin without a line `|---|` below the first one. */
const ROW = /^ {0,3}\|(?:[^|]*\|){2,}[ \t]*$/
const RULER = /^[|:\- \t]*$/
/** An address with blanks, which no parser takes; those in marks of templates are none of the address. */
const WIDE_LINK = /\]\(((?:https?:\/\/|\.{0,2}\/)[^()\s"'<>{}]*(?: [^()\s"'<>{}]+)+)\)/g
/** A title with quotes in it, which only some parsers take: it is shown only to who points at the link or the picture. */
const QUOTED_TITLE = /\]\(([^()\s"'<>]{1,500})[ \t]{1,20}"[^"()\n]{0,300}"(?![ \t]*\))(?:(?!\]\()[^()\n]){0,300}?"\)/g

const IMPORT = /^import [\w*{}\s,$]*["'][^"']+["'];?$/
/** The first line of code in MDX. */
const CODE = /^(?:import|export)\s(?!von\b|und\b|aus\b|nach\b)/

interface Fence {
  readonly char: string
  readonly length: number
  isAtOptions: boolean
}

/** A document without the lines that only a site generator understands; titles of boxes stay, what is indented below them moves left. */
export function plainLines(body: string, isMdx: boolean): string {
  const made: string[] = []
  /** How far the content of each open box is indented. */
  const boxes: number[] = []
  let fence: Fence | null = null
  let isCode = false
  const lines = body.split('\n')
  const hasTight = TIGHT_LOWER_HEADING.test(body)
  for (let at = 0; at < lines.length; at++) {
    const given = lines[at] ?? ''
    const isBlank = given.trim() === ''
    const indent = indentOf(given)
    while (!isBlank && boxes.length > 0 && indent < (boxes.at(-1) ?? 0)) boxes.pop()
    const whole = boxes.length > 0 ? withoutIndent(given, BLOCK_INDENT * boxes.length) : given
    const late = fence === null ? lateFenceIn(whole) : null
    if (late !== null) made.push(plainLine(late.before, made.at(-1) ?? '', hasTight) ?? '')
    const line = late?.fence ?? whole
    if (fence !== null) {
      if (isEnd(line, fence)) fence = null
      else if (fence.isAtOptions && OPTION.test(line)) continue
      else fence.isAtOptions = false
      made.push(line)
      continue
    }
    const opened = fenceOf(line)
    if (opened !== null) {
      fence = opened
      // HTML goes on to the next empty line, and code in it would be text
      if (FENCE_AT_MARGIN.test(line) && (made.at(-1) ?? '').trim() !== '') made.push('')
      made.push(line)
      continue
    }
    if (isBlank) isCode = false
    else if (isMdx && (made.at(-1) ?? '').trim() === '' && CODE.test(line)) isCode = true
    if (isCode || IMPORT.test(line.trim())) continue
    const table = gridTableAt(lines, at)
    if (table !== null) {
      for (const one of table.lines) made.push(one)
      at = table.end - 1
      continue
    }
    const title = boxTitle(line)
    if (title !== null) {
      boxes.push(indent + BLOCK_INDENT)
      made.push('', title, '')
      continue
    }
    if (TOC_MARK.test(line)) {
      if (TOC_ITEM.test(made.at(-1) ?? '')) made.pop()
      continue
    }
    if (ELEMENT_END.test(made.at(-1) ?? '') && !isBlank && !line.trimStart().startsWith('<')) made.push('')
    const before = made.at(-1) ?? ''
    const plain = plainLine(line.includes('!') ? line.replace(NOTICE, '') : line, before, hasTight)
    if (plain !== null) made.push(plain)
    if (isBareTable(line, lines[at + 1] ?? '', before)) made.push(rulerOf(line))
  }
  return made.join('\n')
}

/** Whether a line is the first row of a table that no ruler makes one. */
function isBareTable(line: string, next: string, before: string): boolean {
  if (!ROW.test(line) || !ROW.test(next) || RULER.test(line) || RULER.test(next)) return false
  return !line.includes('[[') && (before.trim() === '' || before.startsWith('#'))
}

const rulerOf = (row: string): string => `|${'-|'.repeat(row.replaceAll('\\|', '').split('|').length - 2)}`

/** @returns null for a line that goes */
function plainLine(line: string, before: string, hasTight: boolean): string | null {
  if (NO_TEXT.test(line.trim()) || ABBREVIATION.test(line) || INCLUDE.test(line)) return null
  const indent = /^[ \t>]*/.exec(line)?.[0] ?? ''
  if (line.startsWith(':::', indent.length)) return indent + containerTitle(line.slice(indent.length))
  const leaf = LEAF.exec(line)
  if (leaf !== null) return leaf[1] ?? ''
  if (indent.includes('>') && line.startsWith('[!', indent.length))
    return indent + line.slice(indent.length).replace(CALLOUT, '')
  const heading =
    hasTight && TIGHT_HEADING.test(line) ? line.replace(TIGHT_HEADING, '$1 ').replace(TIGHT_CLOSE, '') : line
  const whole = heading.includes('](')
    ? heading
        .replace(QUOTED_TITLE, ']($1)')
        .replace(WIDE_LINK, (_, address: string) => `](${address.replaceAll(' ', '%20')})`)
    : heading
  const named = BLOCK_NAME.test(whole) ? whole.replace(BLOCK_NAME, '') : whole
  return before.trim() === '' && !DEFINITION.test(before)
    ? named.replace(DEFINITION, '$1')
    : named.replace(DEFINITION, '\n$1')
}

/** Docusaurus, VitePress, Quarto: of `:::note Title`, `::: {.callout-tip}`, `:::tip[Title]{#id}` the title. */
function containerTitle(line: string): string {
  const rest = line
    .replace(/^:+/, '')
    .trim()
    .replace(/^[\w-]*/, '')
  const words = rest
    .replace(/\{[^{}]*\}?/g, '')
    .replaceAll(':::', '')
    .trim()
  if (/^[a-z-]+=["']/i.test(words)) return ''
  return words.startsWith('[') && words.endsWith(']') ? words.slice(1, -1) : words
}

/** The title of a box of MkDocs, indented as the box is; null for any other line. */
function boxTitle(line: string): string | null {
  const [, indent = '', rest] = BLOCK.exec(line) ?? []
  if (rest === undefined) return null
  const from = rest.indexOf('"')
  const to = rest.trimEnd().length - 1
  const isTitled = from >= 0 && to > from && rest[to] === '"'
  const kind = isTitled ? rest.slice(0, from) : rest
  if (!BLOCK_WORDS.test(kind) || (!isTitled && kind.trim().split(/\s+/).length > BLOCK_WORDS_MAX)) return null
  return `${indent}${isTitled ? rest.slice(from + 1, to) : ''}`
}

/** The code that a line begins; null where none. */
function fenceOf(line: string): Fence | null {
  const rest = line.slice(CONTAINERS.exec(line)?.[0].length ?? 0)
  const char = rest[0] ?? ''
  if (char !== '`' && char !== '~') return null
  let length = 0
  while (rest[length] === char) length++
  const info = rest.slice(length)
  // code between marks in one line is none of these
  if (length < 3 || (char === '`' && info.includes('`'))) return null
  return { char, length, isAtOptions: DIRECTIVE.test(info.trim()) }
}

function isEnd(line: string, { char, length }: Fence): boolean {
  const mark = line.replace(/^[ \t>]*/, '').trimEnd()
  return mark.length >= length && mark === char.repeat(mark.length)
}

function indentOf(line: string): number {
  let width = 0
  for (const char of line) {
    if (char === ' ') width++
    else if (char === '\t') width += BLOCK_INDENT - (width % BLOCK_INDENT)
    else break
  }
  return width
}

function withoutIndent(line: string, width: number): string {
  let at = 0
  let gone = 0
  for (; at < line.length && gone < width; at++) {
    if (line[at] === ' ') gone++
    else if (line[at] === '\t') gone += BLOCK_INDENT
    else break
  }
  return line.slice(at)
}

/** Code that begins behind an element, or behind other words and at least two blanks, in the same line; null where none does. */
function lateFenceIn(line: string): { readonly before: string; readonly fence: string } | null {
  if (QUOTE_OR_ITEM.test(line)) return null
  const at = line.indexOf('`')
  const fence = at < 0 ? '' : line.slice(at).trimEnd()
  if (!NAMED_FENCE.test(fence)) return null
  const words = line.slice(0, at).trimEnd()
  const isApart = words.endsWith('>') || (words !== '' && at - words.length >= 2)
  return isApart ? { before: words, fence } : null
}
