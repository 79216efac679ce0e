import type { HighlightTags } from '../search/query/request.ts'
import type { Terminal } from './terminal.ts'

// Marks that no article holds (private use), turned into colours after the snippet has been made.
const PRE = '\ue000'
const POST = '\ue001'

/** The tags to ask a search for whose answer is shown on a terminal. */
export const MARKS: HighlightTags = { pre: PRE, post: POST }

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
// biome-ignore lint/suspicious/noControlCharactersInRegex: an article must not steer the terminal
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g

/** A text in one line that steers no terminal. */
export const plain = (text: string): string => text.replace(CONTROL, ' ').replaceAll('\n', ' ')

/** A formatted title or snippet with its marks in colour. */
export function painted(html: string, terminal: Terminal): string {
  return paintMarks(textOf(html), terminal)
}

/** The same in one line of at most so many characters. */
export function paintedLine(html: string, width: number, terminal: Terminal): string {
  const text = textOf(html).replace(/\s+/g, ' ').trim()
  let shown = ''
  let length = 0
  let isMarked = false
  for (const { segment } of graphemes.segment(text)) {
    if (segment === PRE || segment === POST) isMarked = segment === PRE
    else if (length === width) break
    else length += 1
    shown += segment
  }
  return paintMarks(isMarked ? shown + POST : shown, terminal)
}

const graphemes = new Intl.Segmenter('de', { granularity: 'grapheme' })

const textOf = (html: string): string =>
  html.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] as string).replace(CONTROL, ' ')

const paintMarks = (text: string, terminal: Terminal): string =>
  text.replace(new RegExp(`${PRE}([^${POST}]*)${POST}`, 'g'), (_, match: string) => terminal.paint.mark(match))
