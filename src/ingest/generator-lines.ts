/** A line that begins or ends code, also in a quote or a list. */
const FENCE = /^[ \t]*(?:>[ \t]*|[-*+][ \t]+|\d{1,9}[.)][ \t]+)*(`{3,}|~{3,})(.*)$/

/** MkDocs: `!!! note "Title"`, `??? tip`, `=== "Tab"`; what belongs to it is indented. */
const BLOCK = /^([ \t]*)(?:!!!|\?\?\?\+?|===[!+]?)[ \t]+(?:[\w-]+[ \t]*)*(?:"([^"\n]*)")?[ \t]*$/
const BLOCK_INDENT = 4
/** Docusaurus, VitePress, Quarto: `:::note Title`, `::: {.callout-tip}`, `:::tip[Title]{#id}`, and its end. */
const CONTAINER = /^([ \t>]*):{3,}[ \t]*([\w-]*)[ \t]*(.*?):*$/
/** A directive of one line: `::youtube{#id}`. */
const LEAF = /^[ \t]*::[a-z][\w-]*(?:\[([^\]\n]*)\])?(?:\{[^{}\n]*\})?[ \t]*$/i
/** GitHub and Obsidian: `> [!NOTE]- Title`. */
const CALLOUT = /^((?:[ \t]*>)+[ \t]*)\[![\w-]+(?:\|[^\]\n]*)?\][+-]?[ \t]*/
/** Microsoft's includes and boxes. */
const INCLUDE = /^[ \t]*(?:>[ \t]*)*\[!(?:include|div|code)[^\n]*$/i
/** A line that is no text: table of contents, inclusion of a file, page break. */
const NO_TEXT =
  /^[ \t]*(?:@?\[(?:toc|_toc_)\].*|\[\[_?toc_?\]\]|\$\{toc\}|;?-{1,2}8<-{1,2}.*|<<<[ \t]*[@.{/].*|@import[ \t]+".*|\\(?:newpage|pagebreak|clearpage|tableofcontents|toc))[ \t]*$/i
/** kramdown's table of contents takes the place of a list before it. */
const TOC_MARK = /^[ \t]*\{:[ \t]*toc\b[^{}\n]*\}[ \t]*$/i
const TOC_ITEM = /^[ \t]*(?:[-*+]|\d+[.)])[ \t]/
/** Meanings of abbreviations, shown only to who points at them. */
const ABBREVIATION = /^\*\[[^\]\n]{1,80}\]:[ \t]/
const DEFINITION = /^([ \t]{0,3}):[ \t]+(?=\S)/
/** Obsidian's name for a block. */
const BLOCK_NAME = /[ \t]\^[a-z0-9-]{2,40}$/i
/** MyST's options of a directive, which is written as code. */
const DIRECTIVE = /^\{[\w:-]+\}/
const OPTION = /^[ \t]*:[\w-]+:/

/** The end of an element that stands alone: what follows is text again, also without an empty line between. */
const ELEMENT_END =
  /^ {0,3}<\/(?:div|p|table|ul|ol|dl|figure|section|article|aside|details|center|blockquote|header|footer|nav|form)>[ \t]*$/i
/** An address with blanks, which no parser takes. */
const WIDE_LINK = /\]\(((?:https?:\/\/|\.{0,2}\/)[^()\s"'<>]*(?: [^()\s"'<>]+)+)\)/g

const IMPORT = /^import\s+(?:[\w*{}\s,$]{1,500}\sfrom\s+)?["'][^"'\n]+["'];?[ \t]*$/
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
  for (const given of body.split('\n')) {
    const isBlank = given.trim() === ''
    const indent = indentOf(given)
    while (!isBlank && boxes.length > 0 && indent < (boxes.at(-1) ?? 0)) boxes.pop()
    const line = boxes.length > 0 ? withoutIndent(given, BLOCK_INDENT * boxes.length) : given
    if (fence !== null) {
      if (isEnd(line, fence)) fence = null
      else if (fence.isAtOptions && OPTION.test(line)) continue
      else fence.isAtOptions = false
      made.push(line)
      continue
    }
    const [, mark, info = ''] = FENCE.exec(line) ?? []
    // code between marks in one line is none of these
    if (mark !== undefined && !(mark.startsWith('`') && info.includes('`'))) {
      fence = { char: mark[0] ?? '', length: mark.length, isAtOptions: DIRECTIVE.test(info.trim()) }
      made.push(line)
      continue
    }
    if (isBlank) isCode = false
    else if (isMdx && (made.at(-1) ?? '').trim() === '' && CODE.test(line)) isCode = true
    if (isCode || IMPORT.test(line)) continue
    const box = BLOCK.exec(line)
    if (box !== null && !isUnderline(line, made.at(-1))) {
      boxes.push(indent + BLOCK_INDENT)
      made.push('', `${box[1]}${box[2] ?? ''}`, '')
      continue
    }
    if (TOC_MARK.test(line)) {
      if (TOC_ITEM.test(made.at(-1) ?? '')) made.pop()
      continue
    }
    if (ELEMENT_END.test(made.at(-1) ?? '') && !isBlank && !line.trimStart().startsWith('<')) made.push('')
    const plain = plainLine(line, made.at(-1) ?? '')
    if (plain !== null) made.push(plain)
  }
  return made.join('\n')
}

/** @returns null for a line that goes */
function plainLine(line: string, before: string): string | null {
  if (NO_TEXT.test(line) || ABBREVIATION.test(line) || INCLUDE.test(line)) return null
  if (line.includes(':::')) {
    const [, indent = '', , rest = ''] = CONTAINER.exec(line) ?? []
    if (CONTAINER.test(line)) return `${indent}${titleOf(rest)}`
  }
  const leaf = LEAF.exec(line)
  if (leaf !== null) return leaf[1] ?? ''
  if (CALLOUT.test(line)) return line.replace(CALLOUT, '$1')
  const whole = line.includes('](')
    ? line.replace(WIDE_LINK, (_, address: string) => `](${address.replaceAll(' ', '%20')})`)
    : line
  const named = BLOCK_NAME.test(whole) ? whole.replace(BLOCK_NAME, '') : whole
  return before.trim() === '' && !DEFINITION.test(before)
    ? named.replace(DEFINITION, '$1')
    : named.replace(DEFINITION, '\n$1')
}

/** The title of a container without attributes and brackets. */
function titleOf(rest: string): string {
  const words = rest.replace(/\{[^{}]*\}?/g, '').trim()
  if (/^[a-z-]+=["']/i.test(words)) return ''
  return /^\[(.*)\]$/.exec(words)?.[1] ?? words
}

/** Below a line of text `===` makes it a heading. */
function isUnderline(line: string, before: string | undefined): boolean {
  return /^[ \t]*=+[ \t]*$/.test(line) && (before ?? '').trim() !== ''
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
