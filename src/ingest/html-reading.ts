import type { Element, ParentNode } from 'domhandler'
import { type StructuredText, structuredText } from './blocks.ts'
import { cleanLine } from './clean.ts'
import { isElement, walkTree } from './dom.ts'
import type { Content } from './html-main.ts'
import { type Page, SENTENCE_LENGTH_MIN } from './html-measure.ts'
import { blocksBelow, isUnseen, textBelow } from './html-text.ts'
import { type HeadTitles, titleAmong, titleOfHead } from './html-title.ts'
import { type PagefindMarks, textOfBodies } from './pagefind.ts'

/** A text this short is compared with the page's looser reading, … */
const SHORT_LENGTH_MAX = 250
/** … and so much there means that the text was missed, … */
const LOOSE_LENGTH_MIN = 500
/** … if it has sentences of so many times the characters of the short text. */
const SENTENCES_SHARE_MIN = 1.5
/** A text this short is a heading. */
const HEADING_LENGTH_MAX = 60
/** Pages have one h1 or a few; more are not compared with the head. */
const HEADINGS_MAX = 20

export interface PageText {
  readonly title: string
  /** Its first h1, be it the title or not. */
  readonly headline: string
  readonly body: StructuredText
}

/** The first reading of a page that has words, unless it is short and the next one is not. */
export function textOfPage(
  [strict, ...looser]: readonly [Content, ...Content[]],
  page: Page,
  head: HeadTitles,
): PageText {
  let text = readContent(strict, page, head)
  const [loosened] = looser
  if (text.body.text.length < SHORT_LENGTH_MAX && loosened !== undefined) {
    const loose = readContent(loosened, page, head)
    if (isMissed(text.body.text, loose.body.text)) text = loose
  }
  for (const content of looser) {
    if (text.body.text !== '') return text
    text = readContent(content, page, head)
  }
  return text
}

/** Whether a short text is not that of the page; lines about it such as buttons tell nothing. */
function isMissed(short: string, loose: string): boolean {
  if (loose.length <= LOOSE_LENGTH_MIN) return false
  return short.length <= HEADING_LENGTH_MAX || sentencesLength(loose) >= short.length * SENTENCES_SHARE_MIN
}

function sentencesLength(text: string): number {
  const lines = text.split('\n\n').filter((line) => line.length >= SENTENCE_LENGTH_MIN)
  return lines.reduce((sum, line) => sum + line.length, 0)
}

/** The text of a page whose owner has marked it for Pagefind: nothing of it is judged. */
export function textOfMarked({ bodies }: PagefindMarks, page: Page, head: HeadTitles): PageText {
  const heading = bodies.flatMap((body) => headingsBelow(body, isUnseen))[0] ?? page.headings[0] ?? null
  const headline = heading === null ? '' : cleanLine(textBelow(heading, isUnseen))
  return { title: headline || titleOfHead(head), headline, body: textOfBodies(bodies, heading) }
}

/** The title is the heading that agrees with the head; it is not repeated in the text. */
function readContent({ root, skip }: Content, page: Page, head: HeadTitles): PageText {
  const inside = headingsBelow(root, skip)
  const outside = page.headings.slice(0, HEADINGS_MAX).filter((heading) => !inside.includes(heading))
  const headings = [...inside, ...outside]
  const lines = headings.map((heading) => cleanLine(textBelow(heading, skip)))
  const chosen = titleAmong(lines, head)
  const title = lines[chosen] ?? titleOfHead(head)
  const headline = lines[0] ?? ''
  const blocks = blocksBelow(root, (element) => element === headings[chosen] || skip(element))
  return { title, headline, body: structuredText(blocks) }
}

/** Each h1 that has words, logos often being an h1 too. */
function headingsBelow(root: ParentNode, skip: (element: Element) => boolean): readonly Element[] {
  const found: Element[] = []
  let open: Element | null = null
  walkTree(
    root,
    (node) => {
      if (found.length >= HEADINGS_MAX) return false
      if (node.type === 'text' && open !== null && node.data.trim() !== '' && found.at(-1) !== open) found.push(open)
      if (!isElement(node)) return 'children' in node
      if (skip(node)) return false
      if (node.name === 'h1') open ??= node
      return true
    },
    (element) => {
      if (element === open) open = null
    },
  )
  return found
}
