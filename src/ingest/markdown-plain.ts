import type { Block } from './blocks.ts'

/** Characters that may mean something inside of a paragraph, the two blanks of a hard line break, and tabs. */
const INLINE = /[\\`*_[\]<&|\t]|~~| {2}\n/

/** What begins something else than a paragraph, ends one, or makes it a table, at the start of a line. */
const NOT_PROSE = /^(?:[#>*+\-_=`~<]|:-|\d+[.)])/

const HEADING = /^(#{1,6}) +([^#\s][^#\n]*)$/

/** The mark of a list item and the blanks after it; with five of them the item would begin with code. */
const ITEM = /^((?:[-+]|\d{1,9}[.)]) {1,4})(?! )/

/** Four blanks more than its container make a line code. */
const CODE_INDENT = 4

/**
 * The blocks of a piece of Markdown that is nothing but words: paragraphs, headings and list items, nested ones too,
 * with no character that could mean anything. Most of what people write is that, and parsing it costs fifty times more.
 * @param chunks of a piece that stands alone, each up to and with the empty lines after it
 * @returns null where the piece needs the parser
 */
export function plainBlocks(chunks: readonly string[]): Block[] | null {
  const blocks: Block[] = []
  /** Where the content of each open list item begins: lines indented less are outside of it. */
  const items: number[] = []
  for (const chunk of chunks) {
    if (INLINE.test(chunk)) return null
    const lines = chunk.split('\n').map(withoutBlanks)
    while (lines.at(-1) === '') lines.pop()
    const first = lines[0]
    if (first === undefined) continue

    const indent = chunk.indexOf(first)
    while (indent < (items.at(-1) ?? 0)) items.pop()
    if (indent - (items.at(-1) ?? 0) >= CODE_INDENT) return null

    const heading = lines.length === 1 && items.length === 0 ? HEADING.exec(first) : null
    if (heading !== null) {
      blocks.push({ kind: 'heading', text: heading[2] ?? '', level: heading[1]?.length ?? 1 })
      continue
    }
    const mark = ITEM.exec(first)?.[1] ?? ''
    if (mark !== '') items.push(indent + mark.length)
    lines[0] = first.slice(mark.length)
    // Lines further on may be indented as they like: they continue the paragraph, lazily or not
    if (lines.some((line) => NOT_PROSE.test(line))) return null
    const text = lines.join(' ')
    if (mark === '') blocks.push({ kind: 'paragraph', text })
    else blocks.push({ kind: 'item', text, depth: items.length, isOrdered: /^\d/.test(mark) })
  }
  return blocks
}

/** Not `trim`: other white space, such as a non-breaking space, is text to Markdown. */
function withoutBlanks(line: string): string {
  let start = 0
  let end = line.length
  while (start < end && line[start] === ' ') start++
  while (end > start && line[end - 1] === ' ') end--
  return line.slice(start, end)
}
