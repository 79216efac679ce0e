import type { Block } from './blocks.ts'

const QUOTE = /^>+[ \t]?/
const RULE = /^-{4,}$/
const ROW = /^[|^]/

/** Passages that are code or no text, from their beginning to their end. */
const PASSAGES = /<(code|file|html|php|nowiki)(?:\s[^<>\n]*)?>|%%|\/\*/gi
const ENDS: Readonly<Record<string, string>> = { '%%': '%%', '/*': '*/' }

/** The target may have brackets of its own, as `?tx[uid]=3`; the words may go on in another line. */
const LINK = /\[\[((?:[^[\]\n|]|\[[^[\]\n|]*\])+)(?:\|((?:[^[\]]|\[[^[\]\n]*\])*))?\]\]/g
const MEDIA = /\{\{([^{}\n|]*)(?:\|([^{}\n]*))?\}\}/g
/** `~~NOTOC~~`, `~~DISCUSSION:off|Fragen~~`, `~~GOTO>start~~`. */
const MACRO = /~~[a-z]\w*(?:[:>=|, -][^~\n]{0,300})?~~/gi
const TAG = /<\/?([a-zA-Z]+)(?:\s[^<>\n]*|\/)?>/g
/** Of DokuWiki itself and of widespread extensions; others are words between angle brackets. */
const TAGS = new Set(
  (
    'del sub sup note WRAP wrap box hidden callout panel grid col button alert lead fc fs color u s align block div span accordion ' +
    'tab tabs nav well carousel slide text typo font badge label icon todo searchtable sortable datatable datatables bootnote tip ' +
    'important warning caption table column columns newcolumn code file nowiki html php'
  ).split(' '),
)
const BREAK = /\\\\(?:[ \t]|$)/gm
const PAIRS: readonly RegExp[] = [/\*\*([^*]+)\*\*/g, /__([^_]+)__/g, /''([^']+)''/g, /\/\/([^/]+)\/\//g]
/** Stands for the two strokes of an address. */
const STROKES = '\ufdd3'
/** A footnote that is longer is none. */
const NOTE_LENGTH_MAX = 2000

/** The words of a heading, `====== Title ======`; null for any other line. */
export function headingOf(line: string): string | null {
  const text = line.trim()
  if (!text.startsWith('==') || !text.endsWith('==')) return null
  let before = 0
  let behind = text.length
  while (text[before] === '=') before++
  while (behind > before && text[behind - 1] === '=') behind--
  const words = text.slice(before, behind).trim()
  return words === '' || before > 6 ? null : words
}

/** What may stand above the first heading: macros, pictures, boxes. */
const NO_WORDS = /^(?:~~[^~\n]{1,300}~~|\{\{[^{}\n]*\}\}|<\/?(?:WRAP|wrap|note|box)\b[^<>\n]*>|\\\\|\s)*$/
/** Not the conditions of a shell, which have a blank behind their brackets. */
const WIKI_LINK = /\[\[[^\s[\]|:]*[|:][^[\]\n]*\]\]/g
const LEADS_ON = /^(?:~~(?:goto|redirect)>[^~]+~~|#(?:redirect|weiterleitung)[ \t])/i
/** It stands at the beginning of such a page, below a heading at most. */
const LEADING_LINES = 2

/**
 * Whether a text is a page of DokuWiki: by a heading in its first line that has words, by two further down, by a table, two links
 * that name what they show or a namespace, or where it leads to another page.
 */
export function isDokuwiki(text: string): boolean {
  const lines = text.split('\n')
  if (lines.filter((line) => headingOf(line) !== null).length >= 2) return true
  const first = lines.find((line) => !NO_WORDS.test(line)) ?? ''
  return headingOf(first) !== null || hasTable(lines) || leadsOn(text) || (text.match(WIKI_LINK)?.length ?? 0) >= 2
}

/** Whether a page is nothing but the way to another one. */
export const leadsOn = (text: string): boolean =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, LEADING_LINES)
    .some((line) => LEADS_ON.test(line.trimStart()))

/** Whether a table begins somewhere: with a row of headings, `^ Ort ^ Zeit ^`, and another row below it. */
const hasTable = (lines: readonly string[]): boolean =>
  lines.some((line, at) => isHeadRow(line.trim()) && /^[|^]/.test((lines[at + 1] ?? '').trimStart()))

/** Whether a line has at least three marks of headings, one at each end, and no other cell. */
const isHeadRow = (row: string): boolean =>
  row.startsWith('^') && row.endsWith('^') && !row.includes('|') && row.split('^').length > 3

/** The level of a heading: more signs make a higher one. */
const levelOf = (line: string): number => Math.max(1, 7 - (/^=+/.exec(line.trim())?.[0].length ?? 2))

/** An item of a list that a line begins; null for any other line. Two blanks more make it one of an inner list. */
function itemOf(line: string): Extract<Block, { kind: 'item' }> | null {
  if (!line.startsWith('  ') && !line.startsWith('\t')) return null
  const text = line.trimStart()
  if (!text.startsWith('*') && !text.startsWith('-')) return null
  const indent = line.slice(0, line.length - text.length).replaceAll('\t', '  ').length
  return { kind: 'item', text: text.slice(1).trimStart(), depth: Math.max(1, indent >> 1), isOrdered: text[0] === '-' }
}

/** Around code within a line: characters that no text has. */
const CODE_START = '\ufdd0'
const CODE_END = '\ufdd1'

/** The blocks of a page of DokuWiki, without its marks. */
export function dokuwikiBlocks(text: string): Block[] {
  const blocks: Block[] = []
  let open: string[] = []
  let list: Extract<Block, { kind: 'item' }> | null = null
  const close = (): void => {
    const words = plainLine(open.join('\n'))
    const item = list
    open = []
    list = null
    if (words.trim() === '') return
    blocks.push(item === null ? { kind: 'paragraph', text: words } : { ...item, text: words })
  }
  for (const { text: part, isCode } of partsOf(text)) {
    if (isCode) {
      // within a line it is a word of it
      if (part.includes('\n')) {
        close()
        blocks.push({ kind: 'code', text: part })
      } else open.push(`${open.pop() ?? ''}${CODE_START}${part}${CODE_END}`)
      continue
    }
    const [first = '', ...lines] = part.split('\n')
    // what follows a passage goes on with its line
    if (open.length > 0) open.push(`${open.pop()}${first}`)
    else lines.unshift(first)
    for (const line of lines) {
      const heading = headingOf(line)
      const item = itemOf(line)
      if (line.trim() === '' || RULE.test(line.trim())) close()
      else if (heading !== null) {
        close()
        blocks.push({ kind: 'heading', text: plainLine(heading), level: levelOf(line) })
      } else if (item !== null) {
        close()
        open.push(item.text)
        list = item
      } else if (ROW.test(line.trimStart())) {
        close()
        const cells = cellsOf(line).map(plainLine)
        const words = cells.filter((cell) => cell !== '').join(' ')
        if (words.trim() !== '') blocks.push({ kind: 'row', text: words, cells })
      } else open.push(line.replace(QUOTE, '').trimStart())
    }
  }
  close()
  return blocks
}

/** A page parted into text and what is not to be looked into. */
function* partsOf(text: string): Generator<{ readonly text: string; readonly isCode: boolean }> {
  const opening = new RegExp(PASSAGES)
  const unended = new Set<string>()
  let from = 0
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    const name = found[1]?.toLowerCase()
    const end = ENDS[found[0]] ?? `</${name}>`
    const start = found.index + found[0].length
    const close = unended.has(end) ? -1 : text.indexOf(end, start)
    if (close < 0) {
      unended.add(end)
      continue
    }
    yield { text: text.slice(from, found.index), isCode: false }
    const isText = name === 'code' || name === 'file' || name === 'nowiki' || found[0] === '%%'
    if (isText) yield { text: text.slice(start, close), isCode: true }
    from = close + end.length
    opening.lastIndex = from
  }
  yield { text: text.slice(from), isCode: false }
}

/** The cells of a row. What stands before the first mark and behind the last is none. */
function cellsOf(line: string): string[] {
  const links: string[] = []
  const kept = line.replace(/\[\[[^[\]\n]*\]\]|\{\{[^{}\n]*\}\}/g, (link) => {
    links.push(link)
    return `\ufdd2${links.length - 1}\ufdd2`
  })
  const cells = kept.trim().split(/[|^]/).slice(1)
  // text behind the last mark is what somebody forgot to close
  if (cells.at(-1)?.trim() === '') cells.pop()
  return cells.map((cell) => {
    const words = cell.trim()
    return words === ':::' ? '' : words.replace(/\ufdd2(\d+)\ufdd2/g, (_, index: string) => links[Number(index)] ?? '')
  })
}

/** Words of a line; what stands between the signs of code is taken as it is. */
function plainLine(text: string): string {
  return text
    .split(/\ufdd0([^\ufdd0\ufdd1]*)\ufdd1/)
    .map((part, index) => (index % 2 === 1 ? part : plainPart(part)))
    .join('')
}

function plainPart(text: string): string {
  let plain = withNotes(text)
    .replace(LINK, (_, target: string, words: string | undefined) => words?.trim() || pageName(target))
    .replace(MEDIA, (_, __: string, caption: string | undefined) => caption?.trim() ?? '')
    .replace(MACRO, '')
    .replace(TAG, (tag, name: string) => (TAGS.has(name) ? '' : tag))
    .replace(BREAK, '\n')
    .replaceAll('://', STROKES)
  for (const pair of PAIRS) plain = plain.replace(pair, '$1')
  return plain.replaceAll(STROKES, '://').replace(/ {2,}/g, ' ')
}

/** Footnotes, `((…))`, in simple brackets. */
function withNotes(text: string): string {
  const parts = text.split('((')
  return parts
    .map((part, index) => {
      const end = index === 0 ? -1 : part.indexOf('))')
      if (end >= 0 && end <= NOTE_LENGTH_MAX) return ` (${part.slice(0, end)})${part.slice(end + 2)}`
      return index === 0 ? part : `((${part}`
    })
    .join('')
}

/** What a link without words shows: an address as it is, of a page the last part of its name. */
function pageName(target: string): string {
  const name = target.trim()
  if (/^(?:[a-z]+:\/\/|mailto:|[^\s@]+@)/i.test(name)) return name
  const [page = '', section = ''] = name.split('#', 2)
  const last = page.split(/[:>]/).at(-1) ?? ''
  return (last === '' ? section : last).replaceAll('_', ' ')
}
