import type { Element, ParentNode } from 'domhandler'
import { isElement } from './dom.ts'
import { isBelow, type Measure, ownProse, type Page, SENTENCE_LENGTH_MIN } from './html-measure.ts'

/** What stands above a text has at most this share of its prose. */
const LEAD_SHARE_MAX = 0.3

export interface Lead {
  readonly box: Element
  /** The innermost box that holds the lead and the text. */
  readonly common: ParentNode
}

/**
 * The box of the page's only h1, where it stands before the text and has a sentence besides: themes show title and first
 * paragraph across the page, above `main`. null where there is none.
 * @param root where the text is
 */
export function leadOf(root: ParentNode, page: Page): Lead | null {
  const [heading, second] = page.headings
  const [title, text] = [heading && page.measures.get(heading), page.measures.get(root)]
  if (heading === undefined || second !== undefined || title === undefined || text === undefined) return null
  if (title.first >= text.first) return null
  let box = heading
  let common = heading.parentNode
  while (common !== null && isElement(common) && !isBelow(root, common, page)) {
    box = common
    common = common.parentNode
  }
  const lead = page.measures.get(box)
  if (common === null || lead === undefined) return null
  const isSmall = ownProse(lead) - ownProse(title) <= ownProse(text) * LEAD_SHARE_MAX
  return isSmall && hasSentenceBeside(title, lead, page) ? { box, common } : null
}

function hasSentenceBeside(title: Measure, { from, to }: Measure, { texts }: Page): boolean {
  const others = [...texts.slice(from, title.from), ...texts.slice(title.to, to)]
  return others.some(({ length }) => length >= SENTENCE_LENGTH_MIN)
}
