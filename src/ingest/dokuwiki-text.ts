/** A paragraph of plain text. */
export interface DokuwikiBlock {
  readonly text: string
  readonly isHeading: boolean
}

const HEADING = /^[ \t]*(={2,6})[ \t]*([^=\s].*?)[ \t]*={2,6}[ \t]*$/
const ITEM = /^(?: {2,}|\t+)[ \t]*[*-][ \t]*(.*)$/
const QUOTE = /^>+[ \t]?/
const RULE = /^-{4,}[ \t]*$/
const ROW = /^[ \t]*[|^]/

/** Passages that are code or no text, from their beginning to their end. */
const PASSAGES = /<(code|file|html|php|nowiki)(?:\s[^<>\n]{0,300})?>|%%|\/\*/gi
const ENDS: Readonly<Record<string, string>> = { '%%': '%%', '/*': '*/' }

const LINK = /\[\[([^[\]\n|]{1,500})(?:\|((?:[^\]\n]|\](?!\]))*))?\]\]/g
const MEDIA = /\{\{([^{}\n|]{0,500})(?:\|([^{}\n]{0,500}))?\}\}/g
const MACRO = /~~[A-Z][\w:=, -]{0,80}~~/g
const FOOTNOTE = /\(\(((?:[^()]|\([^()]{0,200}\)){1,2000})\)\)/g
const TAG =
  /<\/?(?:del|sub|sup|note|WRAP|wrap|box|hidden|callout|panel|grid|col|button|alert|lead|fc|fs|color|u|s|align|block|div|span|accordion|tabs?|nav|well|carousel|slide|text|typo|font|badge|label|icon|todo|searchtable|sortable|datatables?|bootnote|tip|important|warning|caption|table|columns?|newcolumn|nowiki)(?:\s[^<>\n]{0,300})?\/?>/g
const BREAK = /\\\\(?:[ \t]|$)/gm
const PAIRS: readonly RegExp[] = [
  /\*\*([^*\n]{1,2000})\*\*/g,
  /__([^_\n]{1,2000})__/g,
  /''((?:[^'\n]|'(?!')){1,2000})''/g,
  /(?<!:)\/\/((?:[^/\n]|\/(?!\/)|(?<=:)\/\/){1,2000})(?<!:)\/\//g,
]

/** Around code within a line: characters that no text has. */
const CODE_START = '\ufdd0'
const CODE_END = '\ufdd1'

/** The blocks of a page of DokuWiki, without its marks. */
export function dokuwikiBlocks(text: string): DokuwikiBlock[] {
  const blocks: DokuwikiBlock[] = []
  let open: string[] = []
  const close = (): void => {
    const words = plainLine(open.join('\n'))
    open = []
    if (words.trim() !== '') blocks.push({ text: words, isHeading: false })
  }
  for (const { text: part, isCode } of partsOf(text)) {
    if (isCode) {
      // within a line it is a word of it
      if (part.includes('\n')) {
        close()
        blocks.push({ text: part, isHeading: false })
      } else open.push(`${open.pop() ?? ''}${CODE_START}${part}${CODE_END}`)
      continue
    }
    const [first = '', ...lines] = part.split('\n')
    // what follows a passage goes on with its line
    if (open.length > 0) open.push(`${open.pop()}${first}`)
    else lines.unshift(first)
    for (const line of lines) {
      const heading = HEADING.exec(line)
      const item = ITEM.exec(line)
      if (line.trim() === '' || RULE.test(line)) close()
      else if (heading !== null) {
        close()
        blocks.push({ text: plainLine(heading[2] ?? ''), isHeading: true })
      } else if (item !== null) {
        close()
        open.push(item[1] ?? '')
      } else if (ROW.test(line)) {
        close()
        open.push(cellsOf(line))
        close()
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

/** A row of a table: its cells parted by blanks. */
function cellsOf(line: string): string {
  const links: string[] = []
  const kept = line.replace(/\[\[[^\]\n]{0,1000}\]\]|\{\{[^}\n]{0,1000}\}\}/g, (link) => {
    links.push(link)
    return `\ufdd2${links.length - 1}\ufdd2`
  })
  const cells = kept.split(/[|^]/).map((cell) => cell.trim())
  const row = cells.filter((cell) => cell !== '' && cell !== ':::').join(' ')
  return row.replace(/\ufdd2(\d+)\ufdd2/g, (_, index: string) => links[Number(index)] ?? '')
}

/** Words of a line; what stands between the signs of code is taken as it is. */
function plainLine(text: string): string {
  return text
    .split(/\ufdd0([^\ufdd1]*)\ufdd1/)
    .map((part, index) => (index % 2 === 1 ? part : plainPart(part)))
    .join('')
}

function plainPart(text: string): string {
  let plain = text
    .replace(LINK, (_, target: string, words: string | undefined) => words?.trim() || pageName(target))
    .replace(MEDIA, (_, __: string, caption: string | undefined) => caption?.trim() ?? '')
    .replace(MACRO, '')
    .replace(FOOTNOTE, ' ($1)')
    .replace(TAG, '')
    .replace(BREAK, '\n')
  for (const pair of PAIRS) plain = plain.replace(pair, '$1')
  return plain.replace(/ {2,}/g, ' ')
}

/** What a link without words shows: an address as it is, of a page the last part of its name. */
function pageName(target: string): string {
  const name = target.trim()
  if (/^(?:[a-z]+:\/\/|mailto:|[^\s@]+@)/i.test(name)) return name
  const [page = '', section = ''] = name.split('#', 2)
  const last = page.split(/[:>]/).at(-1) ?? ''
  return (last === '' ? section : last).replaceAll('_', ' ')
}
