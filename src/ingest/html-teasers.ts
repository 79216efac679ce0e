import type { Element } from 'domhandler'
import { attribute, isElement, walkTree } from './dom.ts'
import type { Measure, Page } from './html-measure.ts'

const LISTS = new Set(['aside', 'div', 'ol', 'section', 'ul'])
/** A list of teasers has so many, which are this share of what is in it. */
const TEASERS_MIN = 2
const TEASERS_SHARE_MIN = 0.6
/** A teaser is no longer, … */
const TEASER_LENGTH_MAX = 800
const TEASER_PROSE_MAX = 400
/** … and of no more elements: each is gone through. */
const TEASER_ELEMENTS_MAX = 200
/** Before its heading it says where it is from and when, in no more texts. */
const TEXTS_BEFORE_MAX = 4

/** Whether what is in a box are short pieces, each with a heading that leads to another page. */
export function areTeasers(box: Element, page: Page): boolean {
  if (!LISTS.has(box.name)) return false
  let [all, teasers] = [0, 0]
  for (const child of box.children) {
    const measure = isElement(child) ? page.measures.get(child) : undefined
    if (measure === undefined || measure.length === 0) continue
    if (measure.prose > TEASER_PROSE_MAX) return false
    all += 1
    if (isTeaser(child as Element, measure, page)) teasers += 1
  }
  return teasers >= TEASERS_MIN && teasers >= all * TEASERS_SHARE_MIN
}

function isTeaser(element: Element, { length, first, last, from }: Measure, { measures }: Page): boolean {
  if (length > TEASER_LENGTH_MAX || last - first > TEASER_ELEMENTS_MAX) return false
  const isLink = (node: Element): boolean => node.name === 'a' && /^[^#]+$/.test(attribute(node, 'href'))
  let [links, headings] = [isLink(element) ? 1 : 0, 0]
  let isFound = false
  const isHeading = (node: Element): boolean => {
    const measure = /^h[2-6]$/.test(node.name) ? measures.get(node) : undefined
    if (measure === undefined || measure.length === 0) return false
    return measure.prose === 0 && measure.from - from <= TEXTS_BEFORE_MAX
  }
  walkTree(
    element,
    (node) => {
      if (!isElement(node)) return 'children' in node
      if (isLink(node)) links += 1
      if (isHeading(node)) headings += 1
      if (links > 0 && headings > 0) isFound = true
      return !isFound
    },
    (node) => {
      if (isLink(node)) links -= 1
      if (isHeading(node)) headings -= 1
    },
  )
  return isFound
}
